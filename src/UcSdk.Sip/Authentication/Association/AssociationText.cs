using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace UcSdk.Sip;

/// <summary>The words of the authentication headers beyond those of HTTP ([MS-SIPAE] §2.2).</summary>
internal static class AssociationText
{
    /// <summary>The one quality of protection: signatures.</summary>
    public const string Protection = "auth";

    public const string Token = "gssapi-data";
    public const string Target = "targetname";
    public const string Version = "version";
    public const string Opaque = "opaque";

    /// <summary>The longest token of a handshake, in bytes before Base64; a Kerberos ticket with many groups has 12,000 at most by default of its servers.</summary>
    public const int MaxTokenBytes = 48_000;

    /// <summary>The version in a field; 2 where it is not named, null where it is none.</summary>
    public static int? VersionOf(AuthField field) =>
        field[Version] is not { } text ? AssociationTerms.FirstVersion
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version >= AssociationTerms.FirstVersion ? version
        : null;

    /// <summary>Reads what challenges and their answers have in common; false when realm or target is missing, or version or token of no such form.</summary>
    public static bool TryReadTerms(
        AuthField field, [NotNullWhen(true)] out string? realm, [NotNullWhen(true)] out string? target, out int version, out byte[]? token)
    {
        realm = field["realm"];
        target = field[Target] is { Length: > 0 } named ? named : null;
        version = VersionOf(field) ?? 0;
        token = null;
        return realm is not null && target is not null && version >= AssociationTerms.FirstVersion && TryReadToken(field, out token);
    }

    /// <summary>Reads a token; false when it is no Base64 or longer than so many bytes. Absent it is null, which is not the same as an empty one.</summary>
    public static bool TryReadToken(AuthField field, out byte[]? token, int maxBytes = MaxTokenBytes)
    {
        token = null;
        if (field[Token] is not { } text)
        {
            return true;
        }

        var bytes = new byte[Math.Min(text.Length, (maxBytes * 4 / 3) + 4)];
        if (text.Length > bytes.Length || !Convert.TryFromBase64String(text, bytes, out var length) || length > maxBytes)
        {
            return false;
        }

        token = bytes[..length];
        return true;
    }

    /// <summary>Appends what is there.</summary>
    public static AuthField WithToken(AuthField field, byte[]? token) => token is null ? field : field.WithQuoted(Token, Convert.ToBase64String(token));

    /// <summary>Appends the version where it is not the first.</summary>
    public static AuthField WithVersion(AuthField field, int version) =>
        version > AssociationTerms.FirstVersion ? field.With(Version, version.ToString(CultureInfo.InvariantCulture)) : field;
}
