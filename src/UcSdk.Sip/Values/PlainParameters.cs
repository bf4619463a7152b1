using System.Buffers;

namespace UcSdk.Sip;

/// <summary>
/// The short way through parameters without quotes, brackets and blanks, which is what nearly all are; <see cref="ParameterReader"/> takes all.
/// </summary>
internal static class PlainParameters
{
    // Names are compared with each other only while they are few.
    private const int MaxCompared = 4;

    private static readonly SearchValues<byte> PlainBytes = SearchValues.Create(
        [.. Enumerable.Range('!', byte.MaxValue - '!' + 1).Select(code => (byte)code).Except("\"<>,\u007F"u8.ToArray())]);

    /// <summary>True when the bytes are plain, and may stand in a URI too.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> bytes) => Scan.IsAllOf(bytes, PlainBytes);

    /// <summary>True when the parameters are plain; then where they end, at a comma if that ends them.</summary>
    public static bool TryFindEnd(ReadOnlySpan<byte> bytes, int start, bool inList, out int end)
    {
        var found = Scan.IndexOfAnyExcept(bytes[start..], PlainBytes);
        end = found < 0 ? bytes.Length : start + found;
        return found < 0 || (inList && bytes[end] == ',');
    }

    /// <summary>True when plain parameters that begin with a semicolon can be read; false when a name is missing or there are more than 64.</summary>
    public static bool AreReadable(ReadOnlySpan<byte> plain)
    {
        for (var count = 0; TryTake(ref plain, out var name); count++)
        {
            if (name.IsEmpty || count == SipParameters.MaxCount)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>As <see cref="AreReadable"/>, and no name stands twice; null when there are too many to say.</summary>
    public static bool? AreUnique(ReadOnlySpan<byte> plain)
    {
        Span<int> starts = stackalloc int[MaxCompared];
        Span<int> lengths = stackalloc int[MaxCompared];
        var rest = plain;
        for (var count = 0; ; count++)
        {
            var start = plain.Length - rest.Length + 1;
            if (!TryTake(ref rest, out var name))
            {
                return true;
            }

            if (name.IsEmpty)
            {
                return false;
            }

            if (count == MaxCompared)
            {
                return null;
            }

            for (var other = 0; other < count; other++)
            {
                if (Scan.EqualsIgnoreCase(plain.Slice(starts[other], lengths[other]), name))
                {
                    return false;
                }
            }

            (starts[count], lengths[count]) = (start, name.Length);
        }
    }

    /// <summary>Finds a parameter; false when there is none of that name.</summary>
    public static bool TryFind(ReadOnlySpan<byte> plain, ReadOnlySpan<char> name, out ReadOnlySpan<byte> item)
    {
        while (!plain.IsEmpty)
        {
            item = plain[1..];
            if (!TryTake(ref plain, out var found))
            {
                break;
            }

            if (Scan.EqualsIgnoreCase(found, name))
            {
                item = item[..^plain.Length];
                return true;
            }
        }

        item = default;
        return false;
    }

    // Takes one parameter off; its semicolon at the very end is forgiven.
    private static bool TryTake(ref ReadOnlySpan<byte> plain, out ReadOnlySpan<byte> name)
    {
        if (plain.Length <= 1)
        {
            name = default;
            return false;
        }

        plain = plain[1..];
        var end = Scan.IndexOfAny(plain, (byte)'=', (byte)';');
        name = end < 0 ? plain : plain[..end];
        if (end >= 0 && plain[end] == '=')
        {
            var rest = Scan.IndexOf(plain[end..], (byte)';');
            end = rest < 0 ? -1 : end + rest;
        }

        plain = end < 0 ? default : plain[end..];
        return true;
    }
}
