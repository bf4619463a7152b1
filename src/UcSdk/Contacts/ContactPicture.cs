namespace UcSdk;

/// <summary>A picture of a contact.</summary>
/// <param name="Content">The bytes of the file.</param>
/// <param name="ContentType">What they are, told by themselves: <c>image/jpeg</c>, <c>image/png</c>, <c>image/gif</c> or <c>image/bmp</c>.</param>
/// <param name="Hash">What presence said of it, which changes when the picture does; null when it said nothing.</param>
public sealed record ContactPicture(ReadOnlyMemory<byte> Content, string ContentType, string? Hash)
{
    /// <summary>Kind and size; never the picture.</summary>
    public override string ToString() => $"{ContentType}, {Content.Length} bytes";

    /// <summary>What the first bytes say that it is; null when it is no picture of these kinds. What a web server calls it is not regarded: some call it nothing.</summary>
    internal static string? TypeOf(ReadOnlySpan<byte> content) =>
        content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : content.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) ? "image/png"
        : content.StartsWith("GIF87a"u8) || content.StartsWith("GIF89a"u8) ? "image/gif"
        : content.Length >= 14 && content.StartsWith("BM"u8) ? "image/bmp"
        : null;
}
