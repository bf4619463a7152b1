using UcSdk.Core;
using static UcSdk.Sip.NotifierState;

namespace UcSdk.Sip;

/// <summary>The life of a subscription, notifier's side.</summary>
internal static class NotifierTable
{
    public static readonly StateTable<NotifierState, NotifierTrigger, NotifierReason> StateTable = new("NotifierSubscription", Incoming)
    {
        { Incoming, NotifierTrigger.Accept, Active, NotifierReason.Accepted, "RFC 6665 §4.2.1.1" },
        { Incoming, NotifierTrigger.AcceptPending, Pending, NotifierReason.Pending, "RFC 6665 §4.2.1.2" },
        { Incoming, NotifierTrigger.AcceptFetch, Terminated, NotifierReason.Fetched, "RFC 6665 §4.4.3" },
        { Incoming, NotifierTrigger.Reject, Terminated, NotifierReason.Rejected, "RFC 6665 §4.2.1.1" },
        { Incoming, NotifierTrigger.FlowClosed, Terminated, NotifierReason.FlowLost, "RFC 3261 §17.2.4" },
        { Incoming, NotifierTrigger.Expired, Terminated, NotifierReason.Expired, "RFC 4320 §4.2" },
        { Pending, NotifierTrigger.Approve, Active, NotifierReason.Approved, "RFC 6665 §4.2.2" },
        { Pending, NotifierTrigger.Refresh, Pending, NotifierReason.Refreshed, "RFC 6665 §4.2.1.3" },
        { Pending, NotifierTrigger.Unsubscribe, Terminated, NotifierReason.Unsubscribed, "RFC 6665 §4.2.1.4" },
        { Pending, NotifierTrigger.Terminate, Terminated, NotifierReason.LocalTerminate, "RFC 6665 §4.2.2" },
        { Pending, NotifierTrigger.Expired, Terminated, NotifierReason.Expired, "RFC 6665 §4.2.1.4" },
        { Pending, NotifierTrigger.NotifyRefused, Terminated, NotifierReason.NotifyRefused, "RFC 6665 §4.2.2" },
        { Pending, NotifierTrigger.NotifyTimedOut, Terminated, NotifierReason.NotifyTimedOut, "RFC 6665 §4.2.2" },
        { Pending, NotifierTrigger.FlowClosed, Terminated, NotifierReason.FlowLost, "RFC 3261 §12.2.1.2" },
        { Active, NotifierTrigger.Refresh, Active, NotifierReason.Refreshed, "RFC 6665 §4.2.1.3" },
        { Active, NotifierTrigger.Unsubscribe, Terminated, NotifierReason.Unsubscribed, "RFC 6665 §4.2.1.4" },
        { Active, NotifierTrigger.Terminate, Terminated, NotifierReason.LocalTerminate, "RFC 6665 §4.2.2" },
        { Active, NotifierTrigger.Expired, Terminated, NotifierReason.Expired, "RFC 6665 §4.2.1.4" },
        { Active, NotifierTrigger.NotifyRefused, Terminated, NotifierReason.NotifyRefused, "RFC 6665 §4.2.2" },
        { Active, NotifierTrigger.NotifyTimedOut, Terminated, NotifierReason.NotifyTimedOut, "RFC 6665 §4.2.2" },
        { Active, NotifierTrigger.FlowClosed, Terminated, NotifierReason.FlowLost, "RFC 3261 §12.2.1.2" },
    };
}
