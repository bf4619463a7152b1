namespace UcSdk;

/// <summary>Who began a conversation; numbers are those of the Lync client's object model.</summary>
public enum ConversationDirection
{
    /// <summary>Not known. Never entered.</summary>
    None = 0,

    /// <summary>Somebody invited the user.</summary>
    Incoming = 1,

    /// <summary>The user.</summary>
    Outgoing = 2,
}
