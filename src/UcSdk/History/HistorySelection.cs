using UcSdk.Core;

namespace UcSdk;

/// <summary>
/// Picks the latest messages out of a history that is read from its end, in which later lines take the place of earlier ones. What it holds does not grow with the history.
/// </summary>
internal sealed class HistorySelection(HistoryQuery query)
{
    /// <summary>How many lines later one may stand that takes the place of another.</summary>
    public static readonly Limit MaxDistance = new(nameof(MaxDistance), 65_536);

    /// <summary>How long after a message others may be kept that were said before it; a line that comes later still says so.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromDays(1);

    // Beside those of one moment, at the limit, it is not known before the end which were appended first.
    private const int MaxOfOneMoment = 1000;

    private readonly HashSet<string> _seen = [];
    private readonly Queue<string> _seenInOrder = [];
    private readonly Dictionary<string, (DateTimeOffset Time, long Place)> _places = [];
    private readonly SortedDictionary<(DateTimeOffset Time, long Place), HistoryMessage> _latest = [];

    /// <summary>Takes the next message, which stands before all that it took until now.</summary>
    /// <param name="message">The message.</param>
    /// <param name="place">Where it stands.</param>
    public void Add(HistoryMessage message, long place)
    {
        if (_places.TryGetValue(message.Id, out var known))
        {
            // What was said of it later counts; when it was appended first is its place.
            _latest.Remove(known, out var later);
            _places[message.Id] = (known.Time, place);
            _latest.Add((known.Time, place), later!);
        }
        else if (Remember(message.Id) && query.Matches(message))
        {
            _places.Add(message.Id, (message.Time, place));
            _latest.Add((message.Time, place), message);
            Trim();
        }
    }

    /// <summary>Whether nothing that stands before a line of this time can be wanted; never asked of a line that was late.</summary>
    public bool IsCompleteAt(DateTimeOffset time)
    {
        var latest = LatestBefore(time);
        return latest < query.From || (_latest.Count >= query.MaxCount && latest < _latest.Keys.First().Time);
    }

    /// <summary>The latest that may stand before a line of this time which is not late.</summary>
    public static DateTimeOffset LatestBefore(DateTimeOffset time) => time > DateTimeOffset.MaxValue - Slack ? DateTimeOffset.MaxValue : time + Slack;

    public IReadOnlyList<HistoryMessage> ToList() => [.. _latest.Values.TakeLast(query.MaxCount)];

    private bool Remember(string id)
    {
        if (!_seen.Add(id))
        {
            return false;
        }

        _seenInOrder.Enqueue(id);
        if (!MaxDistance.Allows(_seenInOrder.Count))
        {
            _seen.Remove(_seenInOrder.Dequeue());
        }

        return true;
    }

    private void Trim()
    {
        if (_latest.Count > query.MaxCount)
        {
            var oldest = _latest.Keys.Take(2).ToArray();
            if (oldest[0].Time < oldest[^1].Time || _latest.Count > query.MaxCount + MaxOfOneMoment)
            {
                _places.Remove(_latest[oldest[0]].Id);
                _latest.Remove(oldest[0]);
            }
        }
    }
}
