using System.Text;

namespace UcSdk.Documents;

/// <summary>
/// A web ticket ([MS-OCAUTHWS] §3.2): what a user shows to the web services of a pool in the place of a password, until it expires. Whoever has it is taken for the user.
/// </summary>
/// <param name="Assertion">The SAML assertion as the issuer wrote it, signature included; a client understands nothing of it.</param>
public sealed record WebTicket(string Assertion)
{
    /// <summary>The HTTP header field in which services without SOAP take it: <c>X-MS-WebTicket</c> ([MS-OCDISCWS] §3.1.5.3).</summary>
    public const string HeaderName = "X-MS-WebTicket";

    /// <summary>When it was issued; null when not said.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>Until when it is good; null when not said.</summary>
    public DateTimeOffset? Expires { get; init; }

    private const string HeaderPrefix = "opaque=";

    /// <summary>The value of <see cref="HeaderName"/>.</summary>
    public string ToHeaderValue() => HeaderPrefix + Convert.ToBase64String(Encoding.UTF8.GetBytes(Assertion));

    /// <summary>Reads a value of <see cref="HeaderName"/>.</summary>
    /// <returns>Null when it is none.</returns>
    public static WebTicket? OfHeaderValue(string? value)
    {
        var text = value?.Trim() ?? "";
        var bytes = new byte[text.Length];
        return text.StartsWith(HeaderPrefix, StringComparison.OrdinalIgnoreCase) && Convert.TryFromBase64String(text[HeaderPrefix.Length..], bytes, out var length) && length > 0
            ? new(Encoding.UTF8.GetString(bytes, 0, length))
            : null;
    }

    /// <summary>Never the ticket.</summary>
    public override string ToString() => "[redacted]";

    internal DocumentElement Write() => DocumentElement.Trusted(Namespaces.Saml, "Assertion") with { Verbatim = Assertion };

    /// <summary>The <c>wsu:Timestamp</c> that stands beside the assertion, with the life that the issuer gave it.</summary>
    internal DocumentElement WriteTimestamp() => new ElementBuilder(Namespaces.SecurityUtility, "Timestamp")
        .Attribute("Id", "timestamp", Namespaces.SecurityUtility)
        .Leaf("Created", Created)
        .Leaf("Expires", Expires)
        .Build();
}
