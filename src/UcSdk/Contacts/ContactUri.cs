using UcSdk.Sip;

namespace UcSdk;

/// <summary>The addresses by which contacts are known: one spelling for each, so that equal strings mean the same contact.</summary>
internal static class ContactUri
{
    /// <summary>
    /// <c>sip:user@domain</c> in small letters and without parameters, as servers name contacts; <c>tel:</c> without visual separators (RFC 3966 §5.1.1);
    /// <c>mailto:</c> in small letters. What has no scheme is <c>sip:</c>.
    /// </summary>
    /// <exception cref="ArgumentException">It is none of these.</exception>
    public static string Normalize(string uri, string parameter) =>
        TryNormalize(uri, out var address) ? address : throw new ArgumentException("The address of a contact is wanted: sip:, tel: or mailto:.", parameter);

    public static bool TryNormalize(string? uri, out string address)
    {
        address = "";
        if (string.IsNullOrWhiteSpace(uri))
        {
            return false;
        }

        var text = uri.Trim();
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var scheme = colon < 0 ? "sip" : text[..colon].ToLowerInvariant();
        var rest = text[(colon + 1)..];
        switch (scheme)
        {
            case "sip" or "sips" when SipUri.TryParse($"{scheme}:{rest}", out var parsed) && parsed is { User.Length: > 0, Host.Length: > 0 }:
                address = $"sip:{parsed.User}@{parsed.Host}".ToLowerInvariant();
                return true;
            case "tel" when rest.Any(char.IsAsciiDigit):
                var parameters = rest.IndexOf(';', StringComparison.Ordinal);
                var number = string.Concat((parameters < 0 ? rest : rest[..parameters]).Where(c => c is not ('-' or '.' or '(' or ')' or ' ')));
                address = $"tel:{number}{(parameters < 0 ? "" : rest[parameters..])}".ToLowerInvariant();
                return true;
            case "mailto" when rest.IndexOf('@', StringComparison.Ordinal) > 0:
                address = $"mailto:{rest}".ToLowerInvariant();
                return true;
            default:
                return false;
        }
    }
}
