namespace UcSdk;

/// <summary>What can be asked of a <see cref="Conversation"/>; numbers are those of the Lync client's object model.</summary>
public enum ConversationAction
{
    /// <summary>Bringing everybody of another conversation into this one: <see cref="Conversation.MergeAsync"/>.</summary>
    Merge = 0,

    /// <summary>Parking the call. Never available yet.</summary>
    Park = 1,

    /// <summary>Inviting somebody: <see cref="Conversation.InviteAsync"/>.</summary>
    AddParticipant = 2,

    /// <summary>Removing somebody: in a conference as a presenter, between two by ending it: <see cref="Conversation.RemoveParticipantAsync"/>.</summary>
    RemoveParticipant = 3,
}
