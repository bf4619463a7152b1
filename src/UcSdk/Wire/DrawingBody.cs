using System.Text;
using UcSdk.Documents;

namespace UcSdk;

/// <summary>A drawing as the body of a message: its bytes, or <c>base64:</c> and its bytes in base64, as Lync clients show and take it.</summary>
internal static class DrawingBody
{
    public const string Gif = "image/gif";
    public const string Ink = "application/x-ms-ink";
    private const string Prefix = "base64:";

    public static string ToText(ReadOnlySpan<byte> drawing) => Prefix + Convert.ToBase64String(drawing);

    public static MessagePart ToPart(string type, ReadOnlyMemory<byte> drawing) => new(type, Encoding.ASCII.GetBytes(ToText(drawing.Span)));

    public static bool IsGif(ReadOnlySpan<byte> drawing) => drawing.StartsWith("GIF87a"u8) || drawing.StartsWith("GIF89a"u8);

    /// <summary>The last drawing of a type among the forms of a message; empty where there is none, or what there is cannot be one.</summary>
    public static ReadOnlyMemory<byte> Find(MessageContent message, string type)
    {
        var part = message.Others.LastOrDefault(other => other.MediaType == type);
        var drawing = part is null ? default : Read(part);
        return drawing.Length > InstantMessageContent.MaxDrawingBytes || (type == Gif && !IsGif(drawing.Span)) ? default : drawing;
    }

    private static ReadOnlyMemory<byte> Read(MessagePart part)
    {
        var body = part.Content.Span;
        var isMarked = body.StartsWith("base64:"u8);
        if (!isMarked && part.TransferEncoding?.Trim().ToLowerInvariant() != "base64")
        {
            return part.Content;
        }

        var drawing = TransferEncodings.FromBase64(isMarked ? body[Prefix.Length..] : body, out var isBad);
        return isBad ? default : drawing;
    }
}
