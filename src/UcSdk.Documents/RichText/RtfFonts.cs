using System.Text;

namespace UcSdk.Documents;

/// <summary>The font table of an RTF document: names, and the code pages of their character sets.</summary>
internal sealed class RtfFonts
{
    /// <summary>How many fonts are kept; those behind them have no name.</summary>
    public const int MaxFonts = 16_384;

    private readonly Dictionary<int, (string Name, int? CodePage)> _fonts = [];
    private readonly StringBuilder _name = new();
    private int? _number;
    private int? _codePage;

    /// <summary>The code page of text whose font says none.</summary>
    public int DefaultCodePage { get; set; } = 1252;

    /// <summary>The number of the document's own font; null when not said.</summary>
    public int? Default { get; set; }

    public string? NameOf(int? font) => font is { } number && _fonts.TryGetValue(number, out var known) && known.Name.Length > 0 ? known.Name : null;

    public int CodePageOf(int? font) => (font ?? Default) is { } number && _fonts.TryGetValue(number, out var known) ? known.CodePage ?? DefaultCodePage : DefaultCodePage;

    /// <summary>Takes a control word of the table.</summary>
    public void Apply(string word, int? number)
    {
        switch (word)
        {
            case "f":
                EndName();
                (_number, _codePage) = (number, null);
                break;
            case "fcharset":
                _codePage = RtfCodePages.OfCharacterSet(number) ?? _codePage;
                break;
            case "cpg":
                _codePage = number ?? _codePage;
                break;
        }
    }

    /// <summary>Takes a character of a name; a semicolon ends it.</summary>
    public void Take(char character)
    {
        if (character == ';')
        {
            EndName();
        }
        else if (_name.Length < TextStyle.MaxFontNameLength)
        {
            _name.Append(character);
        }
    }

    public void EndName()
    {
        if (_number is { } number && _fonts.Count < MaxFonts)
        {
            _fonts[number] = (_name.ToString().Trim(), _codePage);
        }

        _name.Clear();
        _number = null;
    }
}
