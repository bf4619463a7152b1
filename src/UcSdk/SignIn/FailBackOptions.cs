namespace UcSdk;

/// <summary>
/// How a client that is signed in at a backup server goes back to its primary: the first home server that a redirection named, or <see cref="LyncClientOptions.Server"/>, where that did
/// not sign the user in and a later one did. The primary is asked in growing intervals, by signing in there beside the connection that stands; only when that has worked is the
/// backup left.
/// </summary>
public sealed record FailBackOptions
{
    /// <summary>The defaults.</summary>
    public static FailBackOptions Default { get; } = new();

    /// <summary>
    /// The nth attempt follows the one before after between half and the whole of min(<see cref="MaxDelay"/>, BaseDelay · 2ⁿ), by chance, so that the users of a server that returns do
    /// not come back in one moment; or as long as the primary's Retry-After says, where that is longer. Default 30 s, more than zero.
    /// </summary>
    public TimeSpan BaseDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest of these intervals; default 10 minutes, at least <see cref="BaseDelay"/>.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Whether conversations end for it, with the reason of a lost connection: they are bound to the connection that they began on. Default no: the client goes back when there is none.
    /// </summary>
    public bool EndsConversations { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(BaseDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxDelay, BaseDelay);
    }
}
