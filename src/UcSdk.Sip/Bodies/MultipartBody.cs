using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Sip;

/// <summary>A body of several parts (RFC 2046 §5.1, RFC 5621), received or to be sent: mixed, alternative, related, or another subtype.</summary>
public sealed class MultipartBody
{
    internal MultipartBody(MediaType type, IReadOnlyList<BodyPart> parts)
    {
        Type = type;
        Parts = parts;
    }

    /// <summary>The Content-Type, with the boundary.</summary>
    public MediaType Type { get; }

    /// <summary>The parts in order.</summary>
    public IReadOnlyList<BodyPart> Parts { get; }

    /// <summary>
    /// The part that the others belong to: of multipart/related the one that <c>start</c> names (RFC 2387 §3.2), of multipart/alternative the last, which
    /// is the best (RFC 2046 §5.1.4), else the first. Null when there is no part, or <c>start</c> names none.
    /// </summary>
    public BodyPart? Root => Type.Subtype switch
    {
        "related" when Type.Parameters["start"] is { } start => FindById(start),
        "alternative" => Parts.Count == 0 ? null : Parts[^1],
        _ => Parts.Count == 0 ? null : Parts[0],
    };

    /// <summary>Reads the body of a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="body">The parts; null when the body is no multipart or cannot be read.</param>
    /// <param name="error">Where and why it cannot be read.</param>
    /// <param name="limits">Null for the defaults.</param>
    public static bool TryRead(SipMessage message, [NotNullWhen(true)] out MultipartBody? body, out SipParseError error, MultipartLimits? limits = null) =>
        TryParse(message.Headers[HeaderName.ContentType], message.Body, out body, out error, limits);

    /// <summary>Reads a multipart. What stands before the first and after the last delimiter is passed over; lines may end with LF alone.</summary>
    /// <param name="contentType">The Content-Type, which names the boundary.</param>
    /// <param name="bytes">The body.</param>
    /// <param name="body">The parts; null when it is no multipart or cannot be read.</param>
    /// <param name="error">Where and why it cannot be read.</param>
    /// <param name="limits">Null for the defaults.</param>
    public static bool TryParse(
        string? contentType, ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out MultipartBody? body, out SipParseError error, MultipartLimits? limits = null) =>
        MultipartReader.TryRead(contentType, bytes, limits ?? MultipartLimits.Default, out body, out error);

    /// <summary>The part of that Content-ID, with or without angle brackets or <c>cid:</c>; null when there is none.</summary>
    public BodyPart? FindById(string contentId)
    {
        var id = contentId.Trim().TrimStart('<').TrimEnd('>');
        id = id.StartsWith("cid:", StringComparison.OrdinalIgnoreCase) ? id[4..] : id;
        return Parts.FirstOrDefault(part => part.ContentId == id);
    }

    /// <summary>
    /// The part of that media type, here or in a multipart within; of several the first, of alternatives the last, which is the best. Null when there is none.
    /// </summary>
    /// <param name="mediaType">Type and subtype, compared without regard to case.</param>
    public BodyPart? Find(string mediaType)
    {
        foreach (var part in Type.Subtype == "alternative" ? Parts.Reverse() : Parts)
        {
            if (part.Type is not { } type)
            {
                continue;
            }

            if (type.Name.Equals(mediaType, StringComparison.OrdinalIgnoreCase))
            {
                return part;
            }

            if (type.IsMultipart && part.TryReadMultipart(out var nested, out _) && nested.Find(mediaType) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>
    /// The part for which the message must be refused with 415 (RFC 5621 §§3.1, 4): one that is not understood and whose handling is not optional.
    /// Of alternatives one is enough; of related parts the root counts. Null when everything is well.
    /// </summary>
    /// <param name="understands">Says whether the receiver understands a media type; it is not asked for multiparts.</param>
    public BodyPart? FindUnhandled(Func<string, bool> understands)
    {
        if (Type.Subtype == "related")
        {
            return Root is { } root && !IsHandled(root, understands) ? root : null;
        }

        if (Type.Subtype == "alternative")
        {
            return Parts.Any(part => IsHandled(part, understands)) ? null : Root;
        }

        return Parts.FirstOrDefault(part => !IsHandled(part, understands));
    }

    /// <summary>The body as it goes onto the wire.</summary>
    public byte[] ToBytes() => MultipartWriter.Write(this);

    private static bool IsHandled(BodyPart part, Func<string, bool> understands)
    {
        if (part.Disposition is { IsOptional: true })
        {
            return true;
        }

        return part.Type is { } type
            && (type.IsMultipart ? part.TryReadMultipart(out var nested, out _) && nested.FindUnhandled(understands) is null : understands(type.Name));
    }
}
