namespace UcSdk.Sip;

/// <summary>
/// When an endpoint has enough to do. One past a limit, a request that would begin something new gets 503 with Retry-After (RFC 3261 §21.5.4), without
/// any state, before anything has to be dropped: INVITE for every limit, other requests outside dialogs for all but <see cref="MaxCalls"/>. What
/// belongs to something that stands is always served: requests inside dialogs (BYE and PRACK among them), ACK, CANCEL, repeated requests.
/// </summary>
public sealed record OverloadOptions
{
    /// <summary>The defaults, generous: they bound memory and keep answers in time.</summary>
    public static OverloadOptions Default { get; } = new();

    /// <summary>
    /// Server transactions at once, those included that wait for stragglers (on datagrams 32 s); 1 or more, default 400,000.
    /// </summary>
    public int MaxServerTransactions { get; init; } = 400_000;

    /// <summary>Invite sessions at once, of either side; 0 or more, default 100,000. Requests that a proxy forwards make none.</summary>
    public int MaxCalls { get; init; } = 100_000;

    /// <summary>
    /// How long a request may have waited to be handled. The endpoint measures for how long it has had messages to handle without a pause, which no waiting can
    /// exceed, in its own queue or in a socket; fewer than 256 messages in a row are no queue. More than zero, default 200 ms: before a peer repeats its request (T1, RFC 3261 §17.1.1.2), which is more work.
    /// </summary>
    public TimeSpan MaxQueueDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// What share of an exceeded limit must be reached again before new requests are taken; more than 0, at most 1, default 0.9. Below 1 it keeps the endpoint from
    /// changing its mind with every request.
    /// </summary>
    public double ResumeShare { get; init; } = 0.9;

    /// <summary>The shortest Retry-After; default 5 s, in whole seconds.</summary>
    public TimeSpan MinRetryAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The longest Retry-After; default 15 s. Each refusal draws its own between the two, so that those who were refused together do not come back together.
    /// </summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromSeconds(15);

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxServerTransactions, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxCalls);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(MaxQueueDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ResumeShare, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ResumeShare, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(MinRetryAfter.Ticks, nameof(MinRetryAfter));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxRetryAfter, MinRetryAfter);
    }
}
