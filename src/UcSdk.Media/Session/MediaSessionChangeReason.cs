namespace UcSdk.Media;

/// <summary>Why a media session changed.</summary>
public enum MediaSessionChangeReason
{
    /// <summary>The user asked for an offer.</summary>
    OfferRequested,

    /// <summary>The user asked for an answer.</summary>
    AnswerRequested,

    /// <summary>Offer and answer were agreed.</summary>
    Agreed,

    /// <summary>Offer and answer could not be agreed; the exception of the method names the failure.</summary>
    NegotiationFailed,

    /// <summary>No ports could be opened, or the user cancelled while they were; the exception of the method tells.</summary>
    PortsUnavailable,

    /// <summary>The first valid packet of the peer arrived, or the first after it had fallen silent.</summary>
    FirstPacketReceived,

    /// <summary>Neither RTP nor RTCP of the peer arrived within <see cref="MediaSessionOptions.PeerTimeout"/>.</summary>
    PeerTimedOut,

    /// <summary>The peer sent an RTCP BYE.</summary>
    PeerSaidBye,

    /// <summary>The user closed the session.</summary>
    Closed,
}
