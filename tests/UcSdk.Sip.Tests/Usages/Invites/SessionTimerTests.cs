namespace UcSdk.Sip.Tests;

/// <summary>RFC 4028, both sides, to the tick.</summary>
public sealed class SessionTimerTests
{
    private static readonly SessionTimerOptions Options = new() { Interval = TimeSpan.FromSeconds(1800), Minimum = TimeSpan.FromSeconds(120) };

    private readonly PeerWire _wire = PeerWire.Reliable(new SipEndpointOptions { SessionTimer = Options });

    // §7.1, §7.2.
    [Fact]
    public void The_caller_proposes_and_refreshes_at_half_the_interval_by_UPDATE_where_the_peer_takes_it()
    {
        var invite = Invite();
        Assert.Equal(("1800", "120", true), (invite.Headers[HeaderName.SessionExpires], invite.Headers[HeaderName.MinSE], invite.HasOption(HeaderName.Supported, "timer")));
        Answer(invite, "1000;refresher=uac", "INVITE, ACK, BYE, UPDATE");
        _wire.AdvanceToJustBefore(TimeSpan.FromSeconds(500));
        _wire.ExpectNothing();
        _wire.Tick();
        var update = _wire.ExpectRequest(SipMethod.Update);
        Assert.Equal(("1000;refresher=uac", 0), (update.Headers[HeaderName.SessionExpires], update.Body.Length));
        _wire.Answers(update, 200, edit: response => response.Headers.Add(HeaderName.SessionExpires, "600;refresher=uac"));
        _wire.AdvanceToJustBefore(TimeSpan.FromSeconds(300));
        _wire.ExpectNothing();
        _wire.Tick();
        _wire.ExpectRequest(SipMethod.Update);
    }

    [Fact]
    public void A_peer_without_UPDATE_is_asked_by_INVITE_with_what_was_offered_last()
    {
        var session = _wire.Do(() =>
        {
            var invite = Messages.Invite(_wire);
            invite.SetBody("application/sdp", "v=0"u8.ToArray());
            return _wire.Endpoint.Invite(invite, new InviteOptions { Flow = _wire.Flow });
        });
        Answer(_wire.ExpectRequest(SipMethod.Invite), "1000;refresher=uac", "INVITE, ACK, BYE");
        _wire.Advance(TimeSpan.FromSeconds(500));
        var refresh = _wire.ExpectRequest(SipMethod.Invite);
        Assert.Equal(("v=0", "application/sdp"), (refresh.BodyText, refresh.ContentType));
        _wire.Answers(refresh, 200);
        _wire.ExpectRequest(SipMethod.Ack);
        Assert.Equal(InviteState.Confirmed, session.State);
    }

