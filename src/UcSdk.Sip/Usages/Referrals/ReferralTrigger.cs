namespace UcSdk.Sip;

/// <summary>What can happen to a referral of ours.</summary>
internal enum ReferralTrigger
{
    Accepted,
    AcceptedSilently,
    Refused,
    Notified,
    NotifiedTerminated,
    Unsubscribe,
    Unsubscribed,
    Gone,
    Expired,
    TimedOut,
    FlowClosed,
}
