using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>
/// Text with a look, in no particular format: what HTML, RTF and plain text are read into and written from. It can hold nothing that is dangerous to show: no
/// scripts, no pictures or other remote content, and no links but those of <see cref="SafeLink"/>. What was read is in one form: neighbouring runs differ, none is
/// empty, no-break spaces are spaces, control characters other than tab and line break are gone. Writing what was read and reading it again gives the same value.
/// </summary>
/// <param name="Paragraphs">The paragraphs.</param>
public sealed record RichText(ValueList<RichParagraph> Paragraphs)
{
    /// <summary>Whether it has neither looks nor links nor direction: the plain text says it all.</summary>
    public bool IsPlain => Paragraphs.All(paragraph => !paragraph.RightToLeft && paragraph.Runs.All(run => run.Link is null && run.Style.Equals(TextStyle.Plain)));

    /// <summary>Reads plain text: each line is a paragraph, and what looks like a link becomes one.</summary>
    /// <param name="source">The text.</param>
    /// <param name="text">The rich text.</param>
    /// <param name="error">Which limit is exceeded.</param>
    /// <param name="limits">Null for the defaults.</param>
    /// <param name="format">How all of it looks; null for nothing.</param>
    public static bool TryReadPlain(
        string source, [NotNullWhen(true)] out RichText? text, out DocumentError error, RichTextLimits? limits = null, MessageFormat? format = null) =>
        TryRead(source, limits, (builder, from) => PlainTextReader.Read(from, format, builder), out text, out error);

    /// <summary>
    /// Reads HTML leniently, as it comes in messages: unknown elements fall away and leave their content; scripts, styles, frames, forms' fields and embedded
    /// objects fall away with their content; a picture is replaced by its alternative text, or else its title, so that emoticons stay.
    /// </summary>
    /// <param name="source">The document or a piece of one.</param>
    /// <param name="text">The rich text.</param>
    /// <param name="error">Which limit is exceeded: HTML is not refused for anything else.</param>
    /// <param name="limits">Null for the defaults.</param>
    public static bool TryReadHtml(string source, [NotNullWhen(true)] out RichText? text, out DocumentError error, RichTextLimits? limits = null) =>
        TryRead(source, limits, static (builder, from) => new HtmlReader(from, builder).Read(), out text, out error);

    /// <summary>Reads RTF (Rich Text Format Specification 1.9.1): pictures, objects, unknown destinations and binary data are passed over.</summary>
    /// <param name="source">The document; its bytes as characters.</param>
    /// <param name="text">The rich text.</param>
    /// <param name="error">That it is no RTF, or which limit is exceeded.</param>
    /// <param name="limits">Null for the defaults.</param>
    public static bool TryReadRtf(string source, [NotNullWhen(true)] out RichText? text, out DocumentError error, RichTextLimits? limits = null)
    {
        source = source.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (!source.StartsWith(@"{\rtf", StringComparison.Ordinal))
        {
            text = null;
            error = new DocumentError("", @"a group that begins with \rtf", "RTF 1.9.1, Document Area");
            return false;
        }

        return TryRead(source, limits, static (builder, from) => new RtfReader(from, builder).Read(), out text, out error);
    }

    /// <summary>Reads the best form of a message that can be read: HTML, else RTF, else plain text with its format.</summary>
    /// <returns>False when the message has no form that is text, or none that keeps the limits; the error is then that of the best.</returns>
    public static bool TryRead(MessageContent content, [NotNullWhen(true)] out RichText? text, out DocumentError error, RichTextLimits? limits = null)
    {
        text = null;
        error = default;
        if (content.Html is { } html && TryReadHtml(html, out text, out error, limits))
        {
            return true;
        }

        var first = error;
        if (content.Rtf is { } rtf && TryReadRtf(rtf, out text, out error, limits))
        {
            return true;
        }

        first = first.IsNone ? error : first;
        if (content.Plain is { } plain && TryReadPlain(plain, out text, out error, limits, content.Format))
        {
            return true;
        }

        error = !first.IsNone ? first : !error.IsNone ? error : new DocumentError("", "a form that is text", "RFC 3428 §7");
        return false;
    }

    /// <summary>The text without looks, its lines ending with CRLF; a link follows its text in angle brackets where the text is not the link.</summary>
    public string ToPlain() => PlainTextWriter.Write(RichTextBuilder.Normalize(this));

    /// <summary>The text as a piece of HTML: escaped, with inline styles, without pictures, and with no other attributes than <c>style</c>, <c>href</c> and <c>dir</c>.</summary>
    public string ToHtml() => HtmlWriter.Write(RichTextBuilder.Normalize(this));

    /// <summary>The text as an RTF document in ASCII.</summary>
    public string ToRtf() => new RtfWriter(RichTextBuilder.Normalize(this)).Write();

    /// <summary>The look of all of it, for the parameter <c>msgr</c>; null when there is none, or not all of it looks the same.</summary>
    public MessageFormat? ToMessageFormat()
    {
        var styles = Paragraphs.SelectMany(paragraph => paragraph.Runs).Where(run => !string.IsNullOrWhiteSpace(run.Text)).Select(run => run.Style.Cleaned()).Distinct().ToList();
        var rightToLeft = Paragraphs.Count > 0 && Paragraphs.All(paragraph => paragraph.RightToLeft);
        if (styles is not [var style] || (style.Equals(TextStyle.Plain) && !rightToLeft))
        {
            return null;
        }

        return new MessageFormat
        {
            FontName = style.FontName,
            Bold = style.Bold,
            Italic = style.Italic,
            Underline = style.Underline,
            Strikethrough = style.Strikethrough,
            Color = style.Color ?? default,
            CharacterSet = 0,
            PitchAndFamily = 0,
            RightToLeft = rightToLeft ? true : null,
        };
    }

    /// <summary>The text as a message: plain with its format, and as HTML where that says more.</summary>
    public MessageContent ToMessage() => new() { Plain = ToPlain(), Format = ToMessageFormat(), Html = IsPlain ? null : ToHtml() };

    /// <summary>How many paragraphs there are; never what they say.</summary>
    public override string ToString() => $"text of {Paragraphs.Count} paragraphs";

    private static bool TryRead(
        string source, RichTextLimits? limits, Action<RichTextBuilder, string> read, [NotNullWhen(true)] out RichText? text, out DocumentError error)
    {
        limits ??= RichTextLimits.Default;
        var builder = new RichTextBuilder(limits);
        if (limits.SourceLength.Allows(source.Length))
        {
            read(builder, source);
        }
        else
        {
            builder.Refuse(limits.SourceLength);
        }

        var exceeded = builder.Exceeded;
        error = exceeded is { } limit ? new DocumentError("", limit.Exceeded(0).Expected, limit.Name) : default;
        text = exceeded is null ? builder.Build() : null;
        return text is not null;
    }
}
