using System.Globalization;
using System.Text;

namespace UcSdk.Documents;

/// <summary>Writes rich text as RTF in ASCII; characters outside go by their Unicode numbers, with a question mark for readers that do not know them.</summary>
internal sealed class RtfWriter(RichText text)
{
    private readonly Dictionary<string, int> _fonts = [];
    private readonly Dictionary<TextColor, int> _colors = [];
    private readonly StringBuilder _body = new();

    public string Write()
    {
        foreach (var paragraph in text.Paragraphs)
        {
            _body.Append(paragraph.RightToLeft ? @"\pard\rtlpar " : @"\pard ");
            foreach (var run in paragraph.Runs)
            {
                WriteRun(run);
            }

            _body.Append("\\par\r\n");
        }

        var document = new StringBuilder(@"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil\fcharset0 Segoe UI;}");
        foreach (var (font, number) in _fonts)
        {
            document.Append(CultureInfo.InvariantCulture, $@"{{\f{number}\fnil\fcharset0 ");
            Escape(font, document);
            document.Append(";}");
        }

        document.Append(@"}{\colortbl ;");
        foreach (var color in _colors.OrderBy(entry => entry.Value).Select(entry => entry.Key))
        {
            document.Append(CultureInfo.InvariantCulture, $@"\red{color.Red}\green{color.Green}\blue{color.Blue};");
        }

        return document.Append("}\\uc1\r\n").Append(_body).Append('}').ToString();
    }

    private void WriteRun(RichRun run)
    {
        if (run.Link is not null)
        {
            _body.Append(@"{\field{\*\fldinst{HYPERLINK """);
            Escape(run.Link, _body);
            _body.Append(@"""}}{\fldrslt");
        }

        _body.Append('{');
        var before = _body.Length;
        var style = run.Style;
        _body.Append(style.Bold ? @"\b" : "").Append(style.Italic ? @"\i" : "").Append(style.Underline ? @"\ul" : "").Append(style.Strikethrough ? @"\strike" : "");
        AppendNumber(@"\f", style.FontName is { } font ? NumberOf(_fonts, font, RtfFonts.MaxFonts) : null);
        AppendNumber(@"\fs", style.FontSize is { } size ? (int)Math.Round(size * 2) : null);
        AppendNumber(@"\cf", style.Color is { } color ? NumberOf(_colors, color, RtfColors.MaxColors) : null);
        AppendNumber(@"\highlight", style.Background is { } background ? NumberOf(_colors, background, RtfColors.MaxColors) : null);
        _body.Append(_body.Length > before ? " " : "");
        Escape(run.Text, _body);
        _body.Append(run.Link is null ? "}" : "}}}");
    }

    private void AppendNumber(string word, int? number)
    {
        if (number is not null)
        {
            _body.Append(word).Append(number.Value.ToString(CultureInfo.InvariantCulture));
        }
    }

    // Entry 0 of both tables is the reader's own. One too many is left to it.
    private static int? NumberOf<T>(Dictionary<T, int> table, T entry, int limit)
        where T : notnull
    {
        if (table.TryGetValue(entry, out var number))
        {
            return number;
        }

        return table.Count + 1 < limit && table.TryAdd(entry, table.Count + 1) ? table.Count : null;
    }

    private static void Escape(string text, StringBuilder output)
    {
        foreach (var character in text)
        {
            switch (character)
            {
                case '\\' or '{' or '}':
                    output.Append('\\').Append(character);
                    break;
                case '\n':
                    output.Append(@"\line ");
                    break;
                case '\t':
                    output.Append(@"\tab ");
                    break;
                case > '~':
                    output.Append(@"\u").Append(((short)character).ToString(CultureInfo.InvariantCulture)).Append('?');
                    break;
                default:
                    output.Append(character);
                    break;
            }
        }
    }
}
