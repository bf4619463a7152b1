using System.Text;

namespace UcSdk.Documents;

/// <summary>How text looks. What is null is left to whoever shows it.</summary>
public sealed record TextStyle
{
    /// <summary>Text without any look of its own.</summary>
    public static readonly TextStyle Plain = new();

    /// <summary>The longest name of a font, in characters; longer names are cut.</summary>
    public const int MaxFontNameLength = 64;

    /// <summary>The largest size that is kept, in points; the smallest is 1.</summary>
    public const double MaxFontSize = 400;

    /// <summary>Bold.</summary>
    public bool Bold { get; init; }

    /// <summary>Italic.</summary>
    public bool Italic { get; init; }

    /// <summary>Underlined.</summary>
    public bool Underline { get; init; }

    /// <summary>Struck through.</summary>
    public bool Strikethrough { get; init; }

    /// <summary>The name of the font: letters, digits, blanks, hyphens, underlines and dots; other characters are left out when it is written.</summary>
    public string? FontName { get; init; }

    /// <summary>The size in points, in steps of a half, from 1 to <see cref="MaxFontSize"/>; what is outside is left out when it is written.</summary>
    public double? FontSize { get; init; }

    /// <summary>The colour.</summary>
    public TextColor? Color { get; init; }

    /// <summary>The colour behind the text.</summary>
    public TextColor? Background { get; init; }

    /// <summary>The style with a font that every writer can write.</summary>
    internal TextStyle Cleaned()
    {
        var name = Clean(FontName);
        var size = Clean(FontSize);
        return name == FontName && size.Equals(FontSize) ? this : this with { FontName = name, FontSize = size };
    }

    private static double? Clean(double? size) => size is >= 1 and <= MaxFontSize ? Math.Round(size.Value * 2, MidpointRounding.AwayFromZero) / 2 : null;

    private static string? Clean(string? name)
    {
        if (name is null || (name.Length is > 0 and <= MaxFontNameLength && name.All(IsAllowed) && name.Trim().Length == name.Length))
        {
            return name;
        }

        var clean = new StringBuilder();
        foreach (var character in name)
        {
            if (IsAllowed(character) && clean.Length < MaxFontNameLength)
            {
                clean.Append(character);
            }
        }

        return clean.ToString().Trim() is { Length: > 0 } kept ? kept : null;
    }

    private static bool IsAllowed(char character) => char.IsLetterOrDigit(character) || character is ' ' or '-' or '_' or '.';
}
