namespace UcSdk.Documents;

/// <summary>
/// Cuts HTML into text and tags, as browsers do (HTML Living Standard §13.2.5) where it matters for safety: what a browser would take for a tag is never text
/// here. Comments, declarations and processing instructions fall away. Goes through the source once.
/// </summary>
internal sealed class HtmlTokenizer(string source)
{
    /// <summary>How many attributes of a tag are looked at; those behind them fall away.</summary>
    public const int MaxAttributes = 32;

    // Elements whose content is text to a browser, whatever stands in it, and of which nothing is shown as the message.
    private static readonly string[] RawElements = ["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "noscript", "plaintext"];

    private int _at;

    public bool TryRead(out HtmlToken token)
    {
        while (_at < source.Length)
        {
            if (source[_at] != '<')
            {
                var end = source.IndexOf('<', _at);
                token = Text(end < 0 ? source.Length : end);
                return true;
            }

            var next = _at + 1 < source.Length ? source[_at + 1] : ' ';
            if (char.IsAsciiLetter(next))
            {
                if (!TryReadTag(HtmlTokenKind.Start, _at + 1, out token))
                {
                    return false;
                }

                if (RawElements.Contains(token.Text))
                {
                    PassRaw(token.Text);
                    continue;
                }

                return true;
            }

            if (next == '/' && _at + 2 < source.Length && char.IsAsciiLetter(source[_at + 2]))
            {
                return TryReadTag(HtmlTokenKind.End, _at + 2, out token);
            }

            if (next is '!' or '?' or '/')
            {
                PassDeclaration();
                continue;
            }

            var stop = source.IndexOf('<', _at + 1);
            token = Text(stop < 0 ? source.Length : stop);
            return true;
        }

        token = default;
        return false;
    }

    private HtmlToken Text(int end)
    {
        var token = new HtmlToken(HtmlTokenKind.Text, source[_at..end]);
        _at = end;
        return token;
    }

    private void PassDeclaration()
    {
        if (string.CompareOrdinal(source, _at, "<!--", 0, 4) == 0)
        {
            // <!--> and <!---> are whole comments.
            var end = source.IndexOf("-->", _at + 2, StringComparison.Ordinal);
            _at = end < 0 ? source.Length : Math.Max(end + 3, _at + 5);
            _at = Math.Min(_at, source.Length);
            return;
        }

        var close = source.IndexOf('>', _at);
        _at = close < 0 ? source.Length : close + 1;
    }

    private bool TryReadTag(HtmlTokenKind kind, int from, out HtmlToken token)
    {
        var end = from;
        while (end < source.Length && !IsBlank(source[end]) && source[end] is not ('/' or '>'))
        {
            end++;
        }

        var name = source[from..end].ToLowerInvariant();
        _at = end;
        var attributes = new List<KeyValuePair<string, string>>();
        while (TryReadAttribute(attributes))
        {
        }

        token = new HtmlToken(kind, name) { Attributes = attributes };
        if (_at >= source.Length)
        {
            // A tag that nothing ends is none, and all of the rest belongs to it.
            return false;
        }

        _at++;
        return true;
    }

    private bool TryReadAttribute(List<KeyValuePair<string, string>> attributes)
    {
        while (_at < source.Length && (IsBlank(source[_at]) || source[_at] == '/'))
        {
            _at++;
        }

        if (_at >= source.Length || source[_at] == '>')
        {
            return false;
        }

        // An equals sign that begins a name belongs to it.
        var from = _at++;
        while (_at < source.Length && !IsBlank(source[_at]) && source[_at] is not ('/' or '>' or '='))
        {
            _at++;
        }

        var name = source.AsSpan(from, _at - from);
        while (_at < source.Length && IsBlank(source[_at]))
        {
            _at++;
        }

        var value = _at < source.Length && source[_at] == '=' ? ReadValue() : default;
        if (attributes.Count < MaxAttributes)
        {
            attributes.Add(new(name.ToString().ToLowerInvariant(), HtmlEntities.Decode(value)));
        }

        return true;
    }

    private ReadOnlySpan<char> ReadValue()
    {
        _at++;
        while (_at < source.Length && IsBlank(source[_at]))
        {
            _at++;
        }

        if (_at >= source.Length || source[_at] == '>')
        {
            return default;
        }

        if (source[_at] is '"' or '\'')
        {
            var close = source.IndexOf(source[_at], _at + 1);
            close = close < 0 ? source.Length : close;
            var quoted = source.AsSpan(_at + 1, close - _at - 1);
            _at = Math.Min(close + 1, source.Length);
            return quoted;
        }

        var from = _at;
        while (_at < source.Length && !IsBlank(source[_at]) && source[_at] != '>')
        {
            _at++;
        }

        return source.AsSpan(from, _at - from);
    }

    // To the end tag of the same name, or else to the end: the content is never looked at.
    private void PassRaw(string name)
    {
        while (true)
        {
            var end = name == "plaintext" ? -1 : source.IndexOf("</", _at, StringComparison.Ordinal);
            if (end < 0)
            {
                _at = source.Length;
                return;
            }

            _at = end + 2;
            var after = _at + name.Length;
            if (after < source.Length && string.Compare(source, _at, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) == 0
                && (IsBlank(source[after]) || source[after] is '/' or '>'))
            {
                var close = source.IndexOf('>', after);
                _at = close < 0 ? source.Length : close + 1;
                return;
            }
        }
    }

    private static bool IsBlank(char character) => character is ' ' or '\t' or '\r' or '\n' or '\f';
}
