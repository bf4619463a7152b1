using System.Text;

namespace UcSdk.Sip.Tests;

public sealed class SecondSightingsTests
{
    private static readonly SipFlow Here = new("UDP", new("UDP", "a", 1), new("UDP", "b", 2), isReliable: false, isOutgoing: true);

    private static readonly SipFlow There = new("UDP", new("UDP", "b", 2), new("UDP", "a", 1), isReliable: false, isOutgoing: false);

    private readonly SecondSightings _sightings = new();

    [Fact]
    public void A_reception_is_the_second_sighting_of_one_sending_in_any_order()
    {
        Send("one");
        Send("two");
        Assert.True(Arrives("two"));
        Assert.True(Arrives("one"));
        Assert.False(Arrives("one"), "A network may duplicate a datagram: that is a packet of its own.");
        Assert.False(Arrives("three"));
    }

    [Fact]
    public void Whose_other_end_never_shows_is_not_remembered_for_ever()
    {
        for (var number = 0; number < SecondSightings.MaxUnanswered; number++)
        {
            Send($"{number}");
        }

        Assert.True(Arrives("0"));
        var oneSided = new SecondSightings();
        for (var number = 0; number <= SecondSightings.MaxUnanswered; number++)
        {
            oneSided.Contains(Entry(SipTraceDirection.Sent, Here, $"{number}"));
        }

        Assert.False(oneSided.Contains(Entry(SipTraceDirection.Received, There, "0")));
    }

    [Theory]
    [InlineData(SecondSightings.MaxUnderWay, true)]
    [InlineData(SecondSightings.MaxUnderWay + 1, false)]
    public void Between_two_ends_the_oldest_of_too_many_counts_as_lost(int sent, bool isKnown)
    {
        Send("first");
        Assert.True(Arrives("first"));
        for (var number = 0; number < sent; number++)
        {
            Send($"{number}");
        }

        Assert.Equal(isKnown, Arrives("0"));
        Assert.True(Arrives("1"));
    }

    [Fact]
    public void A_flow_that_is_gone_is_forgotten()
    {
        Send("one");
        _sightings.Forget(There);
        Assert.False(Arrives("one"));
    }

    private void Send(string text) => Assert.False(_sightings.Contains(Entry(SipTraceDirection.Sent, Here, text)));

    private bool Arrives(string text) => _sightings.Contains(Entry(SipTraceDirection.Received, There, text));

    private static SipTraceEntry Entry(SipTraceDirection direction, SipFlow flow, string text) =>
        new(TimeSpan.Zero, DateTimeOffset.UnixEpoch, direction, flow, Encoding.UTF8.GetBytes(text));
}
