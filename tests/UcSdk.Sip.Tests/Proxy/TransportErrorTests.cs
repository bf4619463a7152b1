namespace UcSdk.Sip.Tests;

/// <summary>RFC 3261 §16.9 and RFC 3263 §4.3: servers that cannot be reached, break, are overloaded or say nothing; and a caller that is gone.</summary>
public sealed class TransportErrorTests
{
    private readonly ScriptedResolver _dns = new ScriptedResolver()
        .Srv("_sip._tcp.far.test", 1, 0, 5060, "one.far.test")
        .Srv("_sip._tcp.far.test", 2, 0, 5060, "two.far.test")
        .Srv("_sip._tcp.far.test", 3, 0, 5060, "three.far.test")
        .Host("one.far.test", "192.0.2.66") // cannot be reached
        .Host("two.far.test", "192.0.2.2")
        .Host("three.far.test", "192.0.2.3");

    private readonly ProxyWire _proxy;

    public TransportErrorTests() => _proxy = new(PeerWire.Reliable(new() { IsProxy = true, Resolver = _dns, Server = "", UserAgent = "" }));

    private PeerWire Wire => _proxy.Wire;

    [Fact]
    public void A_lost_branch_counts_as_503_and_becomes_500()
    {
        var (_, phone) = _proxy.Fork();
        Wire.Breaks(_proxy.Desk);
        _proxy.Refuses(phone, 503, _proxy.Phone);
        Wire.ExpectResponse(500, _proxy.Caller);
    }

    [Fact]
    public void A_branch_lost_while_it_rings_leaves_the_others()
    {
        var (desk, phone) = _proxy.Fork();
        _proxy.Rings(desk, _proxy.Desk);
        Wire.Breaks(_proxy.Desk);
        Wire.ExpectNothing();
        Wire.Answers(phone, 200, "phone", flow: _proxy.Phone);
        Wire.ExpectResponse(200, _proxy.Caller);
    }

    [Fact]
    public void A_target_whose_flow_is_gone_already_counts_as_503()
    {
        Wire.Breaks(_proxy.Desk);
        Wire.Breaks(_proxy.Phone);
        Wire.Says(Messages.FromPeer("INVITE"));
        Wire.ExpectResponse(500, _proxy.Caller);
    }

    [Fact]
    public void A_target_without_a_flow_is_located_and_what_cannot_be_reached_is_passed_over()
    {
        _proxy.Targets = null;
        Wire.Says(Messages.FromPeer("INVITE", uri: "sip:alice@far.test"));
        var first = Wire.ExpectRequest(SipMethod.Invite, Flow("192.0.2.2"));
        Wire.Answers(first, 503, edit: response => response.Headers.Add(HeaderName.RetryAfter, "60"), flow: Flow("192.0.2.2"));
        Wire.ExpectRequest(SipMethod.Ack, Flow("192.0.2.2"));
        var second = Wire.ExpectRequest(SipMethod.Invite, Flow("192.0.2.3"));
        // The same request, CSeq and all, as a new transaction.
        Assert.Equal((first.CSeq, 2, 1), (second.CSeq, second.Headers.GetAll(HeaderName.Via).Count(), second.Headers.GetAll(HeaderName.RecordRoute).Count()));
        Assert.NotEqual(first.TopVia!.Branch, second.TopVia!.Branch);
        Wire.Answers(second, 200, flow: Flow("192.0.2.3"));
        Wire.ExpectResponse(200, _proxy.Caller);
        Wire.ExpectNothingLeft();
    }

    [Fact]
    public void A_server_that_breaks_after_its_100_is_passed_over_and_one_that_has_rung_is_not()
    {
        _proxy.Targets = null;
        Wire.Says(Messages.FromPeer("INVITE", uri: "sip:alice@far.test"));
        var first = Wire.ExpectRequest(SipMethod.Invite, Flow("192.0.2.2"));
        Wire.Answers(first, 100, null, flow: Flow("192.0.2.2"));
        Wire.Breaks(Flow("192.0.2.2"));
        var second = Wire.ExpectRequest(SipMethod.Invite, Flow("192.0.2.3"));
        _proxy.Rings(second, Flow("192.0.2.3"));
        Wire.Breaks(Flow("192.0.2.3"));
        Wire.ExpectResponse(500, _proxy.Caller);
        Wire.ExpectNothingLeft();
    }

