using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Sip;

/// <summary>
/// A SIP, SIPS or TEL URI, or any other absolute URI kept as text (RFC 3261 §19.1). The text as first given is kept and written back
/// unchanged, because Lync peers compare conference URIs as whole strings.
/// </summary>
public sealed class SipUri : IEquatable<SipUri>
{
    private static readonly SearchValues<char> Excluded = SearchValues.Create(" \t\r\n<>\"");

    // Where the parameters begin in the text; what stands before is kept as it is.
    private readonly int _parametersStart;

    private SipUri(string text, string scheme, string user, string host, int? port, int parametersStart, SipParameters parameters, string headers)
    {
        _parametersStart = parametersStart;
        Text = text;
        Scheme = scheme;
        User = user;
        Host = host;
        Port = port;
        Parameters = parameters;
        Headers = headers;
    }

    /// <summary>The whole URI as written.</summary>
    public string Text { get; }

    /// <summary><c>sip</c>, <c>sips</c>, <c>tel</c> or another scheme, in lower case.</summary>
    public string Scheme { get; }

    /// <summary>The part before <c>@</c>, as written (escapes kept); for <c>tel:</c> the number. Empty when absent.</summary>
    public string User { get; }

    /// <summary>The host, IPv6 in brackets. Empty for schemes other than sip and sips.</summary>
    public string Host { get; }

    /// <summary>The port, 1–65535; null when absent.</summary>
    public int? Port { get; }

    /// <summary>The URI parameters, e.g. <c>transport</c>, <c>lr</c>, <c>gruu</c>, <c>opaque</c>.</summary>
    public SipParameters Parameters { get; }

    /// <summary>What follows <c>?</c>, without it; empty when absent.</summary>
    public string Headers { get; }

    /// <summary>True for sip and sips.</summary>
    public bool IsSip => Scheme is "sip" or "sips";

    /// <summary>True when the URI carries the <c>gruu</c> or <c>gr</c> parameter: it names one endpoint or service.</summary>
    public bool IsGruu => Parameters.Contains("gruu") || Parameters.Contains("gr");

    /// <summary><c>scheme:user@host</c> without port, parameters and headers, the host in lower case: the address of record.</summary>
    public SipUri AddressOfRecord => Parse(IsSip ? $"{Scheme}:{(User.Length > 0 ? User + "@" : "")}{Host.ToLowerInvariant()}" : Text);

