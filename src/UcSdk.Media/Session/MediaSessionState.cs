namespace UcSdk.Media;

/// <summary>Where a media session stands.</summary>
public enum MediaSessionState
{
    /// <summary>Nothing is open yet.</summary>
    Idle,

    /// <summary>Ports are open and an offer was made; the answer is awaited.</summary>
    Offering,

    /// <summary>Both sides agreed. Nothing is heard: not yet, or not any more (the change's reason tells).</summary>
    Negotiated,

    /// <summary>Both sides agreed and media of the peer arrives.</summary>
    Active,

    /// <summary>Ports are closed and keys are cleared. Final.</summary>
    Closed,
}
