namespace UcSdk;

/// <summary>Which way an instant message went.</summary>
public enum InstantMessageDirection
{
    /// <summary>Somebody else wrote it.</summary>
    Incoming,

    /// <summary>The signed-in user wrote it, here.</summary>
    Outgoing,
}
