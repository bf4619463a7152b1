namespace UcSdk.Sip;

/// <summary>What can happen to a branch of a forwarded request.</summary>
internal enum ProxyBranchTrigger
{
    /// <summary>A flow to its server is there, and the request goes out.</summary>
    Sent,

    /// <summary>No flow to any server can be had.</summary>
    Unreachable,

    /// <summary>1xx.</summary>
    Provisional,

    /// <summary>2xx.</summary>
    Success,

    /// <summary>3xx–6xx.</summary>
    Refusal,

    /// <summary>The server said 503, or nothing, or the flow broke, and there is another server.</summary>
    ServerFailed,

    /// <summary>The transaction ended without a final response, and there is no other server.</summary>
    TransactionFailed,

    /// <summary>The branch is not wanted any more.</summary>
    Withdraw,

    /// <summary>Timer C.</summary>
    TimerC,

    /// <summary>64·T1 after the CANCEL.</summary>
    CancelWait,
}
