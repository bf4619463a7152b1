using System.Collections.Concurrent;
using System.Globalization;

namespace UcSdk.Simulation.Tests;

/// <summary>What was tried on all days and how it ended: a simulation in which nothing succeeds would find nothing.</summary>
internal sealed class Tally
{
    private readonly ConcurrentDictionary<(string What, string Outcome), long> _counts = new();

    public long this[string what, string outcome] => _counts.GetValueOrDefault((what, outcome));

    public void Count(string what, string outcome, long times = 1) => _counts.AddOrUpdate((what, outcome), times, (_, before) => before + times);

    /// <summary>Adds what another has counted.</summary>
    public void Add(Tally other)
    {
        foreach (var (key, times) in other._counts)
        {
            Count(key.What, key.Outcome, times);
        }
    }

    public override string ToString() => string.Join('\n', _counts
        .GroupBy(pair => pair.Key.What)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => group.Key + ": " + string.Join(", ", group
            .OrderBy(pair => pair.Key.Outcome, StringComparer.Ordinal)
            .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Value} {pair.Key.Outcome}")))));
}
