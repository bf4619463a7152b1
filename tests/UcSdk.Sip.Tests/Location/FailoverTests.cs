namespace UcSdk.Sip.Tests;

/// <summary>RFC 3263 §4.3, message by message: what fails is passed over, and not tried first the next time.</summary>
public sealed class FailoverTests
{
    private readonly ScriptedResolver _dns = new ScriptedResolver()
        .Srv("_sip._tcp.peer.test", 1, 0, 5060, "one.peer.test")
        .Srv("_sip._tcp.peer.test", 2, 0, 5060, "two.peer.test")
        .Srv("_sip._tcp.peer.test", 3, 0, 5060, "three.peer.test")
        .Host("one.peer.test", "192.0.2.66") // cannot be reached
        .Host("two.peer.test", "192.0.2.2")
        .Host("three.peer.test", "192.0.2.3");

    private readonly PeerWire _wire;

    public FailoverTests()
    {
        _wire = PeerWire.Reliable(new SipEndpointOptions { Resolver = _dns });
        // Nothing leads anywhere but the DNS.
        _wire.Endpoint.RouteRequest = _ => null;
    }

    [Fact]
    public async Task A_dead_server_is_passed_over_then_one_that_answers_503_and_the_third_answers()
    {
        var answer = Send();
        var first = _wire.ExpectRequest(SipMethod.Options);
        Assert.Equal("192.0.2.2", Flow("192.0.2.2").Remote.Host);
        _wire.Answers(first, 503, edit: response => response.Headers.Add(HeaderName.RetryAfter, "120"), flow: Flow("192.0.2.2"));
        var second = _wire.ExpectRequest(SipMethod.Options, Flow("192.0.2.3"));
        Assert.NotEqual(first.TopVia!.Branch, second.TopVia!.Branch);
        Assert.Equal((first.CallId, first.CSeq, 1), (second.CallId, second.CSeq, second.Headers.GetAll(HeaderName.Via).Count()));
        _wire.Answers(second, 200, flow: Flow("192.0.2.3"));
        Assert.Equal(200, (await answer).StatusCode);
    }

    [Fact]
    public async Task What_failed_is_tried_last_until_its_time_is_over()
    {
        _ = Send();
        _wire.Answers(_wire.ExpectRequest(SipMethod.Options), 503, edit: response => response.Headers.Add(HeaderName.RetryAfter, "120"), flow: Flow("192.0.2.2"));
        _wire.Answers(_wire.ExpectRequest(SipMethod.Options), 200, flow: Flow("192.0.2.3"));

        _ = Send();
        _wire.Answers(_wire.ExpectRequest(SipMethod.Options, Flow("192.0.2.3")), 200, flow: Flow("192.0.2.3"));

        _wire.Advance(TimeSpan.FromSeconds(121));
        var late = Send();
        _wire.Answers(_wire.ExpectRequest(SipMethod.Options, Flow("192.0.2.2")), 200, flow: Flow("192.0.2.2"));
        Assert.Equal(200, (await late).StatusCode);
    }

    [Fact]
    public async Task A_server_that_says_nothing_costs_one_transaction_and_the_next_is_asked()
    {
        var answer = Send();
        _wire.ExpectRequest(SipMethod.Options);
        _wire.AdvanceToJustBefore(TimeSpan.FromSeconds(32));
        _wire.ExpectNothing();
        _wire.Tick();
        _wire.Answers(_wire.ExpectRequest(SipMethod.Options, Flow("192.0.2.3")), 200, flow: Flow("192.0.2.3"));
        Assert.Equal(200, (await answer).StatusCode);
    }

    [Fact]
    public async Task The_last_failure_is_what_the_caller_learns()
    {
        var answer = Send();
        _wire.Answers(_wire.ExpectRequest(SipMethod.Options), 503, flow: Flow("192.0.2.2"));
        _wire.Answers(_wire.ExpectRequest(SipMethod.Options), 503, flow: Flow("192.0.2.3"));
        Assert.Equal(503, (await answer).StatusCode);
        _wire.ExpectNothing();
    }

