namespace UcSdk.Documents;

/// <summary>What became of a notification.</summary>
public abstract record ConferenceMergeResult
{
    private ConferenceMergeResult()
    {
    }

    /// <summary>It was merged.</summary>
    /// <param name="Snapshot">The conference as it is now; every state in it is <see cref="ElementState.Full"/>.</param>
    /// <param name="Changes">What is different from before; empty when nothing is.</param>
    public sealed record Applied(ConferenceInfo Snapshot, ValueList<ConferenceChange> Changes) : ConferenceMergeResult;

    /// <summary>It is no newer than what is known, or it is about another conference, or the conference has ended: nothing changed.</summary>
    /// <param name="Why">Which of these, for logs.</param>
    public sealed record Discarded(string Why) : ConferenceMergeResult;

    /// <summary>Notifications were lost: nothing changed, and only a new subscription brings a full document.</summary>
    /// <param name="Expected">The version that should have come; null when a full document should have.</param>
    /// <param name="Received">The version that came; null when it had none.</param>
    public sealed record Gap(uint? Expected, uint? Received) : ConferenceMergeResult;

    /// <summary>The conference is over.</summary>
    /// <param name="Changes">The participants that were still there, as removed.</param>
    public sealed record Ended(ValueList<ConferenceChange> Changes) : ConferenceMergeResult;
}
