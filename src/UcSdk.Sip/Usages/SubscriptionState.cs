namespace UcSdk.Sip;

/// <summary>The states of a subscription, seen by the subscriber (RFC 6665 §4.1.2).</summary>
public enum SubscriptionState
{
    /// <summary>The SUBSCRIBE is out.</summary>
    Subscribing,

    /// <summary>Accepted, but the notifier has not decided yet.</summary>
    Pending,

    /// <summary>Notifications come.</summary>
    Active,

    /// <summary>Our side has begun to end it.</summary>
    Terminating,

    /// <summary>Over. Final.</summary>
    Terminated,
}