    [Fact]
    public async Task An_invitation_moves_to_the_next_server_with_its_session()
    {
        var session = await _wire.Do(() => _wire.Endpoint.InviteAsync(Invite()));
        _wire.Answers(_wire.ExpectRequest(SipMethod.Invite), 503, flow: Flow("192.0.2.2"));
        _wire.ExpectRequest(SipMethod.Ack, Flow("192.0.2.2"));
        var second = _wire.ExpectRequest(SipMethod.Invite, Flow("192.0.2.3"));
        Assert.Equal((InviteState.Calling, Flow("192.0.2.3")), (session.State, session.Flow));
        _wire.Answers(second, 200, flow: Flow("192.0.2.3"));
        _wire.ExpectRequest(SipMethod.Ack, Flow("192.0.2.3"));
        Assert.Equal(InviteState.Confirmed, session.State);
    }

    [Fact]
    public async Task An_invitation_that_rings_stays_where_it_rings()
    {
        var session = await _wire.Do(() => _wire.Endpoint.InviteAsync(Invite()));
        var invite = _wire.ExpectRequest(SipMethod.Invite);
        _wire.Answers(invite, 180, flow: Flow("192.0.2.2"));
        _wire.Answers(invite, 503, flow: Flow("192.0.2.2"));
        _wire.ExpectRequest(SipMethod.Ack, Flow("192.0.2.2"));
        _wire.ExpectNothing();
        Assert.Equal(503, (await session.Answer).StatusCode);
    }

    [Fact]
    public async Task An_invitation_that_was_cancelled_goes_nowhere_else()
    {
        var session = await _wire.Do(() => _wire.Endpoint.InviteAsync(Invite()));
        var invite = _wire.ExpectRequest(SipMethod.Invite);
        _ = _wire.Do(() => session.CancelAsync());
        _wire.Answers(invite, 503, flow: Flow("192.0.2.2"));
        _wire.ExpectRequest(SipMethod.Ack, Flow("192.0.2.2"));
        _wire.ExpectNothing();
    }

    [Fact]
    public async Task Where_no_server_is_known_or_none_can_be_reached_it_says_so()
    {
        _dns.Host("dead.test", "192.0.2.66");
        Assert.Equal(SipFailure.NoRoute, (await Assert.ThrowsAsync<SipException>(() => Connect("sip:unknown.test"))).Failure);
        var dead = await Assert.ThrowsAsync<SipException>(() => Connect("sip:dead.test"));
        Assert.Equal(SipFailure.ConnectFailed, dead.Failure);
        Assert.Contains("tcp://192.0.2.66:5060", dead.Message, StringComparison.Ordinal);
        var blind = PeerWire.Reliable();
        await Assert.ThrowsAsync<InvalidOperationException>(() => blind.Do(() => blind.Endpoint.ConnectAsync(SipUri.Parse("sip:peer.test"))));
    }

    [Fact]
    public async Task A_flow_that_stands_is_used_again()
    {
        var flow = await Connect("sip:peer.test");
        Assert.Same(flow, await Connect("sip:peer.test"));
        Assert.Equal("192.0.2.2", flow.Remote.Host);
    }

    private static SipRequest Request(PeerWire wire, SipMethod method) =>
        wire.Endpoint.CreateRequest(method, SipUri.Parse("sip:bob@peer.test"), Messages.Alice, new(SipUri.Parse("sip:bob@peer.test")));

    private Task<SipResponse> Send() => _wire.Do(() => _wire.Endpoint.SendAsync(Request(_wire, SipMethod.Options)));

    private SipRequest Invite() => Request(_wire, SipMethod.Invite);

    private Task<SipFlow> Connect(string uri) => _wire.Do(() => _wire.Endpoint.ConnectAsync(SipUri.Parse(uri)));

    private SipFlow Flow(string host) => _wire.Endpoint.Flows.Single(flow => flow.Remote.Host == host);
}
