namespace UcSdk.Documents;

/// <summary>A part of the body of a notification about a list: what a <c>multipart/related</c> body holds beside its root (RFC 4662 §5.1).</summary>
/// <param name="ContentId">Its content id, without angle brackets.</param>
/// <param name="ContentType">Its media type, of <see cref="ContentTypes"/>.</param>
/// <param name="Body">Its bytes.</param>
public sealed record ResourceListPart(string ContentId, string ContentType, ReadOnlyMemory<byte> Body)
{
    /// <summary>The type and the size; never the content.</summary>
    public override string ToString() => $"{ContentType}, {Body.Length} bytes";
}
