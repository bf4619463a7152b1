namespace UcSdk.Documents;

/// <summary>
/// One form of an instant message: a body, a part of a multipart body, or the value of one of the headers in which the first message of a session travels.
/// Whoever carries a multipart takes it apart and hands over its parts in order.
/// </summary>
/// <param name="ContentType">The media type with its parameters, e.g. <c>text/plain; charset=UTF-8</c>; empty means plain text.</param>
/// <param name="Content">The bytes, as they travel.</param>
public sealed record MessagePart(string ContentType, ReadOnlyMemory<byte> Content)
{
    /// <summary>The Content-Transfer-Encoding, which parts of a multipart may have (RFC 2045 §6): <c>base64</c>, <c>quoted-printable</c>; null or any other for none.</summary>
    public string? TransferEncoding { get; init; }

    /// <summary>The media type without its parameters, in lower case.</summary>
    public string MediaType => MediaTypeText.Parse(ContentType).Name is { Length: > 0 } name ? name : ContentTypes.PlainText;

    /// <summary>The media type and the size; never the content.</summary>
    public override string ToString() => $"{MediaType}, {Content.Length} bytes";
}
