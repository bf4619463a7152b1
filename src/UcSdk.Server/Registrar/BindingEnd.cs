namespace UcSdk.Server;

/// <summary>Why an endpoint is no longer registered.</summary>
internal enum BindingEnd
{
    /// <summary>The client signed out.</summary>
    Unregistered,

    /// <summary>It was not refreshed in time.</summary>
    Expired,

    /// <summary>Its connection is gone.</summary>
    FlowClosed,

    /// <summary>The user signed in at more endpoints than are allowed; this was the oldest.</summary>
    Displaced,
}
