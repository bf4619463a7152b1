using System.Globalization;

namespace UcSdk.Sip;

/// <summary>What a ladder shows, before anybody draws it: who stands where, and which message goes from whom to whom. Text and SVG draw the same.</summary>
internal sealed class LadderLayout
{
    private readonly List<string> _lifelines = [];
    private readonly List<LadderRow> _rows = [];
    private readonly List<string> _callIds = [];
    private readonly HashSet<(int From, int To, int Length, ulong Hash)> _seen = [];
    private readonly Dictionary<(int From, int To, string Branch, CSeq CSeq), TimeSpan> _requests = [];

    private LadderLayout(IEnumerable<SipTraceEntry> entries, SipLadderOptions options)
    {
        var sightings = new SecondSightings();
        foreach (var entry in entries)
        {
            if (!IsWanted(entry, options) || sightings.Contains(entry))
            {
                continue;
            }

            var from = FindLifeline(NameOf(entry.From, options), options.MaxLifelines);
            var to = FindLifeline(NameOf(entry.To, options), options.MaxLifelines);
            if (from < 0 || to < 0)
            {
                LeftOut++;
            }
            else
            {
                Add(entry, from, to, options);
            }
        }
    }

    public IReadOnlyList<string> Lifelines => _lifelines;

    public IReadOnlyList<LadderRow> Rows => _rows;

    /// <summary>Messages to lifelines beyond the most that the options allow.</summary>
    public int LeftOut { get; private set; }

    /// <exception cref="ArgumentOutOfRangeException">A width or count of the options is outside its range.</exception>
    public static LadderLayout Of(IEnumerable<SipTraceEntry> entries, SipLadderOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ColumnWidth, 12);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.ColumnWidth, 200);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxLifelines, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxLifelines, 64);
        return new(entries, options);
    }

    /// <summary>At most so many characters on one line. Control characters from the network must not move the drawing about.</summary>
    public static string Cut(string text, int length)
    {
        var line = string.Concat(text.Select(c => char.IsControl(c) ? '·' : c));
        return line.Length <= length ? line : line[..Math.Max(0, length - 1)] + "…";
    }

    private static bool IsWanted(SipTraceEntry entry, SipLadderOptions options) =>
        (options.CallIds is null || (entry.Message?.CallId is { } callId && options.CallIds.Contains(callId)))
        && (options.Filter is null || options.Filter(entry));

    private static string NameOf(SipTransportAddress address, SipLadderOptions options) =>
        options.NameOf?.Invoke(address) ?? string.Create(CultureInfo.InvariantCulture, $"{address.Host}:{address.Port}");

    private int FindLifeline(string name, int limit)
    {
        var at = _lifelines.IndexOf(name);
        if (at < 0 && _lifelines.Count < limit)
        {
            at = _lifelines.Count;
            _lifelines.Add(name);
        }

        return at;
    }

    private void Add(SipTraceEntry entry, int from, int to, SipLadderOptions options)
    {
        var start = _rows.Count == 0 ? entry.Elapsed : _rows[0].Entry.Elapsed;
        var gap = _rows.Count == 0 ? TimeSpan.Zero : entry.Elapsed - _rows[^1].Entry.Elapsed;
        var isRepeated = !_seen.Add((from, to, entry.Bytes.Length, SecondSightings.HashOf(entry)));
        var took = TimeTaken(entry, from, to);
        var label = options.ShowTimings && took is { } time
            ? string.Create(CultureInfo.InvariantCulture, $"{Label(entry)} +{time.TotalMilliseconds:0} ms")
            : Label(entry);
        _rows.Add(new(entry, from, to, entry.Elapsed - start, gap, label, DialogOf(entry), isRepeated, took));
    }

    // A transaction is known by branch and CSeq (RFC 3261 §17.1.3), and lies between two lifelines: a proxy's two sides are two.
    private TimeSpan? TimeTaken(SipTraceEntry entry, int from, int to)
    {
        if (entry.Message is not { TopVia.Branch: { } branch, CSeq: { } cseq } message)
        {
            return null;
        }

        if (message is SipRequest)
        {
            _requests.TryAdd((from, to, branch, cseq), entry.Elapsed);
            return null;
        }

        return message is SipResponse { StatusCode: >= 200 } && _requests.TryGetValue((to, from, branch, cseq), out var sent)
            ? entry.Elapsed - sent
            : null;
    }

    private int DialogOf(SipTraceEntry entry)
    {
        if (entry.Message?.CallId is not { } callId)
        {
            return -1;
        }

        var at = _callIds.IndexOf(callId);
        if (at < 0)
        {
            at = _callIds.Count;
            _callIds.Add(callId);
        }

        return at;
    }

    private static string Label(SipTraceEntry entry)
    {
        var note = entry.Message?.ContentType is { } type ? $" ({type})" : "";
        return entry.Message switch
        {
            SipRequest request => request.Method.Name + Event(request) + note,
            SipResponse response => string.Create(CultureInfo.InvariantCulture, $"{response.StatusCode} {response.ReasonPhrase}{Method(response)}{note}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{entry.Bytes.Length} unreadable bytes"),
        };
    }

    private static string Event(SipRequest request) => request.Headers[HeaderName.Event] is { } name ? " " + name : "";

    private static string Method(SipResponse response) => response.CSeq is { } cseq ? $" {cseq.Method}" : "";
}
