namespace UcSdk.Documents;

/// <summary>Tokens of links in Autodiscover documents ([MS-OCDISCWS] §2.2.5.5). They are compared without regard to case: the JSON form has them in lower case.</summary>
public static class AutodiscoverTokens
{
    /// <summary>Another server is to be asked; nothing else in the document counts.</summary>
    public const string Redirect = "Redirect";

    /// <summary>The <see cref="AutodiscoverResourceKind.User"/> resource.</summary>
    public const string User = "User";

    /// <summary>The <see cref="AutodiscoverResourceKind.Domain"/> resource.</summary>
    public const string Domain = "Domain";

    /// <summary>The user resource for holders of OAuth tokens.</summary>
    public const string OAuth = "OAuth";

    /// <summary>The document itself.</summary>
    public const string Self = "Self";

    /// <summary>The applications resource of the web API.</summary>
    public const string Ucwa = "Ucwa";
}
