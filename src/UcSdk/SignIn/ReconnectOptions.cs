namespace UcSdk;

/// <summary>When a client signs in again by itself after it lost its connection or its registration.</summary>
public sealed record ReconnectOptions
{
    /// <summary>The defaults.</summary>
    public static ReconnectOptions Default { get; } = new();

    /// <summary>
    /// The first attempt comes by chance between at once and this long after the loss, so that those who lost the same server do not come back in one moment.
    /// Default 1 s, 0 or more.
    /// </summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// After the nth failed attempt in a row the next waits between half and the whole of min(<see cref="MaxDelay"/>, BaseDelay · 2ⁿ), by chance (RFC 5626 §4.5), or as
    /// long as the server's Retry-After says, where that is longer. Default 2 s, more than zero.
    /// </summary>
    public TimeSpan BaseDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest wait that is chosen here; default 2 minutes, at least <see cref="BaseDelay"/>.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The longest wait that a server may ask for with Retry-After; what is longer counts as this. Default 1 hour, at least <see cref="MaxDelay"/>.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// For how long after the loss attempts begin; then the client signs out with the last failure. Default for ever (<see cref="Timeout.InfiniteTimeSpan"/>), otherwise more
    /// than zero.
    /// </summary>
    public TimeSpan GiveUpAfter { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>
    /// How long the news of network changes (<see cref="LyncClientOptions.NetworkChanges"/>) must have been quiet before the client acts on them: they come in bursts.
    /// Default 1 s, 0 or more.
    /// </summary>
    public TimeSpan NetworkSettleTime { get; init; } = TimeSpan.FromSeconds(1);

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(FirstDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(BaseDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxDelay, BaseDelay);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxRetryAfter, MaxDelay);
        ArgumentOutOfRangeException.ThrowIfLessThan(NetworkSettleTime, TimeSpan.Zero);
        if (GiveUpAfter != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(GiveUpAfter, TimeSpan.Zero);
        }
    }
}
