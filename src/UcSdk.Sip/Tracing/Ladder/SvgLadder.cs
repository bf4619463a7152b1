using System.Globalization;
using System.Text;

namespace UcSdk.Sip;

/// <summary>Draws a <see cref="LadderLayout"/> as SVG 1.1. What comes from the network is text in it and never markup.</summary>
internal sealed class SvgLadder(LadderLayout layout, int columnWidth)
{
    private const int RowHeight = 26;
    private const int Top = 56;
    private const int Margin = 16;
    private const int TimesWidth = 150;
    private const int Colours = 8;

    // Of the monospaced font at 12 px, with a little to spare.
    private const double CharacterWidth = 7.4;

    // The second of each pair is for dark screens. All are told apart without red against green.
    private static readonly (string Light, string Dark)[] Palette =
    [
        ("#0b57d0", "#8ab4f8"), ("#b3261e", "#f2b8b5"), ("#7a4f01", "#f9c66d"), ("#6b2fbf", "#cfb6ff"),
        ("#00696f", "#6fd6dc"), ("#a3006d", "#ffade0"), ("#3d5a00", "#b6dd66"), ("#4a5568", "#b8c4d6"),
    ];

    private readonly StringBuilder _svg = new();
    private readonly double _step = columnWidth * CharacterWidth;

    public string Draw()
    {
        var lifelines = Math.Max(1, layout.Lifelines.Count);
        var width = X(lifelines - 1) + (_step / 2) + Margin;
        var bottom = Top + (layout.Rows.Count * RowHeight) + RowHeight;
        var height = bottom + (layout.LeftOut > 0 || layout.Rows.Count == 0 ? RowHeight : 0);
        _svg.Append(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width:0}" height="{height}" viewBox="0 0 {width:0} {height}">""").Append('\n');
        _svg.Append(CultureInfo.InvariantCulture, $"<title>SIP ladder of {layout.Rows.Count} messages</title>\n");
        AppendStyle();
        Line("<rect class=\"paper\" width=\"100%\" height=\"100%\"/>");
        AppendText(Margin, Top - 26, "faint", "", "time");
        AppendText(Margin + 70, Top - 26, "faint", "", "gap");
        for (var at = 0; at < layout.Lifelines.Count; at++)
        {
            AppendText(X(at), Top - 26, "name", " text-anchor=\"middle\"", LadderLayout.Cut(layout.Lifelines[at], columnWidth - 2));
            Line(string.Create(CultureInfo.InvariantCulture, $"<line class=\"life\" x1=\"{X(at):0.#}\" y1=\"{Top - 16}\" x2=\"{X(at):0.#}\" y2=\"{bottom}\"/>"));
        }

        for (var at = 0; at < layout.Rows.Count; at++)
        {
            AppendRow(layout.Rows[at], Top + (at * RowHeight) + RowHeight);
        }

        if (layout.Rows.Count == 0)
        {
            AppendText(Margin, bottom, "faint", "", "no messages");
        }
        else if (layout.LeftOut > 0)
        {
            AppendText(Margin, bottom + 16, "faint", "", string.Create(CultureInfo.InvariantCulture, $"{layout.LeftOut} more messages, to other ends"));
        }

