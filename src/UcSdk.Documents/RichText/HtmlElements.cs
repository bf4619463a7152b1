namespace UcSdk.Documents;

/// <summary>What the elements of HTML are to a reader of text.</summary>
internal static class HtmlElements
{
    /// <summary>Begins and ends a paragraph.</summary>
    public static bool IsBlock(string name) => name is "p" or "div" or "body" or "html" or "ul" or "ol" or "dl" or "li" or "dt" or "dd" or "table" or "tr" or "thead" or "tbody" or "tfoot"
        or "caption" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "pre" or "blockquote" or "center" or "address" or "section" or "article" or "header" or "footer" or "nav"
        or "main" or "aside" or "figure" or "figcaption" or "form" or "fieldset" or "legend" or "details" or "summary" or "hr" or "listing";

    /// <summary>Has no content and no end tag.</summary>
    public static bool IsVoid(string name) => name is "br" or "hr" or "img" or "input" or "meta" or "link" or "base" or "area" or "col" or "wbr" or "source" or "embed" or "param" or "track" or "frame" or "keygen" or "basefont" or "bgsound";

    /// <summary>Falls away with its content. (What the tokenizer passes over is not among them.)</summary>
    public static bool IsDropped(string name) => name is "head" or "object" or "applet" or "audio" or "video" or "canvas" or "svg" or "math" or "template" or "select" or "button" or "datalist" or "frameset" or "portal";

    /// <summary>Is ended by the next of its kind.</summary>
    public static bool EndsItself(string name) => name is "p" or "li" or "dt" or "dd" or "td" or "th" or "tr" or "option";

    /// <summary>Keeps what is inside it from ending what is outside.</summary>
    public static bool IsBarrier(string name) => name is "ul" or "ol" or "dl" or "table" or "blockquote" or "div";

    /// <summary>How the element makes its text look, beside its <c>style</c>.</summary>
    public static TextStyle Apply(HtmlToken tag, TextStyle style) => tag.Text switch
    {
        "b" or "strong" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "th" => style with { Bold = true },
        "i" or "em" or "cite" or "var" or "dfn" => style with { Italic = true },
        "u" or "ins" => style with { Underline = true },
        "s" or "strike" or "del" => style with { Strikethrough = true },
        "font" => style with
        {
            FontName = tag["face"]?.Split(',')[0].Trim() is { Length: > 0 } face ? face : style.FontName,
            Color = tag["color"] is { } color ? CssColors.Read(color) ?? style.Color : style.Color,
            FontSize = tag["size"] is { } size ? SizeOf(size) ?? style.FontSize : style.FontSize,
        },
        _ => style,
    };

    private static double? SizeOf(string size) => size.Trim() switch
    {
        "1" => 7.5,
        "2" => 10,
        "3" => 12,
        "4" => 13.5,
        "5" => 18,
        "6" => 24,
        "7" => 36,
        _ => null,
    };
}
