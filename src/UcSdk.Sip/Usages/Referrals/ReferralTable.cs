using UcSdk.Core;
using static UcSdk.Sip.ReferralState;

namespace UcSdk.Sip;

/// <summary>The life of a referral, referrer's side.</summary>
internal static class ReferralTable
{
    public static readonly StateTable<ReferralState, ReferralTrigger, ReferralReason> StateTable = new("Referral", Referring)
    {
        { Referring, ReferralTrigger.Accepted, Following, ReferralReason.Accepted, "RFC 3515 §2.4.2" },
        { Referring, ReferralTrigger.AcceptedSilently, Terminated, ReferralReason.AcceptedSilently, "RFC 4488 §4" },
        { Referring, ReferralTrigger.Refused, Terminated, ReferralReason.Refused, "RFC 3515 §2.4.2" },
        { Referring, ReferralTrigger.Notified, Following, ReferralReason.Progress, "RFC 6665 §4.4.1" },
        { Referring, ReferralTrigger.NotifiedTerminated, Terminated, ReferralReason.Completed, "RFC 6665 §4.4.1" },
        { Referring, ReferralTrigger.Unsubscribe, Terminating, ReferralReason.LocalUnsubscribe, "RFC 6665 §4.1.2.3" },
        { Referring, ReferralTrigger.Gone, Terminated, ReferralReason.DialogGone, "RFC 5057 §5.1" },
        { Referring, ReferralTrigger.TimedOut, Terminated, ReferralReason.TimedOut, "RFC 3261 §17.1.2.2" },
        { Referring, ReferralTrigger.FlowClosed, Terminated, ReferralReason.FlowLost, "RFC 3261 §8.1.3.1" },
        { Following, ReferralTrigger.Notified, Following, ReferralReason.Progress, "RFC 3515 §2.4.5" },
        { Following, ReferralTrigger.NotifiedTerminated, Terminated, ReferralReason.Completed, "RFC 3515 §2.4.7" },
        { Following, ReferralTrigger.Unsubscribe, Terminating, ReferralReason.LocalUnsubscribe, "RFC 6665 §4.1.2.3" },
        { Following, ReferralTrigger.Gone, Terminated, ReferralReason.DialogGone, "RFC 5057 §5.1" },
        { Following, ReferralTrigger.Expired, Terminated, ReferralReason.Expired, "RFC 6665 §4.1.2.2" },
        { Following, ReferralTrigger.TimedOut, Terminated, ReferralReason.TimedOut, "RFC 6665 §4.1.2.4" },
        { Following, ReferralTrigger.FlowClosed, Terminated, ReferralReason.FlowLost, "RFC 3261 §12.2.1.2" },
        { Terminating, ReferralTrigger.NotifiedTerminated, Terminated, ReferralReason.Completed, "RFC 6665 §4.1.2.3" },
        { Terminating, ReferralTrigger.Refused, Terminated, ReferralReason.Refused, "RFC 3515 §2.4.2" },
        { Terminating, ReferralTrigger.Unsubscribed, Terminated, ReferralReason.Unsubscribed, "RFC 6665 §4.1.2.3" },
        { Terminating, ReferralTrigger.Gone, Terminated, ReferralReason.DialogGone, "RFC 5057 §5.1" },
        { Terminating, ReferralTrigger.TimedOut, Terminated, ReferralReason.TimedOut, "RFC 3261 §17.1.2.2" },
        { Terminating, ReferralTrigger.FlowClosed, Terminated, ReferralReason.FlowLost, "RFC 3261 §8.1.3.1" },
    };
}
