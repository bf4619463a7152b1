using System.Text;
using System.Text.Unicode;

namespace UcSdk.Documents;

/// <summary>Reads the parts of one instant message: transfer encodings, charsets, and which form is which. Nothing makes it fail; what is wrong becomes a defect.</summary>
internal sealed class MessageReader(MessageLimits limits)
{
    private readonly List<MessagePart> _others = [];
    private readonly List<MessageDefect> _defects = [];
    private MessageContent _content = new();
    private int _parts;

    public MessageContent Content => _content with { Others = ValueList.From(_others), Defects = ValueList.From(_defects) };

    /// <summary>Takes one part; false when no more are taken.</summary>
    public bool Read(MessagePart part)
    {
        var type = MediaTypeText.Parse(part.ContentType);
        var name = type.Name.Length == 0 ? ContentTypes.PlainText : type.Name;
        if (!limits.Parts.Allows(++_parts))
        {
            _defects.Add(new MessageDefect(MessageDefectKind.TooLarge, name, limits.Parts.Name));
            return false;
        }

        if (!limits.PartBytes.Allows(part.Content.Length))
        {
            _defects.Add(new MessageDefect(MessageDefectKind.TooLarge, name, limits.PartBytes.Name));
            return true;
        }

        switch (name)
        {
            case ContentTypes.PlainText:
                Displace(_content.Plain, name);
                var format = MessageFormat.TryRead(type["msgr"], out var read) ? read : null;
                _content = _content with { Plain = Decode(part, name, type["charset"]), Format = format };
                break;
            case ContentTypes.Html:
                Displace(_content.Html, name);
                _content = _content with { Html = Decode(part, name, type["charset"]) };
                break;
            case ContentTypes.Rtf or "application/rtf":
                Displace(_content.Rtf, name);
                _content = _content with { Rtf = Decode(part, name, type["charset"]) };
                break;
            default:
                _others.Add(part);
                break;
        }

        return true;
    }

    private void Displace(string? former, string name)
    {
        if (former is not null)
        {
            _others.Add(MessageContent.Text(name, former));
        }
    }

    private string Decode(MessagePart part, string name, string? charset)
    {
        var bytes = part.Content.Span;
        if (part.TransferEncoding?.Trim() is { Length: > 0 } encoding)
        {
            var decoded = encoding.ToLowerInvariant() switch
            {
                "base64" => TransferEncodings.FromBase64(bytes, out var bad) is var content && bad ? Bad(name, encoding, content) : content,
                "quoted-printable" => TransferEncodings.FromQuotedPrintable(bytes, out var bad) is var content && bad ? Bad(name, encoding, content) : content,
                "7bit" or "8bit" or "binary" => null,
                _ => Bad(name, encoding, null),
            };
            bytes = decoded is null ? bytes : decoded;
        }

        return Decode(bytes, name, charset);
    }

    private byte[]? Bad(string name, string encoding, byte[]? content)
    {
        _defects.Add(new MessageDefect(MessageDefectKind.BadTransferEncoding, name, encoding));
        return content;
    }

    private string Decode(ReadOnlySpan<byte> bytes, string name, string? charset)
    {
        var encoding = Charsets.Find(charset);
        if (encoding is null)
        {
            _defects.Add(new MessageDefect(MessageDefectKind.UnknownCharset, name, charset!));
            encoding = Encoding.UTF8;
        }

        var text = encoding.GetString(bytes);
        var isBad = encoding.CodePage == Encoding.UTF8.CodePage ? !Utf8.IsValid(bytes) : text.Contains('\uFFFD', StringComparison.Ordinal);
        if (isBad)
        {
            _defects.Add(new MessageDefect(MessageDefectKind.BadEncoding, name, encoding.WebName));
        }

        return text.Length > 0 && text[0] == '\uFEFF' ? text[1..] : text;
    }
}
