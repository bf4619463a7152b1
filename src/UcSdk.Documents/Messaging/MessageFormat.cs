using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace UcSdk.Documents;

/// <summary>
/// How the whole of a message without markup is to look: the parameter <c>msgr</c> of its media type ([MS-CONFIM] §4.2.1), which is the line
/// <c>X-MMS-IM-Format: FN=Segoe%20UI; EF=B; CO=0; CS=0; PF=0</c> in UTF-16LE, in base64 without padding.
/// </summary>
public sealed record MessageFormat
{
    private const string Name = "X-MMS-IM-Format:";

    /// <summary>The longest parameter that is read, in characters.</summary>
    public const int MaxParameterLength = 4096;

    /// <summary>The name of the font (FN); null when not said. What is behind <see cref="TextStyle.MaxFontNameLength"/> characters is left out.</summary>
    public string? FontName { get; init; }

    /// <summary>Bold (B among EF).</summary>
    public bool Bold { get; init; }

    /// <summary>Italic (I among EF).</summary>
    public bool Italic { get; init; }

    /// <summary>Underlined (U among EF).</summary>
    public bool Underline { get; init; }

    /// <summary>Struck through (S among EF).</summary>
    public bool Strikethrough { get; init; }

    /// <summary>The colour (CO, blue in the highest of three bytes); null when not said.</summary>
    public TextColor? Color { get; init; }

    /// <summary>The number of the font's character set (CS), as Windows counts them; null when not said.</summary>
    public int? CharacterSet { get; init; }

    /// <summary>Pitch and family of the font (PF, two hexadecimal digits), as Windows counts them; null when not said.</summary>
    public int? PitchAndFamily { get; init; }

    /// <summary>Whether the text goes from right to left (RL); null when not said.</summary>
    public bool? RightToLeft { get; init; }

    /// <summary>Reads the parameter.</summary>
    /// <param name="parameter">The value of <c>msgr</c>.</param>
    /// <param name="format">What it says.</param>
    /// <returns>False when it is null, no base64, too long, or has no line of this name.</returns>
    public static bool TryRead(string? parameter, [NotNullWhen(true)] out MessageFormat? format)
    {
        format = null;
        return parameter is { Length: > 0 and <= MaxParameterLength }
            && TransferEncodings.FromBase64(parameter) is { } bytes
            && TryParse(Encoding.Unicode.GetString(bytes), out format);
    }

    /// <summary>Reads the line, alone or among other header fields.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out MessageFormat? format)
    {
        format = null;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.TrimStart().StartsWith(Name, StringComparison.OrdinalIgnoreCase))
            {
                format = ReadFields(line.TrimStart()[Name.Length..]);
                return true;
            }
        }

        return false;
    }

    /// <summary>The value of <c>msgr</c>.</summary>
    public string ToParameter() => Convert.ToBase64String(Encoding.Unicode.GetBytes(ToLine() + "\r\n\r\n")).TrimEnd('=');

    /// <summary>The line, without line end.</summary>
    public string ToLine()
    {
        var line = new StringBuilder(Name);
        Append(line, "FN", FontName is null ? null : Uri.EscapeDataString(Bare(FontName)));
        Append(line, "EF", $"{(Bold ? "B" : "")}{(Italic ? "I" : "")}{(Underline ? "U" : "")}{(Strikethrough ? "S" : "")}");
        Append(line, "CO", Color is { } color ? ((color.Blue << 16) | (color.Green << 8) | color.Red).ToString("x", CultureInfo.InvariantCulture) : null);
        Append(line, "CS", CharacterSet?.ToString("x", CultureInfo.InvariantCulture));
        Append(line, "PF", PitchAndFamily?.ToString("x", CultureInfo.InvariantCulture));
        Append(line, "RL", RightToLeft switch { true => "1", false => "0", _ => null });
        return line.ToString(0, line.Length - 1);
    }

    /// <summary>The line.</summary>
    public override string ToString() => ToLine();

    private static void Append(StringBuilder line, string name, string? value)
    {
        if (value is not null)
        {
            line.Append(' ').Append(name).Append('=').Append(value).Append(';');
        }
    }

    // Half of a surrogate pair cannot be escaped.
    private static string Bare(ReadOnlySpan<char> font) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(font[..Math.Min(font.Length, TextStyle.MaxFontNameLength)].ToArray()));

    private static MessageFormat ReadFields(ReadOnlySpan<char> fields)
    {
        var format = new MessageFormat();
        foreach (var range in fields.Split(';'))
        {
            var field = fields[range].Trim();
            var equals = field.IndexOf('=');
            if (equals < 0)
            {
                continue;
            }

            var value = field[(equals + 1)..].Trim();
            format = field[..equals].TrimEnd() switch
            {
                "FN" => format with { FontName = value.IsEmpty ? null : Bare(Uri.UnescapeDataString(value)) },
                "EF" => format with { Bold = Has(value, 'B'), Italic = Has(value, 'I'), Underline = Has(value, 'U'), Strikethrough = Has(value, 'S') },
                "CO" => format with { Color = ReadHex(value) is { } color and <= 0xFFFFFF ? new TextColor((byte)color, (byte)(color >> 8), (byte)(color >> 16)) : null },
                "CS" => format with { CharacterSet = ReadHex(value) },
                "PF" => format with { PitchAndFamily = ReadHex(value) },
                "RL" => format with { RightToLeft = value is "1" },
                _ => format,
            };
        }

        return format;
    }

    private static bool Has(ReadOnlySpan<char> effects, char effect) => effects.Contains(effect) || effects.Contains(char.ToLowerInvariant(effect));

    private static int? ReadHex(ReadOnlySpan<char> text) =>
        int.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) && number >= 0 ? number : null;
}
