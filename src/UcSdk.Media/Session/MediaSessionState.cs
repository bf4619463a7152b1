namespace UcSdk.Media;

/// <summary>Where a media session stands.</summary>
public enum MediaSessionState
{
    /// <summary>Nothing is open yet.</summary>
    Idle,

    /// <summary>This side offers: ports are being opened, then the answer is awaited.</summary>
    Offering,

    /// <summary>This side answers: ports are being opened and the answer is being made.</summary>
    Answering,

    /// <summary>Both sides agreed. Nothing is heard: not yet, or not any more (the change's reason tells).</summary>
    Negotiated,

    /// <summary>Both sides agreed and media of the peer arrives.</summary>
    Active,

    /// <summary>Ports are closed and keys are cleared. Final.</summary>
    Closed,
}
