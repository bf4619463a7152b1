using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// A list of AV pairs ([MS-NLMP] §2.2.2.1), in their order, unknown ones included. On the wire each is a 16-bit id, a 16-bit length and the
/// value; id 0 of length 0 ends the list.
/// </summary>
internal sealed class NtlmTargetInfo(params IReadOnlyList<NtlmAvPair> pairs)
{
    private const string Rule = "[MS-NLMP] §2.2.2.1 AV_PAIR";
    private const int HeaderBytes = 4;
    private const byte MicFlag = 2;

    /// <summary>All but the end.</summary>
    public IReadOnlyList<NtlmAvPair> Pairs { get; } = pairs;

    /// <summary>The value of the first pair of a kind; null when there is none.</summary>
    public ReadOnlyMemory<byte>? this[NtlmAvId id]
    {
        get
        {
            foreach (var pair in Pairs)
            {
                if (pair.Id == id)
                {
                    return pair.Value;
                }
            }

            return null;
        }
    }

    /// <summary>The bit 0x2 of the pair Flags.</summary>
    public bool HasMic => this[NtlmAvId.Flags] is { Length: 4 } flags && (flags.Span[0] & MicFlag) != 0;

    /// <summary>The pair Timestamp, 100 ns since 1601, if there is one; and false when there is one that cannot be read.</summary>
    public (ulong? Time, bool IsReadable) TimeOf() => this[NtlmAvId.Timestamp] switch
    {
        null => (null, true),
        { Length: 8 } time => (BinaryPrimitives.ReadUInt64LittleEndian(time.Span), true),
        _ => (null, false),
    };

    /// <summary>A pair with a name in it, which is UTF-16 whatever was negotiated.</summary>
    public static NtlmAvPair Name(NtlmAvId id, string name) => new(id, NtlmText.Write(name, isUnicode: true));

    /// <summary>The pair Timestamp.</summary>
    public static NtlmAvPair Time(ulong fileTime)
    {
        var value = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(value, fileTime);
        return new(NtlmAvId.Timestamp, value);
    }

    /// <summary>Reads a list; what follows its end is not looked at.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out NtlmTargetInfo? info, out ParseError error)
    {
        info = null;
        var pairs = new List<NtlmAvPair>();
        for (var at = 0; ;)
        {
            ScanMeter.Visit(HeaderBytes);
            if (bytes.Length - at < HeaderBytes)
            {
                error = new(at, "the pair that ends the list", Rule);
                return false;
            }

            var id = (NtlmAvId)BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
            var length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + 2)..]);
            if (id == NtlmAvId.End)
            {
                error = length == 0 ? default : new(at + 2, "an end without a value", Rule);
                info = length == 0 ? new(pairs) : null;
                return length == 0;
            }

            if (!NtlmLimits.Pairs.Allows(pairs.Count + 1))
            {
                error = NtlmLimits.Pairs.Exceeded(at);
                return false;
            }

            at += HeaderBytes;
            if (bytes.Length - at < length)
            {
                error = new(at, "a value within the list", Rule);
                return false;
            }

            ScanMeter.Visit(length);
            pairs.Add(new(id, bytes.Slice(at, length).ToArray()));
            at += length;
        }
    }

    /// <summary>These pairs, and that the message has a MIC.</summary>
    public NtlmTargetInfo WithMic()
    {
        var flags = new byte[4];
        if (this[NtlmAvId.Flags] is { Length: 4 } known)
        {
            known.CopyTo(flags);
        }

        flags[0] |= MicFlag;
        return With(new(NtlmAvId.Flags, flags));
    }

    /// <summary>These pairs and one more, which replaces the first of its kind, or stands last.</summary>
    public NtlmTargetInfo With(NtlmAvPair added)
    {
        var pairs = new List<NtlmAvPair>(Pairs);
        var at = pairs.FindIndex(pair => pair.Id == added.Id);
        if (at < 0)
        {
            pairs.Add(added);
        }
        else
        {
            pairs[at] = added;
        }

        return new(pairs);
    }

    /// <summary>True when every pair of the other list is in this one with the same value.</summary>
    public bool Contains(NtlmTargetInfo other)
    {
        foreach (var pair in other.Pairs)
        {
            if (this[pair.Id] is not { } value || !value.Span.SequenceEqual(pair.Value.Span))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The list with its end.</summary>
    /// <exception cref="ArgumentException">A value is longer than 65,535 bytes.</exception>
    public byte[] Write()
    {
        var length = HeaderBytes;
        foreach (var pair in Pairs)
        {
            if (pair.Value.Length > ushort.MaxValue)
            {
                throw new ArgumentException($"An AV pair {pair.Id} of {pair.Value.Length} bytes cannot be written.");
            }

            length += HeaderBytes + pair.Value.Length;
        }

        var bytes = new byte[length];
        var rest = bytes.AsSpan();
        foreach (var pair in Pairs)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(rest, (ushort)pair.Id);
            BinaryPrimitives.WriteUInt16LittleEndian(rest[2..], (ushort)pair.Value.Length);
            pair.Value.Span.CopyTo(rest[HeaderBytes..]);
            rest = rest[(HeaderBytes + pair.Value.Length)..];
        }

        return bytes;
    }
}
