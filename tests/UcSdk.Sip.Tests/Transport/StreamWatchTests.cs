using UcSdk.Core;

namespace UcSdk.Sip.Tests;

public sealed class StreamWatchTests
{
    private static readonly TcpTransportOptions Options = new()
    {
        IdleTimeout = TimeSpan.FromSeconds(60),
        MessageTimeout = TimeSpan.FromSeconds(30),
        PongTimeout = TimeSpan.FromSeconds(10),
    };

    private static readonly Timestamp Start = new(5);

    [Fact]
    public void A_ping_without_any_answer_ends_the_connection_after_ten_seconds()
    {
        var watch = new StreamWatch(Options, isOutgoing: true, Start);
        Assert.Null(watch.Deadline);
        watch.Pinged(Start);
        Assert.Equal(Start + TimeSpan.FromSeconds(10), watch.Deadline);
        Assert.Null(watch.Overdue(new Timestamp(watch.Deadline!.Value.Ticks - 1)));
        Assert.Equal(SipFlowEnd.ConnectionLost, watch.Overdue(watch.Deadline.Value)!.Value.End);
    }

    [Fact]
    public void Any_byte_answers_a_ping()
    {
        var watch = new StreamWatch(Options, isOutgoing: true, Start);
        watch.Pinged(Start);
        watch.Received(Start + TimeSpan.FromSeconds(9), hasPart: false);
        Assert.Null(watch.Deadline);
    }

    [Fact]
    public void A_message_must_be_whole_in_time_however_slowly_it_drips()
    {
        var watch = new StreamWatch(Options, isOutgoing: true, Start);
        watch.Received(Start, hasPart: true);
        watch.Received(Start + TimeSpan.FromSeconds(29), hasPart: true);
        Assert.Equal(Start + TimeSpan.FromSeconds(30), watch.Deadline);
        Assert.Equal(SipFlowEnd.ProtocolViolation, watch.Overdue(watch.Deadline!.Value)!.Value.End);
    }

    [Fact]
    public void A_peer_that_came_to_us_may_not_be_silent_for_ever_and_one_we_went_to_may()
    {
        Assert.Equal(Start + TimeSpan.FromSeconds(60), new StreamWatch(Options, isOutgoing: false, Start).Deadline);
        Assert.Equal(SipFlowEnd.Idle, new StreamWatch(Options, isOutgoing: false, Start).Overdue(Start + TimeSpan.FromSeconds(60))!.Value.End);
        Assert.Null(new StreamWatch(Options, isOutgoing: true, Start).Deadline);
    }

    [Fact]
    public void Nothing_is_watched_that_the_options_leave_out() =>
        Assert.Null(new StreamWatch(new TcpTransportOptions { MessageTimeout = TimeSpan.Zero }, isOutgoing: false, Start).Deadline);
}
