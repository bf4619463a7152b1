using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// A server's nonces. A nonce says when it was made and carries a seal, so that nothing is remembered of those that nobody uses; of those in
/// use, the counts that came are remembered, so that no request is taken twice.
/// </summary>
/// <remarks>
/// <code>
///   base64url( time, 8 bytes ‖ salt, 8 bytes ‖ seal, 16 bytes of HMAC-SHA-256 over time, salt and realm )
/// </code>
/// The key is of this process: after a restart old nonces are stale.
/// </remarks>
internal sealed class DigestNonces(RandomSource random, DigestServerOptions options)
{
    private const int SealedBytes = 16;
    private const int Bytes = 32;

    private readonly byte[] _key = NewKey(random);

    // What is sealed: the content of a nonce in front, the realm behind it.
    private readonly byte[] _sealed = [.. new byte[SealedBytes], .. Encoding.UTF8.GetBytes(options.Realm)];
    private readonly Dictionary<string, CountWindow> _used = new(StringComparer.Ordinal);
    private readonly PriorityQueue<string, long> _oldest = new();

    // Nonces from before this moment that are not remembered were forgotten: nobody knows which of their counts came.
    private long _forgotten = long.MinValue;

    public int Count => _used.Count;

    public string Issue(Timestamp now)
    {
        Span<byte> nonce = stackalloc byte[Bytes];
        BinaryPrimitives.WriteInt64BigEndian(nonce, now.Ticks);
        random.Fill(nonce[8..SealedBytes]);
        Seal(nonce[..SealedBytes], nonce[SealedBytes..]);
        return Base64Url.EncodeToString(nonce);
    }

    public NonceState Judge(string nonce, Timestamp now)
    {
        if (!TryOpen(nonce, out var made))
        {
            return NonceState.Foreign;
        }

        var age = now - made;
        return age >= options.NonceLifetime ? NonceState.Expired : age >= options.NonceLifetime / 2 ? NonceState.Aging : NonceState.Fresh;
    }

    /// <summary>Takes a count of a nonce that was judged good; false when it came before, or may have.</summary>
    public bool TryUse(string nonce, uint count, Timestamp now)
    {
        Forget(now);
        if (!_used.TryGetValue(nonce, out var window))
        {
            TryOpen(nonce, out var made);
            if (made.Ticks <= _forgotten)
            {
                return false;
            }

            _used.Add(nonce, window = new());
            _oldest.Enqueue(nonce, made.Ticks);
            MakeRoom();
            if (made.Ticks <= _forgotten)
            {
                return false;
            }
        }

        return window.TryTake(count);
    }

    private static byte[] NewKey(RandomSource random)
    {
        var key = new byte[32];
        random.Fill(key);
        return key;
    }

    private bool TryOpen(string nonce, out Timestamp made)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        Span<byte> seal = stackalloc byte[Bytes - SealedBytes];
        made = default;
        if (nonce.Length != Base64Url.GetEncodedLength(Bytes) || !Base64Url.TryDecodeFromChars(nonce, bytes, out var length) || length != Bytes)
        {
            return false;
        }

        Seal(bytes[..SealedBytes], seal);
        made = new(BinaryPrimitives.ReadInt64BigEndian(bytes));
        return CryptographicOperations.FixedTimeEquals(seal, bytes[SealedBytes..]);
    }

    private void Seal(ReadOnlySpan<byte> content, Span<byte> seal)
    {
        content.CopyTo(_sealed);
        Span<byte> whole = stackalloc byte[32];
        HMACSHA256.HashData(_key, _sealed, whole);
        whole[..seal.Length].CopyTo(seal);
    }

    // What is past its time is refused without a memory of it.
    private void Forget(Timestamp now)
    {
        while (_oldest.TryPeek(out var nonce, out var made) && now - new Timestamp(made) >= options.NonceLifetime)
        {
            _oldest.Dequeue();
            _used.Remove(nonce);
        }
    }

    private void MakeRoom()
    {
        while (_used.Count > options.MaxNonces && _oldest.TryDequeue(out var nonce, out var made))
        {
            _used.Remove(nonce);
            _forgotten = Math.Max(_forgotten, made);
        }
    }
}
