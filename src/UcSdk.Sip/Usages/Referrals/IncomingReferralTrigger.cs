namespace UcSdk.Sip;

/// <summary>What can happen to a referral that a peer asked for.</summary>
internal enum IncomingReferralTrigger
{
    Accept,
    AcceptSilently,
    Reject,
    Report,
    Complete,
    Refresh,
    Unsubscribe,
    Expired,
    Notified,
    NotifyRefused,
    NotifyTimedOut,
    DialogGone,
    FlowClosed,
}
