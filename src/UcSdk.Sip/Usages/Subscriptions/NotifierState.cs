namespace UcSdk.Sip;

/// <summary>The states of a subscription, seen by the notifier (RFC 6665 §4.2).</summary>
public enum NotifierState
{
    /// <summary>The SUBSCRIBE waits for a decision.</summary>
    Incoming,

    /// <summary>Accepted, but whether the subscriber may see the state is not decided (RFC 6665 §4.1.2, §8.4).</summary>
    Pending,

    /// <summary>Accepted; notifications go out.</summary>
    Active,

    /// <summary>Over. Final.</summary>
    Terminated,
}
