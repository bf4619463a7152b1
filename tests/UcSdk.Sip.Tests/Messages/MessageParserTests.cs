using System.Text;

namespace UcSdk.Sip.Tests;

public sealed class MessageParserTests
{
    [Fact]
    public void Limits_hold_to_the_byte()
    {
        var bytes = Wire.Options(1, "hello");
        var header = bytes.Length - 5;
        Assert.True(Parses(bytes, new SipLimits { MaxHeaderBytes = header, MaxHeaders = 5, MaxBodyBytes = 5 }));
        Assert.Equal("MaxHeaderBytes", Refusal(bytes, new SipLimits { MaxHeaderBytes = header - 1 }));
        Assert.Equal("MaxHeaders", Refusal(bytes, new SipLimits { MaxHeaders = 4 }));
        Assert.Equal("MaxBodyBytes", Refusal(bytes, new SipLimits { MaxBodyBytes = 4 }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n\r\n")]
    [InlineData("INVITE")]
    [InlineData("INVITE sip:a@x SIP/2.0\r\nVia: x\r\n")]
    [InlineData("INVITE sip:a@x SIP/2.0\r\nVia\r\n\r\n")]
    [InlineData("INVITE sip:a@x SIP/2.0\r\n: x\r\n\r\n")]
    [InlineData("INVITE sip:a@x SIP/2.0\r\nt\r\n : <sip:a@x>\r\n\r\n")]
    [InlineData("INVITE sip:a@x SIP/2.0\r\nt\r\nSubject: x\r\n\r\n")]
    [InlineData("INVITE sip:a@x SIP/2.0\r\nSubject: a\rb\r\n\r\n")]
    [InlineData("INVITE sip:a@x\rX SIP/2.0\r\n\r\n")]
    [InlineData("SIP/2.0 99 Low\r\n\r\n")]
    [InlineData("SIP/2.0 700 High\r\n\r\n")]
    [InlineData("SIP/2.0 200OK\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    public void What_is_no_message_is_refused_with_a_reason(string text)
    {
        Assert.False(SipMessage.TryParse(Encoding.UTF8.GetBytes(text), SipLimits.Default, out var message, out var error));
        Assert.Null(message);
        Assert.NotEqual(default, error);
    }

    [Theory]
    [InlineData("SIP/2.0 100 Low\r\n\r\n")]
    [InlineData("SIP/2.0 699 High\n\n")]
    [InlineData("SIP/2.0 200\r\n\r\n")]
    public void Status_codes_reach_from_100_to_699(string text) => Assert.True(Parses(Encoding.UTF8.GetBytes(text), SipLimits.Default));

    [Fact]
    public void An_answer_to_a_request_that_cannot_be_read_copies_what_can()
    {
        var bytes = Encoding.UTF8.GetBytes(
            "INVITE sip:b@x SIP/2.0\r\nv: SIP/2.0/TCP a;branch=z9hG4bK1\r\nf: <sip:a@x>;tag=1\r\nt:\r\n <sip:b@x>\r\ni: c\r\nbroken line\r\nCSeq: 7 INVITE\r\nl: x\r\n\r\n");
        Assert.True(BadRequestReply.TryCreate(bytes, new SipParseError(0, "a header name", "rule"), out var response));
        Assert.Equal("SIP/2.0 400 Bad Request (a header name expected)", response.ToString());
        Assert.Equal(("c", "7 INVITE", "<sip:b@x>"), (response.CallId, response.CSeq!.ToString(), response.To!.ToString()));
    }

    [Theory]
    [InlineData("ACK")]
    [InlineData("BENOTIFY")]
    public void What_is_never_answered_gets_no_answer_when_it_is_broken_either(string method) => Assert.False(BadRequestReply.TryCreate(
        Encoding.UTF8.GetBytes($"{method} sip:b@x SIP/2.0\r\nv: SIP/2.0/TCP a\r\nf: <sip:a@x>\r\nt: <sip:b@x>\r\ni: c\r\nCSeq: 7 {method}\r\n"), default, out _));

    [Fact]
    public void Parsing_and_routing_a_message_allocates_little()
    {
        var bytes = Corpus.Read("rfc4475/wsinv.dat");
        Read();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 100; round++)
        {
            Read();
        }

        // Message, header slots, Request-URI and the views of Call-ID, CSeq and the topmost Via; not the other headers and not the body.
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100, 1, 4_000);

        void Read()
        {
            Assert.True(SipMessage.TryParse(bytes, SipLimits.Default, out var message, out _));
            Assert.NotNull(message!.TopVia!.Branch);
            Assert.NotNull(message.CallId);
            Assert.NotNull(message.CSeq);
        }
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_cost_no_more_than_others()
    {
        byte[] bytes = [.. "SIP/2.0 200 "u8, .. Enumerable.Repeat((byte)0xBE, 2000), .. "\r\n\r\n"u8];
        Assert.True(SipMessage.TryParse(bytes, SipLimits.Default, out var message, out _));
        Assert.Equal(new string('\uFFFD', 2000), ((SipResponse)message!).ReasonPhrase);
        var before = GC.GetAllocatedBytesForCurrentThread();
        SipMessage.TryParse(bytes, SipLimits.Default, out _, out _);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 4096 + (2 * bytes.Length));
    }

    [Theory]
    [InlineData(HeaderRange.MaxLength, true)]
    [InlineData(HeaderRange.MaxLength + 1, false)]
    public void One_field_has_at_most_8_MiB(int length, bool readable)
    {
        byte[] bytes = [.. "SIP/2.0 200 OK\r\nSubject: "u8, .. Enumerable.Repeat((byte)'x', length), .. "\r\n\r\n"u8];
        Assert.Equal(readable, Parses(bytes, SipLimits.Unlimited));
    }

    [Fact]
    public void A_message_may_be_a_part_of_an_array()
    {
        var bytes = Encoding.UTF8.GetBytes("xxxBYE sip:b@x SIP/2.0\r\nFrom: <sip:a@x>;tag=1\r\nY-Own: y\r\n\r\nbody");
        Assert.True(SipMessage.TryParse(bytes.AsMemory(3), SipLimits.Default, out var message, out _));
        Assert.Equal(("sip:b@x", "1", "y"), (((SipRequest)message!).UriText, message.From!.Tag, message.Headers[HeaderName.Of("y-own")]));
    }

    [Fact]
    public void A_message_may_have_more_fields_than_fit_at_once()
    {
        var bytes = Encoding.UTF8.GetBytes("SIP/2.0 200 OK\r\n" + string.Concat(Enumerable.Range(0, 100).Select(number => $"X-{number}: {number}\r\n")) + "\r\n");
        Assert.True(SipMessage.TryParse(bytes, SipLimits.Default, out var message, out _));
        Assert.Equal(Enumerable.Range(0, 100).Select(number => $"X-{number}: {number}"), message!.Headers.Select(header => header.ToString()));
    }

    private static bool Parses(byte[] bytes, SipLimits limits) => SipMessage.TryParse(bytes, limits, out _, out _);

    private static string Refusal(byte[] bytes, SipLimits limits)
    {
        Assert.False(SipMessage.TryParse(bytes, limits, out _, out var error));
        return error.Rule;
    }
}
