using System.Collections.Immutable;

namespace UcSdk.Sip;

/// <summary>Keeps the entries in memory, for tests and for a <see cref="SipLadder"/>. Several endpoints may share one.</summary>
public sealed class RecordingTrace : ISipTraceSink
{
    private ImmutableList<SipTraceEntry> _entries = [];

    /// <summary>How many entries are kept, 1 or more: the last ones. Default null: all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int? Limit
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value ?? 1, 1);
            field = value;
        }
    }

    /// <summary>What was recorded so far, in order.</summary>
    public IReadOnlyList<SipTraceEntry> Entries => Volatile.Read(ref _entries);

    /// <inheritdoc/>
    public void Message(SipTraceEntry entry) => ImmutableInterlocked.Update(
        ref _entries,
        static (entries, added) => (entries.Count == added.Limit ? entries.RemoveAt(0) : entries).Add(added.Entry),
        (Entry: entry, Limit: Limit));

    /// <summary>Forgets what was recorded.</summary>
    public void Clear() => Volatile.Write(ref _entries, []);
}
