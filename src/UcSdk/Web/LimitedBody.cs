namespace UcSdk;

/// <summary>Reads bodies of HTTP answers that may be of any length.</summary>
internal static class LimitedBody
{
    /// <summary>The whole body; null when there is more than the limit. What the header says of the length is not believed, and no more than one byte beyond the limit is read.</summary>
    public static async Task<byte[]?> ReadAsync(HttpContent content, int maxBytes, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var buffer = new byte[8192];
        while (await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, maxBytes + 1L - body.Length)), cancellationToken) is var read and > 0)
        {
            body.Write(buffer, 0, read);
            if (body.Length > maxBytes)
            {
                return null;
            }
        }

        return body.ToArray();
    }
}
