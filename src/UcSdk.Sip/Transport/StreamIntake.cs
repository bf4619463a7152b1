namespace UcSdk.Sip;

/// <summary>
/// What comes in on a stream: cuts it into messages, answers pings, and answers a request that cannot be followed before the connection
/// is given up. Sans-IO: the owner brings the bytes and takes the messages and the replies.
/// </summary>
/// <param name="limits">What a peer may send.</param>
/// <param name="deliver">Takes one whole message; false when the stream is to be left alone from here on.</param>
/// <param name="reply">Takes bytes for the peer.</param>
/// <param name="pinged">Told of each keep-alive of the peer, which is answered here.</param>
internal sealed class StreamIntake(SipLimits limits, Func<ReadOnlyMemory<byte>, bool> deliver, Action<ReadOnlyMemory<byte>> reply, Action? pinged = null)
{
    private static readonly byte[] PongBytes = "\r\n"u8.ToArray();

    private readonly MessageFramer _framer = new(limits);

    /// <summary>The double CRLF of RFC 5626 §3.5.1 and [MS-CONMGMT].</summary>
    public static ReadOnlyMemory<byte> Ping { get; } = "\r\n\r\n"u8.ToArray();

    /// <summary>True when a message has begun and is not whole yet.</summary>
    public bool HasPart => !_framer.Unread.IsEmpty;

    /// <summary>Why the stream is broken.</summary>
    public SipParseError Fault => _framer.Fault;

    /// <summary>Room for the next bytes; <see cref="Advance"/> says how many came.</summary>
    public Memory<byte> GetMemory() => _framer.GetMemory();

    public void Advance(int count) => _framer.Advance(count);

    public void Append(ReadOnlySpan<byte> bytes) => _framer.Append(bytes);

    /// <summary>Appends bytes that nobody changes any more: what is one whole message is delivered as it is, without a copy.</summary>
    public void Give(ReadOnlyMemory<byte> bytes) => _framer.Give(bytes);

    /// <summary>Our side has sent a ping: the next single CRLF answers it.</summary>
    public void ExpectPong() => _framer.ExpectPong();

    /// <summary>Works off what has arrived; false when the stream is broken.</summary>
    public bool TryProcess()
    {
        while (true)
        {
            switch (_framer.TryRead(out var message))
            {
                case FrameKind.Message:
                    if (!deliver(message))
                    {
                        return true;
                    }

                    break;
                case FrameKind.Ping:
                    reply(PongBytes);
                    pinged?.Invoke();
                    break;
                case FrameKind.Pong:
                    break;
                case FrameKind.Broken:
                    if (BadRequestReply.TryCreate(_framer.Unread, _framer.Fault, out var response))
                    {
                        reply(response.ToBytes());
                    }

                    return false;
                default:
                    return true;
            }
        }
    }
}
