using UcSdk.Core;
using UcSdk.Documents;

namespace UcSdk.Simulation.Tests;

/// <summary>
/// Where one user has placed its watchers, and where they may still be shown to have been: a move holds from when it is asked for, and what was before
/// it until it is confirmed and all that was sent before has arrived.
/// </summary>
internal sealed class LevelHistory
{
    /// <summary>Longer than anything is on its way: delay, jitter and the longest silence.</summary>
    public static readonly TimeSpan OnTheWay = TimeSpan.FromSeconds(6);

    private readonly Dictionary<string, List<(uint Level, Timestamp? Until)>> _levels = new(StringComparer.Ordinal);

    /// <summary>Whom the user has placed itself.</summary>
    public IEnumerable<(string Watcher, uint Level)> Placed => _levels.Select(pair => (pair.Key, pair.Value[^1].Level));

    /// <summary>The level, colleagues where nothing is said.</summary>
    public uint Of(string watcher) => _levels.TryGetValue(watcher, out var levels) ? levels[^1].Level : PresenceContainerIds.Company;

    public void Move(string watcher, uint level)
    {
        if (!_levels.TryGetValue(watcher, out var levels))
        {
            _levels.Add(watcher, levels = [(PresenceContainerIds.Company, null)]);
        }

        levels.Add((level, null));
    }

    /// <summary>The server has said that the last move is done.</summary>
    public void Confirm(string watcher, Timestamp now)
    {
        var levels = _levels[watcher];
        for (var i = 0; i < levels.Count - 1; i++)
        {
            levels[i] = levels[i] with { Until = levels[i].Until ?? now + OnTheWay };
        }
    }

    /// <summary>Where a watcher was and until when, for messages of failure.</summary>
    public string Describe(string watcher) => _levels.TryGetValue(watcher, out var levels)
        ? string.Join(", ", levels.Select(level => $"{level.Level} until {level.Until?.ToString() ?? "now"}"))
        : "never moved";

    public bool MayShow(string watcher, Func<uint, bool> level, Timestamp now) => _levels.TryGetValue(watcher, out var levels)
        ? levels.Exists(one => level(one.Level) && !(one.Until < now))
        : level(PresenceContainerIds.Company);
}
