using System.Security.Cryptography;

namespace UcSdk.Core;

/// <summary>
/// Cryptographic randomness of the platform; the only source outside tests. Small wishes are served from a block that the thread has fetched at
/// once, since the platform's generator costs more for each call than for each byte; what was given out is wiped from it.
/// </summary>
internal sealed class SystemRandomSource : RandomSource
{
    public static readonly SystemRandomSource Instance = new();

    private const int BlockBytes = 512;
    private const int LargestPart = 32;

    [ThreadStatic]
    private static byte[]? _block;

    [ThreadStatic]
    private static int _left;

    private SystemRandomSource()
    {
    }

#pragma warning disable RS0030 // The one place that may use the platform's generator (docs/decisions/0002).
    public override void Fill(Span<byte> bytes)
    {
        if (bytes.Length > LargestPart)
        {
            RandomNumberGenerator.Fill(bytes);
            return;
        }

        var block = _block ??= new byte[BlockBytes];
        if (_left < bytes.Length)
        {
            RandomNumberGenerator.Fill(block);
            _left = BlockBytes;
        }

        _left -= bytes.Length;
        var part = block.AsSpan(_left, bytes.Length);
        part.CopyTo(bytes);
        part.Clear();
    }
#pragma warning restore RS0030
}
