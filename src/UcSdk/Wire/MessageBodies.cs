using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>How the content of an instant message looks as the body of a MESSAGE, and in the header fields of an INVITE.</summary>
internal static class MessageBodies
{
    private static readonly HeaderName TransferEncoding = HeaderName.Of("Content-Transfer-Encoding");
    private const string Alternative = "multipart/alternative";
    private const string PlainUtf8 = ContentTypes.PlainText + "; charset=UTF-8";

    /// <summary>What is said to be taken where something else came.</summary>
    public const string Accepted = $"{ContentTypes.PlainText}, {ContentTypes.Html}, {ContentTypes.Rtf}, {Alternative}, {ContentTypes.IsComposing}";

    /// <summary>Writes the formats that the other side takes; plain text always.</summary>
    public static MessageBody Write(ModelContext context, InstantMessageContent content, InstantMessageCapabilities capabilities)
    {
        var html = capabilities.HasFlag(InstantMessageCapabilities.CanRenderHtml) ? content.Html : null;
        var rtf = capabilities.HasFlag(InstantMessageCapabilities.CanRenderRtf) ? content.Rtf : null;
        MessagePart[] drawings = content.HasDrawing ? [.. DrawingsOf(content, capabilities)] : [];
        if (!capabilities.HasFlag(InstantMessageCapabilities.SupportMime) || (html is null && rtf is null && drawings.Length == 0))
        {
            return new(PlainUtf8, Encoding.UTF8.GetBytes(content.Text));
        }

        var message = new MessageContent { Plain = content.Text, Html = html, Rtf = rtf, Others = ValueList.From(drawings) };
        var body = MultipartWriter.Create("alternative", [.. message.ToParts().Select(part => new BodyPart(part.ContentType, part.Content))], context.Random);
        return new(body.Type.ToString(), body.ToBytes());
    }

    private static IEnumerable<MessagePart> DrawingsOf(InstantMessageContent content, InstantMessageCapabilities capabilities)
    {
        if (!content.Gif.IsEmpty && capabilities.HasFlag(InstantMessageCapabilities.CanRenderGif))
        {
            yield return DrawingBody.ToPart(DrawingBody.Gif, content.Gif);
        }

        if (!content.Ink.IsEmpty && capabilities.HasFlag(InstantMessageCapabilities.CanRenderIsf))
        {
            yield return DrawingBody.ToPart(DrawingBody.Ink, content.Ink);
        }
    }

    /// <summary>Puts the first message into an INVITE.</summary>
    public static void WriteFirst(SipRequest invite, InstantMessageContent content)
    {
        var message = new MessageContent { Plain = content.Text, Html = content.Html, Rtf = content.Rtf };
        invite.Headers.Add(MessageHeaders.TextFormat, FirstMessage.ToTextFormat(message)!);
        if (FirstMessage.ToImFormat(message) is { } rich)
        {
            invite.Headers.Add(MessageHeaders.RichFormat, rich);
        }
    }

    /// <summary>The first message in an INVITE; null when there is none.</summary>
    public static InstantMessageContent? ReadFirst(SipRequest invite) =>
        FirstMessage.Read(invite.Headers.GetAll(MessageHeaders.TextFormat).Concat(invite.Headers.GetAll(MessageHeaders.RichFormat))) is { } content
        && TryConvert(content, out var first)
            ? first
            : null;

    /// <summary>True for the media types that <see cref="TryRead(SipRequest, InstantMessageCapabilities, out InstantMessageContent)"/> reads.</summary>
    public static bool IsMessage(string? contentType) => contentType is null or ContentTypes.PlainText or ContentTypes.Html or ContentTypes.Rtf or "application/rtf" or DrawingBody.Gif or DrawingBody.Ink
        || contentType.StartsWith("multipart/", StringComparison.Ordinal);

