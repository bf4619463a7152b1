using UcSdk.Core;
using static UcSdk.ContactListState;
using Reason = UcSdk.ContactListStateChangeReason;
using Trigger = UcSdk.ContactListTrigger;

namespace UcSdk;

/// <summary>The life of the subscription to the contact list.</summary>
internal static class ContactListStates
{
    public static readonly StateTable<ContactListState, Trigger, Reason> Table = new("ContactList", Idle)
    {
        { Idle, Trigger.Subscribe, Subscribing, Reason.SubscribeRequested, "UCMA: ContactGroupServices.BeginSubscribe" },
        { Subscribing, Trigger.Listed, Subscribed, Reason.Listed, "UCMA: success" },
        { Subscribing, Trigger.Delay, WaitingForRetry, Reason.RetryLater, "UCMA: server busy or user services offline" },
        { Subscribing, Trigger.Refuse, Terminating, Reason.Refused, "UCMA: failure" },
        { Subscribing, Trigger.Leave, Terminating, Reason.Disconnecting, "UCMA: failure, the connection ends" },
        { WaitingForRetry, Trigger.Retry, Subscribing, Reason.Retrying, "UCMA: next attempt" },
        { WaitingForRetry, Trigger.Leave, Terminating, Reason.Disconnecting, "UCMA: BeginUnsubscribe" },
        { Subscribed, Trigger.Lose, WaitingForRetry, Reason.SubscriptionLost, "UCMA: NOTIFY with Expires 0, 481" },
        { Subscribed, Trigger.FindGap, WaitingForRetry, Reason.ChangesMissed, "[MS-SIP] §3.7: prevDeltaNum is not the known deltaNum" },
        { Subscribed, Trigger.Leave, Terminating, Reason.Disconnecting, "UCMA: BeginUnsubscribe" },
        { Terminating, Trigger.Complete, Idle, Reason.Ended, "UCMA: done; may be subscribed again" },
    };
}
