using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace UcSdk.Sip;

/// <summary>One value of Via (RFC 3261 §20.42).</summary>
/// <param name="Transport">UDP, TCP, TLS … in upper case; peers write it in any case.</param>
/// <param name="Host">The sent-by host, IPv6 in brackets.</param>
/// <param name="Port">The sent-by port; null when absent.</param>
/// <param name="Parameters">branch, received, rport, and what Lync servers add (ms-received-port, ms-received-cid).</param>
public sealed record Via(string Transport, string Host, int? Port, SipParameters Parameters)
{
    /// <summary>What the branch of an RFC 3261 element begins with (§8.1.1.7).</summary>
    public const string MagicCookie = "z9hG4bK";

    /// <summary>The transaction identifier; null when absent, as in requests of old clients inside a dialog.</summary>
    public string? Branch => Parameters["branch"];

    /// <summary>True when the branch identifies the transaction by itself.</summary>
    public bool HasMagicCookie => Branch is { } branch && branch.StartsWith(MagicCookie, StringComparison.OrdinalIgnoreCase) && branch.Length > MagicCookie.Length;

    /// <summary><c>host[:port]</c>.</summary>
    public string SentBy => Port is { } port ? $"{Host}:{port.ToString(CultureInfo.InvariantCulture)}" : Host;

    /// <summary>Reads one value; a comma list is not one.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Via? via)
    {
        via = null;
        if (text is null)
        {
            return false;
        }

        var rest = text.AsSpan().Trim();
        if (!TryTakePart(ref rest, '/', out var name) || !name.Equals("SIP", StringComparison.OrdinalIgnoreCase)
            || !TryTakePart(ref rest, '/', out var version) || version is not "2.0")
        {
            return false;
        }

        var blank = rest.IndexOfAny(" \t");
        if (blank <= 0 || !SipGrammar.IsToken(rest[..blank]))
        {
            return false;
        }

        var transport = rest[..blank].ToString().ToUpperInvariant();
        rest = rest[blank..].Trim();
        var semicolon = rest.IndexOf(';');
        var parameters = SipParameters.Empty;
        if ((semicolon >= 0 && !SipParameters.TryParse(rest[semicolon..], out parameters))
            || !HostPort.TryParse(semicolon < 0 ? rest : rest[..semicolon], out var host, out var port))
        {
            return false;
        }

        via = new Via(transport, host, port, parameters);
        return true;
    }

    /// <summary>The value as it stands in a header.</summary>
    public override string ToString() => $"SIP/2.0/{Transport} {SentBy}{Parameters}";

    private static bool TryTakePart(ref ReadOnlySpan<char> rest, char end, out ReadOnlySpan<char> part)
    {
        var at = rest.IndexOf(end);
        if (at < 0)
        {
            part = default;
            return false;
        }

        part = rest[..at].Trim();
        rest = rest[(at + 1)..].TrimStart();
        return true;
    }
}
