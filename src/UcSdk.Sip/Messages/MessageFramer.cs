using System.Runtime.InteropServices;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// Cuts a byte stream into messages by their Content-Length (RFC 3261 §18.3), whatever the sizes in which the bytes arrive. A message
/// without Content-Length has no body. The framer only finds where a message ends; reading it is the parser's business.
/// </summary>
internal sealed class MessageFramer(SipLimits limits)
{
    private const int InitialSize = 2048;
    private const int MinimumRoom = 512;
    private const int KeptSize = 64 * 1024;

    private byte[] _buffer = new byte[InitialSize];

    // Our own buffer while the other one was given to us, which is only read; null while they are the same.
    private byte[]? _own;
    private int _start;
    private int _end;

    // How far the end of the header block has been looked for, so that a slow stream is not scanned again and again.
    private int _scanned;
    private int _messageLength;
    private int _pongsDue;

    /// <summary>Why the stream is broken.</summary>
    public SipParseError Fault { get; private set; }

    /// <summary>Bytes waiting for the rest of their message.</summary>
    public int Buffered => _end - _start;

    /// <summary>The bytes that wait, for the answer to a broken request.</summary>
    public ReadOnlySpan<byte> Unread => _buffer.AsSpan(_start, Buffered);

    /// <summary>Room for at least one byte, to receive into; <see cref="Advance"/> says how many came.</summary>
    public Memory<byte> GetMemory()
    {
        // The announced length is no reason to set memory aside: only what has really arrived makes the buffer grow.
        MakeRoom(MinimumRoom);
        return _buffer.AsMemory(_end);
    }

    public void Advance(int count) => _end += count;

