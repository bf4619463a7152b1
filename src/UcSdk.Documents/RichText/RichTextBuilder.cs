using System.Text;
using UcSdk.Core;

namespace UcSdk.Documents;

/// <summary>
/// Collects rich text piece by piece and brings it into its one form: what every reader writes into, and what every writer passes its input through. Once a limit
/// is exceeded it takes nothing more.
/// </summary>
internal sealed class RichTextBuilder(RichTextLimits limits)
{
    private readonly List<RichParagraph> _paragraphs = [];
    private readonly List<RichRun> _runs = [];
    private readonly StringBuilder _text = new();
    private TextStyle _style = TextStyle.Plain;
    private string? _link;
    private int _length;
    private int _count;

    // The first half of a surrogate pair whose second half may be in the next piece; U+FFFD stands for it until then.
    private char _half;

    /// <summary>The limit that was exceeded; null when none was.</summary>
    public Limit? Exceeded { get; private set; }

    public RichTextLimits Limits => limits;

    /// <summary>Whether nothing stands in the paragraph yet.</summary>
    public bool IsEmpty => _runs.Count == 0 && _text.Length == 0;

    /// <summary>Direction of the paragraph that is being written.</summary>
    public bool RightToLeft { get; set; }

    /// <summary>How many paragraphs are ended.</summary>
    public int Paragraphs => _paragraphs.Count;

    /// <summary>Whether the line of the paragraph that is being written has just begun.</summary>
    public bool EndsWithLineBreak => _text is [.., '\n'];

    /// <summary>The text as it is kept.</summary>
    public static string Clean(ReadOnlySpan<char> text)
    {
        var builder = new RichTextBuilder(RichTextLimits.None);
        builder.Append(text, TextStyle.Plain, null);
        return builder._text.ToString();
    }

    public static RichText Normalize(RichText text)
    {
        var builder = new RichTextBuilder(RichTextLimits.None);
        foreach (var paragraph in text.Paragraphs)
        {
            foreach (var run in paragraph.Runs)
            {
                builder.Append(run.Text, run.Style.Cleaned(), SafeLink.Of(run.Link));
            }

            builder.RightToLeft = paragraph.RightToLeft;
            builder.EndParagraph();
        }

        return builder.Build();
    }

    public void Refuse(Limit limit) => Exceeded ??= limit;

    /// <summary>Adds text; the style must be a cleaned one, the link a safe one.</summary>
    public void Append(ReadOnlySpan<char> text, TextStyle style, string? link)
    {
        if (Exceeded is not null || !HasAnythingToKeep(text))
        {
            return;
        }

        _length += text.Length;
        if (!limits.TextLength.Allows(_length))
        {
            Refuse(limits.TextLength);
            return;
        }

        if (_text.Length > 0 && (link != _link || !style.Equals(_style)))
        {
            EndRun();
        }

        (_style, _link) = (style, link);
        for (var at = 0; at < text.Length; at++)
        {
            Append(text, ref at);
        }
    }

    public void Append(char character, TextStyle style, string? link) => Append([character], style, link);

    /// <summary>Takes the line break off at the end of the paragraph, if there is one: in HTML it ends a line and begins none.</summary>
    public void TrimLineBreak()
    {
        if (EndsWithLineBreak)
        {
            _text.Length--;
        }
    }

    public void EndParagraph()
    {
        EndRun();
        Count();
        _paragraphs.Add(new RichParagraph(ValueList.From(_runs)) { RightToLeft = RightToLeft });
        _runs.Clear();
        RightToLeft = false;
    }

    public RichText Build() => new(ValueList.From(_paragraphs));

    private static bool HasAnythingToKeep(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsControl(character) || character is '\n' or '\t')
            {
                return true;
            }
        }

        return false;
    }

    private void Append(ReadOnlySpan<char> text, ref int at)
    {
        var character = text[at];
        switch (character)
        {
            case '\u00A0':
                _text.Append(' ');
                break;
            case '\n' or '\t' or '\uFFFD':
                _text.Append(character);
                break;
            case '\uFFFE' or '\uFFFF':
                _text.Append('\uFFFD');
                break;
            case var high when char.IsHighSurrogate(high) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]):
                _text.Append(high).Append(text[++at]);
                break;
            case var low when char.IsLowSurrogate(low) && _text is [.., '\uFFFD'] && _half != '\0':
                // The other half came in a piece of its own, as \u of RTF brings them.
                _text.Length--;
                _text.Append(_half).Append(low);
                break;
            case var half when char.IsSurrogate(half):
                _text.Append('\uFFFD');
                _half = char.IsHighSurrogate(half) ? half : '\0';
                return;
            case var control when char.IsControl(control):
                break;
            default:
                _text.Append(character);
                break;
        }

        _half = '\0';
    }

    private void EndRun()
    {
        if (_text.Length == 0)
        {
            return;
        }

        Count();
        _runs.Add(new RichRun(_text.ToString()) { Style = _style, Link = _link });
        _text.Clear();
        _half = '\0';
    }

    private void Count()
    {
        if (!limits.Runs.Allows(++_count))
        {
            Refuse(limits.Runs);
        }
    }
}
