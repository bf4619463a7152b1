using UcSdk.Core;
using static UcSdk.ConferenceSessionState;
using Reason = UcSdk.ConferenceSessionStateChangeReason;
using Trigger = UcSdk.ConferenceSessionTrigger;

namespace UcSdk;

/// <summary>The life of a membership in a conference.</summary>
internal static class ConferenceSessionStates
{
    public static readonly StateTable<ConferenceSessionState, Trigger, Reason> Table = new("ConferenceSession", Idle)
    {
        { Idle, Trigger.Join, Connecting, Reason.JoinRequested, "UCMA: ConferenceSession.BeginJoin" },
        { Connecting, Trigger.JoinComplete, Connected, Reason.Joined, "UCMA: join complete, roster known" },
        { Connecting, Trigger.JoinFail, Idle, Reason.JoinFailed, "UCMA: EndJoin throws" },
        { Connected, Trigger.Leave, Disconnecting, Reason.LeaveRequested, "UCMA: Conversation.BeginTerminate" },
        { Connected, Trigger.EndConference, Disconnecting, Reason.ConferenceEnded, "UCMA: conference ended" },
        { Connected, Trigger.Eject, Disconnecting, Reason.Ejected, "UCMA: ejected" },
        { Connected, Trigger.EndByFocus, Disconnecting, Reason.EndedByFocus, "RFC 3261 §15.1.2: BYE of the focus" },
        { Connected, Trigger.LoseConnection, Disconnecting, Reason.ConnectionLost, "UCMA: the connection is gone for good" },
        { Connected, Trigger.AbandonJoin, Disconnecting, Reason.JoinFailed, "UCMA: the parent's escalation failed" },
        { Disconnecting, Trigger.AbandonComplete, Idle, Reason.JoinFailed, "UCMA: after a failed escalation of the parent; roster emptied first" },
        { Disconnecting, Trigger.DisconnectComplete, Disconnected, Reason.Disconnected, "UCMA: signalling and subscription ended" },
    };
}
