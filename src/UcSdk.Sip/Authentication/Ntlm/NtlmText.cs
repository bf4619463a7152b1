using System.Buffers.Binary;
using System.Text;

namespace UcSdk.Sip;

/// <summary>
/// Names in NTLM messages: UTF-16LE exactly as they come, half surrogates included, for names are hashed; or bytes of some code page.
/// </summary>
internal static class NtlmText
{
    public static string Read(ReadOnlySpan<byte> bytes, bool isUnicode)
    {
        if (!isUnicode)
        {
            return Encoding.Latin1.GetString(bytes);
        }

        Span<char> text = bytes.Length <= 512 ? stackalloc char[bytes.Length / 2] : new char[bytes.Length / 2];
        for (var at = 0; at < text.Length; at++)
        {
            text[at] = (char)BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at * 2)..]);
        }

        return new(text);
    }

    public static byte[] Write(string text, bool isUnicode)
    {
        if (!isUnicode)
        {
            return Encoding.Latin1.GetBytes(text);
        }

        var bytes = new byte[text.Length * 2];
        Write(text, bytes);
        return bytes;
    }

    /// <summary>Writes UTF-16LE: two bytes for each character.</summary>
    public static void Write(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        for (var at = 0; at < text.Length; at++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes[(at * 2)..], text[at]);
        }
    }
}
