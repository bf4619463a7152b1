using UcSdk.Core;
using static UcSdk.ConferenceInvitationState;
using Reason = UcSdk.ConferenceInvitationStateTransitionReason;
using Trigger = UcSdk.ConferenceInvitationTrigger;

namespace UcSdk;

/// <summary>The life of a conference invitation, outgoing from Idle and incoming from Incoming.</summary>
internal static class ConferenceInvitationStates
{
    public static readonly StateTable<ConferenceInvitationState, Trigger, Reason> Table = new("ConferenceInvitation", Idle, Incoming)
    {
        { Idle, Trigger.Deliver, Delivering, Reason.Delivering, "UCMA: ConferenceInvitation.BeginDeliver" },
        { Delivering, Trigger.Ring, Delivering, Reason.Ringing, "UCMA: Ringing (RFC 3261 §21.1.2: 180)" },
        { Delivering, Trigger.Accept, Terminating, Reason.Accepted, "UCMA: Accepted (2xx)" },
        { Delivering, Trigger.FailDelivery, Terminating, Reason.DeliverFailed, "UCMA: DeliverFailed (final response 300 and above, or none)" },
        { Delivering, Trigger.TerminateLocally, Terminating, Reason.TerminatedLocally, "UCMA: TerminatedLocally (CANCEL)" },
        { Incoming, Trigger.TerminateLocally, Terminating, Reason.TerminatedLocally, "UCMA: TerminatedLocally (accepted and acknowledged, or declined)" },
        { Incoming, Trigger.TerminateRemotely, Terminating, Reason.TerminatedRemotely, "UCMA: TerminatedRemotely (CANCEL received)" },
        { Terminating, Trigger.Accept, Terminated, Reason.Accepted, "UCMA: Accepted (BYE answered)" },
        { Terminating, Trigger.FailDelivery, Terminated, Reason.DeliverFailed, "UCMA: DeliverFailed" },
        { Terminating, Trigger.TerminateLocally, Terminated, Reason.TerminatedLocally, "UCMA: TerminatedLocally" },
        { Terminating, Trigger.TerminateRemotely, Terminated, Reason.TerminatedRemotely, "UCMA: TerminatedRemotely" },
    };
}
