namespace UcSdk.Documents;

/// <summary>What a <see cref="MessageDispositionNotification"/> tells of (RFC 5438 §7.2.1).</summary>
public enum DispositionKind
{
    /// <summary>Whether the message arrived at the recipient's client.</summary>
    Delivery,

    /// <summary>Whether somebody on the way, e.g. a list server, took the message.</summary>
    Processing,

    /// <summary>Whether the message was shown to the recipient.</summary>
    Display,
}
