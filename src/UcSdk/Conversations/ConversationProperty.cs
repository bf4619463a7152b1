namespace UcSdk;

/// <summary>What can be set of a <see cref="Conversation"/>; numbers are the identifiers of the Lync client's object model.</summary>
public enum ConversationProperty
{
    /// <summary>What it is about: <see cref="Conversation.SetSubjectAsync"/>.</summary>
    Subject = 1,

    /// <summary>How important it is: <see cref="Conversation.SetImportanceAsync"/>.</summary>
    Importance = 2,

    /// <summary>Whether the user wants to come back to it: <see cref="Conversation.SetFollowUpAsync"/>.</summary>
    FollowUp = 8,

    /// <summary>Whether its sessions end while nobody writes: <see cref="Conversation.SetAutoTerminateOnIdleAsync"/>.</summary>
    AutoTerminateOnIdle = 14,
}
