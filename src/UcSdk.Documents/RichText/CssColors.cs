using System.Globalization;

namespace UcSdk.Documents;

/// <summary>Colours as HTML and CSS write them.</summary>
internal static class CssColors
{
    /// <summary>A colour by name, <c>#rgb</c>, <c>#rrggbb</c> or <c>rgb(r, g, b)</c>; null when it is none, or a transparent one.</summary>
    public static TextColor? Read(string text)
    {
        text = text.Trim().ToLowerInvariant();
        return text switch
        {
            ['#', .. { Length: 6 } hex] => ReadHex(hex),
            ['#', var red, var green, var blue] => ReadHex($"{red}{red}{green}{green}{blue}{blue}"),
            ['r', 'g', 'b', '(', .. var parts, ')'] => ReadParts(parts),
            { Length: 6 } bare when char.IsAsciiDigit(bare[0]) => ReadHex(bare),
            _ => ReadName(text),
        };
    }

    private static TextColor? ReadHex(string hex) =>
        int.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var color) ? new((byte)(color >> 16), (byte)(color >> 8), (byte)color) : null;

    private static TextColor? ReadParts(string text)
    {
        var parts = text.Split(',');
        return parts.Length == 3
            && byte.TryParse(parts[0].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var red)
            && byte.TryParse(parts[1].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var green)
            && byte.TryParse(parts[2].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var blue)
            ? new(red, green, blue)
            : null;
    }

    // The sixteen of HTML 4.01 §6.5, and orange of CSS 2.1.
    private static TextColor? ReadName(string name) => name switch
    {
        "black" or "windowtext" => new(0, 0, 0),
        "silver" => new(0xC0, 0xC0, 0xC0),
        "gray" or "grey" => new(0x80, 0x80, 0x80),
        "white" => new(0xFF, 0xFF, 0xFF),
        "maroon" => new(0x80, 0, 0),
        "red" => new(0xFF, 0, 0),
        "purple" => new(0x80, 0, 0x80),
        "fuchsia" or "magenta" => new(0xFF, 0, 0xFF),
        "green" => new(0, 0x80, 0),
        "lime" => new(0, 0xFF, 0),
        "olive" => new(0x80, 0x80, 0),
        "yellow" => new(0xFF, 0xFF, 0),
        "navy" => new(0, 0, 0x80),
        "blue" => new(0, 0, 0xFF),
        "teal" => new(0, 0x80, 0x80),
        "aqua" or "cyan" => new(0, 0xFF, 0xFF),
        "orange" => new(0xFF, 0xA5, 0),
        _ => null,
    };
}
