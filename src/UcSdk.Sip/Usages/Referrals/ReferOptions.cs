namespace UcSdk.Sip;

/// <summary>How a REFER is sent inside a session.</summary>
public sealed record ReferOptions
{
    /// <summary>Who asks, for Referred-By (RFC 3892); null, the default, for our own address in the dialog.</summary>
    public ReferredBy? ReferredBy { get; init; }

    /// <summary>
    /// False to ask that no NOTIFYs be sent (<c>Refer-Sub: false</c>, RFC 4488 §4); the peer may send them all the same. Default true.
    /// </summary>
    public bool IsFollowed { get; init; } = true;

    /// <summary>Called for the REFER before it goes out; null for no change.</summary>
    public Action<SipRequest>? Edit { get; init; }
}
