namespace UcSdk.Sip.Tests;

/// <summary>RFC 3261 §16.7 with RFC 6026 and RFC 4320: what goes upstream, and when.</summary>
public sealed class ResponseProcessingTests
{
    private readonly ProxyWire _proxy = new();

    private PeerWire Wire => _proxy.Wire;

    [Fact]
    public void An_invite_is_forked_to_all_and_the_first_2xx_cancels_the_others()
    {
        var (desk, phone) = _proxy.Fork();
        Wire.Answers(desk, 100, tag: null, flow: _proxy.Desk);
        Wire.ExpectNothing();
        Assert.Single(_proxy.Rings(desk, _proxy.Desk).Headers.GetAll(HeaderName.Via));
        _proxy.Rings(phone, _proxy.Phone);
        Wire.Answers(desk, 200, tag: "desk", flow: _proxy.Desk);
        Assert.Equal("desk", Wire.ExpectResponse(200, _proxy.Caller).To!.Tag);
        var cancel = _proxy.IsCanceled(phone, _proxy.Phone);
        Assert.Equal(phone.TopVia!.Branch, cancel.TopVia!.Branch);
        Assert.Equal("SIP;cause=200;text=\"Call completed elsewhere\"", cancel.Headers[HeaderName.Reason]);
        Wire.ExpectNothing();
        Assert.Equal([200], _proxy.Finals);
        Wire.ExpectNothingLeft();
    }

    // RFC 6026 §7.1, §7.2: both transactions stay for the 2xx of other forks and for repeated ones.
    [Fact]
    public void Every_2xx_goes_upstream_the_repeated_and_the_second_too_until_64_T1_are_over()
    {
        var (desk, phone) = _proxy.Fork();
        Wire.Answers(desk, 200, tag: "desk", flow: _proxy.Desk);
        Wire.Answers(phone, 200, tag: "phone", flow: _proxy.Phone);
        Assert.Equal("desk", Wire.ExpectResponse(200, _proxy.Caller).To!.Tag);
        Assert.Equal("phone", Wire.ExpectResponse(200, _proxy.Caller).To!.Tag);
        Wire.AdvanceToJustBefore(64 * Messages.T1);
        Wire.Answers(desk, 200, tag: "desk", flow: _proxy.Desk);
        Wire.ExpectResponse(200, _proxy.Caller);
        Wire.Tick();
        // What comes later belongs to nothing and is not forwarded (RFC 6026 §7.2 withdraws that).
        Wire.Answers(desk, 200, tag: "desk", flow: _proxy.Desk);
        Wire.ExpectNothing();
        Assert.Equal([200], _proxy.Finals);
        Wire.ExpectNothingLeft();
    }

    [Fact]
    public void A_failure_behind_a_2xx_is_acknowledged_and_stays_here()
    {
        var (desk, phone) = _proxy.Fork();
        Wire.Answers(desk, 200, tag: "desk", flow: _proxy.Desk);
        Wire.ExpectResponse(200, _proxy.Caller);
        _proxy.Refuses(phone, 486, _proxy.Phone);
        Wire.ExpectNothing();
    }

    [Theory]
    [InlineData(486, 404, 486)]
    [InlineData(302, 486, 302)]
    [InlineData(486, 603, 603)]
    [InlineData(500, 486, 486)]
    [InlineData(407, 404, 407)]
    [InlineData(404, 484, 484)]
    [InlineData(415, 486, 415)]
    [InlineData(420, 302, 302)]
    [InlineData(408, 486, 486)]
    [InlineData(408, 500, 408)]
    [InlineData(503, 503, 500)]
    [InlineData(503, 486, 486)]
    [InlineData(503, 501, 501)]
    [InlineData(600, 603, 600)]
    public void The_best_failure_goes_upstream_when_all_have_answered(int first, int second, int best)
    {
        var (desk, phone) = _proxy.Fork();
        _proxy.Refuses(desk, first, _proxy.Desk);
        Wire.ExpectNothing();
        _proxy.Refuses(phone, second, _proxy.Phone);
        Assert.Single(Wire.ExpectResponse(best, _proxy.Caller).Headers.GetAll(HeaderName.Via));
        Wire.Says(Messages.FromPeer("ACK", toTag: "x"));
        Assert.Equal([best], _proxy.Finals);
        Wire.ExpectNothingLeft();
    }

    [Fact]
    public void The_caller_gets_the_challenges_of_all_branches()
    {
        var (desk, phone) = _proxy.Fork();
        _proxy.Refuses(desk, 401, _proxy.Desk, r => r.Headers.Add(HeaderName.WwwAuthenticate, "Digest realm=\"a\""));
        _proxy.Refuses(phone, 407, _proxy.Phone, r => r.Headers.Add(HeaderName.ProxyAuthenticate, "Digest realm=\"b\""));
        var response = Wire.ExpectResponse(401);
        Assert.Equal("Digest realm=\"a\"", response.Headers[HeaderName.WwwAuthenticate]);
        Assert.Equal("Digest realm=\"b\"", response.Headers[HeaderName.ProxyAuthenticate]);
    }

