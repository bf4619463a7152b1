namespace UcSdk.Sip.Tests;

/// <summary>RFC 3261 §16.11: forwarding without any state.</summary>
public sealed class StatelessTests
{
    private readonly PeerWire _wire = PeerWire.Datagram(new() { IsProxy = true, Server = "", UserAgent = "" });
    private readonly SipFlow _desk;
    private StatelessRoute? _route;

    public StatelessTests()
    {
        _desk = _wire.Connect("desk.test");
        _route = new(new(SipUri.Parse("sip:alice@desk.test"), _desk), new() { RecordRoute = false });
        _wire.Endpoint.RouteStateless = (_, _) => _route;
        _wire.Endpoint.RequestReceived = _ => Assert.Fail("A stateless proxy offers nothing.");
    }

    [Fact]
    public void A_request_goes_on_and_its_responses_come_back_and_nothing_is_kept()
    {
        _wire.Says(FromPeer("INVITE", body: "offer"));
        var invite = _wire.ExpectRequest(SipMethod.Invite, _desk);
        Assert.Equal(("sip:alice@desk.test", "69", "offer"), (invite.UriText, invite.Headers[HeaderName.MaxForwards], invite.BodyText));
        ExpectNoState();
        // Not even the 100 of a stateful proxy.
        _wire.Advance(TimeSpan.FromMinutes(5));
        _wire.ExpectNothing();
        foreach (var status in (int[])[100, 180, 200, 200])
        {
            _wire.Answers(invite, status, "desk", flow: _desk);
            var response = _wire.ExpectResponse(status, _wire.Flow);
            Assert.Equal("z9hG4bKpeer1", response.TopVia!.Branch);
            Assert.Single(response.Headers.GetAll(HeaderName.Via));
        }

        ExpectNoState();
    }

    [Fact]
    public void A_repeated_request_its_cancel_and_the_ack_of_its_failure_have_the_same_branch_and_another_request_has_another()
    {
        string Branch(string method, string branch = "z9hG4bKpeer1")
        {
            _wire.Says(FromPeer(method, branch: branch));
            return _wire.ExpectRequest(SipMethod.Parse(method), _desk).TopVia!.Branch!;
        }

        var first = Branch("INVITE");
        Assert.StartsWith(Via.MagicCookie, first, StringComparison.Ordinal);
        Assert.Equal(first, Branch("INVITE"));
        Assert.Equal(first, Branch("CANCEL"));
        Assert.Equal(first, Branch("ACK"));
        Assert.NotEqual(first, Branch("INVITE", "z9hG4bKpeer2"));
    }

    [Fact]
    public void So_it_is_for_a_sender_that_knows_no_branches()
    {
        var text = FromPeer("INVITE").Replace(";branch=z9hG4bKpeer1", "");
        _wire.Says(text);
        _wire.Says(text);
        _wire.Says(text.Replace("Call-ID: call1", "Call-ID: call2"));
        var (first, again, other) = (_wire.ExpectRequest(SipMethod.Invite), _wire.ExpectRequest(SipMethod.Invite), _wire.ExpectRequest(SipMethod.Invite));
        Assert.Equal(first.TopVia!.Branch, again.TopVia!.Branch);
        Assert.NotEqual(first.TopVia.Branch, other.TopVia!.Branch);
        _wire.Answers(first, 200, flow: _desk);
        _wire.ExpectResponse(200, _wire.Flow);
    }

    [Fact]
    public void A_response_that_no_request_went_before_is_dropped()
    {
        _wire.Says(FromPeer("MESSAGE"));
        var message = _wire.ExpectRequest(SipMethod.Message, _desk);
        // The way back is bound to the branch: a response cannot be sent through here to anybody else.
        _wire.Answers(message, 200, flow: _desk, edit: response =>
        {
            response.Headers[HeaderName.Via] = message.TopVia!.ToString();
            response.Headers.Add(HeaderName.Via, "SIP/2.0/UDP victim.test;branch=z9hG4bKvictim");
        });
        _wire.Answers(message, 200, flow: _desk, edit: response => response.Headers[HeaderName.Via] = message.TopVia!.ToString());
        _wire.ExpectNothing();
    }

    [Fact]
    public void A_response_finds_the_connection_of_its_request_and_where_that_is_gone_opens_one_to_the_port_of_the_Via()
    {
        var wire = PeerWire.Reliable(new() { IsProxy = true });
        var desk = wire.Connect("desk.test");
        var other = wire.Connect("peer.test");
        wire.Endpoint.RouteStateless = (_, _) => new(new(SipUri.Parse("sip:alice@desk.test"), desk));
        wire.Says(Messages.FromPeer("MESSAGE"), other);
        var message = wire.ExpectRequest(SipMethod.Message, desk);
        wire.Answers(message, 200, flow: desk);
        wire.ExpectResponse(200, other);
        wire.Breaks(other);
        wire.Answers(message, 200, flow: desk);
        wire.ExpectResponse(200, Assert.Single(wire.Endpoint.Flows, flow => flow.Remote == new SipTransportAddress("TCP", "peer.test", 5070)));
    }

    [Fact]
    public void What_may_not_be_forwarded_is_refused_without_state_and_an_ack_dropped()
    {
        _wire.Says(FromPeer("INVITE").Replace("Max-Forwards: 70", "Max-Forwards: 0"));
        _wire.ExpectResponse(483, _wire.Flow);
        _wire.Says(FromPeer("INVITE", more: "Proxy-Require: foo"));
        Assert.Equal("foo", _wire.ExpectResponse(420, _wire.Flow).Headers[HeaderName.Unsupported]);
        _wire.Says(FromPeer("ACK").Replace("Max-Forwards: 70", "Max-Forwards: 0"));
        _wire.ExpectNothing();
        ExpectNoState();
    }

    [Fact]
    public void It_may_record_itself_and_sees_requests_as_they_are_when_its_own_Route_is_off()
    {
        _route = new(new(SipUri.Parse("sip:alice@desk.test"), _desk));
        SipUri? seen = null;
        _wire.Endpoint.RouteStateless = (request, _) =>
        {
            seen = request.Uri;
            return _route;
        };
        _wire.Says(FromPeer("INVITE", uri: "sip:self.test:5060;lr", more: "Route: <sip:bob@far.test>"));
        Assert.Equal("<sip:self.test:5060;transport=udp;lr>", _wire.ExpectRequest(SipMethod.Invite, _desk).Headers[HeaderName.RecordRoute]);
        Assert.Equal("sip:bob@far.test", seen!.Text);
    }

    [Fact]
    public void A_target_that_cannot_be_reached_is_nobodys_business()
    {
        _route = new(new(SipUri.Parse("sip:alice@nowhere.test")));
        _wire.Says(FromPeer("INVITE"));
        _wire.ExpectNothing();
        ExpectNoState();
    }

    private static string FromPeer(string method, string branch = "z9hG4bKpeer1", string more = "", string body = "", string uri = "sip:alice@self.test") =>
        Messages.FromPeer(method, branch: branch, more: more, body: body, uri: uri).Replace("SIP/2.0/TCP", "SIP/2.0/UDP");

    private void ExpectNoState() => Assert.Equal((0, 0), (_wire.Counts.Transactions, _wire.Counts.Timers));
}
