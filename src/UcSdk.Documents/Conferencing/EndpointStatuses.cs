namespace UcSdk.Documents;

/// <summary>What an endpoint of a participant is doing (RFC 4575 §5.7.3, element <c>status</c>).</summary>
public static class EndpointStatuses
{
    /// <summary>It is about to join.</summary>
    public const string Pending = "pending";

    /// <summary>The conference is calling it.</summary>
    public const string DialingOut = "dialing-out";

    /// <summary>It is calling the conference.</summary>
    public const string DialingIn = "dialing-in";

    /// <summary>It rings.</summary>
    public const string Alerting = "alerting";

    /// <summary>It is held; for a focus endpoint: it waits in the lobby.</summary>
    public const string OnHold = "on-hold";

    /// <summary>It takes part.</summary>
    public const string Connected = "connected";

    /// <summary>It takes part, muted by the focus.</summary>
    public const string MutedViaFocus = "muted-via-focus";

    /// <summary>It is leaving.</summary>
    public const string Disconnecting = "disconnecting";

    /// <summary>It has left.</summary>
    public const string Disconnected = "disconnected";
}
