using System.Globalization;
using System.Text;

namespace UcSdk.Sip;

/// <summary>
/// Draws what went between whom as a ladder, of plain text or as SVG: one lifeline for each end, one arrow for each message with its method or
/// status and what it carries, times from the first message on. Never a body.
/// </summary>
public static class SipLadder
{
    private const int TimeWidth = 10;

    /// <summary>Draws the entries as text; they must come from one clock. An entry recorded at both ends is drawn once.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A width or count of the options is outside its range.</exception>
    public static string Draw(IEnumerable<SipTraceEntry> entries, SipLadderOptions? options = null)
    {
        options ??= SipLadderOptions.Default;
        var layout = LadderLayout.Of(entries, options);
        return layout.Rows.Count == 0 ? "(no messages)\n" : Render(layout, options.ColumnWidth);
    }

    /// <summary>
    /// Draws the entries, which must come from one clock, as an SVG picture for light and dark screens: each dialog in a colour of its own,
    /// retransmissions dashed, what a transaction took behind its final response, and the header of a message, without credentials, when the
    /// pointer rests on its arrow. The same entries give the same picture.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A width or count of the options is outside its range.</exception>
    public static string DrawSvg(IEnumerable<SipTraceEntry> entries, SipLadderOptions? options = null)
    {
        options = (options ?? SipLadderOptions.Default) with { ShowTimings = true };
        return new SvgLadder(LadderLayout.Of(entries, options), options.ColumnWidth).Draw();
    }

    private static string Render(LadderLayout layout, int width)
    {
        var text = new StringBuilder();
        AppendNames(text, layout.Lifelines, width);
        foreach (var row in layout.Rows)
        {
            text.Append(row.Time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture).PadLeft(TimeWidth - 2)).Append("  ");
            AppendArrow(text, row, layout.Lifelines.Count, width);
        }

        if (layout.LeftOut > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"({layout.LeftOut} more messages, to other ends)\n");
        }

        return text.ToString();
    }

    private static void AppendNames(StringBuilder text, IReadOnlyList<string> lifelines, int width)
    {
        var line = new StringBuilder().Append(' ', TimeWidth);
        foreach (var name in lifelines)
        {
            line.Append(LadderLayout.Cut(name, width - 2).PadRight(width));
        }

        text.Append(line.ToString().TrimEnd()).Append('\n');
    }

    // "│── INVITE (application/sdp) ──────▶│": the label stands at the beginning of the arrow, read from left to right either way.
    private static void AppendArrow(StringBuilder text, LadderRow row, int count, int width)
    {
        var (from, to) = (row.From, row.To);
        var line = new char[((count - 1) * width) + 1];
        Array.Fill(line, ' ');
        for (var lifeline = 0; lifeline < count; lifeline++)
        {
            line[lifeline * width] = '│';
        }

        if (from == to)
        {
            text.Append(line.AsSpan(0, (from * width) + 1)).Append("⟲ ").Append(LadderLayout.Cut(row.Label, width - 4)).Append('\n');
            return;
        }

        var (left, right) = (Math.Min(from, to) * width, Math.Max(from, to) * width);
        line.AsSpan(left + 1, right - left - 1).Fill('─');
        line[from < to ? right - 1 : left + 1] = from < to ? '▶' : '◀';
        var written = $" {LadderLayout.Cut(row.Label, right - left - 8)} ";
        written.CopyTo(line.AsSpan(left + 3));
        text.Append(line).Append('\n');
    }
}
