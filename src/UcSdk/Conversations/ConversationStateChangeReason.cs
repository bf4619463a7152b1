namespace UcSdk;

/// <summary>Why a <see cref="Conversation"/> changed its state.</summary>
public enum ConversationStateChangeReason
{
    /// <summary>A modality is connected.</summary>
    ModalityConnected,

    /// <summary>The last modality is disconnected.</summary>
    ModalitiesDisconnected,

    /// <summary>The user ended it, or signed out.</summary>
    EndedLocally,

    /// <summary>The conference ended it: the meeting is over, or the user was removed from it.</summary>
    EndedRemotely,

    /// <summary>The connection to the server is gone, or the registration is.</summary>
    ConnectionLost,
}
