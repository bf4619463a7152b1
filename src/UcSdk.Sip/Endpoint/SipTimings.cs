namespace UcSdk.Sip;

/// <summary>The timer values of one endpoint (RFC 3261 §17, table 4; RFC 6026).</summary>
public sealed record SipTimings
{
    /// <summary>The values of the RFC.</summary>
    public static SipTimings Default { get; } = new();

    /// <summary>Round-trip estimate; default 500 ms.</summary>
    public TimeSpan T1 { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest interval between retransmissions of non-INVITE requests and INVITE responses; default 4 s.</summary>
    public TimeSpan T2 { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How long a message stays in the network; default 5 s.</summary>
    public TimeSpan T4 { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Timers B, F, H, J, L and M: 64·T1, by default 32 s.</summary>
    public TimeSpan TransactionTimeout => 64 * T1;

    /// <summary>Timer D: how long an INVITE client transaction waits for repeated failures on a datagram transport; at least 32 s.</summary>
    public TimeSpan CompletedWait => TimeSpan.FromSeconds(32) > TransactionTimeout ? TimeSpan.FromSeconds(32) : TransactionTimeout;

    /// <summary>Timer C: how long a proxy lets an INVITE ring without a response; default 3 minutes (§16.6, step 11).</summary>
    public TimeSpan ProxyInviteTimeout { get; init; } = TimeSpan.FromMinutes(3);
}
