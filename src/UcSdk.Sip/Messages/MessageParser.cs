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
    private const string HeaderRule = "RFC 3261 §7.3.1 message-header";
    private const string LengthRule = "RFC 3261 §20.14 Content-Length";

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

        var fields = new HeaderFields(stackalloc HeaderRange[32]);
        if (!TryReadHeaders(span, start + lineEnd + 1, array.Offset, limits, ref fields, out var contentLength, out var bodyStart, out var fault)
            || !TryCutBody(bytes, bodyStart, contentLength, limits, out var body, out fault))
        {
            error = SipParseError.From(fault);
            return false;
        }

        var line = TrimLineEnd(span.Slice(start, lineEnd));
        var headers = new SipHeaders(array.Array!, fields.All);
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

    private static bool TryReadHeaders(
        ReadOnlySpan<byte> span, int start, int offset, SipLimits limits, ref HeaderFields fields, out int? contentLength, out int bodyStart, out ParseError error)
    {
        contentLength = null;
        bodyStart = span.Length;
        var at = start;
        while (at < span.Length)
        {
            if (at > limits.MaxHeaderBytes)
            {
                error = limits.HeaderBytes.Exceeded(at);
                return false;
            }

            if (IsLineEnd(span[at..], out var blankLength))
            {
                bodyStart = at + blankLength;
                error = limits.HeaderBytes.Allows(bodyStart) ? default : limits.HeaderBytes.Exceeded(at);
                return error.IsNone;
            }

            var next = at;
            if (!TryReadField(span, ref next, offset, ref fields, ref contentLength, out error))
            {
                return false;
            }

            if (fields.Count > limits.MaxHeaders)
            {
                error = limits.Headers.Exceeded(at);
                return false;
            }

            at = next;
        }

        error = new(at, "an empty line after the headers", HeaderRule);
        return false;
    }

    // Reads the field at the position and moves behind it.
    private static bool TryReadField(
        ReadOnlySpan<byte> span, ref int at, int offset, ref HeaderFields fields, ref int? contentLength, out ParseError error)
    {
        var start = at;
        var colon = Scan.IndexOf(span[start..], (byte)':');
        var name = colon < 0 ? default : span[start..Scan.TrimEnd(span, start, start + colon)];
        var id = HeaderName.IdOf(name);
        if (id == 0 && !HeaderName.IsName(name))
        {
            error = new(start, "a header name and a colon", HeaderRule);
            return false;
        }

        var valueStart = start + colon + 1;
        while (valueStart < span.Length && span[valueStart] is (byte)' ' or (byte)'\t')
        {
            valueStart++;
        }

        if (!TryFindFieldEnd(span, ref valueStart, out var valueEnd, out at, out var isFolded, out error))
        {
            return false;
        }

        if (id == HeaderName.ContentLength.Id)
        {
            return TryReadContentLength(span[valueStart..valueEnd], valueStart, ref contentLength, out error);
        }

        var from = id == 0 ? start : valueStart;
        if (valueEnd - from > HeaderSlot.MaxLength)
        {
            error = new(start, $"a field of at most {HeaderSlot.MaxLength} bytes", HeaderRule);
            return false;
        }

        fields.Add(new(id, offset + from, valueEnd - from, isFolded));
        return true;
    }

    // Most fields are one line. What is folded, or has a CR that ends no line, takes the longer way.
    private static bool TryFindFieldEnd(
        ReadOnlySpan<byte> span, ref int valueStart, out int valueEnd, out int next, out bool isFolded, out ParseError error)
    {
        error = default;
        isFolded = false;
        var found = Scan.IndexOfAny(span[valueStart..], (byte)'\r', (byte)'\n');
        var end = found < 0 ? span.Length : valueStart + found;
        next = end + (found < 0 ? 0 : span[end] == '\n' ? 1 : 2);
        if (found < 0 || (span[Math.Min(next, span.Length) - 1] == '\n' && (next >= span.Length || span[next] is not ((byte)' ' or (byte)'\t'))))
        {
            valueEnd = Scan.TrimEnd(span, valueStart, end);
            return true;
        }

        end = FindFoldedEnd(span, end, out next);
        valueStart = Scan.SkipBlanks(span, valueStart, end);
        valueEnd = Scan.TrimEnd(span, valueStart, end);
        isFolded = Scan.IndexOf(span[valueStart..valueEnd], (byte)'\n') >= 0;
        if (FindStrayCr(span[valueStart..valueEnd]) is var stray and >= 0)
        {
            error = new(valueStart + stray, "no CR without LF", HeaderRule);
            return false;
        }

        return true;
    }

    private static bool TryReadContentLength(ReadOnlySpan<byte> value, int offset, ref int? contentLength, out ParseError error)
    {
        if (!Scan.TryReadNumber(value, out var length) || (contentLength is { } other && other != length))
        {
            error = new(offset, "one number of bytes", LengthRule);
            return false;
        }

        contentLength = length;
        error = default;
        return true;
    }

    private static bool TryCutBody(
        ReadOnlyMemory<byte> bytes, int bodyStart, int? contentLength, SipLimits limits, out ReadOnlyMemory<byte> body, out ParseError error)
    {
        var available = bytes.Length - bodyStart;
        var length = contentLength ?? available;
        body = default;
        if (!limits.BodyBytes.Allows(length))
        {
            error = limits.BodyBytes.Exceeded(bodyStart);
            return false;
        }

        if (length > available)
        {
            error = new(bytes.Length, $"{length - available} more bytes of body", LengthRule);
            return false;
        }

        // RFC 3261 §18.3: bytes beyond Content-Length in a datagram are dropped.
        body = bytes.Slice(bodyStart, length);
        error = default;
        return true;
    }

    // A CR that ends no line must not stand in a start line or field: copied into another message it could make a line there. A NUL may,
    // quoted (RFC 3261 §25.1 quoted-pair).
    private static int FindStrayCr(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (Scan.IndexOf(text[at..], (byte)'\r') is var found and >= 0)
        {
            at += found + 1;
            if (at == text.Length || text[at] != '\n')
            {
                return at - 1;
            }
        }

        return -1;
    }

    // A field ends at a line end that no blank or tab follows.
    private static int FindFoldedEnd(ReadOnlySpan<byte> span, int start, out int next)
    {
        var at = start;
        while (true)
        {
            var lineEnd = Scan.IndexOf(span[at..], (byte)'\n');
            if (lineEnd < 0)
            {
                next = span.Length;
                return span.Length;
            }

            next = at + lineEnd + 1;
            if (next >= span.Length || span[next] is not ((byte)' ' or (byte)'\t'))
            {
                return at + lineEnd;
            }

            at = next;
        }
    }

    private static bool IsLineEnd(ReadOnlySpan<byte> span, out int length)
    {
        length = span.StartsWith("\r\n"u8) ? 2 : 1;
        return length == 2 || span[0] == '\n';
    }

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
