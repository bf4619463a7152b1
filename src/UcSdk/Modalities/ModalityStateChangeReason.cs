namespace UcSdk;

/// <summary>Why a <see cref="Modality"/> changed its state.</summary>
public enum ModalityStateChangeReason
{
    /// <summary>The user connects it.</summary>
    ConnectRequested,

    /// <summary>The other side answered with 200, and the media was agreed.</summary>
    Answered,

    /// <summary>The first valid packet arrived.</summary>
    MediaConnected,

    /// <summary>The other side refused with a final answer of 300 or above.</summary>
    Refused,

    /// <summary>No final answer came in time.</summary>
    TimedOut,

    /// <summary>The media could not be agreed: no common codec, no usable key, or no port.</summary>
    NegotiationFailed,

    /// <summary>The other side answered, but no media arrived in time.</summary>
    NoMedia,

    /// <summary>Media had arrived and then stopped for too long.</summary>
    MediaLost,

    /// <summary>The user disconnects it, or gave up connecting it.</summary>
    DisconnectRequested,

    /// <summary>It is over: the other side confirmed, or did not answer in time.</summary>
    Disconnected,

    /// <summary>The other side ended it.</summary>
    RemoteDisconnected,

    /// <summary>The conference that it belongs to ended, or removed the user.</summary>
    ConferenceEnded,

    /// <summary>The connection to the server is gone.</summary>
    ConnectionLost,

    /// <summary>Somebody invites the user.</summary>
    InvitationReceived,

    /// <summary>The invitation was accepted here; or the other side invited while it was being invited, and that is as good.</summary>
    InvitationAccepted,

    /// <summary>The invitation was rejected here, or nobody decided in time.</summary>
    InvitationRejected,

    /// <summary>The inviter took the invitation back.</summary>
    InvitationWithdrawn,

    /// <summary>
    /// Another endpoint, of the user or of somebody who was invited in the user's place, has accepted the invitation (RFC 3326: cause 200);
    /// <see cref="ModalityStateChange.AcceptedBy"/> says whose, where the server tells.
    /// </summary>
    AnsweredElsewhere,

    /// <summary>The other side takes no sessions: each message goes by itself (RFC 3428).</summary>
    PageModeUsed,
}
