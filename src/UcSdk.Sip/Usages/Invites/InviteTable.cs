using UcSdk.Core;
using static UcSdk.Sip.InviteState;

namespace UcSdk.Sip;

/// <summary>The life of an invite session.</summary>
internal static class InviteTable
{
    public static readonly StateTable<InviteState, InviteTrigger, InviteReason> StateTable = new("InviteSession", Calling, Incoming)
    {
        { Calling, InviteTrigger.Ringing, Proceeding, InviteReason.Ringing, "RFC 3261 §13.2.2.1" },
        { Calling, InviteTrigger.Progress, Proceeding, InviteReason.Progress, "RFC 3261 §13.2.2.1" },
        { Calling, InviteTrigger.Success, Confirmed, InviteReason.Answered, "RFC 3261 §13.2.2.4" },
        { Calling, InviteTrigger.Redirection, Terminated, InviteReason.Redirected, "RFC 3261 §13.2.2.2" },
        { Calling, InviteTrigger.Refusal, Terminated, InviteReason.Refused, "RFC 3261 §13.2.2.3" },
        { Calling, InviteTrigger.Cancel, Terminating, InviteReason.LocalCancel, "RFC 3261 §9.1" },
        { Calling, InviteTrigger.RingTimeout, Terminating, InviteReason.NoAnswer, "RFC 3261 §13.2.1" },
        { Calling, InviteTrigger.TimedOut, Terminated, InviteReason.TimedOut, "RFC 3261 §17.1.1.2" },
        { Calling, InviteTrigger.FlowClosed, Terminated, InviteReason.FlowLost, "RFC 3261 §8.1.3.1" },
        { Proceeding, InviteTrigger.Ringing, Proceeding, InviteReason.Ringing, "RFC 3261 §13.2.2.1" },
        { Proceeding, InviteTrigger.Progress, Proceeding, InviteReason.Progress, "RFC 3261 §13.2.2.1" },
        { Proceeding, InviteTrigger.Success, Confirmed, InviteReason.Answered, "RFC 3261 §13.2.2.4" },
        { Proceeding, InviteTrigger.Redirection, Terminated, InviteReason.Redirected, "RFC 3261 §13.2.2.2" },
        { Proceeding, InviteTrigger.Refusal, Terminated, InviteReason.Refused, "RFC 3261 §13.2.2.3" },
        { Proceeding, InviteTrigger.Cancel, Terminating, InviteReason.LocalCancel, "RFC 3261 §9.1" },
        { Proceeding, InviteTrigger.RingTimeout, Terminating, InviteReason.NoAnswer, "RFC 3261 §13.2.1" },
        { Proceeding, InviteTrigger.FlowClosed, Terminated, InviteReason.FlowLost, "RFC 3261 §8.1.3.1" },
        { Incoming, InviteTrigger.Ring, Incoming, InviteReason.Ringing, "RFC 3261 §13.3.1.1" },
        { Incoming, InviteTrigger.Accept, Accepted, InviteReason.LocalAccept, "RFC 3261 §13.3.1.4" },
        { Incoming, InviteTrigger.Reject, Terminated, InviteReason.LocalReject, "RFC 3261 §13.3.1.3" },
        { Incoming, InviteTrigger.RemoteCancel, Terminated, InviteReason.RemoteCancel, "RFC 3261 §9.2" },
        { Incoming, InviteTrigger.PrackTimeout, Terminated, InviteReason.PrackTimedOut, "RFC 3262 §3" },
        { Incoming, InviteTrigger.AnswerTimeout, Terminated, InviteReason.NoAnswer, "RFC 3261 §13.3.1" },
        { Incoming, InviteTrigger.RemoteBye, Terminated, InviteReason.RemoteBye, "RFC 3261 §15.1.2" },
        { Incoming, InviteTrigger.FlowClosed, Terminated, InviteReason.FlowLost, "RFC 3261 §17.2.4" },
        { Accepted, InviteTrigger.Ack, Confirmed, InviteReason.AckReceived, "RFC 3261 §13.3.1.4" },
        { Accepted, InviteTrigger.AckTimeout, Terminating, InviteReason.AckTimedOut, "RFC 3261 §13.3.1.4" },
        { Accepted, InviteTrigger.LocalBye, Terminating, InviteReason.LocalBye, "RFC 3261 §15" },
        { Accepted, InviteTrigger.RemoteBye, Terminated, InviteReason.RemoteBye, "RFC 3261 §15.1.2" },
        { Accepted, InviteTrigger.DialogGone, Terminated, InviteReason.DialogGone, "RFC 5057 §5.1" },
        { Accepted, InviteTrigger.RequestTimeout, Terminating, InviteReason.TimedOut, "RFC 3261 §12.2.1.2" },
        { Accepted, InviteTrigger.FlowClosed, Terminated, InviteReason.FlowLost, "RFC 3261 §17.2.4" },
        { Confirmed, InviteTrigger.LocalBye, Terminating, InviteReason.LocalBye, "RFC 3261 §15.1.1" },
        { Confirmed, InviteTrigger.RemoteBye, Terminated, InviteReason.RemoteBye, "RFC 3261 §15.1.2" },
        { Confirmed, InviteTrigger.DialogGone, Terminated, InviteReason.DialogGone, "RFC 5057 §5.1" },
        { Confirmed, InviteTrigger.RequestTimeout, Terminating, InviteReason.TimedOut, "RFC 3261 §12.2.1.2" },
        { Confirmed, InviteTrigger.SessionTimeout, Terminating, InviteReason.SessionExpired, "RFC 4028 §10" },
        { Confirmed, InviteTrigger.AckTimeout, Terminating, InviteReason.AckTimedOut, "RFC 3261 §14.2" },
        { Confirmed, InviteTrigger.FlowClosed, Terminated, InviteReason.FlowLost, "RFC 3261 §12.2.1.2" },
        { Terminating, InviteTrigger.Success, Terminating, InviteReason.CrossedByAnswer, "RFC 3261 §9.1" },
        { Terminating, InviteTrigger.Refusal, Terminated, InviteReason.Canceled, "RFC 3261 §9.1" },
        { Terminating, InviteTrigger.Ack, Terminating, InviteReason.AckReceived, "RFC 3261 §15" },
        { Terminating, InviteTrigger.ByeAnswered, Terminated, InviteReason.ByeAnswered, "RFC 3261 §15.1.1" },
        { Terminating, InviteTrigger.RemoteBye, Terminated, InviteReason.RemoteBye, "RFC 3261 §15.1.2" },
        { Terminating, InviteTrigger.TimedOut, Terminated, InviteReason.TimedOut, "RFC 3261 §15.1.1" },
        { Terminating, InviteTrigger.FlowClosed, Terminated, InviteReason.FlowLost, "RFC 3261 §15.1.1" },
    };
}
