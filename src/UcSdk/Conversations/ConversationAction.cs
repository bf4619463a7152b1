namespace UcSdk;

/// <summary>What can be asked of a <see cref="Conversation"/>; numbers are those of the Lync client's object model.</summary>
public enum ConversationAction
{
    /// <summary>Merging with another conversation. Never available yet.</summary>
    Merge = 0,

    /// <summary>Parking the call. Never available yet.</summary>
    Park = 1,

    /// <summary>Inviting somebody: <see cref="Conversation.InviteAsync"/>.</summary>
    AddParticipant = 2,

    /// <summary>Removing somebody, as a presenter: <see cref="ConferenceSession.EjectAsync"/>.</summary>
    RemoveParticipant = 3,
}
