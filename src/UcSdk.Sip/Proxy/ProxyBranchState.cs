namespace UcSdk.Sip;

/// <summary>Where one branch of a forwarded request stands.</summary>
internal enum ProxyBranchState
{
    /// <summary>Its server is being found or connected to.</summary>
    Locating,

    /// <summary>Sent, nothing came back.</summary>
    Calling,

    /// <summary>A provisional response came.</summary>
    Proceeding,

    /// <summary>To be cancelled as soon as anything comes back (RFC 3261 §9.1).</summary>
    CancelPending,

    /// <summary>Cancelled; the final response is waited for.</summary>
    Canceling,

    /// <summary>It has taken the request; further 2xx may come (RFC 6026).</summary>
    Accepted,

    /// <summary>It has refused: it has its final response, or one that stands for it.</summary>
    Done,
}
