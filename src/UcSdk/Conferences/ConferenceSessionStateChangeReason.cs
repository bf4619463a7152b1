namespace UcSdk;

/// <summary>Why a <see cref="ConferenceSession"/> changed its state.</summary>
public enum ConferenceSessionStateChangeReason
{
    /// <summary>The user joins.</summary>
    JoinRequested,

    /// <summary>The focus admitted the user and the first roster is there.</summary>
    Joined,

    /// <summary>The join did not succeed; the cause tells at which stage and why.</summary>
    JoinFailed,

    /// <summary>The user leaves.</summary>
    LeaveRequested,

    /// <summary>The meeting was ended for everybody.</summary>
    ConferenceEnded,

    /// <summary>The user was removed from the meeting.</summary>
    Ejected,

    /// <summary>The focus ended the user's session without saying why.</summary>
    EndedByFocus,

    /// <summary>The connection to the server, or the roster, is gone.</summary>
    ConnectionLost,

    /// <summary>Signalling and subscription are over.</summary>
    Disconnected,
}
