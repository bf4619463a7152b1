using UcSdk.Core;
using static UcSdk.ModalityState;
using Reason = UcSdk.ModalityStateChangeReason;
using Trigger = UcSdk.ModalityTrigger;

namespace UcSdk;

/// <summary>The life of an audio modality that dials the conference's A/V server, because the user wants it or somebody asks the user to.</summary>
internal static class AVModalityStates
{
    public static readonly StateTable<ModalityState, Trigger, Reason> Table = new("AVModality", Disconnected)
    {
        { Disconnected, Trigger.Connect, Connecting, Reason.ConnectRequested, "Lync SDK: Modality.BeginConnect" },
        { Disconnected, Trigger.ReceiveInvitation, Notified, Reason.InvitationReceived, "Lync SDK: the other side adds audio to the conversation" },
        { Notified, Trigger.Accept, Connecting, Reason.InvitationAccepted, "Lync SDK: Modality.Accept; the A/V server of the conference is dialled" },
        { Notified, Trigger.Reject, Disconnected, Reason.InvitationRejected, "Lync SDK: Modality.Reject; nothing is on the wire" },
        { Notified, Trigger.Withdraw, Disconnected, Reason.InvitationWithdrawn, "RFC 4575 §5.7: nobody is in the audio of the conference any more" },
        { Notified, Trigger.EndConference, Disconnected, Reason.ConferenceEnded, "[MS-CONFAV] §3: the focus ended the user's session" },
        { Notified, Trigger.LoseConnection, Disconnected, Reason.ConnectionLost, "RFC 3261 §8.1.3.1: transport error" },
        { Connecting, Trigger.Answer, Joining, Reason.Answered, "RFC 3261 §13.2.2.4: 2xx and ACK" },
        { Connecting, Trigger.Refuse, Disconnected, Reason.Refused, "RFC 3261 §13.2.2.2, §13.2.2.3: final response 300 and above" },
        { Connecting, Trigger.TimeOut, Disconnected, Reason.TimedOut, "RFC 3261 §17.1.1.2: timer B" },
        { Connecting, Trigger.FailNegotiation, Disconnecting, Reason.NegotiationFailed, "RFC 3264 §7: the answer cannot be used, BYE" },
        { Connecting, Trigger.Disconnect, Disconnecting, Reason.DisconnectRequested, "RFC 3261 §9.1: CANCEL" },
        { Connecting, Trigger.EndConference, Disconnecting, Reason.ConferenceEnded, "[MS-CONFAV] §3: the focus ended the user's session" },
        { Connecting, Trigger.LoseConnection, Disconnected, Reason.ConnectionLost, "RFC 3261 §8.1.3.1: transport error" },
        { Joining, Trigger.HearMedia, Connected, Reason.MediaConnected, "Lync SDK: session complete, media up" },
        { Joining, Trigger.MissMedia, Disconnecting, Reason.NoMedia, "no RTP within the media timeout, BYE" },
        { Joining, Trigger.Disconnect, Disconnecting, Reason.DisconnectRequested, "Lync SDK: Modality.BeginDisconnect" },
        { Joining, Trigger.DisconnectRemotely, Disconnected, Reason.RemoteDisconnected, "RFC 3261 §15.1.2: BYE received" },
        { Joining, Trigger.EndConference, Disconnecting, Reason.ConferenceEnded, "[MS-CONFAV] §3: the focus ended the user's session" },
        { Joining, Trigger.LoseConnection, Disconnected, Reason.ConnectionLost, "RFC 3261 §8.1.3.1: transport error" },
        { Connected, Trigger.LoseMedia, Disconnecting, Reason.MediaLost, "[MS-RTP] §3.1.2: the peer fell silent, BYE" },
        { Connected, Trigger.Disconnect, Disconnecting, Reason.DisconnectRequested, "Lync SDK: Modality.BeginDisconnect" },
        { Connected, Trigger.DisconnectRemotely, Disconnected, Reason.RemoteDisconnected, "RFC 3261 §15.1.2: BYE received" },
        { Connected, Trigger.EndConference, Disconnecting, Reason.ConferenceEnded, "[MS-CONFAV] §3: the focus ended the user's session" },
        { Connected, Trigger.LoseConnection, Disconnected, Reason.ConnectionLost, "RFC 3261 §8.1.3.1: transport error" },
        { Disconnecting, Trigger.CompleteDisconnect, Disconnected, Reason.Disconnected, "RFC 3261 §15.1.1: BYE answered or timed out" },
        { Disconnecting, Trigger.LoseConnection, Disconnected, Reason.ConnectionLost, "RFC 3261 §8.1.3.1: transport error" },
    };
}
