using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace UcSdk.Sip;

/// <summary>One part of a multipart body (RFC 2046 §5.1, RFC 5621): headers that describe it, and its content as it came, not decoded.</summary>
public sealed class BodyPart
{
    private readonly ReadOnlyMemory<byte> _head;
    private readonly MultipartLimits _limits;
    private SipHeaders? _headers;

    /// <summary>A part to be sent.</summary>
    /// <param name="contentType">Its Content-Type; empty for none, which means text/plain in US-ASCII.</param>
    /// <param name="content">Its content.</param>
    public BodyPart(string contentType, ReadOnlyMemory<byte> content)
        : this(default, content, MultipartLimits.Default)
    {
        if (contentType.Length > 0)
        {
            Headers.Add(HeaderName.ContentType, contentType);
        }
    }

    internal BodyPart(ReadOnlyMemory<byte> head, ReadOnlyMemory<byte> content, MultipartLimits limits)
    {
        _head = head;
        _limits = limits;
        Content = content;
    }

    /// <summary>The part's header fields; those of parts that were received may be added to, but what was received is not changed by it.</summary>
    public SipHeaders Headers => _headers ??= MultipartReader.ReadHeaders(_head);

    /// <summary>The content.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>The content as UTF-8 text.</summary>
    public string Text => Encoding.UTF8.GetString(Content.Span);

    /// <summary>The Content-Type; <c>text/plain</c> when there is none (RFC 2046 §5.1), null when it cannot be read.</summary>
    public MediaType? Type => Headers[HeaderName.ContentType] is not { } text ? new("text/plain", SipParameters.Empty)
        : MediaType.TryParse(text, out var type) ? type
        : null;

    /// <summary>What it is for; null when it does not say or the value cannot be read (RFC 5621 §3.2 has the defaults).</summary>
    public ContentDisposition? Disposition =>
        ContentDisposition.TryParse(Headers[HeaderName.ContentDisposition], out var disposition) ? disposition : null;

    /// <summary>The name under which other parts and headers refer to it (<c>cid:</c>, RFC 2392), without angle brackets; null when it has none.</summary>
    public string? ContentId
    {
        get => Headers[HeaderName.ContentId]?.Trim().TrimStart('<').TrimEnd('>');
        init => Headers[HeaderName.ContentId] = value is null ? null : $"<{value}>";
    }

    /// <summary>Reads the parts within the part; false for what is no multipart, is malformed, or exceeds the limits, its depth among them.</summary>
    public bool TryReadMultipart([NotNullWhen(true)] out MultipartBody? body, out SipParseError error) =>
        MultipartBody.TryParse(Headers[HeaderName.ContentType], Content, out body, out error, _limits with { MaxDepth = _limits.MaxDepth - 1 });
}
