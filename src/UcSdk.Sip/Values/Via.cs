using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace UcSdk.Sip;

/// <summary>One value of Via (RFC 3261 §20.42). Immutable; of a received message it stays bytes until a part is asked for.</summary>
public sealed record Via : IWireValue<Via>
{
    /// <summary>What the branch of an RFC 3261 element begins with (§8.1.1.7).</summary>
    public const string MagicCookie = "z9hG4bK";

    private readonly byte[] _bytes = [];
    private readonly int _hostStart;
    private readonly int _hostEnd;
    private readonly int _end;
    private readonly int _port;
    private string? _host;
    private SipParameters? _parameters;

    /// <summary>Builds a value.</summary>
    /// <param name="transport">UDP, TCP, TLS … in upper case.</param>
    /// <param name="host">The sent-by host, IPv6 in brackets.</param>
    /// <param name="port">The sent-by port; null for none.</param>
    /// <param name="parameters">branch and its kin.</param>
    public Via(string transport, string host, int? port, SipParameters parameters)
    {
        Transport = transport;
        _host = host;
        _port = port ?? 0;
        _parameters = parameters;
    }

    private Via(string transport, WireSlice slice, int hostEnd, int port)
    {
        Transport = transport;
        (_bytes, _hostStart, _end) = (slice.Bytes, slice.Start, slice.End);
        _hostEnd = hostEnd;
        _port = port;
    }

    /// <summary>UDP, TCP, TLS … in upper case; peers write it in any case.</summary>
    public string Transport { get; init; }

    /// <summary>The sent-by host, IPv6 in brackets.</summary>
    public string Host
    {
        get => _host ??= WireText.Read(_bytes.AsSpan(_hostStart, _hostEnd - _hostStart));
        init => _host = value;
    }

    /// <summary>The sent-by port; null when absent.</summary>
    public int? Port
    {
        get => _port == 0 ? null : _port;
        init => _port = value ?? 0;
    }

    /// <summary>branch, received, rport, and what Lync servers add (ms-received-port, ms-received-cid).</summary>
    public SipParameters Parameters
    {
        get => _parameters ??= SipParameters.Of(ParameterSlice, inList: true);
        init => _parameters = value;
    }

    /// <summary>The transaction identifier; null when absent, as in requests of old clients inside a dialog.</summary>
    public string? Branch => _parameters is { } parameters ? parameters["branch"] : SipParameters.Find(ParameterSlice, "branch");

    /// <summary>The branch for a look-up: put into the caller's room where it can be, so that nothing is allocated; empty when absent.</summary>
    internal ReadOnlySpan<char> BranchIn(Span<char> room) =>
        _parameters is null && SipParameters.TryFindPlain(ParameterSlice, "branch", out var value) && WireText.TryWiden(value, room, out var text) ? text : Branch;

    /// <summary>The host likewise.</summary>
    internal ReadOnlySpan<char> HostIn(Span<char> room) =>
        _host is null && WireText.TryWiden(_bytes.AsSpan(_hostStart, _hostEnd - _hostStart), room, out var text) ? text : Host;

    /// <summary>True when there is a parameter of that name, with or without a value; nothing is made.</summary>
    internal bool HasParameter(string name) => _parameters is { } parameters ? parameters.Contains(name) : SipParameters.Contains(ParameterSlice, name);

    /// <summary>True when the host is that one, without regard to case; where it is so to the letter it need not be made any more.</summary>
    internal bool HasHost(string host)
    {
        if (_host is not null)
        {
            return _host.Equals(host, StringComparison.OrdinalIgnoreCase);
        }

        var bytes = _bytes.AsSpan(_hostStart, _hostEnd - _hostStart);
        _host = Ascii.Equals(bytes, host) ? host : null;
        return _host is not null || WireText.EqualsIgnoreCase(bytes, host);
    }

    /// <summary>True when the branch identifies the transaction by itself.</summary>
    public bool HasMagicCookie => IsUnique(Branch);

    internal static bool IsUnique(ReadOnlySpan<char> branch) =>
        branch.StartsWith(MagicCookie, StringComparison.OrdinalIgnoreCase) && branch.Length > MagicCookie.Length;

    /// <summary><c>host[:port]</c>.</summary>
    public string SentBy => Port is { } port ? $"{Host}:{port.ToString(CultureInfo.InvariantCulture)}" : Host;

    /// <summary>Reads one value; a comma list is not one.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Via? via)
    {
        via = null;
        return text is not null && WireText.Encode(text) is var slice && TryRead(slice, out via, out var next) && next == slice.End;
    }

