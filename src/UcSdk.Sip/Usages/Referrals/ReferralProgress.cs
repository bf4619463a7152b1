using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace UcSdk.Sip;

/// <summary>How the request fares that a REFER asked for: the status line in a NOTIFY's <c>message/sipfrag</c> (RFC 3515 §2.4.5, RFC 3420).</summary>
/// <param name="StatusCode">100–699.</param>
/// <param name="ReasonPhrase">The text behind the code; may be empty.</param>
public sealed record ReferralProgress(int StatusCode, string ReasonPhrase)
{
    /// <summary>The body's media type.</summary>
    internal const string ContentType = "message/sipfrag;version=2.0";

    /// <summary>True when the request has its final response, 200–699.</summary>
    public bool IsFinal => StatusCode >= 200;

    /// <summary>True when the request has succeeded, 200–299.</summary>
    public bool IsSuccess => StatusCode is >= 200 and < 300;

    /// <summary>The status line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"SIP/2.0 {StatusCode} {ReasonPhrase}");

    /// <summary>Reads the status line that the body begins with.</summary>
    internal static bool TryRead(SipMessage message, [NotNullWhen(true)] out ReferralProgress? progress)
    {
        progress = null;
        if (message.Headers[HeaderName.ContentType] is not { } type || !type.TrimStart().StartsWith("message/sipfrag", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var line = message.Body.Span;
        var end = line.IndexOfAny((byte)'\r', (byte)'\n');
        line = end < 0 ? line : line[..end];
        if (line.Length < 11 || !Ascii.EqualsIgnoreCase(line[..8], "SIP/2.0 "u8)
            || !int.TryParse(line.Slice(8, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status) || status is < 100 or > 699
            || (line.Length > 11 && line[11] != (byte)' '))
        {
            return false;
        }

        progress = new(status, Encoding.UTF8.GetString(line[11..]).Trim());
        return true;
    }

    /// <summary>The body of a NOTIFY.</summary>
    internal byte[] ToBody() => Encoding.UTF8.GetBytes(ToString() + "\r\n");
}