        return _svg.Append("</svg>\n").ToString();
    }

    private static string ColourOf(LadderRow row) =>
        row.Dialog < 0 ? "d" : string.Create(CultureInfo.InvariantCulture, $"d d{row.Dialog % Colours}");

    // The head of the message, credentials hidden, and of a body only how long it is.
    private static string Hint(LadderRow row)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{row.Entry.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff}Z  {row.Entry.From} → {row.Entry.To}").AppendLine();
        text.Append(row.IsRepeated ? "sent again\n" : "");
        if (row.Entry.Message is { } message)
        {
            TraceRedactor.AppendHead(text, message, showSecrets: false);
            TraceRedactor.AppendBody(text, message, showBodies: false, showSecrets: false);
        }

        return text.ToString().ReplaceLineEndings("\n").TrimEnd();
    }

    private double X(int lifeline) => Margin + TimesWidth + (_step / 2) + (lifeline * _step);

    private void AppendStyle()
    {
        Line("<style>");
        Line("text{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}.name{font-weight:bold}");
        Line(".d{fill:none;stroke-width:1.4}.d.head,.d.text{stroke:none}.again{stroke-dasharray:5 4}.life{stroke-width:1}");
        AppendScheme("", "#ffffff", "#1b1f24", "#6b7280", "#c5cad3", colour => colour.Light);
        AppendScheme("@media (prefers-color-scheme:dark)", "#15181d", "#e8eaed", "#9aa3af", "#454c57", colour => colour.Dark);
        Line("</style>");
    }

    private void AppendScheme(string media, string paper, string ink, string faint, string life, Func<(string Light, string Dark), string> choose)
    {
        var (open, close) = media.Length > 0 ? (media + "{", "}") : ("", "");
        _svg.Append(open).Append(CultureInfo.InvariantCulture, $".paper{{fill:{paper}}}text{{fill:{ink}}}.faint{{fill:{faint}}}.life{{stroke:{life}}}.d{{stroke:{ink}}}.d.head,.d.text{{fill:{ink}}}");
        for (var at = 0; at < Palette.Length; at++)
        {
            _svg.Append(CultureInfo.InvariantCulture, $".d{at}{{stroke:{choose(Palette[at])}}}.d{at}.head,.d{at}.text{{fill:{choose(Palette[at])}}}");
        }

        Line(close);
    }

    private void AppendRow(LadderRow row, int y)
    {
        var colour = ColourOf(row);
        Line("<g>");
        _svg.Append("<title>");
        AppendEscaped(Hint(row));
        Line("</title>");
        AppendText(Margin, y + 4, "faint", "", row.Time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture));
        AppendText(Margin + 70, y + 4, "faint", "", "+" + row.Gap.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture));
        if (row.From == row.To)
        {
            var x = X(row.From);
            Line(string.Create(CultureInfo.InvariantCulture, $"<path class=\"{colour}{Again(row)}\" d=\"M{x:0.#} {y - 6}h18v10h-14\"/>"));
            AppendHead(colour, x, y + 4, points: -1);
            AppendText(x + 26, y + 3, colour + " text", "", LadderLayout.Cut(row.Label, columnWidth - 6));
        }
        else
        {
            AppendArrow(row, colour, y);
        }

        Line("</g>");
    }

    private void AppendArrow(LadderRow row, string colour, int y)
    {
        var (from, to) = (X(row.From), X(row.To));
        var points = from < to ? 1 : -1;
        Line(string.Create(CultureInfo.InvariantCulture, $"<line class=\"{colour}{Again(row)}\" x1=\"{from:0.#}\" y1=\"{y}\" x2=\"{to - (points * 7):0.#}\" y2=\"{y}\"/>"));
        AppendHead(colour, to, y, points);
        var columns = Math.Abs(row.To - row.From);
        AppendText(Math.Min(from, to) + 10, y - 5, colour + " text", "", LadderLayout.Cut(row.Label, (columns * columnWidth) - 3));
    }

    private static string Again(LadderRow row) => row.IsRepeated ? " again" : "";

    private void AppendHead(string colour, double x, int y, int points) => Line(string.Create(
        CultureInfo.InvariantCulture, $"<path class=\"{colour} head\" d=\"M{x:0.#} {y}l{points * -9} -4v8z\"/>"));

    private void AppendText(double x, double y, string style, string attributes, string text)
    {
        _svg.Append(CultureInfo.InvariantCulture, $"<text class=\"{style}\" x=\"{x:0.#}\" y=\"{y:0.#}\"{attributes}>");
        AppendEscaped(text);
        Line("</text>");
    }

    // XML 1.0 §2.2 and §2.4: what is markup is escaped, what is no character of XML is replaced.
    private void AppendEscaped(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '&':
                    _svg.Append("&amp;");
                    break;
                case '<':
                    _svg.Append("&lt;");
                    break;
                case '>':
                    _svg.Append("&gt;");
                    break;
                case (< ' ' and not '\n' and not '\t') or 0xFFFE or 0xFFFF or (>= 0x7F and < 0xA0):
                    _svg.Append('·');
                    break;
                default:
                    _svg.Append(rune);
                    break;
            }
        }
    }

    private void Line(string text) => _svg.Append(text).Append('\n');
}
