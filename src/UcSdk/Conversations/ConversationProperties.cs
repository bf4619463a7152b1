namespace UcSdk;

/// <summary>What is known about a <see cref="Conversation"/> at one moment. The members are those of the Lync client's <c>ConversationProperty</c>.</summary>
public sealed record ConversationProperties
{
    /// <summary>What it is about, as the user or the other side said between two; empty when nobody did. Of a conference see <see cref="Conversation.Subject"/>.</summary>
    public string Subject { get; init; } = "";

    /// <summary>How important it is to who began it; default <see cref="ConversationImportance.Normal"/>.</summary>
    public ConversationImportance Importance { get; init; } = ConversationImportance.Normal;

    /// <summary>Who invited the user, <c>sip:user@domain</c>; null where the user began it.</summary>
    public string? Inviter { get; init; }

    /// <summary>For whom the inviter speaks; null when for themselves.</summary>
    public string? RepresentedBy { get; init; }

    /// <summary>What became of the invitation by which it began. It changes once.</summary>
    public ConversationAcceptanceState AcceptanceState { get; init; }

    /// <summary>Whether the user wants to come back to it. Kept here only, for the application to show.</summary>
    public bool FollowUp { get; init; }

    /// <summary>
    /// Whether a session of instant messages between two people, in which nobody writes for <see cref="LyncClientOptions.InstantMessageIdleTime"/>, is ended; default yes.
    /// </summary>
    public bool AutoTerminateOnIdle { get; init; } = true;

    /// <summary>How far it is on its way from two people to a conference.</summary>
    public ConferenceEscalationProgress ConferenceEscalationProgress { get; init; }

    /// <summary>Why it did not become a conference, where that is <see cref="ConferenceEscalationProgress.Failed"/>; otherwise null.</summary>
    public Exception? ConferenceEscalationFailure { get; init; }

    /// <summary>How important it is and how far its escalation; never who or what about.</summary>
    public override string ToString() => $"{Importance}, {ConferenceEscalationProgress}";
}
