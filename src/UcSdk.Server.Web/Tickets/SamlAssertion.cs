using System.Globalization;
using System.Text;
using UcSdk.Documents;

namespace UcSdk.Server.Web;

/// <summary>
/// What this server's web tickets are made of: an assertion of SAML 1.1 (§2.3.2) with a signature in the form of XML Signature, its parts written in canonical form already, so that they
/// can be written again to check them. Clients understand nothing of it.
/// </summary>
internal sealed record SamlAssertion(string Id, string Issuer, string Audience, string User, DateTimeOffset NotBefore, DateTimeOffset NotOnOrAfter)
{
    private const string SamlNamespace = "urn:oasis:names:tc:SAML:1.0:assertion";
    private const string SignatureNamespace = "http://www.w3.org/2000/09/xmldsig#";
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>The signature that an assertion came with; empty for none.</summary>
    public byte[] Signature { get; init; } = [];

    /// <summary>Reads an assertion of ours.</summary>
    /// <returns>Null when it is none.</returns>
    public static SamlAssertion? Read(string text)
    {
        if (!DocumentElement.TryRead(Encoding.UTF8.GetBytes(text), out var root, out _, TicketLimits)
            || root is not { Name: "Assertion", Namespace: SamlNamespace }
            || root.Attribute("AssertionID") is not { } id
            || root.Attribute("Issuer") is not { } issuer
            || root.Child("Conditions") is not { } conditions
            || !TryReadTime(conditions.Attribute("NotBefore"), out var from)
            || !TryReadTime(conditions.Attribute("NotOnOrAfter"), out var until)
            || conditions.Child("AudienceRestrictionCondition")?.ChildText("Audience") is not { } audience
            || root.Child("AuthenticationStatement")?.Child("Subject")?.ChildText("NameIdentifier") is not { } user)
        {
            return null;
        }

        var value = root.Child("Signature")?.ChildText("SignatureValue") ?? "";
        var signature = new byte[value.Length];
        return new(id, issuer, audience, user, from, until)
        {
            Signature = Convert.TryFromBase64String(value, signature, out var length) ? signature[..length] : [],
        };
    }

    /// <summary>The bytes that the digest of the signature is over: the assertion without its signature.</summary>
    public byte[] ToUnsigned() => Encoding.UTF8.GetBytes(Write(""));

    /// <summary>The element whose bytes the signature is over, for a digest.</summary>
    public static string SignedInfo(string id, byte[] digest) =>
        $"<ds:SignedInfo xmlns:ds=\"{SignatureNamespace}\"><ds:CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"></ds:CanonicalizationMethod>"
        + "<ds:SignatureMethod Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#hmac-sha256\"></ds:SignatureMethod>"
        + $"<ds:Reference URI=\"#{Escape(id)}\"><ds:Transforms><ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"></ds:Transform>"
        + "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"></ds:Transform></ds:Transforms>"
        + $"<ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"></ds:DigestMethod><ds:DigestValue>{Convert.ToBase64String(digest)}</ds:DigestValue>"
        + "</ds:Reference></ds:SignedInfo>";

    /// <summary>The assertion with its signature.</summary>
    public string ToSigned(byte[] digest) => Write(
        $"<ds:Signature xmlns:ds=\"{SignatureNamespace}\">{SignedInfo(Id, digest)}<ds:SignatureValue>{Convert.ToBase64String(Signature)}</ds:SignatureValue></ds:Signature>");

    /// <summary>Never the user.</summary>
    public override string ToString() => "[redacted]";

    private static DocumentLimits TicketLimits { get; } = new() { MaxBytes = 16 * 1024, MaxDepth = 12, MaxElements = 64 };

    private static bool TryReadTime(string? text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal);

    private string Write(string signature) =>
        $"<saml:Assertion xmlns:saml=\"{SamlNamespace}\" AssertionID=\"{Escape(Id)}\" IssueInstant=\"{Text(NotBefore)}\" Issuer=\"{Escape(Issuer)}\" MajorVersion=\"1\" MinorVersion=\"1\">"
        + $"<saml:Conditions NotBefore=\"{Text(NotBefore)}\" NotOnOrAfter=\"{Text(NotOnOrAfter)}\">"
        + $"<saml:AudienceRestrictionCondition><saml:Audience>{Escape(Audience)}</saml:Audience></saml:AudienceRestrictionCondition></saml:Conditions>"
        + $"<saml:AuthenticationStatement AuthenticationInstant=\"{Text(NotBefore)}\" AuthenticationMethod=\"urn:oasis:names:tc:SAML:1.0:am:unspecified\">"
        + $"<saml:Subject><saml:NameIdentifier Format=\"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/uri\">{Escape(User)}</saml:NameIdentifier>"
        + "<saml:SubjectConfirmation><saml:ConfirmationMethod>urn:oasis:names:tc:SAML:1.0:cm:bearer</saml:ConfirmationMethod></saml:SubjectConfirmation>"
        + $"</saml:Subject></saml:AuthenticationStatement>{signature}</saml:Assertion>";
}
