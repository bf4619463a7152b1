namespace UcSdk.Sip;

/// <summary>The states of a referral, seen by the one who sent the REFER (RFC 3515 §2.4).</summary>
public enum ReferralState
{
    /// <summary>The REFER is out; nothing has come back.</summary>
    Referring,

    /// <summary>The peer has accepted and tells by NOTIFY how the request fares.</summary>
    Following,

    /// <summary>Our side wants to hear no more and has said so.</summary>
    Terminating,

    /// <summary>Over. Final.</summary>
    Terminated,
}
