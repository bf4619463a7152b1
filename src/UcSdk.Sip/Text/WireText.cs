using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace UcSdk.Sip;

/// <summary>Makes text of received bytes: UTF-8 (RFC 3261 §7), and U+FFFD for what is none.</summary>
internal static class WireText
{
    public static string Read(ReadOnlySpan<byte> bytes) =>
        Ascii.IsValid(bytes) ? Encoding.Latin1.GetString(bytes) : Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Replace(bytes);

    /// <summary>The text in the caller's room; false where it does not fit or is not ASCII.</summary>
    public static bool TryWiden(ReadOnlySpan<byte> bytes, Span<char> room, out ReadOnlySpan<char> text)
    {
        var isWidened = Ascii.ToUtf16(bytes, room, out var length) == OperationStatus.Done;
        text = room[..length];
        return isWidened;
    }

    /// <summary>True when the bytes say that text, without regard to case.</summary>
    public static bool EqualsIgnoreCase(ReadOnlySpan<byte> bytes, string text) =>
        Ascii.IsValid(bytes) ? Ascii.EqualsIgnoreCase(bytes, text) : Read(bytes).Equals(text, StringComparison.OrdinalIgnoreCase);

    /// <summary>The bytes of a text, in an array of their own.</summary>
    public static WireSlice Encode(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new(bytes, 0, bytes.Length);
    }

    // Encoding.UTF8 would make an array for every byte that it replaces, which lets a peer cost us 25 times what it sends.
    private static string Replace(ReadOnlySpan<byte> bytes)
    {
        var text = ArrayPool<char>.Shared.Rent(bytes.Length);
        Utf8.ToUtf16(bytes, text, out _, out var length);
        var read = new string(text, 0, length);
        ArrayPool<char>.Shared.Return(text);
        return read;
    }
}
