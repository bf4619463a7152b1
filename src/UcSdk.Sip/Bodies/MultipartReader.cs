using System.Diagnostics.CodeAnalysis;
using System.Text;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// Reads multiparts (RFC 2046 §5.1.1):
/// <code>
/// preamble CRLF --boundary CRLF [headers] CRLF content CRLF --boundary CRLF … CRLF --boundary-- CRLF epilogue
/// </code>
/// The line end before a delimiter belongs to the delimiter. Contents stay slices of what was received.
/// </summary>
internal static class MultipartReader
{
    private const int MaxBoundary = 70;
    private const string Rule = "RFC 2046 §5.1.1";

    public static bool TryRead(
        string? contentType, ReadOnlyMemory<byte> bytes, MultipartLimits limits, [NotNullWhen(true)] out MultipartBody? body, out SipParseError error)
    {
        body = null;
        if (!MediaType.TryParse(contentType, out var type) || !type.IsMultipart)
        {
            error = new(0, "a multipart Content-Type", "RFC 2046 §5.1");
            return false;
        }

        if (type.Parameters["boundary"] is not { Length: > 0 and <= MaxBoundary } boundary || boundary[^1] == ' ' || !IsBoundary(boundary))
        {
            error = new(0, "a boundary of 1 to 70 characters", Rule);
            return false;
        }

        if (!limits.Depth.Allows(limits.MaxDepth < 1 ? limits.MaxDepth + 1L : 1L))
        {
            error = SipParseError.From(limits.Depth.Exceeded(0));
            return false;
        }

        if (!TryReadParts(bytes, Encoding.ASCII.GetBytes("--" + boundary), limits, out var parts, out var problem))
        {
            error = SipParseError.From(problem);
            return false;
        }

        body = new(type, parts);
        error = default;
        return true;
    }

    /// <summary>The header fields of a part whose lines have been checked.</summary>
    public static SipHeaders ReadHeaders(ReadOnlyMemory<byte> head)
    {
        var headers = new SipHeaders();
        for (var at = 0; TryReadField(head.Span, ref at, out var name, out var value);)
        {
            headers.Add(HeaderName.Of(Encoding.Latin1.GetString(head.Span[name])), Unfold(Encoding.UTF8.GetString(head.Span[value])));
        }

        return headers;
    }

    // A CR that ends no line could make one where the part is copied to.
    private static string Unfold(string text) => SipGrammar.IsSingleLine(text)
        ? text
        : string.Join(' ', text.Split('\r', '\n').Select(line => line.Trim(' ', '\t')).Where(line => line.Length > 0));

    private static bool TryReadParts(ReadOnlyMemory<byte> bytes, byte[] delimiter, MultipartLimits limits, out List<BodyPart> parts, out ParseError error)
    {
        parts = [];
        var start = -1;
        for (var at = 0; TryFindDelimiter(bytes.Span, delimiter, ref at, out var found, out var isLast); start = at)
        {
            if (start >= 0)
            {
                if (!limits.Parts.Allows(parts.Count + 1))
                {
                    error = limits.Parts.Exceeded(start);
                    return false;
                }

                if (!TryReadPart(bytes, start, EndOfContent(bytes.Span, start, found), limits, out var part, out error))
                {
                    return false;
                }

                parts.Add(part);
            }

            if (isLast)
            {
                error = start < 0 ? new(found, "a part", Rule) : default;
                return start >= 0;
            }
        }

        error = new(bytes.Length, start < 0 ? "a delimiter" : "the closing delimiter", Rule);
        return false;
    }

