namespace UcSdk.Sip.Tests;

/// <summary>RFC 3261 §14 and RFC 3311 §5.2: one offer at a time, and what becomes of the other.</summary>
public sealed class OfferGlareTests
{
    private readonly PeerWire _wire = PeerWire.Reliable();

    [Fact]
    public async Task The_caller_waits_between_2_1_and_4_seconds_and_asks_again()
    {
        var session = Call();
        var answer = Reinvite(session);
        var first = _wire.ExpectRequest(SipMethod.Invite);
        _wire.Answers(first, 491);
        _wire.ExpectRequest(SipMethod.Ack);
        _wire.Advance(TimeSpan.FromMilliseconds(2099));
        _wire.ExpectNothing();
        _wire.Advance(TimeSpan.FromMilliseconds(1902));
        var second = _wire.ExpectRequest(SipMethod.Invite);
        Assert.Equal(first.CSeq!.Number + 1, second.CSeq!.Number);
        Assert.NotEqual(first.TopVia!.Branch, second.TopVia!.Branch);
        _wire.Answers(second, 200);
        _wire.ExpectRequest(SipMethod.Ack);
        Assert.Equal(200, (await answer).StatusCode);
    }

    [Fact]
    public async Task The_callee_waits_two_seconds_at_most()
    {
        var session = Take();
        var answer = Reinvite(session);
        _wire.Answers(_wire.ExpectRequest(SipMethod.Invite), 491);
        _wire.ExpectRequest(SipMethod.Ack);
        _wire.Advance(TimeSpan.FromMilliseconds(2001));
        _wire.Answers(_wire.ExpectRequest(SipMethod.Invite), 200);
        _wire.ExpectRequest(SipMethod.Ack);
        Assert.Equal(200, (await answer).StatusCode);
    }

    [Fact]
    public async Task A_session_that_ends_meanwhile_asks_no_more()
    {
        var session = Take();
        var answer = Reinvite(session);
        _wire.Answers(_wire.ExpectRequest(SipMethod.Invite), 491);
        _wire.ExpectRequest(SipMethod.Ack);
        _wire.Says(Messages.FromPeer("BYE", 2, "z9hG4bKbye", session.Dialog!.LocalTag));
        _wire.ExpectResponse(200);
        _wire.Advance(TimeSpan.FromSeconds(5));
        _wire.ExpectNothing();
        Assert.Equal(491, (await answer).StatusCode);
        _wire.ExpectNothingLeft();
    }

    [Theory]
    [InlineData("INVITE", "")]
    [InlineData("UPDATE", "offer")]
    public void An_offer_that_crosses_ours_gets_491(string method, string body)
    {
        var session = Take();
        _ = Reinvite(session);
        _wire.ExpectRequest(SipMethod.Invite);
        _wire.Says(Messages.FromPeer(method, 2, "z9hG4bKcross", session.Dialog!.LocalTag, body: body));
        _wire.ExpectResponse(491);
    }

    [Fact]
    public void An_UPDATE_without_an_offer_crosses_unharmed()
    {
        var session = Take();
        session.RequestReceived = request =>
        {
            request.Respond(200);
            return true;
        };
        _ = Reinvite(session);
        _wire.ExpectRequest(SipMethod.Invite);
        _wire.Says(Messages.FromPeer("UPDATE", 2, "z9hG4bKcross", session.Dialog!.LocalTag));
        _wire.ExpectResponse(200);
    }

    // §14.2: a second offer of the peer before its first is answered.
    [Fact]
    public void A_second_offer_before_the_first_is_answered_gets_500_with_a_moment_to_come_again()
    {
        var session = Take();
        session.RequestReceived = _ => true;
        _wire.Says(Messages.FromPeer("INVITE", 2, "z9hG4bKfirst", session.Dialog!.LocalTag));
        _wire.Says(Messages.FromPeer("UPDATE", 3, "z9hG4bKsecond", session.Dialog.LocalTag, body: "offer"));
        var refusal = _wire.ExpectResponse(500);
        Assert.InRange(int.Parse(refusal.Headers[HeaderName.RetryAfter]!, System.Globalization.CultureInfo.InvariantCulture), 0, 10);
    }

    private Task<SipResponse> Reinvite(InviteSession session) => _wire.Do(() => session.SendAsync(session.CreateRequest(SipMethod.Invite)));

    private InviteSession Call()
    {
        var session = _wire.Do(() => _wire.Endpoint.Invite(Messages.Invite(_wire), new InviteOptions { Flow = _wire.Flow }));
        _wire.Answers(_wire.ExpectRequest(SipMethod.Invite), 200);
        _wire.ExpectRequest(SipMethod.Ack);
        return session;
    }

    private InviteSession Take()
    {
        InviteSession session = null!;
        _wire.Endpoint.RequestReceived = request => session = request.CreateInviteSession();
        _wire.Says(Messages.FromPeer("INVITE"));
        _ = _wire.Do(() => session.AcceptAsync());
        var answer = _wire.ExpectResponse(200);
        _wire.Says(Messages.FromPeer("ACK", branch: "z9hG4bKack", toTag: answer.To!.Tag!));
        return session;
    }
}
