using System.Runtime.InteropServices;
using System.Text;

namespace UcSdk.Sip.Tests;

public sealed class MessageFramerTests
{
    private static readonly byte[] Message = Wire.Options(1, "hello");

    [Fact]
    public void A_ping_is_the_same_however_it_arrives()
    {
        Assert.Equal("Ping Message Ping", Frame(0, "\r\n\r\n"u8.ToArray(), Message, "\r\n\r\n"u8.ToArray()));
        Assert.Equal("Ping Message", Frame(0, [.. "\r\n"u8, .. "\r\n"u8, .. Message]));
        foreach (var cut in Enumerable.Range(1, 3))
        {
            Assert.Equal("Ping Message", Frame(0, "\r\n\r\n"u8[..cut].ToArray(), [.. "\r\n\r\n"u8[cut..], .. Message]));
        }
    }

    [Fact]
    public void A_lone_line_end_before_a_message_means_nothing() => Assert.Equal("Message", Frame(0, "\r\n"u8.ToArray(), Message));

    [Fact]
    public void After_our_ping_one_line_end_is_its_answer()
    {
        Assert.Equal("Pong", Frame(1, "\r"u8.ToArray(), "\n"u8.ToArray()));
        Assert.Equal("Pong Pong Ping", Frame(2, "\r\n\r\n\r\n\r\n"u8.ToArray()));
    }

    [Theory]
    [InlineData("\rX")]
    [InlineData("\u0016\u0003\u0001")]
    [InlineData("\"quoted\" start")]
    public void What_cannot_begin_a_message_breaks_the_stream_at_once(string noise) => Assert.Equal("Broken", Frame(0, Encoding.UTF8.GetBytes(noise)));

    [Fact]
    public void A_broken_stream_stays_broken()
    {
        var framer = new MessageFramer(SipLimits.Default);
        framer.Append([0]);
        Assert.Equal(FrameKind.Broken, framer.TryRead(out _));
        framer.Append(Message);
        Assert.Equal(FrameKind.Broken, framer.TryRead(out _));
        Assert.Equal("RFC 3261 §7.1 start-line", framer.Fault.Rule);
    }

    [Fact]
    public void A_message_that_was_given_whole_is_handed_on_as_it_is_and_any_other_is_a_copy()
    {
        var framer = new MessageFramer(SipLimits.Default);
        byte[] two = [.. Message, .. Message];
        framer.Give(Message);
        Assert.Same(Message, TakeOne(framer));
        framer.Give(two);
        Assert.NotSame(two, TakeOne(framer));
        Assert.NotSame(two, TakeOne(framer));
        Assert.Equal(FrameKind.Incomplete, framer.TryRead(out _));
        framer.Give(Message.ToArray().AsMemory(0, Message.Length));
        Assert.Equal(Message, TakeOne(framer));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public void What_was_given_in_part_is_only_read_and_what_follows_it_is_put_elsewhere(int cut)
    {
        var framer = new MessageFramer(SipLimits.Default);
        byte[] given = [.. Message, .. Message[..cut]];
        var kept = given.ToArray();
        framer.Give(given);
        Assert.Equal(Message, TakeOne(framer));
        Assert.Equal(FrameKind.Incomplete, framer.TryRead(out _));
        framer.Append(Message.AsSpan(cut..^1));
        Assert.Equal(FrameKind.Incomplete, framer.TryRead(out _));
        Message.AsMemory(^1).CopyTo(framer.GetMemory());
        framer.Advance(1);

        Assert.Equal(Message, TakeOne(framer));
        Assert.Equal(kept, given);
        Assert.Equal(0, framer.Buffered);
    }

    [Fact]
    public void Headers_may_be_as_long_as_the_limit_and_not_a_byte_longer()
    {
        var header = Message.Length - "hello".Length;
        Assert.Equal("Message", Frame(0, new SipLimits { MaxHeaderBytes = header }, Message));
        Assert.Equal("Broken", Frame(0, new SipLimits { MaxHeaderBytes = header - 1 }, Message));
        Assert.Equal("Broken", Frame(0, new SipLimits { MaxHeaderBytes = 100 }, Encoding.UTF8.GetBytes("X" + new string('y', 100))));
        Assert.Equal("", Frame(0, new SipLimits { MaxHeaderBytes = 100 }, Encoding.UTF8.GetBytes("X" + new string('y', 99))));
    }

    [Fact]
    public void A_body_may_be_as_long_as_the_limit_and_not_a_byte_longer()
    {
        Assert.Equal("Message", Frame(0, new SipLimits { MaxBodyBytes = 5 }, Message));
        Assert.Equal("Broken", Frame(0, new SipLimits { MaxBodyBytes = 4 }, Message));
    }

    [Fact]
    public void Line_feeds_alone_end_lines_too_and_a_message_without_length_has_no_body() =>
        Assert.Equal("Message Message", Frame(0, "BYE sip:a@x SIP/2.0\nl : 3\n\nabcACK sip:a@x SIP/2.0\n\n"u8.ToArray()));

    [Theory]
    [InlineData("Content-Length: 3\r\nl: 4")]
    [InlineData("Content-Length: +3")]
    [InlineData("Content-Length:")]
    [InlineData("Content-Length: 99999999999")]
    public void A_length_that_cannot_be_trusted_breaks_the_stream(string field) =>
        Assert.Equal("Broken", Frame(0, Encoding.UTF8.GetBytes($"BYE sip:a@x SIP/2.0\r\n{field}\r\n\r\nabcd")));

    [Fact]
    public void Framing_allocates_the_message_and_nothing_else()
    {
        var framer = new MessageFramer(SipLimits.Default);
        Frame(framer);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 100; round++)
        {
            Frame(framer);
        }

        var perMessage = (GC.GetAllocatedBytesForCurrentThread() - before) / 100;
        Assert.InRange(perMessage, Message.Length, Message.Length + 64);

        static void Frame(MessageFramer framer)
        {
            Message.CopyTo(framer.GetMemory());
            framer.Advance(Message.Length);
            Assert.True(framer.TryRead(out _) == FrameKind.Message);
        }
    }

    private static string Frame(int pongsDue, params byte[][] pieces) => Frame(pongsDue, SipLimits.Default, pieces);

    private static string Frame(int pongsDue, SipLimits limits, params byte[][] pieces)
    {
        var framer = new MessageFramer(limits);
        while (pongsDue-- > 0)
        {
            framer.ExpectPong();
        }

        var kinds = new List<FrameKind>();
        foreach (var piece in pieces)
        {
            framer.Append(piece);
            FrameKind kind;
            while ((kind = framer.TryRead(out _)) is not (FrameKind.Incomplete or FrameKind.Broken))
            {
                kinds.Add(kind);
            }

            if (kind == FrameKind.Broken)
            {
                kinds.Add(kind);
            }
        }

        return string.Join(' ', kinds);
    }

    private static byte[] TakeOne(MessageFramer framer)
    {
        Assert.Equal(FrameKind.Message, framer.TryRead(out var message));
        Assert.True(MemoryMarshal.TryGetArray(message, out var array));
        return array.Array!;
    }
}