    // The next line that is a delimiter; afterwards the position is behind it. A line that only begins like one is content.
    private static bool TryFindDelimiter(ReadOnlySpan<byte> bytes, byte[] delimiter, ref int at, out int found, out bool isLast)
    {
        while (true)
        {
            var next = bytes[at..].IndexOf(delimiter);
            found = at + next;
            isLast = false;
            if (next < 0)
            {
                return false;
            }

            at = found + delimiter.Length;
            if (found > 0 && bytes[found - 1] != (byte)'\n')
            {
                continue;
            }

            var end = at;
            if (bytes[end..].StartsWith("--"u8))
            {
                isLast = true;
                end += 2;
            }

            while (end < bytes.Length && bytes[end] is (byte)' ' or (byte)'\t')
            {
                end++;
            }

            if (end == bytes.Length || TrySkipLineEnd(bytes, ref end))
            {
                at = end;
                return true;
            }
        }
    }

    private static bool TrySkipLineEnd(ReadOnlySpan<byte> bytes, ref int at)
    {
        var length = bytes[at..].StartsWith("\r\n"u8) ? 2 : bytes[at..].StartsWith("\n"u8) ? 1 : 0;
        at += length;
        return length > 0;
    }

    private static int EndOfContent(ReadOnlySpan<byte> bytes, int start, int delimiter)
    {
        var end = Math.Max(start, delimiter - 1);
        return end > start && bytes[end - 1] == (byte)'\r' ? end - 1 : end;
    }

    private static bool TryReadPart(
        ReadOnlyMemory<byte> bytes, int start, int end, MultipartLimits limits, [NotNullWhen(true)] out BodyPart? part, out ParseError error)
    {
        part = null;
        var whole = bytes.Span[start..end];
        var at = 0;
        while (TryReadField(whole, ref at, out var name, out _))
        {
            if (!HeaderName.IsName(whole[name]))
            {
                error = new(start + name.Start.Value, "a header field", "RFC 2045 §3");
                return false;
            }
        }

        var head = at;
        if (!limits.PartHeaderBytes.Allows(head))
        {
            error = limits.PartHeaderBytes.Exceeded(start);
            return false;
        }

        if (at < whole.Length && !TrySkipLineEnd(whole, ref at))
        {
            error = new(start + at, "a header field or an empty line", "RFC 2045 §3");
            return false;
        }

        if (!limits.PartBytes.Allows(whole.Length - at))
        {
            error = limits.PartBytes.Exceeded(start + at);
            return false;
        }

        part = new(bytes.Slice(start, head), bytes[(start + at)..end], limits);
        error = default;
        return true;
    }

    // One field with its folded lines; false at the empty line, at the end, and at what has no colon.
    private static bool TryReadField(ReadOnlySpan<byte> bytes, ref int at, out Range name, out Range value)
    {
        (name, value) = (default, default);
        var line = EndOfLine(bytes, at);
        var colon = bytes[at..line].IndexOf((byte)':');
        if (colon < 0)
        {
            return false;
        }

        var end = line;
        while (Next(bytes, end) is var next && next < bytes.Length && bytes[next] is (byte)' ' or (byte)'\t')
        {
            end = EndOfLine(bytes, next);
        }

        name = at..(at + bytes[at..(at + colon)].TrimEnd(" \t"u8).Length);
        var text = bytes[(at + colon + 1)..end];
        var first = at + colon + 1 + (text.Length - text.TrimStart(" \t\r\n"u8).Length);
        value = first..(first + text.Trim(" \t\r\n"u8).Length);
        at = Next(bytes, end);
        return true;
    }

    private static int EndOfLine(ReadOnlySpan<byte> bytes, int at)
    {
        var length = bytes[at..].IndexOf((byte)'\n');
        var end = length < 0 ? bytes.Length : at + length;
        return end > at && end < bytes.Length && bytes[end - 1] == (byte)'\r' ? end - 1 : end;
    }

    private static int Next(ReadOnlySpan<byte> bytes, int endOfLine)
    {
        TrySkipLineEnd(bytes, ref endOfLine);
        return endOfLine;
    }

    // bcharsnospace of RFC 2046 and the blank: what can be told from a line end.
    private static bool IsBoundary(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~');
}
