using System.Collections.Immutable;

namespace UcSdk.Sip;

/// <summary>Keeps the entries in memory, for tests and for a <see cref="SipLadder"/>. Several endpoints may share one.</summary>
public sealed class RecordingTrace : ISipTraceSink
{
    private ImmutableList<SipTraceEntry> _entries = [];

    /// <summary>What was recorded so far, in order.</summary>
    public IReadOnlyList<SipTraceEntry> Entries => Volatile.Read(ref _entries);

    /// <inheritdoc/>
    public void Message(SipTraceEntry entry) => ImmutableInterlocked.Update(ref _entries, static (entries, added) => entries.Add(added), entry);

    /// <summary>Forgets what was recorded.</summary>
    public void Clear() => Volatile.Write(ref _entries, []);
}