    [Fact]
    public void The_caller_gets_the_places_of_all_redirections_each_once()
    {
        var (desk, phone) = _proxy.Fork();
        _proxy.Refuses(desk, 302, _proxy.Desk, r => r.Headers.Add(HeaderName.Contact, "<sip:a@one.test>;q=0.5, <sip:a@two.test>"));
        _proxy.Refuses(phone, 301, _proxy.Phone, r => r.Headers.Add(HeaderName.Contact, "<sip:a@TWO.test>, <sip:a@three.test>"));
        var response = Wire.ExpectResponse(302);
        Assert.Equal(["<sip:a@one.test>;q=0.5", "<sip:a@two.test>", "<sip:a@three.test>"], response.Headers.GetList(HeaderName.Contact));
    }

    [Fact]
    public void A_6xx_is_held_back_until_all_are_done_and_cancels_what_still_rings()
    {
        var (desk, phone) = _proxy.Fork();
        _proxy.Rings(phone, _proxy.Phone);
        _proxy.Refuses(desk, 603, _proxy.Desk);
        Assert.Equal("SIP;cause=603;text=\"Decline\"", _proxy.IsCanceled(phone, _proxy.Phone).Headers[HeaderName.Reason]);
        Wire.ExpectResponse(603, _proxy.Caller);
    }

    [Fact]
    public void A_2xx_that_crosses_a_6xx_is_still_forwarded()
    {
        var (desk, phone) = _proxy.Fork();
        _proxy.Rings(phone, _proxy.Phone);
        _proxy.Refuses(desk, 603, _proxy.Desk);
        Wire.ExpectRequest(SipMethod.Cancel, _proxy.Phone);
        Wire.Answers(phone, 200, "phone", flow: _proxy.Phone);
        Wire.ExpectResponse(200, _proxy.Caller);
    }

    [Fact]
    public void A_provisional_response_behind_the_final_one_stays_here()
    {
        var (desk, phone) = _proxy.Fork();
        Wire.Answers(desk, 200, "desk", flow: _proxy.Desk);
        Wire.ExpectResponse(200);
        Wire.Answers(phone, 180, "phone", flow: _proxy.Phone);
        Wire.ExpectRequest(SipMethod.Cancel, _proxy.Phone);
        Wire.ExpectNothing();
    }

    // RFC 4320 §4.1 and §4.2.
    [Fact]
    public void Other_requests_have_no_provisional_response_and_no_408()
    {
        Wire.Says(Messages.FromPeer("MESSAGE"));
        var desk = Wire.ExpectRequest(SipMethod.Message, _proxy.Desk);
        Wire.ExpectRequest(SipMethod.Message, _proxy.Phone);
        Wire.Answers(desk, 100, null, flow: _proxy.Desk);
        Wire.Answers(desk, 183, "desk", flow: _proxy.Desk);
        Wire.ExpectNothing();
        Wire.Advance(64 * Messages.T1);
        Wire.ExpectNothing();
        Wire.ExpectNothingLeft();
    }

    [Fact]
    public void Of_another_request_the_first_2xx_is_the_answer_and_nobody_is_cancelled()
    {
        Wire.Says(Messages.FromPeer("MESSAGE"));
        var desk = Wire.ExpectRequest(SipMethod.Message, _proxy.Desk);
        var phone = Wire.ExpectRequest(SipMethod.Message, _proxy.Phone);
        Wire.Answers(desk, 200, flow: _proxy.Desk);
        Wire.ExpectResponse(200, _proxy.Caller);
        Wire.Answers(phone, 200, flow: _proxy.Phone);
        Wire.ExpectNothing();
    }

    // SIPp's own scenario for a cancelled call does that: the CANCEL was the last message it has seen.
    [Fact]
    public void A_response_that_has_lost_the_callers_Via_gets_it_back()
    {
        _proxy.Targets = [_proxy.Targets![0]];
        Wire.Says(Messages.FromPeer("INVITE"));
        var desk = Wire.ExpectRequest(SipMethod.Invite, _proxy.Desk);
        static void Lose(SipResponse response) => response.Headers[HeaderName.Via] = response.TopVia!.ToString();
        Wire.Answers(desk, 180, "desk", Lose, _proxy.Desk);
        Assert.Equal("z9hG4bKpeer1", Assert.Single(Wire.ExpectResponse(180, _proxy.Caller).Headers.GetAll(HeaderName.Via)).Split('=')[^1]);
        Wire.Answers(desk, 487, "desk", Lose, _proxy.Desk);
        Wire.ExpectRequest(SipMethod.Ack);
        Assert.Single(Wire.ExpectResponse(487, _proxy.Caller).Headers.GetAll(HeaderName.Via));
    }

    [Fact]
    public void A_branch_that_neither_rings_nor_refuses_counts_as_408()
    {
        _proxy.Fork();
        Wire.Advance(64 * Messages.T1);
        Wire.ExpectResponse(100);
        Wire.ExpectResponse(408, _proxy.Caller);
    }
}
