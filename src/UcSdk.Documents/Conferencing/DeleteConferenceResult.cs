namespace UcSdk.Documents;

/// <summary>The conference was ended ([MS-CONFBAS] §2.2.3.14).</summary>
/// <param name="ConferenceUri">The URI of the focus; null when the peer did not repeat it.</param>
public sealed record DeleteConferenceResult(string? ConferenceUri) : C3pResult
{
    /// <inheritdoc/>
    public override string Name => DeleteConferenceCommand.ElementName;

    internal static DeleteConferenceResult Read(DocumentElement element) => new(element.Child("conference-info")?.Attribute("entity"))
    {
        Extensions = ElementBuilder.Unknown(element, "conference-info"),
    };

    internal override DocumentElement Write() => Start()
        .Child(ConferenceUri is null ? null : new ElementBuilder(Namespaces.ConferenceInfo, "conference-info").Attribute("entity", ConferenceUri).Build())
        .Extensions(this)
        .Build();
}
