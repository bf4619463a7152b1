using System.Globalization;
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
        var span = bytes.Span;
        var start = SkipLeadingLineEnds(span);
        var lineEnd = span[start..].IndexOf((byte)'\n');
        if (lineEnd < 0)
        {
            error = new(start, "a start line", StartLineRule);
            return false;
        }

        var headersStart = start + lineEnd + 1;
        if (!TryReadHeaders(bytes, headersStart, limits, out var headers, out var contentLength, out var bodyStart, out var fault)
            || !TryCutBody(bytes, bodyStart, contentLength, limits, out var body, out fault))
        {
            error = SipParseError.From(fault);
            return false;
        }

        var line = TrimLineEnd(span[start..(start + lineEnd)]);
        var read = FindStrayCr(line) < 0 && (line.StartsWith("SIP/"u8)
            ? TryReadStatusLine(line, headers, body, out message)
            : TryReadRequestLine(line, headers, body, out message));
        error = read ? default : new(start, "a request line or status line", StartLineRule);
        return read;
    }

    private static bool TryReadRequestLine(ReadOnlySpan<byte> line, SipHeaders headers, ReadOnlyMemory<byte> body, out SipMessage? message)
    {
        message = null;
        var reader = new SpanReader(line);
        if (!reader.TryReadTo((byte)' ', out var methodText) || !SipMethod.TryParse(methodText, out var method))
        {
            return false;
        }

        // The URI is what stands between the first and the last blank: a URI with stray blanks is then refused as a URI, with a 400.
        var rest = reader.ReadRest();
        var blank = rest.LastIndexOf((byte)' ');
        if (blank <= 0 || !rest[(blank + 1)..].SequenceEqual("SIP/2.0"u8))
        {
            return false;
        }

        message = new SipRequest(method, WireText.Read(rest[..blank]), headers, body);
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
        var phrase = reader.TrySkip((byte)' ') ? WireText.Read(reader.ReadRest()) : "";
        if (!reader.IsAtEnd)
        {
            return false;
        }

        message = new SipResponse((int)code, phrase, headers, body);
        return true;
    }

    private static bool TryReadHeaders(
        ReadOnlyMemory<byte> bytes, int start, SipLimits limits, out SipHeaders headers, out int? contentLength, out int bodyStart, out ParseError error)
    {
        headers = new SipHeaders(bytes, 24);
        contentLength = null;
        bodyStart = bytes.Length;
        var span = bytes.Span;
        var at = start;
        while (at < span.Length)
        {
            if (!limits.HeaderBytes.Allows(at))
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

            var end = FindFieldEnd(span, at, out var next);
            if (!TryReadField(span, at, end, headers, ref contentLength, out error))
            {
                return false;
            }

            if (!limits.Headers.Allows(headers.Count))
            {
                error = limits.Headers.Exceeded(at);
                return false;
            }

            at = next;
        }

        error = new(at, "an empty line after the headers", HeaderRule);
        return false;
    }

    private static bool TryReadField(ReadOnlySpan<byte> span, int at, int end, SipHeaders headers, ref int? contentLength, out ParseError error)
    {
        var colon = span[at..end].IndexOf((byte)':');
        var name = colon < 0 ? null : HeaderName.Read(span[at..(at + colon)].TrimEnd(" \t"u8));
        if (name is null)
        {
            error = new(at, "a header name and a colon", HeaderRule);
            return false;
        }

        var valueStart = at + colon + 1;
        while (valueStart < end && span[valueStart] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            valueStart++;
        }

        var value = span[valueStart..end].TrimEnd(" \t\r\n"u8);
        if (FindStrayCr(value) is var stray and >= 0)
        {
            error = new(valueStart + stray, "no CR without LF", HeaderRule);
            return false;
        }

        error = default;
        if (!ReferenceEquals(name, HeaderName.ContentLength))
        {
            headers.AddSlice(name, valueStart, value.Length);
            return true;
        }

        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var length) || (contentLength is { } other && other != length))
        {
            error = new(valueStart, "one number of bytes", LengthRule);
            return false;
        }

        contentLength = length;
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
        while (text[at..].IndexOf((byte)'\r') is var found and >= 0)
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
    private static int FindFieldEnd(ReadOnlySpan<byte> span, int start, out int next)
    {
        var at = start;
        while (true)
        {
            var lineEnd = span[at..].IndexOf((byte)'\n');
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
