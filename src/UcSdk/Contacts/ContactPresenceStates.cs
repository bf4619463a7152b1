using UcSdk.Core;
using static UcSdk.ContactPresenceState;
using Reason = UcSdk.ContactPresenceReason;
using Trigger = UcSdk.ContactPresenceTrigger;

namespace UcSdk;

/// <summary>The life of the watching of one contact.</summary>
internal static class ContactPresenceStates
{
    public static readonly StateTable<ContactPresenceState, Trigger, Reason> Table = new("ContactPresence", Idle)
    {
        { Idle, Trigger.Subscribe, Subscribing, Reason.Wanted, "UCMA: StartSubscribing, persistent" },
        { Idle, Trigger.Poll, Polling, Reason.Wanted, "UCMA: StartSubscribing, polling" },
        { Subscribing, Trigger.Tell, Subscribed, Reason.Told, "UCMA: success" },
        { Subscribing, Trigger.Delay, WaitingForRetry, Reason.RetryLater, "UCMA: retry later; [MS-PRES] §3.4.5.1.3: target in another pool" },
        { Subscribing, Trigger.Lose, WaitingForRetry, Reason.Lost, "UCMA: the connection ends" },
        { Subscribing, Trigger.Refuse, Terminating, Reason.Refused, "UCMA: failure" },
        { Subscribing, Trigger.Unwant, Terminating, Reason.NotWanted, "UCMA: StartUnsubscribing" },
        { Subscribed, Trigger.Lose, WaitingForRetry, Reason.Lost, "UCMA: 481, 480, 504, server closes" },
        { Subscribed, Trigger.Delay, WaitingForRetry, Reason.RetryLater, "[MS-PRES] §3.4.5.1.3: the target has moved" },
        { Subscribed, Trigger.Refuse, Terminating, Reason.Refused, "RFC 4662 §5.4: terminated" },
        { Subscribed, Trigger.Unwant, Terminating, Reason.NotWanted, "UCMA: StartUnsubscribing" },
        { WaitingForRetry, Trigger.Retry, Subscribing, Reason.Retrying, "UCMA: retry" },
        { WaitingForRetry, Trigger.Unwant, Terminating, Reason.NotWanted, "UCMA: StartUnsubscribing" },
        { Polling, Trigger.Unwant, Terminating, Reason.NotWanted, "UCMA: StartUnsubscribing" },
        { Terminating, Trigger.Complete, Terminated, Reason.Ended, "UCMA: ended" },
    };
}
