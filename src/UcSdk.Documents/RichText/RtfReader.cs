using System.Globalization;

namespace UcSdk.Documents;

/// <summary>
/// Reads RTF (Rich Text Format Specification 1.9.1) into rich text. Goes through the source once; groups are kept on a stack whose depth is limited, and what
/// begins a destination that is not text is passed over until its group ends.
/// </summary>
internal sealed class RtfReader(string source, RichTextBuilder builder)
{
    private const int MaxWordLength = 32;
    private const int MaxInstructionLength = 4096;

    private readonly Stack<RtfGroup> _groups = new();
    private readonly RtfFonts _fonts = new();
    private readonly RtfColors _colors = new();
    private readonly List<byte> _bytes = [];
    private RtfGroup _group = new();
    private int _at;
    private int _toSkip;
    private bool _isIgnorable;
    private bool _awaitsTrail;

    public void Read()
    {
        while (_at < source.Length && builder.Exceeded is null)
        {
            switch (source[_at])
            {
                case '{':
                    _at++;
                    Open();
                    break;
                case '}':
                    _at++;
                    if (!TryClose())
                    {
                        // Behind the document's own group there is nothing more (RTF 1.9.1, Document Area).
                        _at = source.Length;
                    }

                    break;
                case '\\':
                    _at++;
                    ReadControl();
                    break;
                case '\r' or '\n':
                    _at++;
                    break;
                default:
                    Take(source[_at++]);
                    break;
            }
        }

        FlushBytes();
        if (!builder.IsEmpty)
        {
            EndParagraph();
        }
    }

    private void Open()
    {
        FlushBytes();
        _toSkip = 0;
        if (!builder.Limits.Depth.Allows(_groups.Count + 1))
        {
            builder.Refuse(builder.Limits.Depth);
            return;
        }

        _groups.Push(_group);
        _isIgnorable = false;
    }

    private bool TryClose()
    {
        FlushBytes();
        _toSkip = 0;
        if (_groups.Count == 0)
        {
            return false;
        }

        if (_group.Destination == RtfDestination.FontTable)
        {
            // A group inside the font table is one font; its name ends with it.
            _fonts.EndName();
        }

        _group = _groups.Pop();
        return _groups.Count > 0;
    }

    private void ReadControl()
    {
        if (_at >= source.Length)
        {
            return;
        }

        var symbol = source[_at];
        if (char.IsAsciiLetter(symbol))
        {
            ReadWord();
            return;
        }

        _at++;
        switch (symbol)
        {
            case '\'':
                ReadByte();
                break;
            case '*':
                _isIgnorable = true;
                break;
            case '\\' or '{' or '}':
                Take(symbol);
                break;
            case '~':
                Take(' ');
                break;
            case '_':
                Take('-');
                break;
            case '\r' or '\n':
                Apply("par", null);
                break;
        }
    }

