namespace UcSdk.Documents;

/// <summary>The resources of the Autodiscover service ([MS-OCDISCWS] §3.1.5).</summary>
public enum AutodiscoverResourceKind
{
    /// <summary>The entry point: where the others are, or where to go instead (§3.1.5.2).</summary>
    Root,

    /// <summary>The user's home server; needs a web ticket (§3.1.5.3).</summary>
    User,

    /// <summary>The server that was asked; needs no web ticket (§3.1.5.4).</summary>
    Domain,
}
