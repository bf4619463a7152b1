namespace UcSdk.Sip;

/// <summary>The states of a subscription, seen by the notifier (RFC 6665 §4.2).</summary>
public enum NotifierState
{
    /// <summary>The SUBSCRIBE waits for a decision.</summary>
    Incoming,

    /// <summary>Accepted; notifications go out.</summary>
    Active,

    /// <summary>Over. Final.</summary>
    Terminated,
}
