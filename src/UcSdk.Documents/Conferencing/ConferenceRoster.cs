namespace UcSdk.Documents;

/// <summary>
/// What one subscriber knows of a conference, kept up to date from notifications by the rules of RFC 4575 §4. Not thread-safe: one owner
/// feeds it, in the order in which the notifications came.
/// </summary>
public sealed class ConferenceRoster
{
    private readonly ConferenceMergeRules _rules;
    private readonly ConferenceInfoMerger _merger;
    private uint? _version;
    private bool _fresh = true;

    /// <summary>A roster that knows nothing yet.</summary>
    public ConferenceRoster()
        : this(ConferenceMergeRules.All)
    {
    }

    internal ConferenceRoster(ConferenceMergeRules rules)
    {
        _rules = rules;
        _merger = new ConferenceInfoMerger(rules);
    }

    /// <summary>The conference as last known; every state in it is <see cref="ElementState.Full"/>. Null before the first notification.</summary>
    public ConferenceInfo? Current { get; private set; }

    /// <summary>True once a notification said that the conference is over.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>
    /// Says that a new subscription begins, for instance after a gap: versions start anew and the first document must be full. What is
    /// known stays, so that only real differences are reported.
    /// </summary>
    public void BeginSubscription()
    {
        _version = null;
        _fresh = true;
    }

    /// <summary>Takes one notification.</summary>
    /// <param name="document">The document of the notification.</param>
    /// <returns>What became of it; only <see cref="ConferenceMergeResult.Applied"/> and <see cref="ConferenceMergeResult.Ended"/> change anything.</returns>
    public ConferenceMergeResult Merge(ConferenceInfo document)
    {
        if (HasEnded)
        {
            return new ConferenceMergeResult.Discarded("the conference has ended");
        }

        if (Current is not null && !Current.Entity.Equals(document.Entity, StringComparison.OrdinalIgnoreCase))
        {
            return new ConferenceMergeResult.Discarded("it is about another conference");
        }

        if (Has(ConferenceMergeRules.DiscardOldVersions) && document.Version <= _version)
        {
            return new ConferenceMergeResult.Discarded($"version {document.Version} is not above {_version}");
        }

        if (document.State == ElementState.Deleted && Has(ConferenceMergeRules.DeletedRootEnds))
        {
            return End();
        }

        // A full document needs no predecessor, so it also closes a gap.
        if (document.State != ElementState.Full && FindGap(document) is { } gap)
        {
            return gap;
        }

        return Apply(document);
    }

    private ConferenceMergeResult.Gap? FindGap(ConferenceInfo document)
    {
        if (_fresh)
        {
            return Has(ConferenceMergeRules.FirstIsFull) ? new ConferenceMergeResult.Gap(null, document.Version) : null;
        }

        return Has(ConferenceMergeRules.DetectGaps) && document.Version > _version + 1
            ? new ConferenceMergeResult.Gap(_version + 1, document.Version)
            : null;
    }

    private ConferenceMergeResult.Applied Apply(ConferenceInfo document)
    {
        var previous = Current;
        var version = document.Version ?? _version + 1;
        Current = _merger.Merge(previous, document) with { Version = version };
        _version = version;
        _fresh = false;
        return new ConferenceMergeResult.Applied(Current, ValueList.From(Compare(previous, Current)));
    }

    private ConferenceMergeResult.Ended End()
    {
        HasEnded = true;
        var removed = Current?.Users?.Users.Select(user => (ConferenceChange)new ConferenceChange.UserRemoved(user)) ?? [];
        var changes = ValueList.From(removed);
        Current = Current is null ? null : Current with { Users = null };
        return new ConferenceMergeResult.Ended(changes);
    }

    private static IEnumerable<ConferenceChange> Compare(ConferenceInfo? previous, ConferenceInfo current)
    {
        var before = (previous?.Users ?? new ConferenceUsers()).ByEntity();
        var after = (current.Users ?? new ConferenceUsers()).ByEntity();
        foreach (var user in before.Values)
        {
            if (!after.ContainsKey(user.Entity))
            {
                yield return new ConferenceChange.UserRemoved(user);
            }
        }

        foreach (var user in after.Values)
        {
            if (!before.TryGetValue(user.Entity, out var old))
            {
                yield return new ConferenceChange.UserAdded(user);
            }
            else if (!old.Equals(user))
            {
                yield return new ConferenceChange.UserChanged(old, user);
            }
        }

        if (previous is null || !WithoutUsers(previous).Equals(WithoutUsers(current)))
        {
            yield return new ConferenceChange.DetailsChanged();
        }
    }

    private static ConferenceInfo WithoutUsers(ConferenceInfo info) =>
        info with { Version = null, Users = (info.Users ?? new ConferenceUsers()) with { Users = [] } };

    private bool Has(ConferenceMergeRules rule) => _rules.HasFlag(rule);
}
