using UcSdk.Core;

namespace UcSdk.Sip.Tests;

public sealed class UdpKeepAliveTests
{
    private static readonly Timestamp Begun = new(1000);

    [Fact]
    public void It_is_repeated_as_STUN_repeats_its_requests_and_then_given_up()
    {
        var keepAlive = new UdpKeepAlive(StunMessage.CreateBindingRequest(new SeededRandomSource(1)), Begun, TimeSpan.FromSeconds(39.5));
        var sent = new List<double> { 0 };
        while (!keepAlive.IsLost(keepAlive.Deadline))
        {
            Assert.False(keepAlive.TryRepeat(new Timestamp(keepAlive.Deadline.Ticks - 1)));
            sent.Add((keepAlive.Deadline - Begun).TotalSeconds);
            Assert.True(keepAlive.TryRepeat(keepAlive.Deadline));
        }

        // RFC 5389 §7.2.1: with an RTO of 500 ms, requests at 0, 500, 1500, 3500, 7500, 15500 and 31500 ms; failed at 39500 ms.
        Assert.Equal([0, 0.5, 1.5, 3.5, 7.5, 15.5, 31.5], sent);
        Assert.Equal(39.5, (keepAlive.Deadline - Begun).TotalSeconds);
    }

    [Fact]
    public void Only_the_answer_with_its_identifier_ends_it()
    {
        var random = new SeededRandomSource(1);
        var request = StunMessage.CreateBindingRequest(random);
        var keepAlive = new UdpKeepAlive(request, Begun, TimeSpan.FromSeconds(1));
        Assert.True(keepAlive.IsAnsweredBy(AnswerTo(request)));
        Assert.False(keepAlive.IsAnsweredBy(AnswerTo(StunMessage.CreateBindingRequest(random))));
    }

    private static StunMessage AnswerTo(byte[] request)
    {
        Assert.True(StunMessage.TryParse(request, out var read));
        Assert.True(StunMessage.TryParse(StunMessage.CreateBindingSuccess(read, new(System.Net.IPAddress.Loopback, 5060)), out var answer));
        return answer;
    }
}
