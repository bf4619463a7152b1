namespace UcSdk.Sip;

/// <summary>Why a notifier's subscription changed its state.</summary>
public enum NotifierReason
{
    /// <summary>Our side accepted.</summary>
    Accepted,

    /// <summary>Our side accepted and has not decided yet.</summary>
    Pending,

    /// <summary>Our side has decided in the subscriber's favour.</summary>
    Approved,

    /// <summary>Our side gave the state once, as asked (Expires: 0).</summary>
    Fetched,

    /// <summary>Our side refused.</summary>
    Rejected,

    /// <summary>The subscriber refreshed.</summary>
    Refreshed,

    /// <summary>The subscriber ended it.</summary>
    Unsubscribed,

    /// <summary>Our side ended it.</summary>
    LocalTerminate,

    /// <summary>It ran out; or our side did not answer the SUBSCRIBE before the subscriber gave it up (64·T1).</summary>
    Expired,

    /// <summary>The subscriber refused a NOTIFY with one of the codes that end a subscription, usually 481 (RFC 6665 §4.2.2).</summary>
    NotifyRefused,

    /// <summary>The subscriber did not answer a NOTIFY.</summary>
    NotifyTimedOut,

    /// <summary>The flow that carried it was lost.</summary>
    FlowLost,
}
