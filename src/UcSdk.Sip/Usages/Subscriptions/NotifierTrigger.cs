namespace UcSdk.Sip;

/// <summary>What can happen to a notifier's subscription.</summary>
internal enum NotifierTrigger
{
    Accept,
    AcceptPending,
    Approve,
    AcceptFetch,
    Reject,
    Refresh,
    Unsubscribe,
    Terminate,
    Expired,
    NotifyRefused,
    NotifyTimedOut,
    FlowClosed,
}
