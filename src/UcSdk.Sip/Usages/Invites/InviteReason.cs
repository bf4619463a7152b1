namespace UcSdk.Sip;

/// <summary>Why an invite session changed its state.</summary>
public enum InviteReason
{
    /// <summary>Caller: a 180 came. Callee: a provisional response went out.</summary>
    Ringing,

    /// <summary>Caller: a provisional response other than 100 and 180 came.</summary>
    Progress,

    /// <summary>Caller: a 2xx came and was acknowledged.</summary>
    Answered,

    /// <summary>Caller: a 2xx came after our side had cancelled; it is acknowledged and ended by BYE (RFC 3261 §9.1).</summary>
    CrossedByAnswer,

    /// <summary>Callee: the ACK of our 2xx came.</summary>
    AckReceived,

    /// <summary>Callee: our side accepted.</summary>
    LocalAccept,

    /// <summary>Caller: a 4xx–6xx came.</summary>
    Refused,

    /// <summary>Caller: a 3xx came; the caller may try the Contacts of the response.</summary>
    Redirected,

    /// <summary>Callee: our side refused.</summary>
    LocalReject,

    /// <summary>Caller: our side cancelled.</summary>
    LocalCancel,

    /// <summary>
    /// Caller: nobody answered within <see cref="InviteOptions.RingTimeout"/>; our side cancelled. Callee: the application did not answer within
    /// <see cref="SipTimings.AnswerLimit"/> (480), or within the Expires of the INVITE (487).
    /// </summary>
    NoAnswer,

    /// <summary>Caller: the cancelled INVITE got its refusal, usually 487.</summary>
    Canceled,

    /// <summary>Callee: the caller cancelled.</summary>
    RemoteCancel,

    /// <summary>Our side said BYE.</summary>
    LocalBye,

    /// <summary>The peer said BYE.</summary>
    RemoteBye,

    /// <summary>Our BYE was answered.</summary>
    ByeAnswered,

    /// <summary>No final response came in time: to the INVITE, to the CANCEL, to our BYE, or to a request inside the dialog.</summary>
    TimedOut,

    /// <summary>Callee: the ACK of a 2xx did not come within 64·T1 (RFC 3261 §13.3.1.4).</summary>
    AckTimedOut,

    /// <summary>Callee: no PRACK of a reliable provisional response came within 64·T1; the INVITE was refused with 504 (RFC 3262 §3).</summary>
    PrackTimedOut,

    /// <summary>The peer did not refresh the session in time; our side said BYE (RFC 4028 §10).</summary>
    SessionExpired,

    /// <summary>The peer does not know the dialog any more (481 to a request inside it).</summary>
    DialogGone,

    /// <summary>The flow that carried the session was lost.</summary>
    FlowLost,
}
