namespace UcSdk.Sip;

/// <summary>Why a referral that a peer asked for changed its state.</summary>
public enum IncomingReferralReason
{
    /// <summary>Our side accepted.</summary>
    Accepted,

    /// <summary>Our side accepted and tells nothing more, as the referrer asked (RFC 4488).</summary>
    AcceptedSilently,

    /// <summary>Our side refused.</summary>
    Rejected,

    /// <summary>Our side told how the request fares.</summary>
    Reported,

    /// <summary>Our side told the final status.</summary>
    Completed,

    /// <summary>The referrer extended the subscription.</summary>
    Refreshed,

    /// <summary>The referrer wants to hear no more.</summary>
    Unsubscribed,

    /// <summary>The subscription ran out before the request had its final status.</summary>
    Expired,

    /// <summary>The referrer has taken the last notification.</summary>
    Notified,

    /// <summary>The referrer refused a NOTIFY, usually with 481.</summary>
    NotifyRefused,

    /// <summary>The referrer did not answer a NOTIFY.</summary>
    NotifyTimedOut,

    /// <summary>The dialog that carried the notifications is gone (RFC 5057 §5.1).</summary>
    DialogGone,

    /// <summary>The flow that carried it was lost.</summary>
    FlowLost,
}
