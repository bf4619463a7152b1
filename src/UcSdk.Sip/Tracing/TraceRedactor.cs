using System.Text;

namespace UcSdk.Sip;

/// <summary>Writes a message for people to read, without what they should not see.</summary>
internal static class TraceRedactor
{
    private const string Hidden = "[redacted]";

    // The names that mark a secret in a body, whatever its format: SDP keys and ICE passwords, passwords and tokens in XML and JSON.
    internal static readonly string[] SecretLines =
        ["a=crypto:", "a=cryptoscale:", "a=ice-pwd:", "a=candidate:", "a=key-mgmt:", "k="];

    internal static readonly string[] SecretElements = ["password", "pwd", "passcode", "secret", "token", "conference-key"];

    internal static readonly HeaderName[] SecretHeaders =
    [
        HeaderName.Authorization, HeaderName.ProxyAuthorization, HeaderName.WwwAuthenticate, HeaderName.ProxyAuthenticate, HeaderName.AuthenticationInfo,
        HeaderName.ProxyAuthenticationInfo, HeaderName.Of("Authentication"),
    ];

    /// <summary>Appends start line and headers, each on a line of its own, credentials redacted unless they are to be shown.</summary>
    public static void AppendHead(StringBuilder text, SipMessage message, bool showSecrets)
    {
        text.Append(message).AppendLine();
        foreach (var (name, value) in message.Headers)
        {
            text.Append(name).Append(": ").AppendLine(showSecrets || !SecretHeaders.Contains(name) ? value : Scheme(value) + Hidden);
        }
    }

    /// <summary>The body, when it is to be shown: text as it is except for keys and passwords, anything else by its length.</summary>
    public static void AppendBody(StringBuilder text, SipMessage message, bool showBodies, bool showSecrets)
    {
        if (message.Body.IsEmpty)
        {
            return;
        }

        if (!showBodies || !IsText(message.Body.Span))
        {
            text.AppendLine().Append('[').Append(message.Body.Length).Append(" bytes of ").Append(message.ContentType ?? "unknown type").AppendLine("]");
            return;
        }

        text.AppendLine();
        foreach (var line in message.BodyText.TrimEnd().Split('\n'))
        {
            var whole = line.TrimEnd('\r');
            text.AppendLine(showSecrets ? whole : RedactLine(whole));
        }
    }

    private static string RedactLine(string line)
    {
        foreach (var start in SecretLines)
        {
            // A candidate of RFC 5245 names its type; one without is of the older draft and holds a password.
            if (line.StartsWith(start, StringComparison.OrdinalIgnoreCase) && !line.Contains(" typ ", StringComparison.Ordinal))
            {
                return start + " " + Hidden;
            }
        }

        return RedactElements(line);
    }

    // Everything behind the name of a secret up to the end of the element, attribute or line goes; a trace needs no more of it.
    private static string RedactElements(string line)
    {
        foreach (var name in SecretElements)
        {
            var at = line.IndexOf(name, StringComparison.OrdinalIgnoreCase);
            if (at >= 0)
            {
                return line[..(at + name.Length)] + " " + Hidden;
            }
        }

        return line;
    }

    // Which scheme was used is no secret and often the question.
    private static string Scheme(string value)
    {
        var blank = value.IndexOf(' ', StringComparison.Ordinal);
        return blank > 0 ? value[..(blank + 1)] : "";
    }

    private static bool IsText(ReadOnlySpan<byte> body) =>
        !body.ContainsAnyInRange((byte)0, (byte)8) && System.Text.Unicode.Utf8.IsValid(body);
}
