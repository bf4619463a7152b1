using UcSdk.Core;
using static UcSdk.Media.MediaSessionState;
using static UcSdk.Media.MediaSessionTrigger;
using Reason = UcSdk.Media.MediaSessionChangeReason;

namespace UcSdk.Media;

/// <summary>The life of a media session.</summary>
internal static class MediaSessionStates
{
    public static readonly StateTable<MediaSessionState, MediaSessionTrigger, Reason> Table = new("MediaSession", Idle)
    {
        { Idle, Offer, Offering, Reason.OfferRequested, "RFC 3264 §5" },
        { Idle, Answer, Answering, Reason.AnswerRequested, "RFC 3264 §6" },
        { Idle, Close, Closed, Reason.Closed, "user closes" },
        { Offering, LackPorts, Closed, Reason.PortsUnavailable, "RFC 3550 §11" },
        { Offering, Agree, Negotiated, Reason.Agreed, "RFC 3264 §7" },
        { Offering, Disagree, Closed, Reason.NegotiationFailed, "RFC 3264 §7" },
        { Offering, Close, Closed, Reason.Closed, "user closes" },
        { Answering, LackPorts, Closed, Reason.PortsUnavailable, "RFC 3550 §11" },
        { Answering, Agree, Negotiated, Reason.Agreed, "RFC 3264 §6" },
        { Answering, Disagree, Closed, Reason.NegotiationFailed, "RFC 3264 §6" },
        { Answering, Close, Closed, Reason.Closed, "user closes" },
        { Negotiated, HearPacket, Active, Reason.FirstPacketReceived, "RFC 3550 §6.2.1" },
        { Negotiated, TimeOut, Negotiated, Reason.PeerTimedOut, "[MS-RTP] §3.1.2" },
        { Negotiated, Close, Closed, Reason.Closed, "RFC 3550 §6.3.7" },
        { Active, HearBye, Negotiated, Reason.PeerSaidBye, "RFC 3550 §6.3.4" },
        { Active, TimeOut, Negotiated, Reason.PeerTimedOut, "[MS-RTP] §3.1.2" },
        { Active, Close, Closed, Reason.Closed, "RFC 3550 §6.3.7" },
    };
}
