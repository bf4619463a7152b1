namespace UcSdk.Sip.Tests;

/// <summary>RFC 3261 §16.6 and §16.7 step 4: targets one after another, by preference, by time and by redirection.</summary>
public sealed class ForkingTests
{
    private readonly ProxyWire _proxy = new();
    private readonly SipFlow _car;

    public ForkingTests() => _car = _proxy.Wire.Connect("car.test");

    private PeerWire Wire => _proxy.Wire;

    private ProxyTarget Desk => new(SipUri.Parse("sip:alice@desk.test"), _proxy.Desk);

    private ProxyTarget Phone => new(SipUri.Parse("sip:alice@phone.test"), _proxy.Phone);

    private ProxyTarget Car => new(SipUri.Parse("sip:alice@car.test"), _car);

    [Fact]
    public void Targets_of_one_q_are_tried_at_once_and_lower_ones_when_all_of_them_have_failed()
    {
        _proxy.Targets = [Car with { Q = 0.2 }, Desk with { Q = 0.8 }, Phone with { Q = 0.8 }];
        var (desk, phone) = _proxy.Fork();
        _proxy.Refuses(desk, 486, _proxy.Desk);
        Wire.ExpectNothing();
        _proxy.Refuses(phone, 480, _proxy.Phone);
        var car = Wire.ExpectRequest(SipMethod.Invite, _car);
        Wire.Answers(car, 200, "car", flow: _car);
        Wire.ExpectResponse(200, _proxy.Caller);
        Wire.ExpectNothingLeft();
    }

    [Fact]
    public void The_best_of_all_groups_goes_upstream()
    {
        _proxy.Targets = [Desk, Phone with { Q = 0 }];
        Wire.Says(Messages.FromPeer("INVITE"));
        _proxy.Refuses(Wire.ExpectRequest(SipMethod.Invite), 486, _proxy.Desk);
        _proxy.Refuses(Wire.ExpectRequest(SipMethod.Invite), 500, _proxy.Phone);
        Wire.ExpectResponse(486, _proxy.Caller);
    }

    [Fact]
    public void A_6xx_ends_the_search()
    {
        _proxy.Targets = [Desk, Phone with { Q = 0 }];
        Wire.Says(Messages.FromPeer("INVITE"));
        _proxy.Refuses(Wire.ExpectRequest(SipMethod.Invite), 603, _proxy.Desk);
        Wire.ExpectResponse(603, _proxy.Caller);
        Wire.ExpectNothing();
    }

    [Fact]
    public void A_target_whose_time_is_over_is_cancelled_and_the_next_is_tried_without_waiting_for_it()
    {
        _proxy.Targets = [Desk with { Timeout = TimeSpan.FromSeconds(20) }, Phone with { Q = 0.5 }];
        Wire.Says(Messages.FromPeer("INVITE"));
        var desk = Wire.ExpectRequest(SipMethod.Invite, _proxy.Desk);
        _proxy.Rings(desk, _proxy.Desk);
        Wire.AdvanceToJustBefore(TimeSpan.FromSeconds(20));
        Wire.ExpectNothing();
        Wire.Tick();
        Assert.Equal("SIP;cause=408;text=\"Request Timeout\"", Wire.ExpectRequest(SipMethod.Cancel, _proxy.Desk).Headers[HeaderName.Reason]);
        var phone = Wire.ExpectRequest(SipMethod.Invite, _proxy.Phone);
        _proxy.Refuses(phone, 486, _proxy.Phone);
        // The answer waits for the last word of all.
        Wire.ExpectNothing();
        _proxy.Refuses(desk, 487, _proxy.Desk);
        Wire.ExpectResponse(486, _proxy.Caller);
    }

    [Fact]
    public void Who_answers_after_its_time_still_gets_the_call()
    {
        _proxy.Targets = [Desk with { Timeout = TimeSpan.FromSeconds(20) }, Phone with { Q = 0.5 }];
        Wire.Says(Messages.FromPeer("INVITE"));
        var desk = Wire.ExpectRequest(SipMethod.Invite, _proxy.Desk);
        _proxy.Rings(desk, _proxy.Desk);
        Wire.Advance(TimeSpan.FromSeconds(20));
        Wire.ExpectRequest(SipMethod.Cancel, _proxy.Desk);
        var phone = Wire.ExpectRequest(SipMethod.Invite, _proxy.Phone);
        _proxy.Rings(phone, _proxy.Phone);
        Wire.Answers(desk, 200, "desk", flow: _proxy.Desk);
        Assert.Equal("desk", Wire.ExpectResponse(200, _proxy.Caller).To!.Tag);
        _proxy.IsCanceled(phone, _proxy.Phone);
        Wire.ExpectNothing();
    }

