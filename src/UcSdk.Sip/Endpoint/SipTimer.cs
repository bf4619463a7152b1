namespace UcSdk.Sip;

/// <summary>The timers of the core: those of RFC 3261 table 4 and RFC 6026 by their letters, then those of the usages.</summary>
internal enum SipTimer
{
    /// <summary>INVITE request retransmission (RFC 3261 §17.1.1.2).</summary>
    A,

    /// <summary>INVITE client transaction timeout (RFC 3261 §17.1.1.2), also once it is cancelled (§9.1).</summary>
    B,

    /// <summary>Proxy INVITE transaction timeout (RFC 3261 §16.6 step 11).</summary>
    C,

    /// <summary>Wait for repeated failures of an INVITE (RFC 3261 §17.1.1.2).</summary>
    D,

    /// <summary>Non-INVITE request retransmission (RFC 3261 §17.1.2.2).</summary>
    E,

    /// <summary>Non-INVITE client transaction timeout (RFC 3261 §17.1.2.2).</summary>
    F,

    /// <summary>INVITE failure retransmission (RFC 3261 §17.2.1).</summary>
    G,

    /// <summary>Wait for the ACK of a failure (RFC 3261 §17.2.1).</summary>
    H,

    /// <summary>Wait for repeated ACKs (RFC 3261 §17.2.1).</summary>
    I,

    /// <summary>Wait for repeated non-INVITE requests (RFC 3261 §17.2.2).</summary>
    J,

    /// <summary>Wait for repeated non-INVITE responses (RFC 3261 §17.1.2.2).</summary>
    K,

    /// <summary>Wait for repeated INVITEs after a 2xx (RFC 6026 §8.4).</summary>
    L,

    /// <summary>Wait for repeated and further 2xx (RFC 6026 §8.4).</summary>
    M,

    /// <summary>A notifier's first NOTIFY must have come by then (RFC 6665 §4.1.2.4).</summary>
    N,

    /// <summary>200 ms after which an unanswered INVITE gets its 100 (RFC 3261 §17.2.1).</summary>
    Trying,

    /// <summary>The application has left a request without a final response for too long (RFC 3261 §13.3.1, RFC 4320 §4.2).</summary>
    Unanswered,

    /// <summary>A callee that rings shows the proxies on the way that it still does (RFC 3261 §13.3.1.1).</summary>
    Extension,

    /// <summary>2xx retransmission by the UAS core (RFC 3261 §13.3.1.4).</summary>
    AnswerRetransmission,

    /// <summary>The ACK of a 2xx must have come by then (RFC 3261 §13.3.1.4).</summary>
    AckWait,

    /// <summary>Reliable provisional response retransmission (RFC 3262 §3).</summary>
    ProvisionalRetransmission,

    /// <summary>The PRACK of a reliable provisional response must have come by then (RFC 3262 §3).</summary>
    PrackWait,

    /// <summary>A request that collided with one of the peer goes again (RFC 3261 §14.1).</summary>
    Glare,

    /// <summary>The session is to be refreshed, or has not been (RFC 4028 §§7.2, 10).</summary>
    Session,

    /// <summary>The caller's patience (<see cref="InviteOptions.RingTimeout"/>).</summary>
    NoAnswer,

    /// <summary>A cancelled INVITE must have its final response by then (RFC 3261 §9.1).</summary>
    CancelWait,

    /// <summary>A target's time is over (<see cref="ProxyTarget.Timeout"/>).</summary>
    TargetWait,

    /// <summary>A registration or subscription is refreshed.</summary>
    Refresh,

    /// <summary>A subscription runs out.</summary>
    Expiry,

    /// <summary>A security association is to be replaced ([MS-SIPAE] §3.2.2).</summary>
    Association,

    /// <summary>A flow may need a keep-alive ([MS-CONMGMT]).</summary>
    KeepAlive,

    /// <summary>The credentials of a challenged request must have been made by then.</summary>
    HandshakeWait,
}
