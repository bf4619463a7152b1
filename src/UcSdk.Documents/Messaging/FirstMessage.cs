using System.Text;

namespace UcSdk.Documents;

/// <summary>
/// The first message of a session, which travels in the headers of its INVITE so that the callee can show it before it accepts: <c>ms-text-format</c> has it
/// without markup, <c>ms-im-format</c> as HTML or RTF. Each is a media type whose parameter <c>ms-body</c> has the message in base64.
/// </summary>
public static class FirstMessage
{
    /// <summary>The header of the message without markup.</summary>
    public const string TextFormatHeader = "ms-text-format";

    /// <summary>The header of the message with markup.</summary>
    public const string ImFormatHeader = "ms-im-format";

    private const string Body = "ms-body";

    /// <summary>Reads the message out of the headers.</summary>
    /// <param name="values">The values of <see cref="TextFormatHeader"/> and <see cref="ImFormatHeader"/>, those that are there.</param>
    /// <param name="limits">Null for the defaults.</param>
    /// <returns>The message; null when no value has one.</returns>
    public static MessageContent? Read(IEnumerable<string> values, MessageLimits? limits = null)
    {
        limits ??= MessageLimits.Default;
        var parts = new List<MessagePart>();
        foreach (var value in values)
        {
            // Four characters carry three bytes: what is longer cannot be allowed, and need not be taken off its encoding.
            if (MediaTypeText.Parse(value) is { Name.Length: > 0 } type && type[Body] is { } body && body.Length / 4 * 3 <= limits.MaxPartBytes + 3L
                && TransferEncodings.FromBase64(body) is { } bytes)
            {
                parts.Add(new MessagePart(value, bytes));
            }
        }

        return parts.Count == 0 ? null : MessageContent.Read(parts, limits);
    }

    /// <summary>The value of <see cref="TextFormatHeader"/>; null when the message has no form without markup.</summary>
    public static string? ToTextFormat(MessageContent content) => content.Plain is null
        ? null
        : $"{ContentTypes.PlainText}; charset=UTF-8{(content.Format is null ? "" : $";msgr={content.Format.ToParameter()}")};{Body}={ToBase64(content.Plain)}";

    /// <summary>The value of <see cref="ImFormatHeader"/>, as HTML or else as RTF; null when the message has no form with markup.</summary>
    public static string? ToImFormat(MessageContent content) => (content.Html, content.Rtf) switch
    {
        ({ } html, _) => $"{ContentTypes.Html}; charset=UTF-8;{Body}={ToBase64(html)}",
        (_, { } rtf) => $"{ContentTypes.Rtf}; charset=UTF-8;{Body}={ToBase64(rtf)}",
        _ => null,
    };

    internal static string ToBase64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
