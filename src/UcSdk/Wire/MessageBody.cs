namespace UcSdk;

/// <summary>The body of a MESSAGE.</summary>
/// <param name="ContentType">Its media type, with parameters.</param>
/// <param name="Bytes">The body.</param>
internal readonly record struct MessageBody(string ContentType, ReadOnlyMemory<byte> Bytes);