    // §10: 32 s before the end, or a third of a short interval.
    [Theory]
    [InlineData(1000, 968)]
    [InlineData(90, 60)]
    public void A_peer_that_should_refresh_and_does_not_is_hung_up_on(int interval, int after)
    {
        var invite = Invite();
        Answer(invite, $"{interval};refresher=uas", "UPDATE");
        _wire.AdvanceToJustBefore(TimeSpan.FromSeconds(after));
        _wire.ExpectNothing();
        _wire.Tick();
        _wire.Answers(_wire.ExpectRequest(SipMethod.Bye), 200);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task A_refresh_that_nobody_answers_ends_the_session()
    {
        var session = _wire.Do(() => _wire.Endpoint.Invite(Messages.Invite(_wire), new InviteOptions { Flow = _wire.Flow }));
        Answer(_wire.ExpectRequest(SipMethod.Invite), "100;refresher=uac", "UPDATE");
        _wire.Advance(TimeSpan.FromSeconds(50));
        _wire.ExpectRequest(SipMethod.Update);
        _wire.Advance(TimeSpan.FromSeconds(32));
        _wire.Answers(_wire.ExpectRequest(SipMethod.Bye), 200);
        Assert.Equal(InviteReason.TimedOut, await session.Ended);
    }

    [Fact]
    public void A_refresh_of_the_peer_begins_the_interval_again()
    {
        var invite = Invite();
        Answer(invite, "1000;refresher=uas", "UPDATE");
        _wire.Advance(TimeSpan.FromSeconds(900));
        _wire.Says(Refresh(invite, "1000;refresher=uac"));
        Assert.Equal("1000;refresher=uac", _wire.ExpectResponse(200).Headers[HeaderName.SessionExpires]);
        _wire.AdvanceToJustBefore(TimeSpan.FromSeconds(968));
        _wire.ExpectNothing();
        _wire.Tick();
        _wire.ExpectRequest(SipMethod.Bye);
    }

    // §7.3.
    [Fact]
    public async Task An_interval_that_is_too_short_is_proposed_again_as_the_peer_wants_it_once()
    {
        var session = _wire.Do(() => _wire.Endpoint.Invite(Messages.Invite(_wire), new InviteOptions { Flow = _wire.Flow }));
        _wire.Answers(_wire.ExpectRequest(SipMethod.Invite), 422, edit: response => response.Headers.Add(HeaderName.MinSE, "3600"));
        _wire.ExpectRequest(SipMethod.Ack);
        var second = _wire.ExpectRequest(SipMethod.Invite);
        Assert.Equal(("3600", "3600", "2 INVITE"), (second.Headers[HeaderName.SessionExpires], second.Headers[HeaderName.MinSE], second.CSeq!.ToString()));
        _wire.Answers(second, 422, edit: response => response.Headers.Add(HeaderName.MinSE, "7200"));
        _wire.ExpectRequest(SipMethod.Ack);
        _wire.ExpectNothing();
        Assert.Equal(422, (await session.Answer).StatusCode);
    }

    // §9.
    [Theory]
    [InlineData("Supported: timer\nSession-Expires: 1000", "1000;refresher=uac", true)]
    [InlineData("Supported: timer\nSession-Expires: 1000;refresher=uas", "1000;refresher=uas", false)]
    [InlineData("Supported: timer\nx: 5000", "1800;refresher=uac", true)] // at most what our side grants
    [InlineData("Supported: timer\nSession-Expires: 5000\nMin-SE: 4000", "4000;refresher=uac", true)] // and not below what the caller bears
    [InlineData("", "1800;refresher=uas", false)] // a caller that knows nothing of it: our side refreshes
    public void The_callee_grants(string headers, string granted, bool isRequired)
    {
        InviteSession session = null!;
        _wire.Endpoint.RequestReceived = request => session = request.CreateInviteSession();
        _wire.Says(Messages.FromPeer("INVITE", more: headers));
        _ = _wire.Do(() => session.AcceptAsync());
        var answer = _wire.ExpectResponse(200);
        Assert.Equal((granted, isRequired), (answer.Headers[HeaderName.SessionExpires], answer.HasOption(HeaderName.Require, "timer")));
    }

    [Fact]
    public void A_proposal_below_what_our_side_bears_gets_422_and_one_at_it_does_not()
    {
        _wire.Endpoint.RequestReceived = request => request.CreateInviteSession().Ring();
        _wire.Says(Messages.FromPeer("INVITE", more: "Session-Expires: 119"));
        Assert.Equal("120", _wire.ExpectResponse(422).Headers[HeaderName.MinSE]);
        _wire.Says(Messages.FromPeer("INVITE", branch: "z9hG4bKother", callId: "call2", more: "Session-Expires: 120"));
        _wire.ExpectResponse(180);
    }

    [Fact]
    public void Without_options_nothing_is_proposed_and_what_is_asked_is_granted()
    {
        var wire = PeerWire.Reliable();
        _ = wire.Do(() => wire.Endpoint.Invite(Messages.Invite(wire), new InviteOptions { Flow = wire.Flow }));
        Assert.Null(wire.ExpectRequest(SipMethod.Invite).Headers[HeaderName.SessionExpires]);
        InviteSession session = null!;
        wire.Endpoint.RequestReceived = request => session = request.CreateInviteSession();
        wire.Says(Messages.FromPeer("INVITE", more: "Supported: timer\nSession-Expires: 300"));
        _ = wire.Do(() => session.AcceptAsync());
        Assert.Equal("300;refresher=uac", wire.ExpectResponse(200).Headers[HeaderName.SessionExpires]);
    }

    private SipRequest Invite()
    {
        var session = _wire.Do(() => _wire.Endpoint.Invite(Messages.Invite(_wire), new InviteOptions { Flow = _wire.Flow }));
        session.RequestReceived = request =>
        {
            request.Respond(200);
            return true;
        };
        return _wire.ExpectRequest(SipMethod.Invite);
    }

    private void Answer(SipRequest invite, string sessionExpires, string allow)
    {
        _wire.Answers(invite, 200, edit: response =>
        {
            response.Headers.Add(HeaderName.SessionExpires, sessionExpires);
            response.Headers.Add(HeaderName.Allow, allow);
        });
        _wire.ExpectRequest(SipMethod.Ack);
    }

    private static string Refresh(SipRequest invite, string sessionExpires) => $"""
        UPDATE sip:alice@self.test SIP/2.0
        Via: SIP/2.0/TCP peer.test:5070;branch=z9hG4bKupdate
        Max-Forwards: 70
        From: <sip:bob@peer.test>;tag=peertag
        To: <sip:alice@self.test>;tag={invite.From!.Tag}
        Call-ID: {invite.CallId}
        CSeq: 50 UPDATE
        Contact: <sip:peer@peer.test:5070;transport=tcp>
        Supported: timer
        Session-Expires: {sessionExpires}

        """;
}
