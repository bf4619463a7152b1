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

    /// <summary>
    /// How long the application may leave an INVITE without a final response: it gets 480 then, or 487 when its own Expires is over earlier (§13.3.1). More than
    /// the 3 minutes of a proxy's Timer C, which a provisional response each minute extends (§13.3.1.1); default 10 minutes, null for no limit. A proxied INVITE
    /// has Timer C instead; any other request is given up in silence after 64·T1, when nobody waits for its answer any more (RFC 4320 §4.2).
    /// </summary>
    public TimeSpan? AnswerLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>After how long a callee repeats its last provisional response, so that no proxy gives the INVITE up (§13.3.1.1): a minute.</summary>
    internal static TimeSpan Extension { get; } = TimeSpan.FromMinutes(1);

    /// <summary>The same where it is sure to arrive: two and a half minutes (RFC 3262 §3).</summary>
    internal static TimeSpan ReliableExtension { get; } = TimeSpan.FromSeconds(150);

    /// <summary>
    /// By which part of its time, at most, a refresh (of a registration, a subscription, a publication) comes early by chance: thousands who came back after one restart would
    /// otherwise refresh in one second for ever. Default 0.1, so between 90 and 100 per cent of the time; 0, for none, to 0.5.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 0 or more than 0.5.</exception>
    public double RefreshJitter
    {
        get;
        init => field = value is >= 0 and <= MaxRefreshJitter
            ? value
            : throw new ArgumentOutOfRangeException(nameof(RefreshJitter), value, "The jitter of refreshes is 0 to 0.5.");
    } = 0.1;

    /// <summary>The most that <see cref="RefreshJitter"/> may be.</summary>
    internal const double MaxRefreshJitter = 0.5;

    /// <summary>Timer C: how long a proxy lets an INVITE ring without a response; default 181 s; it must be more than 3 minutes (§16.6, step 11).</summary>
    public TimeSpan ProxyInviteTimeout { get; init; } = TimeSpan.FromSeconds(181);
}
