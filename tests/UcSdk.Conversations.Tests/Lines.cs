namespace UcSdk.Conversations.Tests;

/// <summary>Histories that several stories have in common.</summary>
internal static class Lines
{
    public static readonly string[] InvitationAccepted =
    [
        "Idle → Delivering (Delivering)", "Delivering → Delivering (Ringing)",
        "Delivering → Terminating (Accepted)", "Terminating → Terminated (Accepted)", "completed",
    ];

    public static readonly string[] InvitationFailedAfterRinging =
    [
        "Idle → Delivering (Delivering)", "Delivering → Delivering (Ringing)",
        "Delivering → Terminating (DeliverFailed)", "Terminating → Terminated (DeliverFailed)", "completed",
    ];

    public static readonly string[] InvitationFailedAtOnce =
        ["Idle → Delivering (Delivering)", "Delivering → Terminating (DeliverFailed)", "Terminating → Terminated (DeliverFailed)", "completed"];

    public static readonly string[] InvitationTakenBack =
    [
        "Idle → Delivering (Delivering)", "Delivering → Delivering (Ringing)",
        "Delivering → Terminating (TerminatedLocally)", "Terminating → Terminated (TerminatedLocally)", "completed",
    ];

    public static readonly string[] IncomingEndedHere =
        ["Incoming → Terminating (TerminatedLocally)", "Terminating → Terminated (TerminatedLocally)", "completed"];

    public static readonly string[] IncomingEndedThere =
        ["Incoming → Terminating (TerminatedRemotely)", "Terminating → Terminated (TerminatedRemotely)", "completed"];

    public static readonly string[] AudioUp =
        ["Disconnected → Connecting (ConnectRequested)", "Connecting → Joining (Answered)", "Joining → Connected (MediaConnected)"];

    public static readonly string[] AudioLeft =
        [.. AudioUp, "Connected → Disconnecting (DisconnectRequested)", "Disconnecting → Disconnected (Disconnected)", "completed"];

    public static readonly string[] SessionUp = ["Idle → Connecting (JoinRequested)", "Connecting → Connected (Joined)"];

    public static readonly string[] SessionLeft =
        [.. SessionUp, "Connected → Disconnecting (LeaveRequested)", "Disconnecting → Disconnected (Disconnected)", "completed"];

    public static readonly string[] SessionAbandoned =
        [.. SessionUp, "Connected → Disconnecting (JoinFailed)", "Disconnecting → Idle (JoinFailed)"];
}