    /// <summary>Its parts.</summary>
    public void Deconstruct(out string transport, out string host, out int? port, out SipParameters parameters) =>
        (transport, host, port, parameters) = (Transport, Host, Port, Parameters);

    /// <summary>Equality of what is written, hosts and transports without regard to case.</summary>
    public bool Equals(Via? other) => other is not null && ToString().Equals(other.ToString(), StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(ToString());

    /// <summary>The value as it stands in a header.</summary>
    public override string ToString() => $"SIP/2.0/{Transport} {SentBy}{Parameters}";

    static bool IWireValue<Via>.TryRead(WireSlice field, [NotNullWhen(true)] out Via? value) => TryRead(field, out value, out _);

    private static bool TryRead(WireSlice field, [NotNullWhen(true)] out Via? via, out int next)
    {
        via = null;
        next = field.End;
        var bytes = field.Upto;
        var start = Scan.SkipBlanks(bytes, field.Start, field.End);
        if (!TrySkipProtocol(bytes, ref start))
        {
            return false;
        }

        var nameEnd = Scan.IndexOfAnyExcept(bytes[start..], SipGrammar.TokenBytes);
        if (nameEnd <= 0 || bytes[start + nameEnd] is not ((byte)' ' or (byte)'\t'))
        {
            return false;
        }

        var hostStart = Scan.SkipBlanks(bytes, start + nameEnd, field.End);
        var hostEnd = HostPort.FindHostEnd(bytes, hostStart);
        if (!HostPort.IsHost(bytes[hostStart..hostEnd]) || !TryReadPort(bytes, hostEnd, out var port, out var tail)
            || (tail < field.End && bytes[tail] is not ((byte)';' or (byte)',')))
        {
            return false;
        }

        next = tail;
        if (tail < field.End && !SipParameters.TryMeasure(bytes, tail, inList: true, out next))
        {
            return false;
        }

        via = new(TransportOf(bytes.Slice(start, nameEnd)), field with { Start = hostStart, End = next }, hostEnd, port);
        return true;
    }

    // A port is where a colon is, with blanks around it or not.
    private static bool TryReadPort(ReadOnlySpan<byte> bytes, int at, out int port, out int next)
    {
        port = 0;
        next = Scan.SkipBlanks(bytes, at, bytes.Length);
        if (next == bytes.Length || bytes[next] != ':')
        {
            return true;
        }

        var start = Scan.SkipBlanks(bytes, next + 1, bytes.Length);
        var end = start;
        while (end < bytes.Length && char.IsAsciiDigit((char)bytes[end]))
        {
            end++;
        }

        next = Scan.SkipBlanks(bytes, end, bytes.Length);
        return HostPort.TryReadPort(bytes[start..end], out port);
    }

    // SIP/2.0/ with blanks around its parts (RFC 3261 §25.1 SLASH).
    private static bool TrySkipProtocol(ReadOnlySpan<byte> bytes, ref int at)
    {
        if (bytes[at..].StartsWith("SIP/2.0/"u8))
        {
            at = Scan.SkipBlanks(bytes, at + 8, bytes.Length);
            return true;
        }

        return TrySkipPart(bytes, "SIP"u8, ref at) && TrySkipPart(bytes, "2.0"u8, ref at);
    }

    private static bool TrySkipPart(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> part, ref int at)
    {
        var slash = Scan.IndexOf(bytes[at..], (byte)'/');
        if (slash < 0 || !Scan.EqualsIgnoreCase(bytes[at..Scan.TrimEnd(bytes, at, at + slash)], part))
        {
            return false;
        }

        at = Scan.SkipBlanks(bytes, at + slash + 1, bytes.Length);
        return true;
    }

    private static string TransportOf(ReadOnlySpan<byte> name)
    {
        // The usual spelling of the usual three first.
        if (name.Length == 3)
        {
            if (name.SequenceEqual("UDP"u8))
            {
                return "UDP";
            }

            if (name.SequenceEqual("TCP"u8))
            {
                return "TCP";
            }

            if (name.SequenceEqual("TLS"u8))
            {
                return "TLS";
            }
        }

        return Encoding.ASCII.GetString(name).ToUpperInvariant();
    }

    // What stands between host and parameters is a port.
    private WireSlice ParameterSlice
    {
        get
        {
            var semicolon = Scan.IndexOf(_bytes.AsSpan(_hostEnd, _end - _hostEnd), (byte)';');
            return new(_bytes, semicolon < 0 ? _end : _hostEnd + semicolon, _end);
        }
    }
}