    [Fact]
    public void Another_request_whose_target_is_slow_goes_to_the_next_as_well()
    {
        _proxy.Targets = [Desk with { Timeout = TimeSpan.FromSeconds(3) }, Phone with { Q = 0.5 }];
        Wire.Says(Messages.FromPeer("MESSAGE"));
        Wire.ExpectRequest(SipMethod.Message, _proxy.Desk);
        Wire.Advance(TimeSpan.FromSeconds(3));
        Wire.Answers(Wire.ExpectRequest(SipMethod.Message, _proxy.Phone), 200, flow: _proxy.Phone);
        Wire.ExpectResponse(200, _proxy.Caller);
    }

    [Fact]
    public void No_URI_is_tried_twice_and_no_more_than_the_options_allow()
    {
        _proxy.Options = new() { MaxTargets = 2 };
        _proxy.Targets = [Desk, Desk with { Uri = SipUri.Parse("sip:alice@DESK.test") }, Phone, Car];
        _proxy.Fork();
        Wire.ExpectNothing();
    }

    [Fact]
    public void Redirections_are_followed_by_their_q_where_the_options_say_so()
    {
        Wire.Endpoint.RouteRequest = request => request.Uri!.Host == "car.test" ? _car : request.Uri.Host == "phone.test" ? _proxy.Phone : null;
        _proxy.Options = new() { FollowRedirects = true };
        _proxy.Targets = [Desk];
        Wire.Says(Messages.FromPeer("INVITE"));
        _proxy.Refuses(Wire.ExpectRequest(SipMethod.Invite), 302, _proxy.Desk, r => r.Headers.Add(
            HeaderName.Contact, "<sip:alice@phone.test>;q=0.3, \"Car\" <sip:alice@car.test>;q=0.7, <sip:alice@desk.test>, <mailto:alice@desk.test>"));
        var car = Wire.ExpectRequest(SipMethod.Invite, _car);
        Assert.Equal("sip:alice@car.test", car.UriText);
        Wire.ExpectNothing();
        _proxy.Refuses(car, 486, _car);
        // Back to where it came from: that is no new place, and the redirection is an answer.
        _proxy.Refuses(Wire.ExpectRequest(SipMethod.Invite, _proxy.Phone), 302, _proxy.Phone, r => r.Headers.Add(HeaderName.Contact, "<sip:alice@desk.test>"));
        var answer = Wire.ExpectResponse(302, _proxy.Caller);
        Assert.Equal("<sip:alice@desk.test>", answer.Headers[HeaderName.Contact]);
    }

    [Fact]
    public void Redirections_go_upstream_where_the_options_say_nothing()
    {
        _proxy.Targets = [Desk];
        Wire.Says(Messages.FromPeer("INVITE"));
        _proxy.Refuses(Wire.ExpectRequest(SipMethod.Invite), 302, _proxy.Desk, r => r.Headers.Add(HeaderName.Contact, "<sip:alice@car.test>"));
        Wire.ExpectResponse(302, _proxy.Caller);
        Wire.ExpectNothing();
    }

    [Fact]
    public void A_sips_request_is_not_redirected_to_sip()
    {
        _proxy.Options = new() { FollowRedirects = true };
        _proxy.Targets = [Desk with { Uri = SipUri.Parse("sips:alice@desk.test") }];
        Wire.Says(Messages.FromPeer("INVITE", uri: "sips:alice@self.test"));
        _proxy.Refuses(Wire.ExpectRequest(SipMethod.Invite), 302, _proxy.Desk, r => r.Headers.Add(HeaderName.Contact, "<sip:alice@car.test>"));
        Wire.ExpectResponse(302, _proxy.Caller);
    }

    [Fact]
    public void The_application_may_name_further_targets_when_all_have_failed()
    {
        var asked = new List<int>();
        _proxy.Options = new()
        {
            Retarget = best =>
            {
                asked.Add(best.StatusCode);
                return asked.Count == 1 ? [Car] : null;
            },
        };
        var (desk, phone) = _proxy.Fork();
        _proxy.Refuses(desk, 486, _proxy.Desk);
        _proxy.Refuses(phone, 480, _proxy.Phone);
        _proxy.Refuses(Wire.ExpectRequest(SipMethod.Invite, _car), 404, _car);
        Wire.ExpectResponse(486, _proxy.Caller);
        Assert.Equal([486, 486], asked);
    }
}
