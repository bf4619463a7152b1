using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace UcSdk.Media;

/// <summary>The peer's audio line, read as far as an agreement needs it.</summary>
internal sealed class RemoteAudio
{
    private RemoteAudio(MediaDescription media) => Media = media;

    public MediaDescription Media { get; }

    public required IReadOnlyList<(int PayloadType, CodecDescription Codec)> Formats { get; init; }

    public required IPEndPoint? Rtp { get; init; }

    public required IPEndPoint? Rtcp { get; init; }

    /// <summary>Which way the peer wants media to flow, seen from there.</summary>
    public required MediaDirection Direction { get; init; }

    public bool IsEncryptedProfile => Media.Protocol == AudioAgreement.Encrypted;

    /// <summary>Whether the peer gave any key, usable or not; malformed lines count.</summary>
    public bool HasKeys => Media.FindAttribute("crypto") is not null || Media.FindAttribute("cryptoscale") is not null;

    /// <summary>Whether this floor knows the kind and the profile of the media at all.</summary>
    public static bool IsCandidate(MediaDescription media) =>
        media is { Kind: "audio", Port: not 0, Protocol: AudioAgreement.Plain or AudioAgreement.Encrypted };

    public static bool TryRead(
        SessionDescription session,
        MediaDescription media,
        AudioAgreement local,
        [NotNullWhen(true)] out RemoteAudio? remote,
        out MediaNegotiationFailure failure)
    {
        remote = null;
        failure = default;
        var formats = ReadFormats(media, local.Codecs);
        if (formats.Count == 0)
        {
            failure = MediaNegotiationFailure.NoCommonCodec;
            return false;
        }

        var address = media.FindLine('c') is null ? session.ConnectionAddress : media.ConnectionAddress;
        if (address is null || address.AddressFamily != local.Rtp.AddressFamily)
        {
            failure = MediaNegotiationFailure.UnusableAddress;
            return false;
        }

        var isHeld = address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
        remote = new(media)
        {
            Formats = formats,
            Rtp = isHeld ? null : new(address, media.Port),
            Rtcp = isHeld ? null : ReadRtcp(media, address),
            Direction = isHeld ? MediaDirection.SendOnly : media.Direction ?? session.Direction ?? MediaDirection.SendReceive,
        };
        return true;
    }

    /// <summary>
    /// What both sides agree on: the peer's payload types to send with; to receive, those that we bound, and those that the peer bound
    /// where we bound none.
    /// </summary>
    public NegotiatedAudio Agree(SrtpKeyPair? keys, IReadOnlyList<(int PayloadType, CodecDescription Codec)> ours)
    {
        var (payloadType, codec) = Formats[0];
        var receive = new Dictionary<int, CodecDescription>();
        foreach (var (type, known) in ours.Concat(Formats))
        {
            receive.TryAdd(type, known);
        }

        return new()
        {
            SendCodec = codec,
            SendFormat = codec.ToFormat(payloadType, Media.FindFormatParameters(SdpText.Number(payloadType))),
            ReceiveCodecs = receive,
            RemoteRtp = Rtp,
            RemoteRtcp = Rtcp,
            Direction = Direction.Mirror(),
            RemoteSsrcs = Media.SsrcRange,
            Keys = keys,
        };
    }

    // The rtpmap of the received description decides; the static numbers hold only where there is none (RFC 3551 §6).
    private static List<(int PayloadType, CodecDescription Codec)> ReadFormats(MediaDescription media, CodecRegistry codecs)
    {
        var maps = media.RtpMaps;
        var formats = new List<(int, CodecDescription)>();
        foreach (var format in media.Formats)
        {
            if (!SdpText.TryParseNumber(format, 127, out var number))
            {
                continue;
            }

            var map = maps.FirstOrDefault(one => one.PayloadType == number);
            var codec = map is null ? codecs.FindStatic((int)number) : codecs.Find(map);
            if (codec is not null)
            {
                formats.Add(((int)number, codec));
            }
        }

        return formats;
    }

    private static IPEndPoint? ReadRtcp(MediaDescription media, IPAddress address)
    {
        if (media.Rtcp is { } rtcp)
        {
            var own = rtcp.Address is { } given && given.AddressFamily == address.AddressFamily ? given : address;
            return new(own, rtcp.Port);
        }

        return media.Port < IPEndPoint.MaxPort ? new(address, media.Port + 1) : null;
    }
}
