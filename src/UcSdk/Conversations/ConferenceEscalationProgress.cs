namespace UcSdk;

/// <summary>How far a conversation between two is on its way to a conference; numbers are those of the Lync client's object model, and so is their order.</summary>
public enum ConferenceEscalationProgress
{
    /// <summary>It is between two, or was a conference from the start.</summary>
    NotStarted = 0,

    /// <summary>The server makes a conference.</summary>
    SchedulingConference = 1,

    /// <summary>The user enters it.</summary>
    ConnectingToConference = 2,

    /// <summary>The user waits in its lobby. Not entered yet.</summary>
    ConnectedToLobby = 3,

    /// <summary>The modalities are connected to it. Not entered by itself: it is a part of <see cref="ConnectingToConference"/>.</summary>
    JoiningLocalMedia = 4,

    /// <summary>A paired device is waited for. Not entered.</summary>
    WaitingForPair = 5,

    /// <summary>The other side is invited and waited for.</summary>
    WaitingForPeer = 6,

    /// <summary>Both are in the conference, and the session between the two is over.</summary>
    Completed = 7,

    /// <summary>It did not come about; the conversation is between two as before.</summary>
    Failed = 8,

    /// <summary>A disclaimer has to be answered. Not entered.</summary>
    AwaitingDisclaimerResponse = 9,

    /// <summary>A dialog of the user interface has to be answered. Not entered.</summary>
    AwaitingJoinDialogResponse = 10,
}
