namespace UcSdk.Sip.Tests;

/// <summary>Stateful forwarding: RFC 3261 §16.</summary>
public sealed class ProxyTests
{
    private readonly PeerWire _wire = PeerWire.Reliable(new() { IsProxy = true, Server = "", UserAgent = "" });
    private readonly SipFlow _desk;
    private readonly SipFlow _phone;
    private readonly List<int> _finals = [];
    private ProxyOptions _options = new();

    public ProxyTests()
    {
        _desk = _wire.Connect("desk.test");
        _phone = _wire.Connect("phone.test");
        _wire.Endpoint.RequestReceived = request =>
            request.Proxy([new(SipUri.Parse("sip:alice@desk.test"), _desk), new(SipUri.Parse("sip:alice@phone.test"), _phone)], _options)
                .FinalResponse += response => _finals.Add(response.StatusCode);
    }

    [Fact]
    public void An_invite_is_forked_to_all_and_the_first_2xx_cancels_the_others()
    {
        _wire.Says(Messages.FromPeer("INVITE", body: "offer"));
        var desk = _wire.ExpectRequest(SipMethod.Invite, _desk);
        var phone = _wire.ExpectRequest(SipMethod.Invite, _phone);
        Assert.Equal(("sip:alice@desk.test", "69", "offer"), (desk.UriText, desk.Headers[HeaderName.MaxForwards], desk.BodyText));
        Assert.Equal("<sip:self.test:5060;transport=tcp;lr>", desk.Headers[HeaderName.RecordRoute]);
        Assert.Equal(2, desk.Headers.GetAll(HeaderName.Via).Count());
        Assert.NotEqual(desk.TopVia!.Branch, phone.TopVia!.Branch);
        _wire.Answers(desk, 100, tag: null, flow: _desk);
        _wire.ExpectNothing();
        _wire.Answers(desk, 180, tag: "desk", flow: _desk);
        var ringing = _wire.ExpectResponse(180, _wire.Flow);
        Assert.Single(ringing.Headers.GetAll(HeaderName.Via));
        _wire.Answers(phone, 180, tag: "phone", flow: _phone);
        _wire.ExpectResponse(180, _wire.Flow);
        _wire.Answers(desk, 200, tag: "desk", flow: _desk);
        Assert.Equal("desk", _wire.ExpectResponse(200, _wire.Flow).To!.Tag);
        var cancel = _wire.ExpectRequest(SipMethod.Cancel, _phone);
        Assert.Equal(phone.TopVia.Branch, cancel.TopVia!.Branch);
        Assert.Equal("SIP;cause=200;text=\"Call completed elsewhere\"", cancel.Headers[HeaderName.Reason]);
        _wire.Answers(cancel, 200, flow: _phone);
        _wire.Answers(phone, 487, tag: "phone", flow: _phone);
        _wire.ExpectRequest(SipMethod.Ack, _phone);
        _wire.ExpectNothing();
        Assert.Equal([200], _finals);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public void Two_2xx_both_go_upstream()
    {
        _wire.Says(Messages.FromPeer("INVITE"));
        var (desk, phone) = Forked();
        _wire.Answers(desk, 200, tag: "desk", flow: _desk);
        _wire.Answers(phone, 200, tag: "phone", flow: _phone);
        _wire.ExpectResponse(200, _wire.Flow);
        Assert.Equal("phone", _wire.ExpectResponse(200, _wire.Flow).To!.Tag);
        _wire.Answers(desk, 200, tag: "desk", flow: _desk);
        _wire.ExpectResponse(200, _wire.Flow);
        Assert.Equal([200], _finals);
        _wire.ExpectNothingLeft();
    }

    [Theory]
    [InlineData(486, 404, 486)]
    [InlineData(302, 486, 302)]
    [InlineData(486, 603, 603)]
    [InlineData(500, 486, 486)]
    [InlineData(407, 404, 407)]
    [InlineData(503, 503, 500)]
    [InlineData(503, 486, 486)]
    public void The_best_failure_goes_upstream_when_all_have_answered(int first, int second, int best)
    {
        _wire.Says(Messages.FromPeer("INVITE"));
        var (desk, phone) = Forked();
        _wire.Answers(desk, first, tag: "desk", flow: _desk);
        _wire.ExpectRequest(SipMethod.Ack, _desk);
        _wire.ExpectNothing();
        _wire.Answers(phone, second, tag: "phone", flow: _phone);
        _wire.ExpectRequest(SipMethod.Ack, _phone);
        Assert.Single(_wire.ExpectResponse(best, _wire.Flow).Headers.GetAll(HeaderName.Via));
        _wire.Says(Messages.FromPeer("ACK", toTag: "x"));
        Assert.Equal([best], _finals);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public void The_caller_gets_the_challenges_of_all_branches()
    {
        _wire.Says(Messages.FromPeer("INVITE"));
        var (desk, phone) = Forked();
        _wire.Answers(desk, 401, flow: _desk, edit: r => r.Headers.Add(HeaderName.WwwAuthenticate, "Digest realm=\"a\""));
        _wire.Answers(phone, 407, flow: _phone, edit: r => r.Headers.Add(HeaderName.ProxyAuthenticate, "Digest realm=\"b\""));
        _wire.ExpectRequest(SipMethod.Ack);
        _wire.ExpectRequest(SipMethod.Ack);
        var response = _wire.ExpectResponse(401);
        Assert.True(response.Headers.Contains(HeaderName.WwwAuthenticate));
        Assert.True(response.Headers.Contains(HeaderName.ProxyAuthenticate));
    }

    [Fact]
    public void A_6xx_cancels_what_still_rings()
    {
        _wire.Says(Messages.FromPeer("INVITE"));
        var (desk, phone) = Forked();
        _wire.Answers(phone, 180, flow: _phone);
        _wire.ExpectResponse(180);
        _wire.Answers(desk, 603, flow: _desk);
        _wire.ExpectRequest(SipMethod.Ack, _desk);
        _wire.Answers(_wire.ExpectRequest(SipMethod.Cancel, _phone), 200, flow: _phone);
        _wire.Answers(phone, 487, flow: _phone);
        _wire.ExpectRequest(SipMethod.Ack, _phone);
        _wire.ExpectResponse(603, _wire.Flow);
    }

    [Fact]
    public void The_callers_cancel_goes_to_every_branch_that_has_answered_and_487_comes_back()
    {
        _wire.Says(Messages.FromPeer("INVITE"));
        var (desk, phone) = Forked();
        _wire.Answers(desk, 180, flow: _desk);
        _wire.ExpectResponse(180);
        _wire.Says(Messages.FromPeer("CANCEL"));
        _wire.ExpectResponse(200, _wire.Flow);
        _wire.Answers(_wire.ExpectRequest(SipMethod.Cancel, _desk), 200, flow: _desk);
        _wire.ExpectNothing();
        _wire.Answers(phone, 183, flow: _phone);
        _wire.Answers(_wire.ExpectRequest(SipMethod.Cancel, _phone), 200, flow: _phone);
        _wire.ExpectResponse(183);
        // A provisional response that crosses the CANCEL asks for no second one.
        _wire.Answers(phone, 180, flow: _phone);
        _wire.ExpectResponse(180);
        _wire.ExpectNothing();
        _wire.Answers(desk, 487, flow: _desk);
        _wire.Answers(phone, 487, flow: _phone);
        _wire.ExpectRequest(SipMethod.Ack, _desk);
        _wire.ExpectRequest(SipMethod.Ack, _phone);
        _wire.ExpectResponse(487, _wire.Flow);
        Assert.Equal([487], _finals);
    }

    [Fact]
    public void Timer_C_cancels_a_branch_that_rings_for_three_minutes_and_each_provisional_starts_it_again()
    {
        _wire.Says(Messages.FromPeer("INVITE"));
        var (desk, phone) = Forked();
        _wire.Answers(phone, 486, flow: _phone);
        _wire.ExpectRequest(SipMethod.Ack);
        _wire.Answers(desk, 180, flow: _desk);
        _wire.ExpectResponse(180);
        _wire.Advance(TimeSpan.FromMinutes(2));
        _wire.Answers(desk, 180, flow: _desk);
        _wire.ExpectResponse(180);
        _wire.AdvanceToJustBefore(TimeSpan.FromMinutes(3));
        _wire.ExpectNothing();
        _wire.Tick();
        _wire.ExpectRequest(SipMethod.Cancel, _desk);
        // A branch that says nothing even to the CANCEL counts as 408, which is worse than the other's 486.
        _wire.Advance(64 * Messages.T1);
        _wire.ExpectResponse(486, _wire.Flow);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public void Silence_on_all_branches_is_a_408()
    {
        _wire.Says(Messages.FromPeer("INVITE"));
        Forked();
        _wire.Advance(64 * Messages.T1);
        _wire.ExpectResponse(100);
        _wire.ExpectResponse(408, _wire.Flow);
    }

    [Fact]
    public void A_lost_branch_counts_as_503_and_becomes_500()
    {
        _wire.Says(Messages.FromPeer("INVITE"));
        var (_, phone) = Forked();
        _wire.Breaks(_desk);
        _wire.Answers(phone, 503, flow: _phone);
        _wire.ExpectRequest(SipMethod.Ack);
        _wire.ExpectResponse(500, _wire.Flow);
    }

    [Fact]
    public void A_lost_caller_stops_what_rings()
    {
        _wire.Says(Messages.FromPeer("INVITE"));
        var (desk, _) = Forked();
        _wire.Answers(desk, 180, flow: _desk);
        _wire.ExpectResponse(180);
        _wire.Breaks();
        _wire.ExpectRequest(SipMethod.Cancel, _desk);
    }

    [Fact]
    public void No_target_is_a_480_and_no_hops_left_a_483()
    {
        _wire.Says(Messages.FromPeer("INVITE").Replace("Max-Forwards: 70", "Max-Forwards: 0"));
        _wire.ExpectResponse(483);
        _wire.Endpoint.RequestReceived = request => request.Proxy([]);
        _wire.Says(Messages.FromPeer("MESSAGE", branch: "z9hG4bKm"));
        _wire.ExpectResponse(480);
    }

    [Fact]
    public void A_request_that_comes_back_unchanged_is_a_loop_and_one_with_a_new_uri_a_spiral()
    {
        _wire.Endpoint.RequestReceived = request => request.Proxy([new(request.Request.Uri!, _desk)]);
        _wire.Says(Messages.FromPeer("MESSAGE"));
        var once = _wire.ExpectRequest(SipMethod.Message, _desk);
        var back = once.Clone();
        back.Headers.AddFirst(HeaderName.Via, "SIP/2.0/TCP desk.test;branch=z9hG4bKdesk");
        _wire.Says(back, _desk);
        _wire.ExpectResponse(482, _desk);
        var spiral = once.WithUri(SipUri.Parse("sip:other@self.test"));
        spiral.Headers.AddFirst(HeaderName.Via, "SIP/2.0/TCP desk.test;branch=z9hG4bKdesk2");
        _wire.Says(spiral, _desk);
        _wire.ExpectRequest(SipMethod.Message, _desk);
    }

    [Fact]
    public void An_ack_of_a_2xx_and_a_benotify_go_on_by_route_without_a_transaction()
    {
        _wire.Endpoint.RouteRequest = request => request.UriText.Contains("desk", StringComparison.Ordinal) ? _desk : null;
        _wire.Says(Messages.FromPeer("INVITE"));
        var (desk, _) = Forked();
        _wire.Answers(desk, 200, tag: "desk", flow: _desk);
        _wire.ExpectResponse(200);
        var count = _wire.Counts.Transactions;
        _wire.Says(Messages.FromPeer("ACK", 1, "z9hG4bKack", "desk", "Route: <sip:self.test:5060;transport=tcp;lr>", uri: "sip:alice@desk.test:5061"));
        var ack = _wire.ExpectRequest(SipMethod.Ack, _desk);
        Assert.Equal(("sip:alice@desk.test:5061", "69", false), (ack.UriText, ack.Headers[HeaderName.MaxForwards], ack.Headers.Contains(HeaderName.Route)));
        _wire.Says(Messages.FromPeer("BENOTIFY", 2, "z9hG4bKbe", "desk", "Route: <sip:self.test:5060;transport=tcp;lr>", uri: "sip:alice@desk.test:5061"));
        _wire.ExpectRequest(SipMethod.Benotify, _desk);
        _wire.Says(Messages.FromPeer("ACK", 1, "z9hG4bKack2", "desk", uri: "sip:alice@desk.test:5061"));
        _wire.ExpectNothing();
        Assert.Equal(count, _wire.Counts.Transactions);
    }

    [Fact]
    public void A_request_in_a_dialog_of_others_comes_to_the_application_and_loses_our_route()
    {
        _options = new() { RecordRoute = false, EditRequest = (copy, target) => copy.Headers.Add(HeaderName.Date, target.Uri.Host), EditResponse = r => r.Headers.Add(HeaderName.Date, "back") };
        _wire.Says(Messages.FromPeer("INFO", 2, toTag: "desk", more: "Route: <sip:self.test:5060;transport=tcp;lr>, <sip:next.test;lr>"));
        var info = _wire.ExpectRequest(SipMethod.Info, _desk);
        Assert.Equal(["<sip:next.test;lr>"], info.Headers.GetAll(HeaderName.Route));
        Assert.False(info.Headers.Contains(HeaderName.RecordRoute));
        Assert.Equal("desk.test", info.Headers[HeaderName.Date]);
        _wire.ExpectRequest(SipMethod.Info, _phone);
        _wire.Answers(info, 200, flow: _desk, edit: r => r.Headers.Remove(HeaderName.Date));
        Assert.Equal("back", _wire.ExpectResponse(200).Headers[HeaderName.Date]);
    }

    [Fact]
    public void A_record_route_of_a_configured_name_is_known_as_ours_when_it_comes_back()
    {
        _options = new() { RecordRouteUri = SipUri.Parse("sip:pool.test;transport=tcp;lr") };
        _wire.Says(Messages.FromPeer("INVITE"));
        Assert.Equal("<sip:pool.test;transport=tcp;lr>", Forked().Desk.Headers[HeaderName.RecordRoute]);
        _wire.Says(Messages.FromPeer("INFO", 2, "z9hG4bKinfo", "desk", "Route: <sip:pool.test;transport=tcp;lr>"));
        Assert.False(_wire.ExpectRequest(SipMethod.Info).Headers.Contains(HeaderName.Route));
    }

    private (SipRequest Desk, SipRequest Phone) Forked() =>
        (_wire.ExpectRequest(SipMethod.Invite, _desk), _wire.ExpectRequest(SipMethod.Invite, _phone));
}
