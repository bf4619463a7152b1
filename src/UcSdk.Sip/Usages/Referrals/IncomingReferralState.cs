namespace UcSdk.Sip;

/// <summary>The states of a referral, seen by the one who was asked (RFC 3515 §2.4).</summary>
public enum IncomingReferralState
{
    /// <summary>The REFER waits for a decision.</summary>
    Incoming,

    /// <summary>Accepted; notifications go out.</summary>
    Active,

    /// <summary>The last notification is on its way.</summary>
    Completing,

    /// <summary>Over. Final.</summary>
    Terminated,
}
