using System.Diagnostics.CodeAnalysis;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>The content of an instant message, as it came.</summary>
/// <param name="ContentType">The Content-Type with all its parameters; <c>msgr</c> is none of the server's business.</param>
/// <param name="Body">The bytes.</param>
internal sealed record ImContent(string ContentType, ReadOnlyMemory<byte> Body)
{
    private const string Alternative = "multipart/alternative";
    private const string TransferEncoding = "Content-Transfer-Encoding";

    /// <summary>What is a message.</summary>
    public static readonly IReadOnlyList<string> Types =
        [ContentTypes.PlainText, ContentTypes.Html, ContentTypes.Rtf, Alternative, "image/gif", "application/x-ms-ink"];

    /// <summary>What the IM MCU takes from participants in a MESSAGE, and says so in its answers: messages, and that somebody writes one.</summary>
    public static readonly IReadOnlyList<string> Taken = [.. Types, ContentTypes.IsComposing];

    /// <summary>The media type alone, in lower case.</summary>
    public string MediaTypeName { get; } = NameOf(ContentType);

    /// <summary>Reads the content of a MESSAGE; false for types that nobody shows as a message, except what applications say beside them (our own use of [MS-SIPRE] §2.2.20).</summary>
    public static bool TryRead(SipRequest message, [NotNullWhen(true)] out ImContent? content)
    {
        content = message.Headers[HeaderName.ContentType] is { } type ? new(type, message.Body) : null;
        if (content is not null && content.MediaTypeName != ContentTypes.ConversationContext && !Types.Contains(content.MediaTypeName))
        {
            content = null;
        }

        return content is not null;
    }

    /// <summary>
    /// What somebody gets who takes these types only: the message as it is, of several alternatives the richest one ([MS-CONFIM] §4.2.1), or nothing.
    /// </summary>
    public bool TryChoose(AcceptedTypes types, [NotNullWhen(true)] out ImContent? chosen)
    {
        chosen = types.Include(MediaTypeName) ? this : null;
        if (chosen is null && MediaTypeName == Alternative && MultipartBody.TryParse(ContentType, Body, out var body, out _))
        {
            // RFC 2046 §5.1.4: the last is the richest.
            chosen = body.Parts.Reverse().Select(Of).FirstOrDefault(part => types.Include(part.MediaTypeName));
        }

        return chosen is not null;
    }

    /// <summary>The type and the length; never what is said.</summary>
    public override string ToString() => $"{MediaTypeName}, {Body.Length} bytes";

    private static ImContent Of(BodyPart part) => new(part.Headers[HeaderName.ContentType] ?? ContentTypes.PlainText, Decode(part));

    // A part may be encoded for mail; the body of a SIP message never is (RFC 3261 §7.4.1).
    private static ReadOnlyMemory<byte> Decode(BodyPart part) => part.Headers[HeaderName.Of(TransferEncoding)]?.Trim().ToLowerInvariant() switch
    {
        "base64" => TransferEncodings.FromBase64(part.Content.Span, out _),
        "quoted-printable" => TransferEncodings.FromQuotedPrintable(part.Content.Span, out _),
        _ => part.Content,
    };

    private static string NameOf(string contentType) => MediaType.TryParse(contentType, out var type) ? type.Name : "";
}
