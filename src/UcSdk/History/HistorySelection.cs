namespace UcSdk;

/// <summary>Picks the latest messages out of a history that is read from its beginning, in which later lines may replace earlier ones.</summary>
internal sealed class HistorySelection(HistoryQuery query)
{
    private readonly Dictionary<string, (DateTimeOffset Time, long Number)> _places = [];
    private readonly SortedDictionary<(DateTimeOffset Time, long Number), HistoryMessage> _latest = [];
    private long _number;

    public void Add(HistoryMessage message)
    {
        if (!query.Matches(message))
        {
            return;
        }

        if (_places.TryGetValue(message.Id, out var place))
        {
            // One that later ones have pushed out stays out, whatever is said of it.
            if (_latest.ContainsKey(place))
            {
                _latest[place] = message;
            }

            return;
        }

        place = (message.Time, _number++);
        _places.Add(message.Id, place);
        _latest.Add(place, message);
        if (_latest.Count > query.MaxCount)
        {
            _latest.Remove(_latest.Keys.First());
        }
    }

    public IReadOnlyList<HistoryMessage> ToList() => [.. _latest.Values];
}
