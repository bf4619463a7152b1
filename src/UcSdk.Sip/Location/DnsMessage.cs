using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;

namespace UcSdk.Sip;

/// <summary>
/// DNS messages (RFC 1035 §4), as much as a stub resolver needs: it writes one question with EDNS0 (RFC 6891) and reads answers. The reader is
/// lenient, follows compression only backwards, and never throws.
/// </summary>
internal sealed record DnsMessage(ushort Id, bool IsTruncated, DnsStatus Status, string Question, int QuestionType, IReadOnlyList<DnsRecord> Records)
{
    /// <summary>What we can take in one datagram without fragments on usual paths (RFC 6891 §6.2.5).</summary>
    public const int MaxDatagramBytes = 1232;

    private const int HeaderLength = 12;
    private const int MaxNameLength = 255;
    private const int MaxRecords = 256;

    // RFC 1035 §2.3.4.
    private const int MaxLabelLength = 63;

    /// <summary>Writes a question; false when the name is none.</summary>
    public static bool TryCreateQuery(ushort id, string name, DnsRecordType type, [NotNullWhen(true)] out byte[]? query)
    {
        query = null;
        Span<byte> bytes = stackalloc byte[HeaderLength + MaxNameLength + 4 + 11];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, id);
        // Recursion desired; one question, one additional record.
        bytes[2] = 1;
        bytes[5] = 1;
        bytes[11] = 1;
        var at = HeaderLength;
        foreach (var range in name.AsSpan().TrimEnd('.').Split('.'))
        {
            var label = name.AsSpan()[range];
            if (label.Length is 0 or > MaxLabelLength || !Ascii.IsValid(label) || at + label.Length + 2 > HeaderLength + MaxNameLength)
            {
                return false;
            }

            bytes[at++] = (byte)label.Length;
            at += Encoding.ASCII.GetBytes(label, bytes[at..]);
        }

        at++;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[at..], (ushort)type);
        bytes[at + 3] = 1;
        at += 4;
        // OPT: root name, type 41, our datagram size in place of the class, no extended code, no options.
        bytes[at + 2] = 41;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[(at + 3)..], MaxDatagramBytes);
        query = bytes[..(at + 11)].ToArray();
        return true;
    }

    /// <summary>Reads an answer; false when it is none. Records that are malformed or unknown are passed over as long as their length is right.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out DnsMessage? message)
    {
        message = null;
        if (bytes.Length < HeaderLength || (bytes[2] & 0x80) == 0 || BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]) != 1)
        {
            return false;
        }

        var at = HeaderLength;
        if (!TryReadName(bytes, ref at, out var question) || at + 4 > bytes.Length)
        {
            return false;
        }

        var type = BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
        at += 4;
        var count = BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]) + BinaryPrimitives.ReadUInt16BigEndian(bytes[8..]) + BinaryPrimitives.ReadUInt16BigEndian(bytes[10..]);
        var records = new List<DnsRecord>();
        for (var index = 0; index < count && index < MaxRecords; index++)
        {
            if (!TryReadRecord(bytes, ref at, out var record))
            {
                break;
            }

            if (record is not null)
            {
                records.Add(record);
            }
        }

        message = new(BinaryPrimitives.ReadUInt16BigEndian(bytes), (bytes[2] & 2) != 0, (DnsStatus)(bytes[3] & 15), question, type, records);
        return true;
    }

    private static bool TryReadRecord(ReadOnlySpan<byte> bytes, ref int at, out DnsRecord? record)
    {
        record = null;
        if (!TryReadName(bytes, ref at, out var name) || at + 10 > bytes.Length)
        {
            return false;
        }

        var type = BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
        var seconds = BinaryPrimitives.ReadUInt32BigEndian(bytes[(at + 4)..]);
        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 8)..]);
        at += 10;
        if (at + length > bytes.Length)
        {
            return false;
        }

        // RFC 2181 §8: a time with the highest bit set counts as zero.
        var life = TimeSpan.FromSeconds(seconds > int.MaxValue ? 0 : seconds);
        record = ReadData(bytes[..(at + length)], at, (DnsRecordType)type, name, life);
        at += length;
        return true;
    }

    // The slice ends with the data, so that nothing is read behind it; names in it may point back.
    private static DnsRecord? ReadData(ReadOnlySpan<byte> bytes, int at, DnsRecordType type, string name, TimeSpan life)
    {
        var data = bytes[at..];
        switch (type)
        {
            case DnsRecordType.A when data.Length == 4:
            case DnsRecordType.Aaaa when data.Length == 16:
                return new DnsRecord.Address(name, life, new IPAddress(data));
            case DnsRecordType.Cname when TryReadName(bytes, ref at, out var target):
                return new DnsRecord.Alias(name, life, target);
            case DnsRecordType.Srv when data.Length > 6:
                at += 6;
                return TryReadName(bytes, ref at, out var host)
                    ? new DnsRecord.Service(
                        name, life, BinaryPrimitives.ReadUInt16BigEndian(data), BinaryPrimitives.ReadUInt16BigEndian(data[2..]), BinaryPrimitives.ReadUInt16BigEndian(data[4..]), host)
                    : null;
            case DnsRecordType.Naptr when data.Length > 4:
                at += 4;
                return TryReadString(bytes, ref at, out var flags) && TryReadString(bytes, ref at, out var service) && TryReadString(bytes, ref at, out var expression)
                    && TryReadName(bytes, ref at, out var replacement)
                    ? new DnsRecord.NamingAuthority(
                        name, life, BinaryPrimitives.ReadUInt16BigEndian(data), BinaryPrimitives.ReadUInt16BigEndian(data[2..]), flags, service, expression, replacement)
                    : null;
            case DnsRecordType.Soa when data.Length > 20:
                var minimum = BinaryPrimitives.ReadUInt32BigEndian(data[^4..]);
                return new DnsRecord.Authority(name, life, TimeSpan.FromSeconds(Math.Min(minimum, int.MaxValue)));
            default:
                return null;
        }
    }

    private static bool TryReadString(ReadOnlySpan<byte> bytes, ref int at, out string text)
    {
        text = "";
        if (at >= bytes.Length || at + 1 + bytes[at] > bytes.Length)
        {
            return false;
        }

        text = Encoding.Latin1.GetString(bytes.Slice(at + 1, bytes[at]));
        at += 1 + bytes[at];
        return true;
    }

    // A pointer must point before where the name began, and each further one before the last: no loop can arise (RFC 1035 §4.1.4).
    private static bool TryReadName(ReadOnlySpan<byte> bytes, ref int at, out string name)
    {
        name = "";
        var text = new StringBuilder();
        var (position, bound, jumped) = (at, at, false);
        while (position < bytes.Length)
        {
            var length = bytes[position];
            if (length == 0)
            {
                at = jumped ? at : position + 1;
                name = text.ToString();
                return true;
            }

            if ((length & 0xC0) == 0xC0)
            {
                if (position + 2 > bytes.Length)
                {
                    return false;
                }

                var target = BinaryPrimitives.ReadUInt16BigEndian(bytes[position..]) & 0x3FFF;
                if (target >= bound)
                {
                    return false;
                }

                at = jumped ? at : position + 2;
                (position, bound, jumped) = (target, target, true);
                continue;
            }

            if (length > MaxLabelLength || position + 1 + length > bytes.Length || text.Length + length + 1 > MaxNameLength)
            {
                return false;
            }

            text.Append(text.Length == 0 ? "" : ".").Append(Encoding.Latin1.GetString(bytes.Slice(position + 1, length)));
            position += 1 + length;
        }

        return false;
    }
}
