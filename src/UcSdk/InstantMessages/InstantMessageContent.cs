using UcSdk.Documents;

namespace UcSdk;

/// <summary>What an instant message says, in one format or in several that say the same. Plain text is always there.</summary>
public sealed record InstantMessageContent
{
    /// <summary>How many characters all formats may have together: 20 000. Servers limit the whole SIP message to 64 KiB.</summary>
    public const int MaxLength = 20_000;

    /// <summary>How many bytes a drawing may have: 24 576. In a message it is a third longer.</summary>
    public const int MaxDrawingBytes = 24 * 1024;

    /// <summary>Content as it is sent.</summary>
    /// <param name="text">The plain text; not empty.</param>
    /// <param name="html">The same as HTML; null for none.</param>
    /// <param name="rtf">The same as RTF; null for none.</param>
    /// <exception cref="ArgumentException">The text is empty, or all together is longer than <see cref="MaxLength"/>.</exception>
    public InstantMessageContent(string text, string? html = null, string? rtf = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        if (text.Length + (html?.Length ?? 0) + (rtf?.Length ?? 0) > MaxLength)
        {
            throw new ArgumentException($"An instant message has at most {MaxLength} characters, all formats together.", nameof(text));
        }

        Text = text;
        Html = html;
        Rtf = rtf;
    }

    private InstantMessageContent(string text) => Text = text;

    /// <summary>The plain text; of what came with markup only, the text of that (<see cref="RichText"/>); empty where that cannot be read.</summary>
    public string Text { get; }

    /// <summary>The same as HTML, as the sender wrote it: make it safe before you show it. Null when there is none.</summary>
    public string? Html { get; private init; }

    /// <summary>The same as RTF; null when there is none.</summary>
    public string? Rtf { get; private init; }

    /// <summary>
    /// A drawing as a GIF image; empty, the default, when there is none. It goes to those only who can show it (<see cref="InstantMessageCapabilities.CanRenderGif"/>); the others see
    /// <see cref="Text"/>. Received it is what the sender sent: an image of a stranger.
    /// </summary>
    /// <exception cref="ArgumentException">It is no GIF image, or larger than <see cref="MaxDrawingBytes"/>.</exception>
    public ReadOnlyMemory<byte> Gif
    {
        get;
        init => field = DrawingBody.IsGif(value.Span) || value.IsEmpty
            ? Limited(value, nameof(Gif))
            : throw new ArgumentException("A GIF image begins with GIF87a or GIF89a.", nameof(value));
    }

    /// <summary>A drawing as ink (Ink Serialized Format); empty, the default, when there is none. As with <see cref="Gif"/>, for those who can show it.</summary>
    /// <exception cref="ArgumentException">It is larger than <see cref="MaxDrawingBytes"/>.</exception>
    public ReadOnlyMemory<byte> Ink
    {
        get;
        init => field = Limited(value, nameof(Ink));
    }

    /// <summary>The formats, by the Lync client's types.</summary>
    public IReadOnlyDictionary<InstantMessageContentType, string> Contents
    {
        get
        {
            var contents = new Dictionary<InstantMessageContentType, string> { [InstantMessageContentType.PlainText] = Text };
            if (Html is not null)
            {
                contents[InstantMessageContentType.Html] = Html;
            }

            if (Rtf is not null)
            {
                contents[InstantMessageContentType.RichText] = Rtf;
            }

            if (!Gif.IsEmpty)
            {
                contents[InstantMessageContentType.Gif] = DrawingBody.ToText(Gif.Span);
            }

            if (!Ink.IsEmpty)
            {
                contents[InstantMessageContentType.Ink] = DrawingBody.ToText(Ink.Span);
            }

            return contents;
        }
    }

    /// <summary>Content as it came: without the limits of what is sent.</summary>
    internal static InstantMessageContent Received(string text, string? html, string? rtf) => new(text) { Html = html, Rtf = rtf };

    /// <summary>Whether there is a drawing in it, which no header field of an INVITE can carry.</summary>
    internal bool HasDrawing => !Gif.IsEmpty || !Ink.IsEmpty;

    /// <summary>How long it is and in which formats; never what it says.</summary>
    public override string ToString() => $"{Text.Length} characters{(Html is null ? "" : ", html")}{(Rtf is null ? "" : ", rtf")}{(HasDrawing ? ", drawing" : "")}";

    private static ReadOnlyMemory<byte> Limited(ReadOnlyMemory<byte> drawing, string name) => drawing.Length <= MaxDrawingBytes
        ? drawing
        : throw new ArgumentException($"A drawing has at most {MaxDrawingBytes} bytes.", name);
}
