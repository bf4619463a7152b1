using System.Net;

namespace UcSdk.Media;

/// <summary>What offer and answer agreed about the one audio stream. It holds keys, so it has no text form.</summary>
internal sealed class NegotiatedAudio
{
    /// <summary>The codec to send with.</summary>
    public required CodecDescription SendCodec { get; init; }

    /// <summary>The format to send, with the payload type that the peer bound to it.</summary>
    public required AudioFormat SendFormat { get; init; }

    /// <summary>The codec of each payload type that may arrive.</summary>
    public required IReadOnlyDictionary<int, CodecDescription> ReceiveCodecs { get; init; }

    /// <summary>Where RTP goes, or null while the peer wants none (the address 0.0.0.0, RFC 3264 §8.4).</summary>
    public required IPEndPoint? RemoteRtp { get; init; }

    /// <summary>Where RTCP goes, or null while the peer wants none.</summary>
    public required IPEndPoint? RemoteRtcp { get; init; }

    /// <summary>Which way media flows, seen from here.</summary>
    public required MediaDirection Direction { get; init; }

    /// <summary>The SSRCs that the peer announced, or null when it announced none.</summary>
    public required SsrcRange? RemoteSsrcs { get; init; }

    /// <summary>The keys, or null when media is not encrypted.</summary>
    public required SrtpKeyPair? Keys { get; init; }
}
