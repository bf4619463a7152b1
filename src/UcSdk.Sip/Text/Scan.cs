using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>The searches that the parsers are made of; every byte they look at goes through here, so that it can be counted.</summary>
internal static class Scan
{
    /// <summary>Index of the byte, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int IndexOf(ReadOnlySpan<byte> bytes, byte wanted) => Count(bytes, bytes.IndexOf(wanted));

    /// <summary>Index of the first of two bytes, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int IndexOfAny(ReadOnlySpan<byte> bytes, byte one, byte other) => Count(bytes, bytes.IndexOfAny(one, other));

    /// <summary>Index of the first byte of the set, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int IndexOfAny(ReadOnlySpan<byte> bytes, SearchValues<byte> wanted) => Count(bytes, bytes.IndexOfAny(wanted));

    /// <summary>Index of the first byte that is not of the set, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int IndexOfAnyExcept(ReadOnlySpan<byte> bytes, SearchValues<byte> set) => Count(bytes, bytes.IndexOfAnyExcept(set));

    /// <summary>True when the bytes are all of the set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsAllOf(ReadOnlySpan<byte> bytes, SearchValues<byte> set) => Count(bytes, bytes.IndexOfAnyExcept(set)) < 0;

    /// <summary>True when both are the same but for ASCII case.</summary>
    public static bool EqualsIgnoreCase(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> other)
    {
        if (bytes.Length != other.Length)
        {
            return false;
        }

        ScanMeter.Visit(bytes.Length);
        return bytes.SequenceEqual(other) || Ascii.EqualsIgnoreCase(bytes, other);
    }

    /// <inheritdoc cref="EqualsIgnoreCase(ReadOnlySpan{byte}, ReadOnlySpan{byte})"/>
    public static bool EqualsIgnoreCase(ReadOnlySpan<byte> bytes, ReadOnlySpan<char> other)
    {
        if (bytes.Length != other.Length)
        {
            return false;
        }

        ScanMeter.Visit(bytes.Length);
        return Ascii.EqualsIgnoreCase(bytes, other);
    }

    /// <summary>Blanks, tabs and line ends: what may stand around the parts of a value (RFC 3261 §25.1 LWS).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsBlank(byte next) => next is (byte)' ' or (>= 9 and <= 13);

    /// <summary>The first index from <paramref name="start"/> that is not blank, or <paramref name="end"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SkipBlanks(ReadOnlySpan<byte> bytes, int start, int end)
    {
        var at = start;
        while (at < end && IsBlank(bytes[at]))
        {
            at++;
        }

        ScanMeter.Visit(at - start);
        return at;
    }

    /// <summary>The end of the text between <paramref name="start"/> and <paramref name="end"/> without the blanks at its end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int TrimEnd(ReadOnlySpan<byte> bytes, int start, int end)
    {
        var at = end;
        while (at > start && IsBlank(bytes[at - 1]))
        {
            at--;
        }

        ScanMeter.Visit(end - at);
        return at;
    }

    /// <summary>Reads decimal digits and nothing else; false when there are none or the number exceeds 31 bits.</summary>
    public static bool TryReadNumber(ReadOnlySpan<byte> digits, out int number)
    {
        long value = 0;
        number = 0;
        foreach (var digit in digits)
        {
            value = (value * 10) + (digit - '0');
            if (digit is < (byte)'0' or > (byte)'9' || value > int.MaxValue)
            {
                return false;
            }
        }

        ScanMeter.Visit(digits.Length);
        number = (int)value;
        return !digits.IsEmpty;
    }

    /// <summary>The index of the quote that ends the quoted string beginning at <paramref name="start"/>, or -1 (RFC 3261 §25.1 quoted-string).</summary>
    public static int FindQuoteEnd(ReadOnlySpan<byte> bytes, int start)
    {
        var at = start + 1;
        while (at < bytes.Length && IndexOfAny(bytes[at..], (byte)'"', (byte)'\\') is var found and >= 0)
        {
            at += found;
            if (bytes[at] == '"')
            {
                return at;
            }

            at += 2;
        }

        return -1;
    }

    /// <summary>Index of the first comma outside quotes and angle brackets, or the length: where the first value of a list ends (RFC 3261 §7.3.1).</summary>
    public static int FindValueEnd(ReadOnlySpan<byte> bytes, int start)
    {
        var at = start;
        while (at < bytes.Length && IndexOfAny(bytes[at..], ListDelimiters) is var found and >= 0)
        {
            at += found;
            var close = bytes[at] switch
            {
                (byte)',' => at,
                (byte)'"' => FindQuoteEnd(bytes, at),
                _ => IndexOf(bytes[at..], (byte)'>') is var end and >= 0 ? at + end : -1,
            };
            if (close < 0)
            {
                break;
            }

            if (close == at)
            {
                return at;
            }

            at = close + 1;
        }

        return bytes.Length;
    }

    private static readonly SearchValues<byte> ListDelimiters = SearchValues.Create("\"<,"u8);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Count(ReadOnlySpan<byte> bytes, int found)
    {
        ScanMeter.Visit(found < 0 ? bytes.Length : found + 1);
        return found;
    }
}
