using System.Buffers;
using System.Text;

namespace UcSdk.Sip.Tests;

/// <summary>What reading and writing a message costs in memory.</summary>
public sealed class MessageCostTests
{
    private const string Invite = """
        INVITE sip:bob@contoso.test;gruu;opaque=app:conf:audio-video:id:7ECB5F9B SIP/2.0
        Via: SIP/2.0/TLS 192.0.2.1:5061;branch=z9hG4bK77ef4c2312983.1;received=192.0.2.1
        Via: SIP/2.0/TLS 192.0.2.15:49734;branch=z9hG4bKnashds8;ms-received-port=49734
        Record-Route: <sip:pool.contoso.test:5061;transport=tls;lr>
        Max-Forwards: 69
        From: "Alice" <sip:alice@contoso.test>;tag=9fxced76sl;epid=c8ca638a15
        To: <sip:bob@contoso.test>
        Call-ID: 3848276298220188511a3b9c
        CSeq: 314159 INVITE
        Contact: <sip:alice@contoso.test;opaque=user:epid:21nYNIVlkV-jtN6FPBU0fQAA;gruu>
        User-Agent: UcSdk
        Supported: timer, ms-conf-invite, ms-sender
        Content-Type: application/sdp
        Content-Length: 300


        """;

    private readonly byte[] _bytes = Encoding.UTF8.GetBytes(Invite.ReplaceLineEndings("\r\n") + new string('b', 300));

    [Fact]
    public void An_INVITE_with_seven_headers_read_as_values_takes_one_kilobyte()
    {
        Assert.InRange(Measure(() => Read()), 1, 1024);

        int Read()
        {
            SipMessage.TryParse(_bytes, SipLimits.Default, out var message, out _);
            return message!.TopVia!.Host.Length + message.From!.Tag!.Length + message.To!.Uri.Host.Length + message.CallId!.Length
                + (int)message.CSeq!.Number + message.Contact!.Uri.Host.Length + message.Body.Length;
        }
    }

    [Fact]
    public void A_received_message_is_written_into_a_pooled_buffer_without_a_trace()
    {
        Assert.True(SipMessage.TryParse(_bytes, SipLimits.Default, out var message, out _));
        var buffer = new ArrayBufferWriter<byte>(4096);
        Assert.Equal(0, Measure(() => Write()));
        Assert.Equal(_bytes, buffer.WrittenSpan.ToArray());

        int Write()
        {
            buffer.ResetWrittenCount();
            SipWriter.Write(message!, buffer);
            return buffer.WrittenCount;
        }
    }

    [Fact]
    public void A_response_takes_its_headers_from_the_request_without_copying_them()
    {
        Assert.True(SipMessage.TryParse(_bytes, SipLimits.Default, out var message, out _));
        var request = (SipRequest)message!;
        // The response, its headers and their twelve slots.
        Assert.InRange(Measure(() => request.CreateResponse(180).StatusCode), 1, 400);
    }

    private static long Measure(Func<int> act)
    {
        act();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 100; round++)
        {
            act();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / 100;
    }
}
