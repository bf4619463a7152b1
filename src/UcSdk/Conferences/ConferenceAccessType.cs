namespace UcSdk;

/// <summary>Who may join a conference by its address; numbers are those of the Lync client's object model.</summary>
public enum ConferenceAccessType
{
    /// <summary>Not known.</summary>
    Unknown = 0,

    /// <summary>Every authenticated user of the organization or of a federated one (<c>openAuthenticated</c>).</summary>
    Open = 1,

    /// <summary>Only those whom the conference lists (<c>closedAuthenticated</c>). Inviting somebody adds them.</summary>
    Closed = 16,

    /// <summary>Everybody who has the conference's key (<c>anonymous</c>).</summary>
    Anonymous = 256,

    /// <summary>Presenters only. A conference cannot be made locked.</summary>
    Locked = 4096,
}
