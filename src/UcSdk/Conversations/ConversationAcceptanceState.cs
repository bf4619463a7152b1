namespace UcSdk;

/// <summary>What became of the invitation by which a conversation began; numbers are those of the Lync client's object model.</summary>
public enum ConversationAcceptanceState
{
    /// <summary>Nobody invited the user, or nothing is decided.</summary>
    None = 0,

    /// <summary>Accepted, here or at another endpoint of the user.</summary>
    Accepted = 1,

    /// <summary>The user declined it here.</summary>
    Rejected = 2,

    /// <summary>Nobody decided before it was taken back or had rung for too long.</summary>
    Missed = 3,

    /// <summary>Sent on to somebody else. Never entered yet.</summary>
    Deflected = 4,
}
