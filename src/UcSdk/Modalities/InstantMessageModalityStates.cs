using UcSdk.Core;
using static UcSdk.ModalityState;
using Reason = UcSdk.ModalityStateChangeReason;
using Trigger = UcSdk.ModalityTrigger;

namespace UcSdk;

/// <summary>
/// The life of an instant message modality, between two and in a conference. Connected means that messages can be exchanged: a session that was ended because nobody
/// wrote, or that was found gone, is made anew with the next message and leaves no row.
/// </summary>
internal static class InstantMessageModalityStates
{
    public static readonly StateTable<ModalityState, Trigger, Reason> Table = new("InstantMessageModality", Disconnected)
    {
        { Disconnected, Trigger.Connect, Connecting, Reason.ConnectRequested, "Lync SDK: first BeginSendMessage, Modality.BeginConnect" },
        { Disconnected, Trigger.ReceiveInvitation, Notified, Reason.InvitationReceived, "Lync SDK: incoming IM invitation" },
        { Connecting, Trigger.Answer, Connected, Reason.Answered, "RFC 3261 §13.2.2.4: 2xx and ACK" },
        { Connecting, Trigger.Accept, Connected, Reason.InvitationAccepted, "both invite at once: the peer's INVITE is accepted" },
        { Connecting, Trigger.UsePageMode, Connected, Reason.PageModeUsed, "RFC 3428 §1: the peer takes no session (405, 415, 488, 501, 606)" },
        { Connecting, Trigger.Refuse, Disconnected, Reason.Refused, "RFC 3261 §13.2.2.2, §13.2.2.3: final response 300 and above" },
        { Connecting, Trigger.TimeOut, Disconnected, Reason.TimedOut, "RFC 3261 §17.1.1.2: timer B; §13.2.1: nobody answers" },
        { Connecting, Trigger.Disconnect, Disconnecting, Reason.DisconnectRequested, "RFC 3261 §9.1: CANCEL" },
        { Connecting, Trigger.EndConference, Disconnecting, Reason.ConferenceEnded, "[MS-CONFIM] §3: the focus ended the user's session" },
        { Connecting, Trigger.LoseConnection, Disconnected, Reason.ConnectionLost, "RFC 3261 §8.1.3.1: transport error" },
        { Notified, Trigger.Accept, Connected, Reason.InvitationAccepted, "Lync SDK: Modality.Accept (200)" },
        { Notified, Trigger.Reject, Disconnected, Reason.InvitationRejected, "Lync SDK: Modality.Reject (4xx, 6xx)" },
        { Notified, Trigger.Withdraw, Disconnected, Reason.InvitationWithdrawn, "RFC 3261 §9.2: CANCEL received" },
        { Notified, Trigger.AnswerElsewhere, Disconnected, Reason.AnsweredElsewhere, "RFC 3326 §2: CANCEL received, cause 200" },
        { Notified, Trigger.LoseConnection, Disconnected, Reason.ConnectionLost, "RFC 3261 §17.2.4: transport error" },
        { Connected, Trigger.Refuse, Disconnected, Reason.Refused, "RFC 3261 §13.2.2.3: a session that rested could not be made anew" },
        { Connected, Trigger.TimeOut, Disconnected, Reason.TimedOut, "RFC 3261 §17.1.1.2: a session that rested could not be made anew" },
        { Connected, Trigger.Disconnect, Disconnecting, Reason.DisconnectRequested, "Lync SDK: Modality.BeginDisconnect" },
        { Connected, Trigger.DisconnectRemotely, Disconnected, Reason.RemoteDisconnected, "RFC 3261 §15.1.2: BYE received" },
        { Connected, Trigger.AnswerElsewhere, Disconnected, Reason.AnsweredElsewhere, "RFC 3261 §13.2.2.4: BYE to a second 2xx, RFC 3326 cause 200" },
        { Connected, Trigger.EndConference, Disconnecting, Reason.ConferenceEnded, "[MS-CONFIM] §3: the focus ended the user's session" },
        { Connected, Trigger.LoseConnection, Disconnected, Reason.ConnectionLost, "RFC 3261 §8.1.3.1: transport error" },
        { Disconnecting, Trigger.CompleteDisconnect, Disconnected, Reason.Disconnected, "RFC 3261 §15.1.1: BYE answered or timed out" },
    };
}
