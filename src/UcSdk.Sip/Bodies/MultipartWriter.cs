using System.Buffers;
using System.Text;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>Writes what <see cref="MultipartReader"/> reads, with CRLF everywhere and without preamble or epilogue.</summary>
internal static class MultipartWriter
{
    /// <summary>A multipart whose boundary stands in none of its parts.</summary>
    public static MultipartBody Create(string subtype, IReadOnlyList<BodyPart> parts, RandomSource random)
    {
        var contents = new ArrayBufferWriter<byte>();
        foreach (var part in parts)
        {
            Write(part, contents);
        }

        string boundary;
        do
        {
            boundary = random.NextHex(12);
        }
        while (contents.WrittenSpan.IndexOf(Encoding.ASCII.GetBytes(boundary)) >= 0);

        return new(new($"multipart/{subtype}", SipParameters.Empty.WithQuoted("boundary", boundary)), parts);
    }

    public static byte[] Write(MultipartBody body)
    {
        var delimiter = Encoding.ASCII.GetBytes("--" + body.Type.Parameters["boundary"]);
        var writer = new ArrayBufferWriter<byte>();
        foreach (var part in body.Parts)
        {
            writer.Write(delimiter);
            writer.Write("\r\n"u8);
            Write(part, writer);
            writer.Write("\r\n"u8);
        }

        writer.Write(delimiter);
        writer.Write("--\r\n"u8);
        return writer.WrittenSpan.ToArray();
    }

    private static void Write(BodyPart part, ArrayBufferWriter<byte> writer)
    {
        part.Headers.WriteTo(writer);
        writer.Write("\r\n"u8);
        writer.Write(part.Content.Span);
    }
}
