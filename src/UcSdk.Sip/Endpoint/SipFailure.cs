namespace UcSdk.Sip;

/// <summary>Why an operation did not come to its good end.</summary>
public enum SipFailure
{
    /// <summary>The peer answered with a refusal (300–699).</summary>
    Refused,

    /// <summary>No final response came in time (RFC 3261 timers B and F, or the ACK of a 2xx).</summary>
    TimedOut,

    /// <summary>No connection to the peer could be made.</summary>
    ConnectFailed,

    /// <summary>The flow that carried the operation was lost.</summary>
    FlowClosed,

    /// <summary>No flow leads to where the request should go.</summary>
    NoRoute,

    /// <summary>Our side called the operation off.</summary>
    Canceled,

    /// <summary>The endpoint was disposed, or the object ended, before the operation was done.</summary>
    Terminated,
}
