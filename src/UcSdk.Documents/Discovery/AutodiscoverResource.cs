namespace UcSdk.Documents;

/// <summary>One resource of the Autodiscover service ([MS-OCDISCWS] §2.2.4.2, §2.2.4.4, §2.2.4.5).</summary>
/// <param name="Kind">Which.</param>
/// <param name="Links">Where other resources and services are, in order.</param>
public sealed record AutodiscoverResource(AutodiscoverResourceKind Kind, ValueList<AutodiscoverLink> Links) : DocumentPart
{
    private static readonly string[] Known =
        ["SipServerInternalAccess", "SipClientInternalAccess", "SipServerExternalAccess", "SipClientExternalAccess"];

    /// <summary>Where servers inside the company reach the SIP server; null when not said.</summary>
    public SipAccess? SipServerInternalAccess { get; init; }

    /// <summary>Where clients inside the company reach the SIP server; null when not said.</summary>
    public SipAccess? SipClientInternalAccess { get; init; }

    /// <summary>Where servers outside reach the SIP server; null when not said.</summary>
    public SipAccess? SipServerExternalAccess { get; init; }

    /// <summary>Where clients outside reach the SIP server; null when not said.</summary>
    public SipAccess? SipClientExternalAccess { get; init; }

    /// <summary>The URL of the first link with the token, compared without regard to case; null when there is none or it is empty.</summary>
    public string? Href(string token) =>
        Links.FirstOrDefault(link => link.Href.Length > 0 && link.Token.Equals(token, StringComparison.OrdinalIgnoreCase))?.Href;

    internal static AutodiscoverResource Of(DocumentElement element, AutodiscoverResourceKind kind) =>
        new(kind, ValueList.From(element.Children.Select(AutodiscoverLink.Of).OfType<AutodiscoverLink>()))
        {
            SipServerInternalAccess = SipAccess.Of(element.Child(Known[0])),
            SipClientInternalAccess = SipAccess.Of(element.Child(Known[1])),
            SipServerExternalAccess = SipAccess.Of(element.Child(Known[2])),
            SipClientExternalAccess = SipAccess.Of(element.Child(Known[3])),
            Extensions = ValueList.From(element.Children.Where(child => !Known.Contains(child.Name) && AutodiscoverLink.Of(child) is null)),
            ExtensionAttributes = element.Attributes,
        };

    internal DocumentElement Write() => new ElementBuilder("", Kind.ToString())
        .Child(SipServerInternalAccess?.Write(Known[0]))
        .Child(SipClientInternalAccess?.Write(Known[1]))
        .Child(SipServerExternalAccess?.Write(Known[2]))
        .Child(SipClientExternalAccess?.Write(Known[3]))
        .Children(Links.Select(link => link.Write()))
        .Extensions(this)
        .Build();
}
