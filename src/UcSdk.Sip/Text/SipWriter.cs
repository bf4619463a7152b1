using System.Buffers;
using System.Globalization;
using System.Text;

namespace UcSdk.Sip;

/// <summary>Writes messages in one form: CRLF line ends, full header names, Content-Length always and last.</summary>
internal static class SipWriter
{
    public static void Write(SipMessage message, IBufferWriter<byte> writer)
    {
        message.WriteStartLine(writer);
        message.Headers.WriteTo(writer);
        // Peers of the Lync family drop a connection on which a message has a body but no length (wire facts, "Transport and framing").
        writer.Write("Content-Length: "u8);
        WriteNumber(writer, message.Body.Length);
        writer.Write("\r\n\r\n"u8);
        writer.Write(message.Body.Span);
    }

    /// <summary>How many bytes the message has on the wire.</summary>
    public static int Measure(SipMessage message)
    {
        var counter = new CountingWriter();
        Write(message, counter);
        return counter.Count;
    }

    public static void WriteText(IBufferWriter<byte> writer, string text)
    {
        var span = writer.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
        writer.Advance(Encoding.UTF8.GetBytes(text, span));
    }

    public static void WriteNumber(IBufferWriter<byte> writer, int number)
    {
        var span = writer.GetSpan(11);
        number.TryFormat(span, out var length, default, CultureInfo.InvariantCulture);
        writer.Advance(length);
    }
}