    [Fact]
    public void When_the_last_server_fails_its_failure_is_the_branches()
    {
        _proxy.Targets = null;
        Wire.Says(Messages.FromPeer("MESSAGE", uri: "sip:alice@far.test"));
        Wire.Breaks(OnlyFlow(Wire.ExpectRequest(SipMethod.Message), "192.0.2.2"));
        Wire.Breaks(OnlyFlow(Wire.ExpectRequest(SipMethod.Message), "192.0.2.3"));
        Wire.ExpectResponse(500, _proxy.Caller);
    }

    [Theory]
    [InlineData("sip:alice@nobody.test")]
    [InlineData("sip:alice@192.0.2.66")]
    public void A_target_that_cannot_be_reached_counts_as_503(string uri)
    {
        _proxy.Targets = null;
        Wire.Says(Messages.FromPeer("INVITE", uri: uri));
        Wire.ExpectResponse(500, _proxy.Caller);
        Wire.ExpectNothing();
    }

    [Fact]
    public void The_first_Route_says_where_it_goes_not_the_Request_URI()
    {
        _proxy.Targets = null;
        Wire.Says(Messages.FromPeer("BYE", 2, toTag: "x", uri: "sip:alice@nobody.test", more: "Route: <sip:self.test:5060;lr>, <sip:192.0.2.9;lr>"));
        var bye = Wire.ExpectRequest(SipMethod.Bye, Flow("192.0.2.9"));
        Assert.Equal(("sip:alice@nobody.test", "<sip:192.0.2.9;lr>"), (bye.UriText, bye.Headers[HeaderName.Route]));
    }

    [Fact]
    public void An_address_from_which_a_peer_has_connected_is_reached_by_that_connection()
    {
        var registered = Wire.Connect("192.0.2.50");
        _proxy.Targets = [new(SipUri.Parse($"sip:alice@192.0.2.50:{registered.Remote.Port};transport=tcp"))];
        Wire.Says(Messages.FromPeer("INVITE"));
        Wire.ExpectRequest(SipMethod.Invite, registered);
    }

    [Fact]
    public void An_ack_finds_its_server_as_its_invite_did()
    {
        Wire.Says(Messages.FromPeer("ACK", toTag: "x", uri: "sip:alice@192.0.2.9", more: "Route: <sip:self.test:5060;lr>"));
        Wire.ExpectRequest(SipMethod.Ack, Flow("192.0.2.9"));
    }

    [Fact]
    public void A_lost_caller_stops_what_rings_and_no_other_target_is_tried()
    {
        _proxy.Targets = [_proxy.Targets![0], _proxy.Targets[1] with { Q = 0.5 }];
        Wire.Says(Messages.FromPeer("INVITE"));
        var desk = Wire.ExpectRequest(SipMethod.Invite, _proxy.Desk);
        _proxy.Rings(desk, _proxy.Desk);
        Wire.Breaks();
        Wire.ExpectRequest(SipMethod.Cancel, _proxy.Desk);
        Wire.ExpectNothing();
    }

    // RFC 3261 §18.2.2: to the address that was seen, and the port that Via names.
    [Fact]
    public void The_answer_to_a_lost_caller_goes_over_a_new_connection_to_where_its_Via_says()
    {
        Wire.Says(Messages.FromPeer("MESSAGE"));
        var desk = Wire.ExpectRequest(SipMethod.Message, _proxy.Desk);
        Wire.ExpectRequest(SipMethod.Message, _proxy.Phone);
        Wire.Breaks();
        Wire.Answers(desk, 200, flow: _proxy.Desk);
        var answer = Wire.ExpectResponse(200, Flow("peer.test"));
        Assert.Equal((5070, "z9hG4bKpeer1"), (Flow("peer.test").Remote.Port, answer.TopVia!.Branch));
    }

    private SipFlow Flow(string host) => Assert.Single(Wire.Endpoint.Flows, flow => flow.Remote.Host == host);

    private SipFlow OnlyFlow(SipRequest _, string host) => Flow(host);
}
