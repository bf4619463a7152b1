using System.Net;

namespace UcSdk.Media;

/// <summary>What this side brings to offer and answer (RFC 3264).</summary>
/// <param name="Rtp">Our RTP address.</param>
/// <param name="Rtcp">Our RTCP address.</param>
/// <param name="Ssrc">The SSRC that we send with; announced, and so below 2^31: some peers read the range as signed numbers.</param>
/// <param name="Encryption">Whether media is encrypted.</param>
/// <param name="Codecs">The codecs, in order of preference.</param>
internal sealed record AudioAgreement(IPEndPoint Rtp, IPEndPoint Rtcp, uint Ssrc, EncryptionPolicy Encryption, CodecRegistry Codecs)
{
    public const string Plain = "RTP/AVP";

    public const string Encrypted = "RTP/SAVP";

    public const string Lifetime = "2^31";

    /// <summary>The session level as Lync writes it; the version is 0 in an offer and 1 in an answer.</summary>
    public List<SdpLine> SessionLines(int version) =>
    [
        new('v', "0"),
        new('o', $"- 0 {SdpText.Number(version)} {SdpText.FormatConnection(Rtp.Address)}"),
        new('s', "session"),
        new('c', SdpText.FormatConnection(Rtp.Address)),
        new('b', "CT:99980"),
        new('t', "0 0"),
    ];

    /// <summary>Our audio line: address, then keys, then formats, then the rest, the order that Lync peers write.</summary>
    public MediaDescription AudioMedia(
        string protocol, IEnumerable<SdpLine> keys, IReadOnlyList<(int PayloadType, CodecDescription Codec)> formats, MediaDirection direction)
    {
        var lines = new List<SdpLine> { new('c', SdpText.FormatConnection(Rtp.Address)) };
        lines.AddRange(keys);
        foreach (var (payloadType, codec) in formats)
        {
            lines.Add(SdpLine.Attribute("rtpmap", new RtpMap(payloadType, codec.Name, codec.RtpClockRate, codec.Channels).ToString()));
        }

        lines.Add(SdpLine.Attribute("rtcp", new RtcpAttribute(Rtcp.Port).ToString()));
        lines.Add(SdpLine.Attribute("label", "main-audio"));
        lines.Add(SdpLine.Attribute("x-ssrc-range", new SsrcRange(Ssrc, Ssrc).ToString()));
        lines.Add(SdpLine.Attribute("ptime", SdpText.Number(AudioClock.FrameMilliseconds)));
        if (direction != MediaDirection.SendReceive)
        {
            lines.Add(SdpLine.Attribute(direction.ToAttribute()));
        }

        return new("audio", Rtp.Port, protocol, formats.Select(format => SdpText.Number(format.PayloadType)), lines);
    }
}
