using System.Buffers.Binary;
using System.Net;

namespace UcSdk.Core;

/// <summary>A STUN message that was received (RFC 5389 §6): a view of its bytes. Reading never throws; an attribute that is malformed is absent.</summary>
internal readonly struct StunMessage
{
    public const int HeaderLength = 20;
    public const int TransactionIdLength = 12;
    public const uint MagicCookie = 0x2112A442;

    private const uint FingerprintMask = 0x5354554E;

    private readonly ReadOnlyMemory<byte> _bytes;

    private StunMessage(ReadOnlyMemory<byte> bytes) => _bytes = bytes;

    public StunMessageType Type => (StunMessageType)BinaryPrimitives.ReadUInt16BigEndian(_bytes.Span);

    public ReadOnlyMemory<byte> TransactionId => _bytes.Slice(8, TransactionIdLength);

    /// <summary>The reflexive address (§15.2, or §15.1 from servers of RFC 3489); null when absent or unreadable.</summary>
    public IPEndPoint? MappedAddress =>
        Find(StunAttributeType.XorMappedAddress) is { } mixed ? ReadAddress(mixed, isXor: true)
        : Find(StunAttributeType.MappedAddress) is { } plain ? ReadAddress(plain, isXor: false)
        : null;

    /// <summary>True when the datagram can be told from SIP at once: two zero bits, the cookie, and a length that fits (§6, §8).</summary>
    public static bool TryParse(ReadOnlyMemory<byte> datagram, out StunMessage message)
    {
        var bytes = datagram.Span;
        message = new(datagram);
        return bytes.Length >= HeaderLength
            && (bytes[0] & 0xC0) == 0
            && BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]) == MagicCookie
            && BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) is var length && length % 4 == 0 && length == bytes.Length - HeaderLength;
    }

    /// <summary>The value of the first attribute of that type; null when it is absent or cut short.</summary>
    public ReadOnlyMemory<byte>? Find(StunAttributeType type)
    {
        var rest = _bytes[HeaderLength..];
        while (rest.Length >= 4)
        {
            var name = BinaryPrimitives.ReadUInt16BigEndian(rest.Span);
            var length = BinaryPrimitives.ReadUInt16BigEndian(rest.Span[2..]);
            if (rest.Length < 4 + length)
            {
                return null;
            }

            if (name == (ushort)type)
            {
                return rest.Slice(4, length);
            }

            // Values are padded to four bytes (§15).
            var step = 4 + ((length + 3) & ~3);
            rest = step > rest.Length ? default : rest[step..];
        }

        return null;
    }

    /// <summary>True when there is a fingerprint and it is right; it stands last (§15.5).</summary>
    public bool HasValidFingerprint()
    {
        if (Find(StunAttributeType.Fingerprint) is not { Length: 4 } value)
        {
            return false;
        }

        var covered = _bytes.Span[..^8];
        return value.Span.SequenceEqual(_bytes.Span[^4..]) && BinaryPrimitives.ReadUInt32BigEndian(value.Span) == (Crc32.Of(covered) ^ FingerprintMask);
    }

    /// <summary>A Binding request without attributes: what keeps a UDP flow alive (RFC 5626 §4.4.2).</summary>
    public static byte[] CreateBindingRequest(RandomSource random)
    {
        var bytes = CreateHeader(StunMessageType.BindingRequest, 0);
        random.Fill(bytes.AsSpan(8, TransactionIdLength));
        return bytes;
    }

    /// <summary>The answer to a Binding request: where it came from, as the receiver saw it.</summary>
    public static byte[] CreateBindingSuccess(StunMessage request, IPEndPoint source)
    {
        Span<byte> address = stackalloc byte[16];
        source.Address.TryWriteBytes(address, out var addressLength);
        var bytes = CreateHeader(StunMessageType.BindingSuccess, 8 + addressLength);
        request.TransactionId.Span.CopyTo(bytes.AsSpan(8));
        var attribute = bytes.AsSpan(HeaderLength);
        BinaryPrimitives.WriteUInt16BigEndian(attribute, (ushort)StunAttributeType.XorMappedAddress);
        BinaryPrimitives.WriteUInt16BigEndian(attribute[2..], (ushort)(4 + addressLength));
        attribute[5] = (byte)(addressLength == 4 ? 1 : 2);
        BinaryPrimitives.WriteUInt16BigEndian(attribute[6..], (ushort)(source.Port ^ (MagicCookie >> 16)));
        for (var at = 0; at < addressLength; at++)
        {
            // The cookie and the transaction identifier stand together in the header, from its fifth byte on (§15.2).
            attribute[8 + at] = (byte)(address[at] ^ bytes[4 + at]);
        }

        return bytes;
    }

    private static byte[] CreateHeader(StunMessageType type, int length)
    {
        var bytes = new byte[HeaderLength + length];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)length);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), MagicCookie);
        return bytes;
    }

    private IPEndPoint? ReadAddress(ReadOnlyMemory<byte> value, bool isXor)
    {
        var bytes = value.Span;
        if (bytes.Length < 4 || (bytes[1], bytes.Length) is not ((1, 8) or (2, 20)))
        {
            return null;
        }

        Span<byte> address = stackalloc byte[16];
        address = address[..(bytes.Length - 4)];
        bytes[4..].CopyTo(address);
        int port = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        if (isXor)
        {
            port ^= (int)(MagicCookie >> 16);
            for (var at = 0; at < address.Length; at++)
            {
                address[at] ^= _bytes.Span[4 + at];
            }
        }

        return new IPEndPoint(new IPAddress(address), port);
    }
}
