using UcSdk.Core;
using static UcSdk.Media.MediaSessionChangeReason;
using static UcSdk.Media.MediaSessionState;

namespace UcSdk.Media;

/// <summary>The life of a media session.</summary>
internal static class MediaSessionStates
{
    public static readonly StateTable<MediaSessionState, MediaSessionTrigger, MediaSessionChangeReason> Table = new("MediaSession", Idle)
    {
        { Idle, MediaSessionTrigger.Offer, Offering, OfferCreated, "RFC 3264 §5" },
        { Idle, MediaSessionTrigger.Answer, Negotiated, Agreed, "RFC 3264 §6" },
        { Idle, MediaSessionTrigger.Fail, MediaSessionState.Closed, NegotiationFailed, "RFC 3264 §6" },
        { Idle, MediaSessionTrigger.Close, MediaSessionState.Closed, MediaSessionChangeReason.Closed, "user closes" },
        { Offering, MediaSessionTrigger.Answer, Negotiated, Agreed, "RFC 3264 §7" },
        { Offering, MediaSessionTrigger.Fail, MediaSessionState.Closed, NegotiationFailed, "RFC 3264 §7" },
        { Offering, MediaSessionTrigger.Close, MediaSessionState.Closed, MediaSessionChangeReason.Closed, "user closes" },
        { Negotiated, MediaSessionTrigger.HearPacket, Active, FirstPacketReceived, "RFC 3550 §6.2.1" },
        { Negotiated, MediaSessionTrigger.TimeOut, Negotiated, PeerTimedOut, "[MS-RTP] §3.1.2" },
        { Negotiated, MediaSessionTrigger.Close, MediaSessionState.Closed, MediaSessionChangeReason.Closed, "user closes" },
        { Active, MediaSessionTrigger.HearBye, Negotiated, PeerSaidBye, "RFC 3550 §6.3.4" },
        { Active, MediaSessionTrigger.TimeOut, Negotiated, PeerTimedOut, "[MS-RTP] §3.1.2" },
        { Active, MediaSessionTrigger.Close, MediaSessionState.Closed, MediaSessionChangeReason.Closed, "RFC 3550 §6.3.7" },
    };
}
