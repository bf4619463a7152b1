namespace UcSdk.Server;

/// <summary>What happened to a registered endpoint.</summary>
public enum EndpointChangeReason
{
    /// <summary>It signed in.</summary>
    Registered,

    /// <summary>It registered again, on the same connection or another.</summary>
    Refreshed,

    /// <summary>Its connection is gone; the binding waits for it to come back (<see cref="UcServerOptions.LostConnectionGrace"/>).</summary>
    Disconnected,

    /// <summary>It signed out. Final, as all that follow.</summary>
    Unregistered,

    /// <summary>It was not refreshed in time.</summary>
    Expired,

    /// <summary>Its connection is gone, and it did not come back in time.</summary>
    FlowClosed,

    /// <summary>It has been silent for longer than keep-alives allow ([MS-CONMGMT] §3.1).</summary>
    KeepAliveMissed,

    /// <summary>The user signed in at more endpoints than are allowed; this was the oldest.</summary>
    Displaced,

    /// <summary>The server took the registration away (<see cref="UcServer.DeregisterAsync(string, Sip.DeregistrationReason, CancellationToken)"/> and its like).</summary>
    Deregistered,
}
