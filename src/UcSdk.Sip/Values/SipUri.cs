using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace UcSdk.Sip;

/// <summary>
/// A SIP, SIPS or TEL URI, or any other absolute URI kept as text (RFC 3261 §19.1). The text as first given is kept and written back
/// unchanged, because Lync peers compare conference URIs as whole strings. Immutable; of a received message it stays bytes until a part is asked for.
/// </summary>
public sealed class SipUri : IEquatable<SipUri>
{
    private readonly byte[] _bytes;
    private readonly int _start;
    private readonly int _hostStart;
    private readonly int _hostEnd;
    private readonly int _end;
    private string? _text;
    private string? _user;
    private string? _host;
    private SipParameters? _parameters;

    private SipUri(WireSlice slice, int hostStart, int hostEnd, string? text)
    {
        (_bytes, _start, _end) = (slice.Bytes, slice.Start, slice.End);
        (_hostStart, _hostEnd) = (_start + hostStart, _start + hostEnd);
        _text = text;
    }

    /// <summary>The whole URI as written.</summary>
    public string Text => _text ??= WireText.Read(Span);

    /// <summary><c>sip</c>, <c>sips</c>, <c>tel</c> or another scheme, in lower case.</summary>
    public string Scheme => SchemeSpan switch
    {
        var name when Scan.EqualsIgnoreCase(name, "sip"u8) => "sip",
        var name when Scan.EqualsIgnoreCase(name, "sips"u8) => "sips",
        var name when Scan.EqualsIgnoreCase(name, "tel"u8) => "tel",
        var name => Encoding.ASCII.GetString(name).ToLowerInvariant(),
    };

    /// <summary>The part before <c>@</c>, as written (escapes kept); for <c>tel:</c> the number. Empty when absent.</summary>
    public string User => _user ??= WireText.Read(UserSpan);

    /// <summary>The host, IPv6 in brackets. Empty for schemes other than sip and sips.</summary>
    public string Host => _host ??= WireText.Read(_bytes.AsSpan(_hostStart, _hostEnd - _hostStart));

    /// <summary>The port, 1–65535; null when absent.</summary>
    public int? Port
    {
        get
        {
            var tail = _bytes.AsSpan(_hostEnd, ParametersStart - _hostEnd);
            return IsSip && tail.Length > 1 && Scan.TryReadNumber(tail[1..], out var port) ? port : null;
        }
    }

    /// <summary>The URI parameters, e.g. <c>transport</c>, <c>lr</c>, <c>gruu</c>, <c>opaque</c>.</summary>
    public SipParameters Parameters => _parameters ??= SipParameters.Of(new(_bytes, ParametersStart, HeadersStart), inList: false);

    /// <summary>What follows <c>?</c>, without it; empty when absent.</summary>
    public string Headers => HeadersStart < _end ? WireText.Read(_bytes.AsSpan(HeadersStart + 1, _end - HeadersStart - 1)) : "";

    /// <summary>True for sip and sips.</summary>
    public bool IsSip => UriScanner.IsSip(SchemeSpan);

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
        return !string.IsNullOrEmpty(text) && TryRead(WireText.Encode(text), text, out uri);
    }

    /// <summary>Builds a SIP URI.</summary>
    /// <exception cref="FormatException">The parts do not make a URI.</exception>
    public static SipUri Create(string user, string host, int? port = null, string scheme = "sip") =>
        Parse($"{scheme}:{(user.Length > 0 ? user + "@" : "")}{host}{(port is { } p ? ":" + p.ToString(CultureInfo.InvariantCulture) : "")}");

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

    /// <summary>Reads a URI out of a message; it keeps the slice's array.</summary>
    /// <param name="slice">The bytes, without blanks around them.</param>
    /// <param name="text">The same as text where that is known already.</param>
    /// <param name="uri">The URI.</param>
    internal static bool TryRead(WireSlice slice, string? text, [NotNullWhen(true)] out SipUri? uri)
    {
        uri = UriScanner.TryRead(slice.Span, out var hostStart, out var hostEnd) ? new(slice, hostStart, hostEnd, text) : null;
        return uri is not null;
    }

    /// <summary>The URI of a slice that has been read before.</summary>
    internal static SipUri OfReadable(WireSlice slice)
    {
        UriScanner.Split(slice.Span, out var hostStart, out var hostEnd);
        return new(slice, hostStart, hostEnd, null);
    }

    /// <summary>The text as it came.</summary>
    internal ReadOnlySpan<byte> Utf8 => Span;

    /// <summary>The text for a look-up: where nobody has made it yet it is put into the caller's room, if it is ASCII and fits, and nothing is allocated.</summary>
    internal ReadOnlySpan<char> TextIn(Span<char> room) => _text is null && WireText.TryWiden(Span, room, out var text) ? text : Text;

    /// <summary><see cref="User"/> likewise.</summary>
    internal ReadOnlySpan<char> UserIn(Span<char> room) => _user is null && WireText.TryWiden(UserSpan, room, out var user) ? user : User;

    /// <summary>True when the host is that one, without regard to case; nothing is allocated.</summary>
    internal bool HasHost(string host) => WireText.EqualsIgnoreCase(_bytes.AsSpan(_hostStart, _hostEnd - _hostStart), host);

    /// <summary>True when the ASCII text stands somewhere in the URI, in any case. It begins with a character that has none.</summary>
    internal bool Mentions(ReadOnlySpan<byte> text)
    {
        for (var rest = Span; rest.IndexOf(text[0]) is var at and >= 0 && rest.Length - at >= text.Length; rest = rest[(at + 1)..])
        {
            if (Ascii.EqualsIgnoreCase(rest.Slice(at, text.Length), text))
            {
                return true;
            }
        }

        return false;
    }

    private ReadOnlySpan<byte> Span => _bytes.AsSpan(_start, _end - _start);

    private ReadOnlySpan<byte> SchemeSpan => Span[..UriScanner.SchemeLength(Span)];

    // A host lies behind the '@'; a number ends where the (empty) host stands; other schemes have no user.
    private ReadOnlySpan<byte> UserSpan
    {
        get
        {
            var start = _start + UriScanner.SchemeLength(Span) + 1;
            var end = IsSip ? Math.Max(start, _hostStart - 1) : Scan.EqualsIgnoreCase(SchemeSpan, "tel"u8) ? _hostEnd : start;
            return _bytes.AsSpan(start, end - start);
        }
    }

    private int ParametersStart => _hostEnd + OffsetOf(Scan.IndexOfAny(_bytes.AsSpan(_hostEnd, _end - _hostEnd), (byte)';', (byte)'?'), _end - _hostEnd);

    // A question mark has a meaning only in sip and sips.
    private int HeadersStart => IsSip ? _hostEnd + OffsetOf(Scan.IndexOf(_bytes.AsSpan(_hostEnd, _end - _hostEnd), (byte)'?'), _end - _hostEnd) : _end;

    private static int OffsetOf(int found, int otherwise) => found < 0 ? otherwise : found;

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
        Parse($"{WireText.Read(_bytes.AsSpan(_start, ParametersStart - _start))}{parameters}{(HeadersStart < _end ? "?" : "")}{Headers}");
}
