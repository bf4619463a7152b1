namespace UcSdk.Sip;

/// <summary>Why a subscription changed its state.</summary>
public enum SubscriptionReason
{
    /// <summary>The notifier accepted.</summary>
    Accepted,

    /// <summary>A notification says that it is active.</summary>
    Activated,

    /// <summary>A notification says that the decision is open.</summary>
    Pending,

    /// <summary>The notifier refused.</summary>
    Refused,

    /// <summary>The notifier wants a longer life (423); the request went again with it.</summary>
    IntervalTooBrief,

    /// <summary>
    /// It ended and another takes its place: the notifier said deactivated, timeout, probation or giveup, or did not know it any more (481 to a
    /// refresh).
    /// </summary>
    Renewing,

    /// <summary>The SUBSCRIBE that takes the place of the one before is out.</summary>
    Renewed,

    /// <summary>The single state that was asked for (Expires: 0) has come.</summary>
    Fetched,

    /// <summary>Our side ends it.</summary>
    LocalUnsubscribe,

    /// <summary>The notifier has confirmed the end.</summary>
    Unsubscribed,

    /// <summary>The notifier ended it.</summary>
    TerminatedByNotifier,

    /// <summary>The notifier does not know it any more (481 to a refresh).</summary>
    DialogGone,

    /// <summary>It ran out without a successful refresh.</summary>
    Expired,

    /// <summary>No answer, or no first notification, in time.</summary>
    TimedOut,

    /// <summary>The flow that carried it was lost.</summary>
    FlowLost,
}