    /// <summary>Reads a URI.</summary>
    /// <exception cref="FormatException">The text is no URI.</exception>
    public static SipUri Parse(string text) =>
        TryParse(text, out var uri) ? uri : throw new FormatException($"'{text}' is not a SIP URI (RFC 3261 §19.1).");

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SipUri? uri)
    {
        uri = null;
        if (string.IsNullOrEmpty(text) || text.AsSpan().ContainsAny(Excluded))
        {
            return false;
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || !IsScheme(text.AsSpan(0, colon)))
        {
            return false;
        }

        var scheme = text[..colon].ToLowerInvariant();
        return scheme is "sip" or "sips" ? TryParseSip(text, scheme, colon + 1, out uri) : TryParseOther(text, scheme, colon + 1, out uri);
    }

    /// <summary>Builds a SIP URI.</summary>
    /// <exception cref="FormatException">The parts do not make a URI.</exception>
    public static SipUri Create(string user, string host, int? port = null, string scheme = "sip") =>
        Parse($"{scheme}:{(user.Length > 0 ? user + "@" : "")}{host}{(port is { } p ? ":" + p.ToString(System.Globalization.CultureInfo.InvariantCulture) : "")}");

    /// <summary>This URI with one parameter set or, with a null value, set without a value.</summary>
    public SipUri WithParameter(string name, string? value = null) => WithParameters(Parameters.WithRaw(name, value));

    /// <summary>This URI without the parameter.</summary>
    public SipUri WithoutParameter(string name) => Parameters.Contains(name) ? WithParameters(Parameters.Without(name)) : this;

    /// <summary>
    /// Equivalence by RFC 3261 §19.1.4: user compared exactly, host and parameters without case; <c>user</c>, <c>ttl</c>, <c>method</c>,
    /// <c>maddr</c> and <c>transport</c> must stand in both or neither, others only agree where both have them.
    /// </summary>
    public bool IsEquivalentTo(SipUri other)
    {
        if (!IsSip || !other.IsSip)
        {
            return string.Equals(Text, other.Text, StringComparison.OrdinalIgnoreCase);
        }

        return Scheme == other.Scheme
            && Unescape(User) == Unescape(other.User)
            && Host.Equals(other.Host, StringComparison.OrdinalIgnoreCase)
            && Port == other.Port
            && HaveAgreeingParameters(this, other)
            && HaveAgreeingParameters(other, this)
            && HaveSameHeaders(Headers, other.Headers);
    }

    /// <summary>Equality of the text without regard to case; use <see cref="IsEquivalentTo"/> for the rules of RFC 3261.</summary>
    public bool Equals(SipUri? other) => other is not null && Text.Equals(other.Text, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SipUri);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Text);

    /// <summary>The URI as written.</summary>
    public override string ToString() => Text;

    private static bool TryParseSip(string text, string scheme, int start, [NotNullWhen(true)] out SipUri? uri)
    {
        uri = null;
        var rest = text.AsSpan(start);
        // The user part may hold ';' and '?', so it is cut first; a host never holds '@' (RFC 3261 §25.1).
        var at = rest.IndexOf('@');
        var user = at < 0 ? "" : rest[..at].ToString();
        if (at == 0)
        {
            return false;
        }

        rest = rest[(at + 1)..];
        var question = rest.IndexOf('?');
        var headers = question < 0 ? "" : rest[(question + 1)..].ToString();
        rest = question < 0 ? rest : rest[..question];
        var semicolon = rest.IndexOf(';');
        var hostPort = semicolon < 0 ? rest : rest[..semicolon];
        var parameters = SipParameters.Empty;
        if (semicolon >= 0 && (!SipParameters.TryParse(rest[semicolon..], out parameters) || parameters.HasDuplicates()))
        {
            return false;
        }

        if (!HostPort.TryParse(hostPort, out var host, out var port))
        {
            return false;
        }

        uri = new(text, scheme, user, host, port, start + at + 1 + hostPort.Length, parameters, headers);
        return true;
    }

    private static bool TryParseOther(string text, string scheme, int start, [NotNullWhen(true)] out SipUri? uri)
    {
        uri = null;
        var rest = text.AsSpan(start);
        if (rest.IsEmpty)
        {
            return false;
        }

        var semicolon = scheme == "tel" ? rest.IndexOf(';') : -1;
        var parameters = SipParameters.Empty;
        if (semicolon >= 0 && !SipParameters.TryParse(rest[semicolon..], out parameters))
        {
            return false;
        }

        var number = semicolon < 0 ? rest : rest[..semicolon];
        uri = new(text, scheme, scheme == "tel" ? number.ToString() : "", "", null, start + number.Length, parameters, "");
        return true;
    }

    private static bool IsScheme(ReadOnlySpan<char> scheme)
    {
        foreach (var c in scheme)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.'))
            {
                return false;
            }
        }

        return char.IsAsciiLetter(scheme[0]);
    }

    private static bool HaveAgreeingParameters(SipUri left, SipUri right)
    {
        foreach (var (name, value) in left.Parameters)
        {
            if (right.Parameters.Contains(name))
            {
                if (!string.Equals(value, right.Parameters[name], StringComparison.OrdinalIgnoreCase))
                {
                    return false;
                }
            }
            else if (name.ToLowerInvariant() is "user" or "ttl" or "method" or "maddr" or "transport")
            {
                return false;
            }
        }

        return true;
    }

    private static bool HaveSameHeaders(string left, string right)
    {
        var mine = left.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).Order(StringComparer.OrdinalIgnoreCase);
        var theirs = right.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).Order(StringComparer.OrdinalIgnoreCase);
        return mine.SequenceEqual(theirs, StringComparer.OrdinalIgnoreCase);
    }

    private static string Unescape(string user) => user.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(user) : user;

    private SipUri WithParameters(SipParameters parameters) =>
        Parse($"{Text.AsSpan(0, _parametersStart)}{parameters}{(Headers.Length > 0 ? "?" : "")}{Headers}");
}
