namespace UcSdk.Sip;

/// <summary>What has happened to a piece of published event state.</summary>
public enum EventStateChange
{
    /// <summary>It is new.</summary>
    Published,

    /// <summary>Its publisher has changed it.</summary>
    Modified,

    /// <summary>Its publisher has removed it.</summary>
    Removed,

    /// <summary>It was not refreshed in time.</summary>
    Expired,
}
