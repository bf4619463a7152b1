using System.Globalization;

namespace UcSdk.Documents;

/// <summary>Reads the few declarations of a <c>style</c> attribute that a <see cref="TextStyle"/> can hold; all others, and all values that it does not know, fall away.</summary>
internal static class CssDeclarations
{
    /// <summary>How many declarations of one attribute are looked at.</summary>
    public const int MaxDeclarations = 64;

    public static TextStyle Apply(ReadOnlySpan<char> text, TextStyle style, ref bool? rightToLeft, out bool isHidden)
    {
        isHidden = false;
        for (var count = 0; !text.IsEmpty && count < MaxDeclarations; count++)
        {
            var end = EndOf(text);
            var declaration = text[..end];
            text = end < text.Length ? text[(end + 1)..] : [];
            var colon = declaration.IndexOf(':');
            if (colon < 0)
            {
                continue;
            }

            var value = declaration[(colon + 1)..].Trim().ToString().ToLowerInvariant().Replace("!important", "", StringComparison.Ordinal).Trim();
            switch (declaration[..colon].Trim().ToString().ToLowerInvariant())
            {
                case "direction":
                    rightToLeft = value switch { "rtl" => true, "ltr" => false, _ => rightToLeft };
                    break;
                case "display":
                    isHidden |= value == "none";
                    break;
                case "visibility":
                    isHidden |= value == "hidden";
                    break;
                case "font-family":
                    style = style with { FontName = FirstFont(declaration[(colon + 1)..]) ?? style.FontName };
                    break;
                case var name:
                    style = Apply(name, value, style);
                    break;
            }
        }

        return style.Cleaned();
    }

    /// <summary>A size as CSS writes it, in points; null when it is relative or none.</summary>
    public static double? ReadSize(string value) => value switch
    {
        "xx-small" => 7,
        "x-small" => 7.5,
        "small" => 10,
        "medium" => 12,
        "large" => 13.5,
        "x-large" => 18,
        "xx-large" => 24,
        [.., 'p', 't'] => ReadNumber(value[..^2]),
        [.., 'p', 'x'] => ReadNumber(value[..^2]) * 0.75,
        _ => null,
    };

    private static TextStyle Apply(string name, string value, TextStyle style) => name switch
    {
        "color" => style with { Color = CssColors.Read(value) ?? style.Color },
        "background-color" or "background" => style with { Background = CssColors.Read(value) ?? style.Background },
        "font-size" => style with { FontSize = ReadSize(value) ?? style.FontSize },
        "font-weight" => value switch
        {
            "bold" or "bolder" => style with { Bold = true },
            "normal" or "lighter" => style with { Bold = false },
            _ => ReadNumber(value) is { } weight ? style with { Bold = weight >= 600 } : style,
        },
        "font-style" => value switch
        {
            "italic" or "oblique" => style with { Italic = true },
            "normal" => style with { Italic = false },
            _ => style,
        },
        "text-decoration" or "text-decoration-line" => style with
        {
            Underline = value.Contains("underline", StringComparison.Ordinal) || (style.Underline && value != "none"),
            Strikethrough = value.Contains("line-through", StringComparison.Ordinal) || (style.Strikethrough && value != "none"),
        },
        _ => style,
    };

    private static double? ReadNumber(string text) =>
        double.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? FirstFont(ReadOnlySpan<char> fonts)
    {
        var comma = fonts.IndexOf(',');
        var first = (comma < 0 ? fonts : fonts[..comma]).Trim().Trim("\"'").Trim();
        return first.IsEmpty ? null : first.ToString();
    }

    // A semicolon in quotes or parentheses ends nothing.
    private static int EndOf(ReadOnlySpan<char> text)
    {
        var quote = '\0';
        var depth = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var character = text[at];
            if (quote != '\0')
            {
                quote = character == quote ? '\0' : quote;
            }
            else if (character is '"' or '\'')
            {
                quote = character;
            }
            else if (character is '(' or ')')
            {
                depth = Math.Max(0, depth + (character == '(' ? 1 : -1));
            }
            else if (character == ';' && depth == 0)
            {
                return at;
            }
        }

        return text.Length;
    }
}
