using UcSdk.Core;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>Puts a notification about several users into a <c>multipart/related</c> body (RFC 4662 §5.1), with the parameters by which clients of the family know it.</summary>
internal static class ResourceListBodies
{
    private static readonly HeaderName TransferEncoding = HeaderName.Of("Content-Transfer-Encoding");

    public static PresenceNotification Write(ResourceListNotification notification, RandomSource random)
    {
        var parts = new List<BodyPart>(notification.Parts.Count + 1)
        {
            Part(ResourceListNotification.RootContentId, ContentTypes.ResourceList, notification.List.ToBytes()),
        };
        parts.AddRange(notification.Parts.Select(part => Part(part.ContentId, part.ContentType, part.Body)));
        var body = MultipartWriter.Create("related", parts, random);
        var type = body.Type with
        {
            Parameters = body.Type.Parameters.WithQuoted("type", ContentTypes.ResourceList).With("start", ResourceListNotification.RootContentId),
        };
        return new(type.ToString(), body.ToBytes());
    }

    // Behind each document stands an empty line: libpurple takes the last four bytes before a delimiter away, whatever they are.
    private static BodyPart Part(string id, string contentType, ReadOnlyMemory<byte> content)
    {
        var part = new BodyPart(contentType, (byte[])[.. content.Span, .. "\r\n"u8]) { ContentId = id };
        part.Headers.Add(TransferEncoding, "binary");
        return part;
    }
}
