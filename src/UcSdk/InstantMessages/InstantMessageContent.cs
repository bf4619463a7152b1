using UcSdk.Documents;

namespace UcSdk;

/// <summary>What an instant message says, in one format or in several that say the same. Plain text is always there.</summary>
public sealed record InstantMessageContent
{
    /// <summary>How many characters all formats may have together: 20 000. Servers limit the whole SIP message to 64 KiB.</summary>
    public const int MaxLength = 20_000;

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

            return contents;
        }
    }

    /// <summary>Content as it came: without the limits of what is sent.</summary>
    internal static InstantMessageContent Received(string text, string? html, string? rtf) => new(text) { Html = html, Rtf = rtf };

    /// <summary>How long it is and in which formats; never what it says.</summary>
    public override string ToString() => $"{Text.Length} characters{(Html is null ? "" : ", html")}{(Rtf is null ? "" : ", rtf")}";
}