    /// <summary>Reads the body of a MESSAGE; false when nothing in it is a text, or a drawing that this client shows.</summary>
    public static bool TryRead(SipRequest message, InstantMessageCapabilities capabilities, [NotNullWhen(true)] out InstantMessageContent? content)
    {
        if (!TryRead(message, out content))
        {
            return false;
        }

        if (content.HasDrawing)
        {
            content = content with
            {
                Gif = capabilities.HasFlag(InstantMessageCapabilities.CanRenderGif) ? content.Gif : default,
                Ink = capabilities.HasFlag(InstantMessageCapabilities.CanRenderIsf) ? content.Ink : default,
            };
        }

        return content.HasDrawing || content.Text.Length > 0 || content.Html is not null || content.Rtf is not null || MediaTypeOf(message) is not (DrawingBody.Gif or DrawingBody.Ink);
    }

    private static string? MediaTypeOf(SipRequest message) => message.ContentType?.ToLowerInvariant();

    private static bool TryRead(SipRequest message, [NotNullWhen(true)] out InstantMessageContent? content)
    {
        if (TryReadPlain(message) is { } plain)
        {
            content = InstantMessageContent.Received(plain, null, null);
            return true;
        }

        var type = message.Headers[HeaderName.ContentType];
        if (type is null || !type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
        {
            return TryConvert(MessageContent.Read(type, message.Body), out content);
        }

        content = null;
        return MultipartBody.TryRead(message, out var body, out _) && TryConvert(MessageContent.Read(PartsOf(body)), out content);
    }

    // What nearly every message is: plain text that says it is UTF-8 and is. Null for all others, also where something is wrong.
    private static string? TryReadPlain(SipRequest message)
    {
        var body = message.Body.Span;
        if (!message.Headers.TryGetValue(HeaderName.ContentType, 0, out var field) || !MessageLimits.Default.PartBytes.Allows(body.Length))
        {
            return null;
        }

        var type = field.Span;
        var end = type.IndexOf((byte)';');
        if (end < 0 || type.Contains((byte)'"') || !Ascii.EqualsIgnoreCase(type[..end].TrimEnd((byte)' '), ContentTypes.PlainText))
        {
            return null;
        }

        var parameter = type[(end + 1)..].Trim((byte)' ');
        end = parameter.IndexOf((byte)';');
        return Ascii.EqualsIgnoreCase(end < 0 ? parameter : parameter[..end].TrimEnd((byte)' '), "charset=utf-8") && !body.StartsWith("\uFEFF"u8) && Utf8.IsValid(body)
            ? Encoding.UTF8.GetString(body)
            : null;
    }

    private static IEnumerable<MessagePart> PartsOf(MultipartBody body)
    {
        foreach (var part in body.Parts)
        {
            if (part.Type is { IsMultipart: true })
            {
                if (part.TryReadMultipart(out var inner, out _))
                {
                    foreach (var innerPart in PartsOf(inner))
                    {
                        yield return innerPart;
                    }
                }
            }
            else if (part.Disposition is not { Kind: "attachment" })
            {
                yield return new(part.Headers[HeaderName.ContentType] ?? "", part.Content) { TransferEncoding = part.Headers[TransferEncoding] };
            }
        }
    }

    private static bool TryConvert(MessageContent message, [NotNullWhen(true)] out InstantMessageContent? content)
    {
        var (gif, ink) = message.Others.Count == 0 ? default : (DrawingBody.Find(message, DrawingBody.Gif), DrawingBody.Find(message, DrawingBody.Ink));
        content = message is { Plain: null, Html: null, Rtf: null } && gif.IsEmpty && ink.IsEmpty ? null
            : InstantMessageContent.Received(PlainOf(message), message.Html, message.Rtf) with { Gif = gif, Ink = ink };
        return content is not null;
    }

    // Whoever sent markup only has said something all the same.
    private static string PlainOf(MessageContent message) => message.Plain ?? (RichText.TryRead(message, out var text, out _) ? text.ToPlain() : "");
}
