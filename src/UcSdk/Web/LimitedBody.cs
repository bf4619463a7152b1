namespace UcSdk;

/// <summary>Reads bodies of HTTP answers that may be of any length.</summary>
internal static class LimitedBody
{
    /// <summary>The whole body; null when there is more than the limit. What the header says of the length is not believed, and what is too much is not read.</summary>
    public static async Task<byte[]?> ReadAsync(HttpContent content, int maxBytes, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var buffer = new byte[8192];
        // One byte more than may be tells that there are too many.
        while (await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, maxBytes - body.Length + 1)), cancellationToken) is var read and > 0)
        {
            if (body.Length + read > maxBytes)
            {
                return null;
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }
}
