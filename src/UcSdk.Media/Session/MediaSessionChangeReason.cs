namespace UcSdk.Media;

/// <summary>Why a media session changed.</summary>
public enum MediaSessionChangeReason
{
    /// <summary>The user made an offer.</summary>
    OfferCreated,

    /// <summary>Offer and answer were agreed.</summary>
    Agreed,

    /// <summary>Offer and answer could not be agreed; the exception of the method names the failure.</summary>
    NegotiationFailed,

    /// <summary>The first valid packet of the peer arrived, or the first after it had fallen silent.</summary>
    FirstPacketReceived,

    /// <summary>Neither RTP nor RTCP of the peer arrived within <see cref="MediaSessionOptions.PeerTimeout"/>.</summary>
    PeerTimedOut,

    /// <summary>The peer sent an RTCP BYE.</summary>
    PeerSaidBye,

    /// <summary>The user closed the session.</summary>
    Closed,
}
