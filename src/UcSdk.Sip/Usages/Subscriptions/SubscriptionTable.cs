using UcSdk.Core;
using static UcSdk.Sip.SubscriptionState;

namespace UcSdk.Sip;

/// <summary>The life of a subscription, subscriber's side.</summary>
internal static class SubscriptionTable
{
    public static readonly StateTable<SubscriptionState, SubscriptionTrigger, SubscriptionReason> StateTable = new("Subscription", Subscribing)
    {
        { Subscribing, SubscriptionTrigger.Accepted, Active, SubscriptionReason.Accepted, "RFC 6665 §4.1.2.1" },
        { Subscribing, SubscriptionTrigger.IntervalTooBrief, Subscribing, SubscriptionReason.IntervalTooBrief, "RFC 6665 §4.1.2.1" },
        { Subscribing, SubscriptionTrigger.Refused, Terminated, SubscriptionReason.Refused, "RFC 6665 §4.1.2.1" },
        { Subscribing, SubscriptionTrigger.Fetched, Terminated, SubscriptionReason.Fetched, "RFC 6665 §4.4.3" },
        { Subscribing, SubscriptionTrigger.NotifiedActive, Active, SubscriptionReason.Activated, "RFC 6665 §4.1.2.4" },
        { Subscribing, SubscriptionTrigger.NotifiedPending, Pending, SubscriptionReason.Pending, "RFC 6665 §4.1.2.4" },
        { Subscribing, SubscriptionTrigger.NotifiedTerminated, Terminated, SubscriptionReason.TerminatedByNotifier, "RFC 6665 §4.1.3" },
        { Subscribing, SubscriptionTrigger.Renew, Waiting, SubscriptionReason.Renewing, "RFC 6665 §4.1.3" },
        { Subscribing, SubscriptionTrigger.Unsubscribe, Terminating, SubscriptionReason.LocalUnsubscribe, "RFC 6665 §4.1.2.3" },
        { Subscribing, SubscriptionTrigger.TimedOut, Terminated, SubscriptionReason.TimedOut, "RFC 6665 §4.1.2.4" },
        { Subscribing, SubscriptionTrigger.FlowClosed, Terminated, SubscriptionReason.FlowLost, "RFC 3261 §8.1.3.1" },
        { Pending, SubscriptionTrigger.NotifiedActive, Active, SubscriptionReason.Activated, "RFC 6665 §4.1.3" },
        { Pending, SubscriptionTrigger.NotifiedTerminated, Terminated, SubscriptionReason.TerminatedByNotifier, "RFC 6665 §4.1.3" },
        { Pending, SubscriptionTrigger.Renew, Waiting, SubscriptionReason.Renewing, "RFC 6665 §4.1.3" },
        { Pending, SubscriptionTrigger.Unsubscribe, Terminating, SubscriptionReason.LocalUnsubscribe, "RFC 6665 §4.1.2.3" },
        { Pending, SubscriptionTrigger.Gone, Terminated, SubscriptionReason.DialogGone, "RFC 6665 §4.1.2.2" },
        { Pending, SubscriptionTrigger.Refused, Terminated, SubscriptionReason.Refused, "RFC 6665 §4.1.2.2" },
        { Pending, SubscriptionTrigger.Expired, Terminated, SubscriptionReason.Expired, "RFC 6665 §4.1.2.2" },
        { Pending, SubscriptionTrigger.TimedOut, Terminated, SubscriptionReason.TimedOut, "RFC 6665 §4.1.2.2" },
        { Pending, SubscriptionTrigger.FlowClosed, Terminated, SubscriptionReason.FlowLost, "RFC 3261 §12.2.1.2" },
        { Active, SubscriptionTrigger.NotifiedPending, Pending, SubscriptionReason.Pending, "RFC 6665 §4.1.3" },
        { Active, SubscriptionTrigger.NotifiedTerminated, Terminated, SubscriptionReason.TerminatedByNotifier, "RFC 6665 §4.1.3" },
        { Active, SubscriptionTrigger.Renew, Waiting, SubscriptionReason.Renewing, "RFC 6665 §4.1.3" },
        { Active, SubscriptionTrigger.Fetched, Terminated, SubscriptionReason.Fetched, "RFC 6665 §4.4.3" },
        { Active, SubscriptionTrigger.Unsubscribe, Terminating, SubscriptionReason.LocalUnsubscribe, "RFC 6665 §4.1.2.3" },
        { Active, SubscriptionTrigger.Gone, Terminated, SubscriptionReason.DialogGone, "RFC 6665 §4.1.2.2" },
        { Active, SubscriptionTrigger.Refused, Terminated, SubscriptionReason.Refused, "RFC 6665 §4.1.2.2" },
        { Active, SubscriptionTrigger.Expired, Terminated, SubscriptionReason.Expired, "RFC 6665 §4.1.2.2" },
        { Active, SubscriptionTrigger.TimedOut, Terminated, SubscriptionReason.TimedOut, "RFC 6665 §4.1.2.4" },
        { Active, SubscriptionTrigger.FlowClosed, Terminated, SubscriptionReason.FlowLost, "RFC 3261 §12.2.1.2" },
        { Waiting, SubscriptionTrigger.Resubscribe, Subscribing, SubscriptionReason.Renewed, "RFC 6665 §4.1.3" },
        { Waiting, SubscriptionTrigger.Unsubscribe, Terminated, SubscriptionReason.Unsubscribed, "RFC 6665 §4.1.3" },
        { Waiting, SubscriptionTrigger.FlowClosed, Terminated, SubscriptionReason.FlowLost, "RFC 3261 §8.1.3.1" },
        { Terminating, SubscriptionTrigger.Unsubscribed, Lingering, SubscriptionReason.Unsubscribed, "RFC 6665 §4.1.2.3" },
        { Terminating, SubscriptionTrigger.Gone, Terminated, SubscriptionReason.Unsubscribed, "RFC 6665 §4.1.2.3" },
        { Terminating, SubscriptionTrigger.Refused, Terminated, SubscriptionReason.Refused, "RFC 6665 §4.1.2.1" },
        { Terminating, SubscriptionTrigger.NotifiedTerminated, Terminated, SubscriptionReason.Unsubscribed, "RFC 6665 §4.1.2.3" },
        { Terminating, SubscriptionTrigger.TimedOut, Terminated, SubscriptionReason.TimedOut, "RFC 3261 §17.1.2.2" },
        { Terminating, SubscriptionTrigger.FlowClosed, Terminated, SubscriptionReason.FlowLost, "RFC 3261 §8.1.3.1" },
        { Lingering, SubscriptionTrigger.NotifiedTerminated, Terminated, SubscriptionReason.Unsubscribed, "RFC 6665 §4.1.2.3" },
        { Lingering, SubscriptionTrigger.TimedOut, Terminated, SubscriptionReason.Unsubscribed, "RFC 6665 §4.1.2.3" },
        { Lingering, SubscriptionTrigger.FlowClosed, Terminated, SubscriptionReason.Unsubscribed, "RFC 3261 §12.2.1.2" },
    };
}
