using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>
/// Addresses that reach one endpoint and do not tell whose it is (RFC 5627 §3.1.2, §5.1), made as its appendix A.2 proposes: the number of a registration and chance,
/// encrypted and authenticated, so that nothing is stored for each, and nobody can make one or see that two are of the same user.
/// </summary>
internal sealed class TemporaryGruus(RandomSource random)
{
    private const string Prefix = "tgruu.";
    private const int BlockBytes = 16;
    private const int ProofBytes = 10;

    // Made when the first is asked for: a server that grants none draws no chances for them.
    private byte[]? _encryptionKey;
    private byte[]? _proofKey;
    private long _last;

    /// <summary>A number for a registration that is to have such addresses; they live as long as something is known under it.</summary>
    public long NextNumber() => ++_last;

    /// <summary>Another address for the registration of that number: <c>sip:tgruu.…@domain;gr</c>.</summary>
    public SipUri Create(string domain, long number)
    {
        _encryptionKey ??= CreateKey(BlockBytes);
        _proofKey ??= CreateKey(HMACSHA256.HashSizeInBytes);
        Span<byte> token = stackalloc byte[BlockBytes + ProofBytes];
        Span<byte> plain = stackalloc byte[BlockBytes];
        BinaryPrimitives.WriteInt64BigEndian(plain, number);
        random.Fill(plain[sizeof(long)..]);
        using var cipher = CreateCipher();
        cipher.EncryptEcb(plain, token, PaddingMode.None);
        Prove(token[..BlockBytes], token[BlockBytes..]);
        return SipUri.Create(Prefix + Base64Url.EncodeToString(token), domain).WithParameter("gr");
    }

    /// <summary>Reads the number out of an address that was made here.</summary>
    public bool TryRead(SipUri uri, out long number)
    {
        number = 0;
        Span<byte> token = stackalloc byte[BlockBytes + ProofBytes];
        if (_proofKey is null || !uri.User.StartsWith(Prefix, StringComparison.Ordinal) || !uri.Parameters.Contains("gr")
            || !Base64Url.IsValid(uri.User.AsSpan(Prefix.Length))
            || !Base64Url.TryDecodeFromChars(uri.User.AsSpan(Prefix.Length), token, out var length) || length != token.Length)
        {
            return false;
        }

        Span<byte> proof = stackalloc byte[ProofBytes];
        Prove(token[..BlockBytes], proof);
        if (!CryptographicOperations.FixedTimeEquals(proof, token[BlockBytes..]))
        {
            return false;
        }

        Span<byte> plain = stackalloc byte[BlockBytes];
        using var cipher = CreateCipher();
        cipher.DecryptEcb(token[..BlockBytes], plain, PaddingMode.None);
        number = BinaryPrimitives.ReadInt64BigEndian(plain);
        return true;
    }

    // One block of chance and a number that never repeats: what ECB gives away, equal blocks, does not occur.
    [SuppressMessage("Security", "CA5358", Justification = "RFC 5627 appendix A.2: one block, never the same twice.")]
    private Aes CreateCipher()
    {
        var cipher = Aes.Create();
        cipher.Key = _encryptionKey!;
        return cipher;
    }

    private void Prove(ReadOnlySpan<byte> block, Span<byte> proof)
    {
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_proofKey!, block, whole);
        whole[..ProofBytes].CopyTo(proof);
    }

    private byte[] CreateKey(int length)
    {
        var key = new byte[length];
        random.Fill(key);
        return key;
    }
}
