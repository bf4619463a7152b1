namespace UcSdk;

/// <summary>Where a <see cref="ConferenceSession"/> stands; the states of UCMA's session.</summary>
public enum ConferenceSessionState
{
    /// <summary>Not joined. A failed join comes back here.</summary>
    Idle,

    /// <summary>Joining: the focus is asked, the roster is awaited.</summary>
    Connecting,

    /// <summary>Waiting to be admitted. Not entered yet.</summary>
    InLobby,

    /// <summary>In the conference; the roster is known.</summary>
    Connected,

    /// <summary>Recovering from a failure of the focus. Not entered yet.</summary>
    Reconnecting,

    /// <summary>Leaving, or being removed.</summary>
    Disconnecting,

    /// <summary>Over. Final.</summary>
    Disconnected,
}
