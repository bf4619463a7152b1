namespace UcSdk;

/// <summary>Where a <see cref="Conversation"/> stands: the sum of its modalities. Members and numbers are those of the Lync client's object model.</summary>
public enum ConversationState
{
    /// <summary>No modality is connected.</summary>
    Inactive = 0,

    /// <summary>At least one modality is connected.</summary>
    Active = 1,

    /// <summary>The call waits in a parking orbit. Never entered yet: parking is not built.</summary>
    Parked = 2,

    /// <summary>Over. Final.</summary>
    Terminated = 3,
}
