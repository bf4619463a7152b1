using System.Globalization;
using System.Text;

namespace UcSdk.Sip;

/// <summary>The words of the Digest scheme on the wire (RFC 7616 §§3.3–3.5).</summary>
internal static class DigestText
{
    public const string Scheme = "Digest";

    /// <summary>The token of <c>qop</c>; null where there is none.</summary>
    public static string? TokenOf(DigestProtection protection) => protection switch
    {
        DigestProtection.Authentication => "auth",
        DigestProtection.Integrity => "auth-int",
        _ => null,
    };

    /// <summary><c>nc</c>: eight hexadecimal digits.</summary>
    public static string CountOf(uint count) => count.ToString("x8", CultureInfo.InvariantCulture);

    public static string DigitsOf(ReadOnlySpan<byte> digest) => Encoding.ASCII.GetString(digest);

    public static bool IsTrue(string? value) => "true".Equals(value, StringComparison.OrdinalIgnoreCase);
}
