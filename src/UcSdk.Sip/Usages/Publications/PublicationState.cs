namespace UcSdk.Sip;

/// <summary>The states of a publication, seen by who publishes (RFC 3903 §4).</summary>
public enum PublicationState
{
    /// <summary>Nothing was published yet.</summary>
    Idle,

    /// <summary>The PUBLISH with the whole state is out.</summary>
    Publishing,

    /// <summary>The server keeps the state, which is refreshed.</summary>
    Published,

    /// <summary>Our side has begun to remove the state.</summary>
    Removing,

    /// <summary>Over. Final.</summary>
    Removed,
}