    private void ReadWord()
    {
        var from = _at;
        while (_at < source.Length && char.IsAsciiLetter(source[_at]))
        {
            _at++;
        }

        var word = source.AsSpan(from, Math.Min(_at - from, MaxWordLength + 1)).ToString();
        int? number = null;
        from = _at;
        if (_at < source.Length && source[_at] == '-' && _at + 1 < source.Length && char.IsAsciiDigit(source[_at + 1]))
        {
            _at++;
        }

        while (_at < source.Length && char.IsAsciiDigit(source[_at]))
        {
            _at++;
        }

        if (_at > from)
        {
            // What no number can hold is the greatest that can.
            number = int.TryParse(source.AsSpan(from, _at - from), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : int.MaxValue;
        }

        if (_at < source.Length && source[_at] == ' ')
        {
            _at++;
        }

        if (word == "bin")
        {
            // Bytes that are no RTF: as many as it says, but not more than there are.
            _at = (int)Math.Min(source.Length, _at + (long)Math.Max(0, number ?? 0));
            return;
        }

        if (TakeSkipped())
        {
            return;
        }

        Apply(word, number);
    }

    private void ReadByte()
    {
        if (_at + 2 <= source.Length && byte.TryParse(source.AsSpan(_at, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            _at += 2;
            if (!TakeSkipped() && _group.Destination == RtfDestination.Text)
            {
                AddByte(value);
            }
            else if (_group.Destination is RtfDestination.FontTable or RtfDestination.Instruction)
            {
                TakeElsewhere((char)value);
            }
        }
    }

    // A character of text: what is written instead of one that \u has said is passed over.
    private void Take(char character)
    {
        if (TakeSkipped())
        {
            return;
        }

        if (_group.Destination != RtfDestination.Text)
        {
            TakeElsewhere(character);
            return;
        }

        if (_awaitsTrail && character < 0x80)
        {
            AddByte((byte)character);
            return;
        }

        Append([character]);
    }

    private void AddByte(byte value)
    {
        _bytes.Add(value);
        _awaitsTrail = !_awaitsTrail && RtfCodePages.IsLead(value, CodePage);
    }

    private bool TakeSkipped()
    {
        if (_toSkip == 0)
        {
            return false;
        }

        _toSkip--;
        return true;
    }

    private void TakeElsewhere(char character)
    {
        switch (_group.Destination)
        {
            case RtfDestination.FontTable:
                _fonts.Take(character);
                break;
            case RtfDestination.ColorTable when character == ';':
                _colors.End();
                break;
            case RtfDestination.Instruction when _group.Field is { } field && field.Instruction.Length < MaxInstructionLength:
                field.Instruction.Append(character);
                break;
        }
    }

    private void Apply(string word, int? number)
    {
        FlushBytes();
        if (_group.Destination == RtfDestination.Skipped)
        {
            return;
        }

        var isIgnorable = _isIgnorable;
        _isIgnorable = false;
        if (RtfDestinations.Find(word) is { } destination)
        {
            Enter(destination, word);
            return;
        }

        if (isIgnorable)
        {
            Enter(RtfDestination.Skipped, word);
            return;
        }

        switch (_group.Destination)
        {
            case RtfDestination.FontTable or RtfDestination.Instruction when word == "u":
                TakeElsewhere(Character(number));
                _toSkip = _group.Substitutes;
                break;
            case RtfDestination.FontTable:
                _fonts.Apply(word, number);
                break;
            case RtfDestination.ColorTable:
                _colors.Apply(word, number);
                break;
            case RtfDestination.Text:
                ApplyToText(word, number);
                break;
        }
    }

    private void Enter(RtfDestination destination, string word)
    {
        // Inside a table or an instruction nothing else begins that would be shown.
        if (_group.Destination is RtfDestination.FontTable or RtfDestination.ColorTable && destination != RtfDestination.Skipped)
        {
            return;
        }

        switch (word)
        {
            case "field":
                _group = _group with { Field = new RtfField() };
                break;
            case "fldrslt":
                _group = _group with { Destination = RtfDestination.Text, Link = _group.Field?.Link ?? _group.Link };
                break;
            default:
                _group = _group with { Destination = destination };
                break;
        }
    }

    private void ApplyToText(string word, int? number)
    {
        switch (word)
        {
            case "u":
                Append([Character(number)]);
                _toSkip = _group.Substitutes;
                break;
            case "uc":
                _group = _group with { Substitutes = Math.Max(0, number ?? 1) };
                break;
            case "par" or "row" or "sect" or "page":
                EndParagraph();
                break;
            case "pard":
                _group = _group with { RightToLeft = false };
                break;
            case "rtlpar" or "ltrpar":
                _group = _group with { RightToLeft = word == "rtlpar" };
                break;
            case "ansicpg":
                _fonts.DefaultCodePage = number ?? _fonts.DefaultCodePage;
                break;
            case "mac" or "pc" or "pca":
                _fonts.DefaultCodePage = word switch { "mac" => 10000, "pc" => 437, _ => 850 };
                break;
            case "deff":
                _fonts.Default = number;
                break;
            case "v":
                _group = _group with { IsHidden = number is not 0 };
                break;
            default:
                if (RtfCharacters.Find(word) is { } character)
                {
                    Append([character]);
                }
                else
                {
                    _group = _group.With(word, number, _fonts, _colors);
                }

                break;
        }
    }

    // Numbers from 32768 are written as negative ones (RTF 1.9.1, Unicode RTF).
    private static char Character(int? number) => (char)(ushort)(number ?? '?');

    private int CodePage => _fonts.CodePageOf(_group.Font);

    private void EndParagraph()
    {
        builder.RightToLeft = _group.RightToLeft;
        builder.EndParagraph();
    }

    private void Append(ReadOnlySpan<char> text)
    {
        FlushBytes();
        if (!_group.IsHidden && _group.Destination == RtfDestination.Text)
        {
            builder.Append(text, _group.Style, _group.Link);
        }
    }

    private void FlushBytes()
    {
        if (_bytes.Count == 0)
        {
            return;
        }

        var text = RtfCodePages.Decode(_bytes, CodePage);
        _bytes.Clear();
        _awaitsTrail = false;
        Append(text);
    }
}
