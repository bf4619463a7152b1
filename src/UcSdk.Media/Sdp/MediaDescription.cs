namespace UcSdk.Media;

/// <summary>One <c>m=</c> line of a session description and the lines that belong to it (RFC 4566 §5.14). Immutable.</summary>
public sealed class MediaDescription : SdpSection
{
    /// <summary>Puts a media description together.</summary>
    /// <param name="kind">The media type, e.g. <c>audio</c>.</param>
    /// <param name="port">The port, 0…65535; 0 refuses the media.</param>
    /// <param name="protocol">The transport profile, e.g. <c>RTP/SAVP</c>.</param>
    /// <param name="formats">The formats in order of preference, for RTP its payload types; at least one.</param>
    /// <param name="lines">The lines below the <c>m=</c> line.</param>
    /// <param name="portCount">How many ports, 1 unless the description says otherwise.</param>
    /// <exception cref="ArgumentException">A part cannot be written as SDP.</exception>
    public MediaDescription(string kind, int port, string protocol, IEnumerable<string> formats, IEnumerable<SdpLine> lines, int portCount = 1)
        : base(lines)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(port);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, 65535);
        ArgumentOutOfRangeException.ThrowIfLessThan(portCount, 1);
        Kind = kind;
        Port = port;
        PortCount = portCount;
        Protocol = protocol;
        Formats = [.. formats];
        if (Formats.Count == 0)
        {
            throw new ArgumentException("A media description has at least one format (RFC 4566 §5.14).", nameof(formats));
        }

        SdpWriter.ThrowIfUnwritable(Lines, nameof(lines));
        SdpWriter.ThrowIfNotWords([kind, protocol, .. Formats]);
    }

    /// <summary>The media type: <c>audio</c>, <c>video</c>, <c>data</c>, <c>applicationsharing</c> …</summary>
    public string Kind { get; }

    /// <summary>The port for RTP; 0 when the media is refused or not wanted.</summary>
    public int Port { get; }

    /// <summary>How many ports are meant; nearly always 1.</summary>
    public int PortCount { get; }

    /// <summary>The transport profile, e.g. <c>RTP/SAVP</c>.</summary>
    public string Protocol { get; }

    /// <summary>The formats in order of preference; for RTP, payload types.</summary>
    public IReadOnlyList<string> Formats { get; }

    /// <summary>The well-formed <c>a=rtpmap</c> lines (RFC 4566 §6), in order.</summary>
    public IReadOnlyList<RtpMap> RtpMaps => ReadAll<RtpMap>("rtpmap", RtpMap.TryParse);

    /// <summary>The well-formed <c>a=crypto</c> lines (RFC 4568 §4), in order.</summary>
    public IReadOnlyList<CryptoAttribute> Cryptos => ReadAll<CryptoAttribute>("crypto", CryptoAttribute.TryParse);

    /// <summary>The well-formed <c>a=cryptoscale</c> lines ([MS-SDPEXT] §3.1.5.2), in order.</summary>
    public IReadOnlyList<CryptoScaleAttribute> CryptoScales => ReadAll<CryptoScaleAttribute>("cryptoscale", CryptoScaleAttribute.TryParse);

    /// <summary>The <c>a=rtcp</c> line (RFC 3605), or null when there is none.</summary>
    public RtcpAttribute? Rtcp => FindAttribute("rtcp") is { } value && RtcpAttribute.TryParse(value, out var rtcp) ? rtcp : null;

    /// <summary>The <c>a=label</c> line (RFC 4574), e.g. <c>main-audio</c>, or null when there is none.</summary>
    public string? Label => FindAttribute("label");

    /// <summary>The <c>a=ptime</c> line in milliseconds, 1…1000, or null when there is none.</summary>
    public int? PacketMilliseconds =>
        FindAttribute("ptime") is { } value && SdpText.TryParseNumber(value, 1000, out var milliseconds) && milliseconds > 0 ? (int)milliseconds : null;

    /// <summary>The <c>a=x-ssrc-range</c> line ([MS-SDPEXT] §3.1.5.31), or null when there is none.</summary>
    public SsrcRange? SsrcRange => FindAttribute("x-ssrc-range") is { } value && Media.SsrcRange.TryParse(value, out var range) ? range : null;

    /// <summary>The <c>a=fmtp</c> parameters of a format (RFC 4566 §6), or null when there are none.</summary>
    /// <param name="format">The format, as in <see cref="Formats"/>.</param>
    /// <returns>The text after the format.</returns>
    public string? FindFormatParameters(string format)
    {
        foreach (var value in FindAttributes("fmtp"))
        {
            var rest = value.AsSpan();
            if (SdpText.TryTakeWord(ref rest, out var word) && word.SequenceEqual(format))
            {
                return rest.Trim().ToString();
            }
        }

        return null;
    }

    /// <summary>The same media refused: port 0, and no lines (RFC 3264 §6).</summary>
    /// <returns>What the answer holds in its place.</returns>
    public MediaDescription Reject() => new(Kind, 0, Protocol, Formats, []);

    /// <summary>The media for a log: keys are not shown.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Join('\n', Lines.Select(line => line.ToString()).Prepend("m=" + HeadText));

    internal string HeadText => PortCount == 1
        ? $"{Kind} {SdpText.Number(Port)} {Protocol} {string.Join(' ', Formats)}"
        : $"{Kind} {SdpText.Number(Port)}/{SdpText.Number(PortCount)} {Protocol} {string.Join(' ', Formats)}";

    private delegate bool Reader<T>(string value, out T result);

    private List<T> ReadAll<T>(string name, Reader<T> reader)
    {
        var results = new List<T>();
        foreach (var value in FindAttributes(name))
        {
            if (reader(value, out var result))
            {
                results.Add(result);
            }
        }

        return results;
    }
}
