namespace UcSdk.Sip;

/// <summary>Why a referral of ours changed its state.</summary>
public enum ReferralReason
{
    /// <summary>The peer accepted the REFER.</summary>
    Accepted,

    /// <summary>The peer accepted the REFER and will not tell how the request fares, as asked (RFC 4488).</summary>
    AcceptedSilently,

    /// <summary>The peer refused the REFER.</summary>
    Refused,

    /// <summary>The peer told how the request fares.</summary>
    Progress,

    /// <summary>The peer's last NOTIFY came.</summary>
    Completed,

    /// <summary>Our side wants to hear no more.</summary>
    LocalUnsubscribe,

    /// <summary>The peer has heard that.</summary>
    Unsubscribed,

    /// <summary>The peer does not know the subscription, or the whole dialog, any more.</summary>
    DialogGone,

    /// <summary>The subscription ran out without a last NOTIFY.</summary>
    Expired,

    /// <summary>The REFER got no answer, or no NOTIFY came within 64·T1 of it.</summary>
    TimedOut,

    /// <summary>The flow that carried it was lost.</summary>
    FlowLost,
}
