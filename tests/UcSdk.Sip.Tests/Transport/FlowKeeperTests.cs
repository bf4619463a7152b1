using UcSdk.Core;

namespace UcSdk.Sip.Tests;

/// <summary>One flow kept alive: RFC 5626 §4.5.</summary>
public sealed class FlowKeeperTests
{
    private static readonly SipTransportAddress Target = new("TCP", "edge.test", 5060);
    private readonly PeerWire _wire = PeerWire.Reliable();
    private readonly List<SipFlow> _opened = [];
    private readonly List<(TimeSpan Wait, bool IsRefusal)> _waits = [];

    [Theory]
    [InlineData(1, 30, 60)]
    [InlineData(2, 60, 120)]
    [InlineData(3, 120, 240)]
    [InlineData(4, 240, 480)]
    [InlineData(5, 480, 960)]
    [InlineData(6, 900, 1800)]
    [InlineData(7, 900, 1800)]
    [InlineData(100, 900, 1800)]
    public void The_waits_are_those_of_the_table_of_RFC_5626(int failures, int shortest, int longest)
    {
        // RFC 5626 §4.5: "# of reg failures" and "all flows unusable", in seconds.
        var waits = new List<double>();
        for (ulong seed = 0; seed < 200; seed++)
        {
            var backoff = new ReconnectBackoff(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(1800), new SeededRandomSource(seed));
            for (var n = 1; n < failures; n++)
            {
                backoff.Next();
            }

            waits.Add(backoff.Next().TotalSeconds);
            Assert.Equal(failures, backoff.Failures);
        }

        Assert.All(waits, wait => Assert.InRange(wait, shortest, longest));
        // By chance over the whole of it, not at one end.
        var quarter = (longest - shortest) / 4.0;
        Assert.True(waits.Min() < shortest + quarter && waits.Max() > longest - quarter);
    }

    [Fact]
    public async Task A_flow_that_has_lasted_is_opened_again_at_once()
    {
        var keeper = Keep(Target);
        Assert.Equal(keeper.Flow, Assert.Single(_opened));
        Assert.Equal(keeper.Flow, await _wire.Do(() => keeper.WaitAsync()));
        _wire.Advance(TimeSpan.FromSeconds(120));
        _wire.Breaks(_opened[0]);
        _wire.Advance(TimeSpan.Zero);
        Assert.Equal(2, _opened.Count);
        Assert.Equal((TimeSpan.Zero, false), Assert.Single(_waits));
        Assert.NotEqual(_opened[0], keeper.Flow);
    }

    [Fact]
    public void A_flow_that_breaks_early_is_a_failure_and_waits_to_the_tick()
    {
        _ = Keep(Target);
        _wire.AdvanceToJustBefore(TimeSpan.FromSeconds(120));
        _wire.Breaks(_opened[0]);
        var wait = Assert.Single(_waits).Wait;
        Assert.InRange(wait, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));
        _wire.AdvanceToJustBefore(wait);
        Assert.Single(_opened);
        _wire.Tick();
        Assert.Equal(2, _opened.Count);
    }

    [Fact]
    public void Who_cannot_be_reached_is_tried_with_pauses_that_grow_and_stay_under_the_cap()
    {
        var keeper = Keep(new("TCP", "nowhere.test", 5060), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
        _wire.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(keeper.Flow);
        Assert.Equal(keeper.Failures, _waits.Count);
        Assert.InRange(_waits.Count, 12, 28);
        Assert.All(_waits, wait => Assert.True(wait.IsRefusal));
        Assert.InRange(_waits[0].Wait, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        Assert.InRange(_waits[2].Wait, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8));
        Assert.All(_waits.Skip(4), wait => Assert.InRange(wait.Wait, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task Disposing_closes_the_flow_and_opens_none_again()
    {
        var keeper = Keep(Target);
        await _wire.Do(() => keeper.DisposeAsync().AsTask());
        _wire.Advance(TimeSpan.FromHours(1));
        Assert.Single(_opened);
        Assert.DoesNotContain(_opened[0], _wire.Endpoint.Flows);
        Assert.Throws<ObjectDisposedException>(keeper.Start);
    }

    [Fact]
    public async Task Disposing_while_waiting_ends_the_waiting()
    {
        var keeper = Keep(new("TCP", "nowhere.test", 5060));
        var waiting = _wire.Do(() => keeper.WaitAsync());
        await _wire.Do(() => keeper.DisposeAsync().AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        var tried = _waits.Count;
        _wire.Advance(TimeSpan.FromHours(1));
        Assert.Equal(tried, _waits.Count);
    }

    private FlowKeeper Keep(SipTransportAddress target, TimeSpan? start = null, TimeSpan? cap = null)
    {
        var options = new FlowKeeperOptions { Target = target };
        var keeper = new FlowKeeper(_wire.Endpoint, options with { BackoffBase = start ?? options.BackoffBase, BackoffCap = cap ?? options.BackoffCap });
        keeper.Opened += _opened.Add;
        keeper.Waiting += (wait, failure) => _waits.Add((wait, failure is not null));
        _wire.Do(keeper.Start);
        return keeper;
    }
}
