using System.Buffers.Text;

namespace UcSdk.Documents;

/// <summary>The transfer encodings of RFC 2045 §6, read leniently: what is malformed is passed over or stands for itself, and is told of.</summary>
internal static class TransferEncodings
{
    /// <summary>Base64 with or without padding; characters that are none are passed over.</summary>
    public static byte[] FromBase64(ReadOnlySpan<byte> text, out bool isBad)
    {
        var digits = new byte[text.Length + 3];
        var count = 0;
        isBad = false;
        foreach (var digit in text)
        {
            if (char.IsAsciiLetterOrDigit((char)digit) || digit is (byte)'+' or (byte)'/')
            {
                digits[count++] = digit;
            }
            else if (digit is not ((byte)'=' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
            {
                isBad = true;
            }
        }

        if (count % 4 == 1)
        {
            count--;
            isBad = true;
        }

        while (count % 4 != 0)
        {
            digits[count++] = (byte)'=';
        }

        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(count)];
        Base64.DecodeFromUtf8(digits.AsSpan(0, count), bytes, out _, out var written);
        return bytes[..written];
    }

    /// <summary>Base64 in a header parameter; null when it has other characters than base64 has.</summary>
    public static byte[]? FromBase64(string text)
    {
        if (!System.Text.Ascii.IsValid(text))
        {
            return null;
        }

        var bytes = FromBase64(System.Text.Encoding.ASCII.GetBytes(text), out var isBad);
        return isBad ? null : bytes;
    }

    /// <summary>Quoted-printable (RFC 2045 §6.7); an equals sign before anything else stands for itself.</summary>
    public static byte[] FromQuotedPrintable(ReadOnlySpan<byte> text, out bool isBad)
    {
        var bytes = new byte[text.Length];
        var count = 0;
        isBad = false;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '=')
            {
                bytes[count++] = text[at];
                continue;
            }

            var rest = text[(at + 1)..];
            if (rest is [(byte)'\r', (byte)'\n', ..])
            {
                at += 2;
            }
            else if (rest is [(byte)'\n', ..])
            {
                at++;
            }
            else if (rest.Length >= 2 && char.IsAsciiHexDigit((char)rest[0]) && char.IsAsciiHexDigit((char)rest[1]))
            {
                bytes[count++] = (byte)((Digit(rest[0]) << 4) | Digit(rest[1]));
                at += 2;
            }
            else
            {
                isBad = true;
                bytes[count++] = (byte)'=';
            }
        }

        return bytes[..count];
    }

    private static int Digit(byte digit) => char.IsAsciiDigit((char)digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
