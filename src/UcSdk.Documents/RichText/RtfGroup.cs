namespace UcSdk.Documents;

/// <summary>What holds until the end of an RTF group.</summary>
internal readonly record struct RtfGroup
{
    public RtfGroup()
    {
    }

    public TextStyle Style { get; init; } = TextStyle.Plain;

    /// <summary>The number of the font; null for the document's own.</summary>
    public int? Font { get; init; }

    /// <summary>The field whose parts are read; null outside.</summary>
    public RtfField? Field { get; init; }

    public string? Link { get; init; }

    public RtfDestination Destination { get; init; }

    /// <summary>How many characters stand, behind one given by its Unicode number, for readers that do not know Unicode.</summary>
    public int Substitutes { get; init; } = 1;

    public bool RightToLeft { get; init; }

    public bool IsHidden { get; init; }

    /// <summary>What holds once the control word is applied; words that are not known change nothing.</summary>
    public RtfGroup With(string word, int? number, RtfFonts fonts, RtfColors colors) => word switch
    {
        "plain" => this with { Style = TextStyle.Plain, Font = null, IsHidden = false },
        "b" => this with { Style = Style with { Bold = number is not 0 } },
        "i" => this with { Style = Style with { Italic = number is not 0 } },
        "ul" or "uld" or "uldash" or "uldashd" or "uldashdd" or "uldb" or "ulth" or "ulw" or "ulwave" => this with { Style = Style with { Underline = number is not 0 } },
        "ulnone" => this with { Style = Style with { Underline = false } },
        "strike" or "striked" => this with { Style = Style with { Strikethrough = number is not 0 } },
        "f" => this with { Font = number, Style = (Style with { FontName = fonts.NameOf(number) }).Cleaned() },
        "fs" => this with { Style = (Style with { FontSize = number / 2.0 }).Cleaned() },
        "cf" => this with { Style = Style with { Color = colors.Find(number) } },
        "highlight" or "cb" or "chcbpat" => this with { Style = Style with { Background = colors.Find(number) } },
        _ => this,
    };
}
