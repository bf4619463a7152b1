using UcSdk;

namespace PresenceWatcher;

/// <summary>What the sample was asked for, beside whom to sign in.</summary>
internal sealed record WatchOptions
{
    /// <summary>What the user publishes first; null for nothing.</summary>
    public ContactAvailability? Publish { get; init; }

    /// <summary>The note that the user publishes first; null for none, empty to remove it.</summary>
    public string? Note { get; init; }

    /// <summary>Where each change is written as a line of comma separated values; null for nowhere.</summary>
    public string? ExportFile { get; init; }

    /// <summary>When to end; null for when somebody ends it.</summary>
    public TimeSpan? Duration { get; init; }
}
