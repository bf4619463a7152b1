using System.Buffers;

namespace UcSdk.Documents;

/// <summary>
/// Reads HTML into rich text. Only what is known here leaves a trace; attributes are never carried over, so there is nothing to remove: event handlers, sources
/// and classes have no place to go.
/// </summary>
internal sealed class HtmlReader(string source, RichTextBuilder builder)
{
    private const string Bullet = "\u2022 ";
    private static readonly SearchValues<char> Blanks = SearchValues.Create(" \t\r\n\f");
    private static readonly SearchValues<char> Specials = SearchValues.Create(" \t\r\n\f&");

    private readonly HtmlTokenizer _tokens = new(source);
    private readonly List<HtmlScope> _open = [new HtmlScope("", TextStyle.Plain, null)];

    // A blank that is written once something follows it in the same line.
    private TextStyle? _blankStyle;
    private string? _blankLink;
    private bool _passesLineEnd;

    private HtmlScope Scope => _open[^1];

    public void Read()
    {
        while (builder.Exceeded is null && _tokens.TryRead(out var token))
        {
            switch (token.Kind)
            {
                case HtmlTokenKind.Text:
                    ReadText(token.Text);
                    break;
                case HtmlTokenKind.Start:
                    Start(token);
                    break;
                default:
                    End(token.Text);
                    break;
            }
        }

        EndBlock();
    }

    private void Start(HtmlToken tag)
    {
        var name = tag.Text;
        if (name == "body" && _open.FindIndex(scope => scope.Name == "head") is > 0 and var head)
        {
            _open.RemoveRange(head, _open.Count - head);
        }

        if (!Scope.IsHidden)
        {
            if (HtmlElements.EndsItself(name) || HtmlElements.IsBlock(name))
            {
                EndOpen(HtmlElements.EndsItself(name) ? name : "p");
            }

            StartBlock(name);
        }

        if (HtmlElements.IsVoid(name))
        {
            if (!Scope.IsHidden)
            {
                ReadVoid(tag);
            }

            return;
        }

        Push(tag);
        if (name == "li" && !Scope.IsHidden)
        {
            builder.Append(Bullet, Scope.Style, Scope.Link);
        }
    }

    private void StartBlock(string name)
    {
        if (HtmlElements.IsBlock(name))
        {
            EndBlock();
            _passesLineEnd = name == "pre";
        }
        else if (name is "td" or "th" && !builder.IsEmpty)
        {
            _blankStyle = null;
            builder.Append('\t', Scope.Style, null);
        }
    }

    private void Push(HtmlToken tag)
    {
        bool? rightToLeft = tag["dir"]?.Trim().ToLowerInvariant() switch { "rtl" => true, "ltr" => false, _ => null };
        var isHidden = false;
        var style = HtmlElements.Apply(tag, Scope.Style).Cleaned();
        if (tag["style"] is { } declarations)
        {
            style = CssDeclarations.Apply(declarations, style, ref rightToLeft, out isHidden);
        }

        if (!builder.Limits.Depth.Allows(_open.Count))
        {
            builder.Refuse(builder.Limits.Depth);
            return;
        }

        _open.Add(new HtmlScope(tag.Text, style, tag.Text == "a" ? SafeLink.Of(tag["href"]) : Scope.Link)
        {
            RightToLeft = rightToLeft ?? Scope.RightToLeft,
            IsHidden = Scope.IsHidden || isHidden || HtmlElements.IsDropped(tag.Text),
            IsPreformatted = Scope.IsPreformatted || tag.Text is "pre" or "listing",
        });
    }

    private void ReadVoid(HtmlToken tag)
    {
        switch (tag.Text)
        {
            case "br":
                Break();
                break;
            case "img" when (tag["alt"] is { Length: > 0 } alt ? alt : tag["title"]) is { Length: > 0 } words:
                ReadWords(words);
                break;
        }
    }

    private void End(string name)
    {
        // Browsers take the end tags of what was not begun for these.
        if (name is "br" && !Scope.IsHidden)
        {
            Break();
            return;
        }

        var at = _open.FindLastIndex(scope => scope.Name == name);
        if (at <= 0)
        {
            return;
        }

        if (!Scope.IsHidden && HtmlElements.IsBlock(name))
        {
            EndBlock();
        }

        _open.RemoveRange(at, _open.Count - at);
    }

    // The end tag of these may be left out.
    private void EndOpen(string name)
    {
        for (var at = _open.Count - 1; at > 0 && !HtmlElements.IsBarrier(_open[at].Name); at--)
        {
            if (_open[at].Name == name)
            {
                End(name);
                return;
            }
        }
    }

    private void EndBlock()
    {
        _blankStyle = null;
        _passesLineEnd = false;
        if (!builder.IsEmpty)
        {
            builder.TrimLineBreak();
            builder.EndParagraph();
        }
    }

    private void ReadText(string text)
    {
        if (Scope.IsHidden)
        {
            return;
        }

        var rest = text.AsSpan();
        while (!rest.IsEmpty && builder.Exceeded is null)
        {
            var special = rest.IndexOfAny(Specials);
            if (special != 0)
            {
                special = special < 0 ? rest.Length : special;
                Append(rest[..special], Scope.Style);
                rest = rest[special..];
            }
            else if (rest[0] != '&')
            {
                rest = ReadBlanks(rest);
            }
            else if (HtmlEntities.TryRead(rest, out var characters, out var length))
            {
                // A blank that is a reference stands for itself; a line end does not break.
                Append(characters is "\n" or "\r" ? " " : characters, Scope.Style);
                rest = rest[length..];
            }
            else
            {
                Append("&", Scope.Style);
                rest = rest[1..];
            }
        }
    }

    private ReadOnlySpan<char> ReadBlanks(ReadOnlySpan<char> text)
    {
        if (Scope.IsPreformatted)
        {
            var isLineEnd = text[0] is '\r' or '\n';
            var length = text.StartsWith("\r\n", StringComparison.Ordinal) ? 2 : 1;
            if (!isLineEnd || !_passesLineEnd)
            {
                Append(isLineEnd ? "\n" : text[..1], Scope.Style);
            }

            _passesLineEnd = false;
            return text[length..];
        }

        var end = text.IndexOfAnyExcept(Blanks);
        if (_blankStyle is null && !builder.IsEmpty && !builder.EndsWithLineBreak)
        {
            (_blankStyle, _blankLink) = (Scope.Style, Scope.Link);
        }

        return end < 0 ? [] : text[end..];
    }

    private void Break()
    {
        _blankStyle = null;
        Append("\n", Scope.Style);
    }

    private void ReadWords(string words) => Append(words.Trim().ReplaceLineEndings(" "), Scope.Style);

    private void Append(ReadOnlySpan<char> text, TextStyle style)
    {
        if (_blankStyle is { } blank)
        {
            builder.Append(' ', blank, _blankLink);
            _blankStyle = null;
        }

        _passesLineEnd = false;
        if (builder.IsEmpty)
        {
            builder.RightToLeft = Scope.RightToLeft;
        }

        builder.Append(text, style, Scope.Link);
    }
}
