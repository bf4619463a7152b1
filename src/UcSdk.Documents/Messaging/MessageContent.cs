using System.Text;

namespace UcSdk.Documents;

/// <summary>
/// What an instant message says, in all the forms in which it came or in which it is sent ([MS-CONFIM] §3.1, RFC 2046 §5.1.4). All are the same message; a receiver
/// shows the best that it understands.
/// </summary>
public sealed record MessageContent
{
    /// <summary>The message without markup; null when it has no such form.</summary>
    public string? Plain { get; init; }

    /// <summary>How <see cref="Plain"/> is to look; null when not said.</summary>
    public MessageFormat? Format { get; init; }

    /// <summary>The message as HTML, as its sender wrote it: never to be shown before it was made safe (docs/documents.md). Null when it has no such form.</summary>
    public string? Html { get; init; }

    /// <summary>The message as RTF, as its sender wrote it; null when it has no such form.</summary>
    public string? Rtf { get; init; }

    /// <summary>The forms that are no text, e.g. ink as <c>image/gif</c>, as they came.</summary>
    public ValueList<MessagePart> Others { get; init; } = [];

    /// <summary>What was wrong with what came; none in a message to be sent.</summary>
    public ValueList<MessageDefect> Defects { get; init; } = [];

    /// <summary>Whether there is nothing at all.</summary>
    public bool IsEmpty => Plain is null && Html is null && Rtf is null && Others.Count == 0;

    /// <summary>A message without markup.</summary>
    public static MessageContent Of(string plain) => new() { Plain = plain };

    /// <summary>Reads a message that has one form.</summary>
    /// <param name="contentType">The Content-Type; null means plain text.</param>
    /// <param name="body">The body.</param>
    /// <param name="limits">Null for the defaults.</param>
    public static MessageContent Read(string? contentType, ReadOnlyMemory<byte> body, MessageLimits? limits = null) =>
        Read([new MessagePart(contentType ?? "", body)], limits);

    /// <summary>Reads a message that has several forms, the best last (RFC 2046 §5.1.4). Of two parts of one type the last counts, and the other stays in <see cref="Others"/>.</summary>
    /// <param name="parts">The parts in order, none of them a multipart.</param>
    /// <param name="limits">Null for the defaults.</param>
    public static MessageContent Read(IEnumerable<MessagePart> parts, MessageLimits? limits = null)
    {
        var reader = new MessageReader(limits ?? MessageLimits.Default);
        foreach (var part in parts)
        {
            if (!reader.Read(part))
            {
                break;
            }
        }

        return reader.Content;
    }

    /// <summary>The forms in the order of multipart/alternative: plain first, the best last; text in UTF-8.</summary>
    public ValueList<MessagePart> ToParts()
    {
        var parts = new List<MessagePart>(4);
        if (Plain is not null)
        {
            parts.Add(Text(ContentTypes.PlainText, Plain, Format));
        }

        if (Rtf is not null)
        {
            parts.Add(Text(ContentTypes.Rtf, Rtf));
        }

        if (Html is not null)
        {
            parts.Add(Text(ContentTypes.Html, Html));
        }

        parts.AddRange(Others);
        return ValueList.From(parts);
    }

    /// <summary>Which forms there are; never what they say.</summary>
    public override string ToString() => $"message as {string.Join(", ", ToParts().Select(part => part.MediaType))}";

    internal static MessagePart Text(string mediaType, string text, MessageFormat? format = null) =>
        new($"{mediaType}; charset=UTF-8{(format is null ? "" : $";msgr={format.ToParameter()}")}", Encoding.UTF8.GetBytes(text));
}
