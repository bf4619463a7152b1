using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Sip;

/// <summary>
/// The answer to a request that cannot be read to its end: made when enough of its head can be, so that the sender learns what was wrong
/// instead of losing a connection without a word (RFC 3261 §18.3, §21.4.1).
/// </summary>
internal static class BadRequestReply
{
    /// <summary>
    /// Makes a 400 (or 413, 513 for what is too large, 505 for another version). False when the head is no request, is an ACK or BENOTIFY (which are never
    /// answered), or lacks what a response must copy.
    /// </summary>
    /// <param name="bytes">What has arrived of the request.</param>
    /// <param name="fault">Why it cannot be read.</param>
    /// <param name="response">The answer.</param>
    public static bool TryCreate(ReadOnlySpan<byte> bytes, SipParseError fault, [NotNullWhen(true)] out SipResponse? response)
    {
        response = null;
        var head = ReadableHead(bytes);
        var isOtherVersion = TryReplaceVersion(head);
        if (!SipMessage.TryParse(head, SipLimits.Unlimited, out var message, out _)
            || message is not SipRequest { Method.IsUnanswered: false, TopVia: not null, From: not null, To: not null, CallId: not (null or ""), CSeq: not null } request)
        {
            return false;
        }

        response = fault.Rule switch
        {
            _ when isOtherVersion => request.CreateResponse(StatusCode.VersionNotSupported),
            nameof(SipLimits.MaxBodyBytes) => request.CreateResponse(StatusCode.RequestEntityTooLarge),
            nameof(SipLimits.MaxHeaderBytes) => request.CreateResponse(StatusCode.MessageTooLarge),
            _ => request.CreateResponse(StatusCode.BadRequest, $"Bad Request ({fault.Expected} expected)"),
        };
        return true;
    }

    // RFC 3261 §21.5.6: a request of another version of SIP is told so; for that it is read as if it were of this one.
    private static bool TryReplaceVersion(Span<byte> head)
    {
        var line = head[..head.IndexOf((byte)'\n')].TrimEnd("\r "u8);
        var version = line[(line.LastIndexOf((byte)' ') + 1)..];
        if (version.Length != 7 || !version.StartsWith("SIP/"u8) || version[5] != '.' || version.SequenceEqual("SIP/2.0"u8)
            || !char.IsAsciiDigit((char)version[4]) || !char.IsAsciiDigit((char)version[6]))
        {
            return false;
        }

        // Its Via names the same version.
        Span<byte> other = stackalloc byte[7];
        version.CopyTo(other);
        while (head.IndexOf(other) is var at and >= 0)
        {
            "SIP/2.0"u8.CopyTo(head[at..]);
        }

        return true;
    }

    // The start line and the whole header lines that can be read; a broken length or a broken line must not hide the others.
    private static byte[] ReadableHead(ReadOnlySpan<byte> bytes)
    {
        var head = new List<byte>(Math.Min(bytes.Length, 4096));
        var isStartLine = true;
        var taken = false;
        while (bytes.IndexOf((byte)'\n') is var end and >= 0)
        {
            var line = bytes[..(end + 1)];
            bytes = bytes[(end + 1)..];
            if (line.Trim("\r\n"u8).IsEmpty)
            {
                if (isStartLine)
                {
                    continue;
                }

                break;
            }

            var isFold = line[0] is (byte)' ' or (byte)'\t';
            taken = isStartLine || (isFold ? taken : IsReadableField(line));
            if (taken)
            {
                // Blanks behind the version (RFC 4475 §3.1.2.10) must not hide what it is either.
                head.AddRange(isStartLine ? line.TrimEnd(" \t\r\n"u8) : line);
                head.AddRange(isStartLine ? "\r\n"u8 : []);
            }

            isStartLine = false;
        }

        head.AddRange("\r\n"u8);
        return [.. head];
    }

    private static bool IsReadableField(ReadOnlySpan<byte> line)
    {
        var colon = Scan.IndexOf(line, (byte)':');
        var name = line[..Math.Max(colon, 0)].TrimEnd(" \t"u8);
        return HeaderName.IsName(name) && HeaderName.IdOf(name) != HeaderName.ContentLength.Id;
    }
}
