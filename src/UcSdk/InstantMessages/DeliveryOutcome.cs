namespace UcSdk;

/// <summary>What became of an instant message at one recipient.</summary>
public enum DeliveryOutcome
{
    /// <summary>The recipient's client has it.</summary>
    Delivered,

    /// <summary>The recipient does not have it, and will not get it.</summary>
    Failed,

    /// <summary>
    /// Nobody knows: it was sent, and no answer came (408, 504, a lost connection), or the server of a conference never said what became of it. It may have
    /// been shown.
    /// </summary>
    Unconfirmed,
}
