using System.Runtime.InteropServices;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// Reads one whole message: start line, header fields as slices, body by Content-Length. Line ends are CRLF; a bare LF is taken as one
/// (RFC 4475 and old peers). Compact names, odd case and folded lines are understood.
/// </summary>
internal static class MessageParser
{
    private const string StartLineRule = "RFC 3261 §7.1 start-line";
    internal const string LengthRule = "RFC 3261 §20.14 Content-Length";

    public static bool TryParse(ReadOnlyMemory<byte> bytes, SipLimits limits, out SipMessage? message, out SipParseError error)
    {
        message = null;
        var array = MemoryMarshal.TryGetArray(bytes, out var segment) ? segment : new ArraySegment<byte>(bytes.ToArray());
        var span = bytes.Span;
        var start = SkipLeadingLineEnds(span);
        var lineEnd = Scan.IndexOf(span[start..], (byte)'\n');
        if (lineEnd < 0)
        {
            error = new(start, "a start line", StartLineRule);
            return false;
        }

        var head = new HeadReader(span, start + lineEnd + 1, array.Offset, stackalloc HeaderRange[24]);
        if (!head.TryRead(limits))
        {
            error = SipParseError.From(head.Error);
            return false;
        }

        if (!TryCutBody(bytes, head.BodyStart, head.ContentLength, limits, out var body, out error))
        {
            return false;
        }

        var line = TrimLineEnd(span.Slice(start, lineEnd));
        var headers = new SipHeaders(array.Array!, head.Fields);
        var read = Scan.IndexOf(line, (byte)'\r') < 0 && (line.StartsWith("SIP/"u8)
            ? TryReadStatusLine(line, headers, body, out message)
            : TryReadRequestLine(line, array.Offset + start, headers, body, out message));
        error = read ? default : new(start, "a request line or status line", StartLineRule);
        return read;
    }

    private static bool TryReadRequestLine(ReadOnlySpan<byte> line, int offset, SipHeaders headers, ReadOnlyMemory<byte> body, out SipMessage? message)
    {
        message = null;
        // The URI is what stands between the first and the last blank: a URI with stray blanks is then refused as a URI, with a 400.
        var blank = Scan.IndexOf(line, (byte)' ');
        var uriLength = line.Length - " SIP/2.0".Length - blank - 1;
        if (blank < 0 || uriLength <= 0 || !line.EndsWith(" SIP/2.0"u8) || !SipMethod.TryParse(line[..blank], out var method))
        {
            return false;
        }

        message = new SipRequest(method, offset + blank + 1, uriLength, headers, body);
        return true;
    }

    private static bool TryReadStatusLine(ReadOnlySpan<byte> line, SipHeaders headers, ReadOnlyMemory<byte> body, out SipMessage? message)
    {
        message = null;
        var reader = new SpanReader(line);
        if (!reader.TrySkip("SIP/2.0 "u8) || !reader.TryReadNumber(out var code) || code is < 100 or > 699)
        {
            return false;
        }

        // The blank and the phrase may be missing (RFC 4475 §3.1.2.19 has an empty phrase).
        var phrase = reader.TrySkip((byte)' ') ? StatusCode.ReadReasonPhrase((int)code, reader.ReadRest()) : "";
        if (!reader.IsAtEnd)
        {
            return false;
        }

        message = new SipResponse((int)code, phrase, headers, body);
        return true;
    }

    private static bool TryCutBody(
        ReadOnlyMemory<byte> bytes, int bodyStart, int contentLength, SipLimits limits, out ReadOnlyMemory<byte> body, out SipParseError error)
    {
        var available = bytes.Length - bodyStart;
        var length = contentLength < 0 ? available : contentLength;
        // RFC 3261 §18.3: bytes beyond Content-Length in a datagram are dropped.
        var isWhole = length <= available && limits.BodyBytes.Allows(length);
        body = isWhole ? bytes.Slice(bodyStart, length) : default;
        error = isWhole ? default : FaultOfBody(bytes.Length, bodyStart, length, limits);
        return isWhole;
    }

    private static SipParseError FaultOfBody(int size, int bodyStart, int length, SipLimits limits) =>
        limits.BodyBytes.Allows(length)
            ? new(size, $"{length - (size - bodyStart)} more bytes of body", LengthRule)
            : SipParseError.From(limits.BodyBytes.Exceeded(bodyStart));

    private static int SkipLeadingLineEnds(ReadOnlySpan<byte> span)
    {
        var at = 0;
        while (at < span.Length && span[at] is (byte)'\r' or (byte)'\n')
        {
            at++;
        }

        return at;
    }

    private static ReadOnlySpan<byte> TrimLineEnd(ReadOnlySpan<byte> line) =>
        !line.IsEmpty && line[^1] == '\r' ? line[..^1] : line;
}
