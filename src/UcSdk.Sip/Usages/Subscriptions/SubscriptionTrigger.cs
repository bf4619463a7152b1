namespace UcSdk.Sip;

/// <summary>What can happen to a subscriber.</summary>
internal enum SubscriptionTrigger
{
    Accepted,
    Refused,
    IntervalTooBrief,
    Renew,
    Resubscribe,
    Fetched,
    NotifiedActive,
    NotifiedPending,
    NotifiedTerminated,
    Unsubscribe,
    Unsubscribed,
    Gone,
    Expired,
    TimedOut,
    FlowClosed,
}
