namespace UcSdk;

/// <summary>Why an invitation is rejected; numbers are those of the Lync client's object model. Each stands for a SIP answer (RFC 3261 §21).</summary>
public enum ModalityDisconnectReason
{
    /// <summary>No reason: 480.</summary>
    None = 0,

    /// <summary>Nobody has decided in time: 480.</summary>
    Timeout = 1,

    /// <summary>The user is busy at this endpoint: 486. Others may still accept.</summary>
    Busy = 2,

    /// <summary>This endpoint cannot talk in this way: 488. Others may still accept.</summary>
    NotAcceptableHere = 3,

    /// <summary>The user declines: 603.</summary>
    Decline = 4,

    /// <summary>The user declines at all endpoints: 603.</summary>
    DeclineEverywhere = 5,

    /// <summary>The user will answer in another way: 603.</summary>
    ReplyOther = 6,
}
