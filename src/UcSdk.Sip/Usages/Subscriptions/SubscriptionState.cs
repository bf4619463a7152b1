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

    /// <summary>The notifier has ended it in a way that invites another: the next SUBSCRIBE goes out at once or when it is time (RFC 6665 §4.1.3).</summary>
    Waiting,

    /// <summary>Our side has begun to end it.</summary>
    Terminating,

    /// <summary>The notifier has confirmed the end; its last notification is awaited for 64·T1 at most (RFC 6665 §4.1.2.3).</summary>
    Lingering,

    /// <summary>Over. Final.</summary>
    Terminated,
}
