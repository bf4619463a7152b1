using System.Buffers.Binary;
using System.Security.Cryptography;

namespace UcSdk.Media;

/// <summary>
/// AES_CM_128_HMAC_SHA1_80 under the session keys of one direction and one of the two protocols (RFC 3711 §4; RFC 4568 §6.2). Works in
/// place and allocates nothing per packet.
/// </summary>
internal sealed class SrtpCipher : IDisposable
{
    public const int TagLength = 10;

    private const int FullTagLength = 20;

    private readonly AesCounterMode _cipher;
    private readonly IncrementalHash _authentication;
    private readonly byte[] _salt = new byte[SrtpKeyDerivation.SaltLength];

    /// <summary>Derives the three session keys; the first label is 0 for SRTP and 3 for SRTCP.</summary>
    public SrtpCipher(ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt, byte firstLabel)
    {
        var key = new byte[SrtpKeyDerivation.KeyLength];
        var authenticationKey = new byte[SrtpKeyDerivation.AuthenticationKeyLength];
        SrtpKeyDerivation.Derive(masterKey, masterSalt, firstLabel, key);
        SrtpKeyDerivation.Derive(masterKey, masterSalt, (byte)(firstLabel + 1), authenticationKey);
        SrtpKeyDerivation.Derive(masterKey, masterSalt, (byte)(firstLabel + 2), _salt);
        _cipher = new(key);
        _authentication = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, authenticationKey);
        CryptographicOperations.ZeroMemory(key);
        CryptographicOperations.ZeroMemory(authenticationKey);
    }

    /// <summary>Encrypts or decrypts: the counter is salt · 2^16 + SSRC · 2^64 + index · 2^16 (RFC 3711 §4.1.1).</summary>
    public void Transform(uint ssrc, long index, Span<byte> text)
    {
        Span<byte> counter = stackalloc byte[16];
        counter.Clear();
        _salt.CopyTo(counter);
        BinaryPrimitives.WriteUInt32BigEndian(counter[4..], BinaryPrimitives.ReadUInt32BigEndian(counter[4..]) ^ ssrc);
        BinaryPrimitives.WriteUInt64BigEndian(counter[8..], BinaryPrimitives.ReadUInt64BigEndian(counter[8..]) ^ ((ulong)index << 16));
        _cipher.Transform(counter, text);
    }

    /// <summary>Writes the tag of the bytes, followed by the roll-over counter when there is one (RFC 3711 §4.2).</summary>
    public void Sign(ReadOnlySpan<byte> bytes, uint? rolloverCounter, Span<byte> tag)
    {
        Span<byte> full = stackalloc byte[FullTagLength];
        _authentication.AppendData(bytes);
        if (rolloverCounter is { } counter)
        {
            Span<byte> suffix = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(suffix, counter);
            _authentication.AppendData(suffix);
        }

        _authentication.GetHashAndReset(full);
        full[..TagLength].CopyTo(tag);
    }

    public bool Verify(ReadOnlySpan<byte> bytes, uint? rolloverCounter, ReadOnlySpan<byte> tag)
    {
        Span<byte> own = stackalloc byte[TagLength];
        Sign(bytes, rolloverCounter, own);
        return CryptographicOperations.FixedTimeEquals(own, tag);
    }

    public void Dispose()
    {
        _cipher.Dispose();
        _authentication.Dispose();
        CryptographicOperations.ZeroMemory(_salt);
    }
}