    /// <summary>Our side has sent a ping: the next single CRLF answers it.</summary>
    public void ExpectPong() => _pongsDue++;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        MakeRoom(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_end));
        _end += bytes.Length;
    }

    /// <summary>Appends bytes that nobody changes any more: a message that they are wholly needs no copy.</summary>
    public void Give(ReadOnlyMemory<byte> bytes)
    {
        if (Buffered == 0 && MemoryMarshal.TryGetArray(bytes, out var given) && given.Offset == 0 && given.Count == given.Array!.Length)
        {
            _own ??= _buffer;
            (_buffer, _start, _end) = (given.Array, 0, given.Count);
        }
        else
        {
            Append(bytes.Span);
        }
    }

    /// <summary>Takes the next thing off the stream; a message is an array that its receiver owns. Call again until Incomplete or Broken.</summary>
    public FrameKind TryRead(out ReadOnlyMemory<byte> message)
    {
        message = default;
        if (Fault != default)
        {
            return FrameKind.Broken;
        }

        if (_messageLength == 0 && _scanned == 0 && TakeLineEnds() is { } lineEnds)
        {
            return lineEnds;
        }

        if (_messageLength == 0 && !TryMeasure())
        {
            return Fault != default ? FrameKind.Broken : FrameKind.Incomplete;
        }

        if (Buffered < _messageLength)
        {
            return FrameKind.Incomplete;
        }

        message = _own is not null && _messageLength == _buffer.Length ? _buffer : _buffer.AsSpan(_start, _messageLength).ToArray();
        Consume(_messageLength);
        return FrameKind.Message;
    }

    // Between messages only line ends may stand. After a ping of ours one CRLF is the answer; otherwise two are the peer's ping, however
    // they arrive, and what stands alone before a message means nothing (RFC 3261 §7.5).
    private FrameKind? TakeLineEnds()
    {
        while (true)
        {
            var span = Unread;
            if (span.IsEmpty || (span[0] == '\r' && span.Length == 1))
            {
                return FrameKind.Incomplete;
            }

            var length = span[0] == '\n' ? 1 : span.StartsWith("\r\n"u8) ? 2 : 0;
            if (length == 0)
            {
                return null;
            }

            if (_pongsDue > 0)
            {
                _pongsDue--;
                Consume(length);
                return FrameKind.Pong;
            }

            if (span.StartsWith("\r\n\r\n"u8))
            {
                Consume(4);
                return FrameKind.Ping;
            }

            if (length == 2 && "\r\n\r\n"u8.StartsWith(span))
            {
                return FrameKind.Incomplete;
            }

            Consume(length);
        }
    }

    private bool TryMeasure()
    {
        var span = Unread;
        if (!SipGrammar.TokenBytes.Contains(span[0]))
        {
            // Both start lines begin with a token. A TLS greeting or other noise is not worth waiting for.
            Fault = new(0, "a start line", "RFC 3261 §7.1 start-line");
            return false;
        }

        var headerEnd = FindHeaderEnd(span);
        if (headerEnd < 0)
        {
            if (!limits.HeaderBytes.Allows(span.Length))
            {
                Fault = SipParseError.From(limits.HeaderBytes.Exceeded(span.Length));
            }

            return false;
        }

        if (!limits.HeaderBytes.Allows(headerEnd))
        {
            Fault = SipParseError.From(limits.HeaderBytes.Exceeded(headerEnd));
            return false;
        }

        if (!TryReadContentLength(span[..headerEnd], out var length, out var error))
        {
            Fault = SipParseError.From(error);
            return false;
        }

        _messageLength = headerEnd + length;
        return true;
    }

    private int FindHeaderEnd(ReadOnlySpan<byte> span)
    {
        // The end may straddle two arrivals, so the scan steps back by the length of what it looks for.
        var at = Math.Max(0, _scanned - 3);
        while (Scan.IndexOf(span[at..], (byte)'\n') is var found and >= 0)
        {
            at += found + 1;
            if (at < span.Length && span[at] == '\n')
            {
                return at + 1;
            }

            if (at + 1 < span.Length && span[at] == '\r' && span[at + 1] == '\n')
            {
                return at + 2;
            }
        }

        _scanned = span.Length;
        return -1;
    }

    private bool TryReadContentLength(ReadOnlySpan<byte> header, out int length, out ParseError error)
    {
        length = 0;
        error = default;
        var at = 0;
        var seen = false;
        while (Scan.IndexOf(header[at..], (byte)'\n') is var lineEnd and >= 0)
        {
            var line = header.Slice(at, lineEnd);
            var colon = Scan.IndexOf(line, (byte)':');
            if (colon > 0 && HeaderName.IdOf(line[..colon].TrimEnd(" \t"u8)) == HeaderName.ContentLength.Id)
            {
                var value = line[(colon + 1)..].Trim(" \t\r"u8);
                if (!Scan.TryReadNumber(value, out var number) || (seen && number != length))
                {
                    error = new(at + colon + 1, "one number of bytes", "RFC 3261 §20.14 Content-Length");
                    return false;
                }

                seen = true;
                length = number;
            }

            at += lineEnd + 1;
        }

        if (!limits.BodyBytes.Allows(length))
        {
            error = limits.BodyBytes.Exceeded(header.Length);
            return false;
        }

        return true;
    }

    private void Consume(int count)
    {
        _start += count;
        _scanned = 0;
        _messageLength = 0;
        if (_start == _end)
        {
            _start = _end = 0;
            (_buffer, _own) = (_own ?? _buffer, null);
            if (_buffer.Length > KeptSize)
            {
                _buffer = new byte[InitialSize];
            }
        }
    }

    private void MakeRoom(int count)
    {
        if (_own is null && _end + count <= _buffer.Length)
        {
            return;
        }

        var target = _own ?? _buffer;
        target = Buffered + count <= target.Length ? target : new byte[Math.Max(target.Length * 2, Buffered + count)];
        _buffer.AsSpan(_start, Buffered).CopyTo(target);
        _end -= _start;
        _start = 0;
        (_buffer, _own) = (target, null);
    }
}
