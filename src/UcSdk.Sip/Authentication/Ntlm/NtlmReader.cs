using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// What all NTLM messages have in common: <c>"NTLMSSP\0"</c>, a 32-bit type, and in the fixed part descriptions {length 16, maximum 16, offset 32}
/// of fields that lie behind it. No field may reach into the fixed part, beyond the end, or into another field; an empty one may point anywhere.
/// </summary>
internal ref struct NtlmReader
{
    private readonly ReadOnlySpan<byte> _message;
    private readonly string _rule;
    private Taken _starts;
    private Taken _ends;
    private int _taken;

    private NtlmReader(ReadOnlySpan<byte> message, string rule)
    {
        _message = message;
        _rule = rule;
        FirstField = message.Length;
    }

    /// <summary>The bytes that open every message.</summary>
    public static ReadOnlySpan<byte> Signature => "NTLMSSP\0"u8;

    /// <summary>Where the first field begins that is not empty; the end of the message when all are.</summary>
    public int FirstField { get; private set; }

    /// <summary>Where fields may begin.</summary>
    public int FixedBytes { get; private set; }

    /// <summary>Opens a message of the given type, whose fixed part is at least so long.</summary>
    public static bool TryOpen(ReadOnlySpan<byte> message, uint type, int fixedBytes, string rule, out NtlmReader reader, out ParseError error)
    {
        reader = new(message, rule) { FixedBytes = fixedBytes };
        ScanMeter.Visit(Math.Min(message.Length, fixedBytes));
        if (!NtlmLimits.Token.Allows(message.Length))
        {
            error = NtlmLimits.Token.Exceeded(NtlmLimits.Token.Maximum);
        }
        else if (!message.StartsWith(Signature))
        {
            error = new(0, "NTLMSSP", rule);
        }
        else if (message.Length < fixedBytes)
        {
            error = new(message.Length, $"{fixedBytes} bytes", rule);
        }
        else
        {
            error = BinaryPrimitives.ReadUInt32LittleEndian(message[8..]) == type ? default : new(8, $"message type {type}", rule);
        }

        return error.IsNone;
    }

    /// <summary>True when it is such a message, as far as its first twelve bytes tell.</summary>
    public static bool IsOfType(ReadOnlySpan<byte> message, uint type) =>
        message.Length >= 12 && message.StartsWith(Signature) && BinaryPrimitives.ReadUInt32LittleEndian(message[8..]) == type;

    public readonly NtlmFlags ReadFlags(int at) => (NtlmFlags)BinaryPrimitives.ReadUInt32LittleEndian(_message[at..]);

    /// <summary>The version at the end of the fixed part, which grows by it, where the flags say that there is one; null where they do not.</summary>
    public bool TryReadVersion(NtlmFlags flags, out NtlmVersion? version, out ParseError error)
    {
        version = null;
        error = default;
        if (!flags.HasFlag(NtlmFlags.Version))
        {
            return true;
        }

        var at = FixedBytes;
        FixedBytes += NtlmVersion.Bytes;
        if (_message.Length < FixedBytes)
        {
            error = new(_message.Length, "a version, since its flag is set", _rule);
            return false;
        }

        version = NtlmVersion.Read(_message[at..]);
        return true;
    }

    /// <summary>The bytes of the field that is described at an offset.</summary>
    public bool TryReadField(int at, out ReadOnlySpan<byte> field, out ParseError error)
    {
        field = default;
        error = default;
        var length = BinaryPrimitives.ReadUInt16LittleEndian(_message[at..]);
        var offset = BinaryPrimitives.ReadUInt32LittleEndian(_message[(at + 4)..]);
        if (length == 0)
        {
            return true;
        }

        if (offset < FixedBytes || offset > _message.Length || length > _message.Length - (int)offset)
        {
            error = new(at, "a field behind the fixed part and within the message", _rule);
            return false;
        }

        var (start, end) = ((int)offset, (int)offset + length);
        for (var other = 0; other < _taken; other++)
        {
            if (start < _ends[other] && _starts[other] < end)
            {
                error = new(at, "a field that shares no bytes with another", _rule);
                return false;
            }
        }

        ScanMeter.Visit(length);
        _starts[_taken] = start;
        _ends[_taken++] = end;
        FirstField = Math.Min(FirstField, start);
        field = _message[start..end];
        return true;
    }

    /// <summary>The name in the field that is described at an offset.</summary>
    public bool TryReadName(int at, bool isUnicode, out string name, out ParseError error)
    {
        name = "";
        if (!TryReadField(at, out var bytes, out error))
        {
            return false;
        }

        if (isUnicode && bytes.Length % 2 != 0)
        {
            error = new(at, "a name of whole UTF-16 units", _rule);
            return false;
        }

        name = NtlmText.Read(bytes, isUnicode);
        return true;
    }

    // An AUTHENTICATE message has the most.
    [InlineArray(6)]
    private struct Taken
    {
        private int _first;
    }
}
