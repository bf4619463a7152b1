namespace UcSdk;

/// <summary>How important a conversation is to who began it; numbers are those of the Lync client's object model. On the wire it is Priority (RFC 3261 §20.26).</summary>
public enum ConversationImportance
{
    /// <summary><c>non-urgent</c>.</summary>
    Low = 0,

    /// <summary><c>normal</c>, or nothing.</summary>
    Normal = 1,

    /// <summary><c>urgent</c>.</summary>
    High = 2,

    /// <summary><c>emergency</c>.</summary>
    Emergency = 3,
}
