namespace UcSdk.Sip;

/// <summary>What can happen to an invite session.</summary>
internal enum InviteTrigger
{
    Ringing,
    Progress,
    Success,
    Redirection,
    Refusal,
    Cancel,
    RingTimeout,
    Ring,
    Accept,
    Reject,
    RemoteCancel,
    Ack,
    AckTimeout,
    LocalBye,
    RemoteBye,
    ByeAnswered,
    PrackTimeout,
    AnswerTimeout,
    SessionTimeout,
    DialogGone,
    RequestTimeout,
    TimedOut,
    FlowClosed,
}
