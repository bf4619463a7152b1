using System.Globalization;
using System.Text;

namespace UcSdk.Sip;

/// <summary>
/// Draws what went between whom as a ladder of plain text: one lifeline for each end, one arrow for each message with its method or status
/// and what it carries, times from the first message on. Never a body.
/// </summary>
public static class SipLadder
{
    private const int TimeWidth = 10;

    /// <summary>Draws the entries, which must come from one clock. An entry recorded at both ends is drawn once.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A width or count of the options is outside its range.</exception>
    public static string Draw(IEnumerable<SipTraceEntry> entries, SipLadderOptions? options = null)
    {
        options ??= SipLadderOptions.Default;
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ColumnWidth, 12);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.ColumnWidth, 200);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxLifelines, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxLifelines, 64);
        var steps = DropSecondSightings(entries.Where(entry => IsWanted(entry, options)));
        var lifelines = new List<string>();
        var rows = new List<(SipTraceEntry Entry, int From, int To)>();
        var leftOut = 0;
        foreach (var entry in steps)
        {
            var from = FindLifeline(lifelines, NameOf(entry.From, options), options.MaxLifelines);
            var to = FindLifeline(lifelines, NameOf(entry.To, options), options.MaxLifelines);
            if (from < 0 || to < 0)
            {
                leftOut++;
            }
            else
            {
                rows.Add((entry, from, to));
            }
        }

        return rows.Count == 0 ? "(no messages)\n" : Render(rows, lifelines, leftOut, options.ColumnWidth);
    }

    private static bool IsWanted(SipTraceEntry entry, SipLadderOptions options) =>
        (options.CallIds is null || (entry.Message?.CallId is { } callId && options.CallIds.Contains(callId)))
        && (options.Filter is null || options.Filter(entry));

    // Two endpoints that share a trace see the same bytes twice: once sent, once received. The sending stands for both.
    private static List<SipTraceEntry> DropSecondSightings(IEnumerable<SipTraceEntry> entries)
    {
        var underWay = new List<SipTraceEntry>();
        var steps = new List<SipTraceEntry>();
        foreach (var entry in entries)
        {
            if (entry.Direction == SipTraceDirection.Received
                && underWay.FindIndex(sent => sent.From == entry.From && sent.To == entry.To && sent.Bytes.Span.SequenceEqual(entry.Bytes.Span)) is var at and >= 0)
            {
                underWay.RemoveAt(at);
                continue;
            }

            if (entry.Direction == SipTraceDirection.Sent)
            {
                underWay.Add(entry);
            }

            steps.Add(entry);
        }

        return steps;
    }

    private static string NameOf(SipTransportAddress address, SipLadderOptions options) =>
        options.NameOf?.Invoke(address) ?? string.Create(CultureInfo.InvariantCulture, $"{address.Host}:{address.Port}");

    private static int FindLifeline(List<string> lifelines, string name, int limit)
    {
        var at = lifelines.IndexOf(name);
        if (at < 0 && lifelines.Count < limit)
        {
            at = lifelines.Count;
            lifelines.Add(name);
        }

        return at;
    }

    private static string Render(List<(SipTraceEntry Entry, int From, int To)> rows, List<string> lifelines, int leftOut, int width)
    {
        var text = new StringBuilder();
        AppendNames(text, lifelines, width);
        var start = rows[0].Entry.Elapsed;
        foreach (var (entry, from, to) in rows)
        {
            text.Append((entry.Elapsed - start).TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture).PadLeft(TimeWidth - 2)).Append("  ");
            AppendArrow(text, Label(entry), from, to, lifelines.Count, width);
        }

        if (leftOut > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"({leftOut} more messages, to other ends)\n");
        }

        return text.ToString();
    }

    private static void AppendNames(StringBuilder text, List<string> lifelines, int width)
    {
        var line = new StringBuilder().Append(' ', TimeWidth);
        foreach (var name in lifelines)
        {
            line.Append(Cut(name, width - 2).PadRight(width));
        }

        text.Append(line.ToString().TrimEnd()).Append('\n');
    }

    // "│── INVITE (application/sdp) ──────▶│": the label stands at the beginning of the arrow, read from left to right either way.
    private static void AppendArrow(StringBuilder text, string label, int from, int to, int count, int width)
    {
        var line = new char[((count - 1) * width) + 1];
        Array.Fill(line, ' ');
        for (var lifeline = 0; lifeline < count; lifeline++)
        {
            line[lifeline * width] = '│';
        }

        if (from == to)
        {
            text.Append(line.AsSpan(0, (from * width) + 1)).Append("⟲ ").Append(Cut(label, width - 4)).Append('\n');
            return;
        }

        var (left, right) = (Math.Min(from, to) * width, Math.Max(from, to) * width);
        line.AsSpan(left + 1, right - left - 1).Fill('─');
        line[from < to ? right - 1 : left + 1] = from < to ? '▶' : '◀';
        var written = $" {Cut(label, right - left - 8)} ";
        written.CopyTo(line.AsSpan(left + 3));
        text.Append(line).Append('\n');
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

    private static string Cut(string text, int length)
    {
        // Control characters from the network must not move the drawing about.
        var line = string.Concat(text.Select(c => char.IsControl(c) ? '·' : c));
        return line.Length <= length ? line : line[..Math.Max(0, length - 1)] + "…";
    }
}
