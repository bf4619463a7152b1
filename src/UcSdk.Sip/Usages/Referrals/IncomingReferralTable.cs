using UcSdk.Core;
using static UcSdk.Sip.IncomingReferralState;

namespace UcSdk.Sip;

/// <summary>The life of a referral, side of the one who was asked.</summary>
internal static class IncomingReferralTable
{
    public static readonly StateTable<IncomingReferralState, IncomingReferralTrigger, IncomingReferralReason> StateTable = new("IncomingReferral", Incoming)
    {
        { Incoming, IncomingReferralTrigger.Accept, Active, IncomingReferralReason.Accepted, "RFC 3515 §2.4.2" },
        { Incoming, IncomingReferralTrigger.AcceptSilently, Terminated, IncomingReferralReason.AcceptedSilently, "RFC 4488 §4" },
        { Incoming, IncomingReferralTrigger.Reject, Terminated, IncomingReferralReason.Rejected, "RFC 3515 §2.4.2" },
        { Incoming, IncomingReferralTrigger.FlowClosed, Terminated, IncomingReferralReason.FlowLost, "RFC 3261 §17.2.4" },
        { Active, IncomingReferralTrigger.Report, Active, IncomingReferralReason.Reported, "RFC 3515 §2.4.5" },
        { Active, IncomingReferralTrigger.Complete, Completing, IncomingReferralReason.Completed, "RFC 3515 §2.4.7" },
        { Active, IncomingReferralTrigger.Refresh, Active, IncomingReferralReason.Refreshed, "RFC 6665 §4.2.1.3" },
        { Active, IncomingReferralTrigger.Unsubscribe, Completing, IncomingReferralReason.Unsubscribed, "RFC 6665 §4.2.1.4" },
        { Active, IncomingReferralTrigger.Expired, Completing, IncomingReferralReason.Expired, "RFC 6665 §4.2.1.4" },
        { Active, IncomingReferralTrigger.NotifyRefused, Terminated, IncomingReferralReason.NotifyRefused, "RFC 6665 §4.2.2" },
        { Active, IncomingReferralTrigger.NotifyTimedOut, Terminated, IncomingReferralReason.NotifyTimedOut, "RFC 6665 §4.2.2" },
        { Active, IncomingReferralTrigger.DialogGone, Terminated, IncomingReferralReason.DialogGone, "RFC 5057 §5.1" },
        { Active, IncomingReferralTrigger.FlowClosed, Terminated, IncomingReferralReason.FlowLost, "RFC 3261 §12.2.1.2" },
        { Completing, IncomingReferralTrigger.Notified, Terminated, IncomingReferralReason.Notified, "RFC 6665 §4.2.2" },
        { Completing, IncomingReferralTrigger.NotifyRefused, Terminated, IncomingReferralReason.NotifyRefused, "RFC 6665 §4.2.2" },
        { Completing, IncomingReferralTrigger.NotifyTimedOut, Terminated, IncomingReferralReason.NotifyTimedOut, "RFC 6665 §4.2.2" },
        { Completing, IncomingReferralTrigger.DialogGone, Terminated, IncomingReferralReason.DialogGone, "RFC 5057 §5.1" },
        { Completing, IncomingReferralTrigger.FlowClosed, Terminated, IncomingReferralReason.FlowLost, "RFC 3261 §12.2.1.2" },
    };
}
