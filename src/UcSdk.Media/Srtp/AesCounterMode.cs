using System.Buffers.Binary;
using System.Security.Cryptography;

namespace UcSdk.Media;

/// <summary>AES-128 in counter mode (RFC 3711 §4.1.1): makes as much keystream as the text is long, in one call, and adds it to the text.</summary>
internal sealed class AesCounterMode : IDisposable
{
    private const int BlockLength = 16;

    private readonly Aes _aes;
    private readonly ICryptoTransform _encryptor;
    private byte[] _counters = new byte[128 * BlockLength];
    private byte[] _keystream = new byte[128 * BlockLength];

    public AesCounterMode(byte[] key)
    {
        _aes = Aes.Create();
        _aes.Key = key;
        _aes.Mode = CipherMode.ECB;
        _aes.Padding = PaddingMode.None;
        _encryptor = _aes.CreateEncryptor();
    }

    /// <summary>Encrypts or decrypts in place; the last two bytes of the initial counter count blocks and must be 0.</summary>
    public void Transform(ReadOnlySpan<byte> initialCounter, Span<byte> text)
    {
        if (text.IsEmpty)
        {
            return;
        }

        var length = (text.Length + BlockLength - 1) / BlockLength * BlockLength;
        if (length > _counters.Length)
        {
            _counters = new byte[length];
            _keystream = new byte[length];
        }

        for (var offset = 0; offset < length; offset += BlockLength)
        {
            var block = _counters.AsSpan(offset, BlockLength);
            initialCounter.CopyTo(block);
            BinaryPrimitives.WriteUInt16BigEndian(block[14..], (ushort)(offset / BlockLength));
        }

        _encryptor.TransformBlock(_counters, 0, length, _keystream, 0);
        for (var i = 0; i < text.Length; i++)
        {
            text[i] ^= _keystream[i];
        }
    }

    public void Dispose()
    {
        _encryptor.Dispose();
        _aes.Dispose();
        CryptographicOperations.ZeroMemory(_counters);
        CryptographicOperations.ZeroMemory(_keystream);
    }
}
