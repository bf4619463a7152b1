using System.Buffers;

namespace UcSdk.Sip;

/// <summary>
/// The short way through parameters without quotes, brackets and blanks, which is what nearly all are; <see cref="ParameterReader"/> takes all.
/// </summary>
internal static class PlainParameters
{
    // Names are compared with each other only while they are few.
    private const int MaxCompared = 4;

    private static readonly SearchValues<byte> PlainBytes =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.!%*_+`'~=;:[]@/&$()?{}|^#"u8);

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
        var rest = plain;
        for (var count = 0; TryTake(ref rest, out var name); count++)
        {
            if (name.IsEmpty)
            {
                return false;
            }

            if (count == MaxCompared)
            {
                return null;
            }

            var before = plain;
            for (var other = 0; other < count && TryTake(ref before, out var earlier); other++)
            {
                if (Scan.EqualsIgnoreCase(earlier, name))
                {
                    return false;
                }
            }
        }

        return true;
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
        var end = Scan.IndexOf(plain, (byte)';');
        var item = end < 0 ? plain : plain[..end];
        var equals = Scan.IndexOf(item, (byte)'=');
        name = equals < 0 ? item : item[..equals];
        plain = end < 0 ? default : plain[end..];
        return true;
    }
}
