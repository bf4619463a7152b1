using System.Text;

namespace UcSdk.Sip.Tests;

/// <summary>SUBSCRIBEs inside the dialog that the application answers itself: RFC 6665 §4.2.1.3 and the piggybacked notification of [MS-SIP].</summary>
public sealed class SubscriptionRefreshTests
{
    private const string Lync = "Event: presence\nSupported: ms-benotify\nSupported: ms-piggyback-first-notify";
    private const string Plain = "Event: presence";
    private readonly PeerWire _wire = PeerWire.Reliable();
    private readonly List<SubscriptionRefresh> _refreshes = [];
    private NotifierSubscription? _subscription;
    private string _tag = "";

    [Fact]
    public void The_200_of_a_refresh_carries_what_its_body_asked_for()
    {
        Accept(Lync);
        _subscription!.RefreshReceived = refresh => refresh.Accept("text/plain", Encoding.UTF8.GetBytes("you said " + refresh.Request.BodyText));
        _wire.Advance(TimeSpan.FromSeconds(500));

        Says(2, Lync, "and bob");
        var ok = _wire.ExpectResponse(200);
        Assert.Equal(
            ("you said and bob", "presence", "active;expires=600", "2", "600"),
            (ok.BodyText, ok.Headers[HeaderName.Event], ok.Headers[HeaderName.SubscriptionState], ok.Headers[HeaderName.MsPiggybackCSeq], ok.Headers[HeaderName.Expires]));
        _wire.ExpectNothing();

        // The numbers go on behind the one that the 200 took, and the life is the new one.
        _wire.Do(() => _subscription.Notify("text/plain", "news"u8.ToArray()));
        Assert.Equal("3 BENOTIFY", _wire.ExpectRequest(SipMethod.Benotify).CSeq!.ToString());
        _wire.AdvanceToJustBefore(TimeSpan.FromSeconds(600));
        _wire.ExpectNothing();
        _wire.Tick();
        Assert.StartsWith("terminated", _wire.ExpectRequest(SipMethod.Benotify).Headers[HeaderName.SubscriptionState], StringComparison.Ordinal);
    }

    [Fact]
    public void The_application_may_take_its_time()
    {
        Accept(Lync);
        _subscription!.RefreshReceived = _refreshes.Add;
        Says(2, Lync, "one");
        Says(3, Lync, "two");
        _wire.ExpectNothing();
        _wire.Do(() => _refreshes[1].Accept());
        _wire.Do(() => _refreshes[0].Accept());
        Assert.Equal("3 SUBSCRIBE", _wire.ExpectResponse(200).CSeq!.ToString());
        Assert.Equal("2 SUBSCRIBE", _wire.ExpectResponse(200).CSeq!.ToString());
        Assert.True(_refreshes[0].IsAnswered);
        Assert.Throws<InvalidOperationException>(() => _refreshes[0].Accept());
        Assert.Throws<InvalidOperationException>(() => _refreshes[0].Reject(403));
    }

    [Fact]
    public void A_plain_subscriber_gets_the_200_and_then_the_state()
    {
        Accept(Plain);
        _wire.Answers(_wire.ExpectRequest(SipMethod.Notify), 200);
        _subscription!.RefreshReceived = refresh => refresh.Accept("text/plain", "state"u8.ToArray());
        Says(2, Plain);
        var ok = _wire.ExpectResponse(200);
        Assert.Equal((0, null), (ok.Body.Length, ok.Headers[HeaderName.MsPiggybackCSeq]));
        Assert.Equal("state", _wire.ExpectRequest(SipMethod.Notify).BodyText);
    }

    [Fact]
    public void A_notification_that_is_still_on_its_way_is_never_overtaken_by_a_200()
    {
        const string piggyback = Plain + "\nSupported: ms-piggyback-first-notify";
        Accept(piggyback);
        _subscription!.RefreshReceived = refresh => refresh.Accept("text/plain", "newer"u8.ToArray());
        _wire.Do(() => _subscription.Notify("text/plain", "older"u8.ToArray()));
        var older = _wire.ExpectRequest(SipMethod.Notify);
        Says(2, piggyback);
        Assert.Equal(0, _wire.ExpectResponse(200).Body.Length);
        _wire.Answers(older, 200);
        Assert.Equal("newer", _wire.ExpectRequest(SipMethod.Notify).BodyText);
    }

    [Fact]
    public void A_refused_refresh_leaves_the_subscription_as_it_was()
    {
        Accept(Lync);
        _subscription!.RefreshReceived = refresh => refresh.Reject(403, "Not Yours", response => response.Headers.Add(HeaderName.Warning, "399 a \"b\""));
        _wire.Advance(TimeSpan.FromSeconds(500));
        Says(2, Lync);
        var refusal = _wire.ExpectResponse(403);
        Assert.Equal(("Not Yours", "399 a \"b\""), (refusal.ReasonPhrase, refusal.Headers[HeaderName.Warning]));
        Assert.Equal(NotifierState.Active, _subscription.State);
        _wire.Advance(TimeSpan.FromSeconds(100));
        Assert.Equal(NotifierState.Terminated, _subscription.State);
    }

    [Theory]
    [InlineData(Lync)]
    [InlineData(Plain)]
    public async Task The_last_word_of_an_unsubscription_is_the_applications(string headers)
    {
        Accept(headers);
        if (headers == Plain)
        {
            _wire.Answers(_wire.ExpectRequest(SipMethod.Notify), 200);
        }

        _subscription!.RefreshReceived = refresh =>
        {
            Assert.Equal(TimeSpan.Zero, refresh.RequestedExpires);
            refresh.Accept("text/plain", "bye"u8.ToArray());
        };
        Says(2, headers + "\nExpires: 0");
        var ok = _wire.ExpectResponse(200);
        Assert.Equal("0", ok.Headers[HeaderName.Expires]);
        if (headers == Lync)
        {
            Assert.Equal(("bye", "terminated;expires=0"), (ok.BodyText, ok.Headers[HeaderName.SubscriptionState]));
        }
        else
        {
            var last = _wire.ExpectRequest(SipMethod.Notify);
            Assert.Equal(("bye", "terminated;reason=timeout"), (last.BodyText, last.Headers[HeaderName.SubscriptionState]));
            _wire.Answers(last, 200);
        }

        Assert.Equal(NotifierReason.Unsubscribed, await _subscription.Ended);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public void What_is_not_decided_when_the_subscription_ends_gets_481()
    {
        Accept(Lync);
        _subscription!.RefreshReceived = _refreshes.Add;
        Says(2, Lync);
        _wire.Do(() => _subscription.Terminate());
        _wire.ExpectRequest(SipMethod.Benotify);
        _wire.ExpectResponse(481);
        Assert.True(_refreshes[0].IsAnswered);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public void What_is_never_decided_is_forgotten_and_the_subscription_goes_on()
    {
        Accept(Lync);
        _subscription!.RefreshReceived = _refreshes.Add;
        Says(2, Lync);
        _wire.Advance(64 * Messages.T1);
        _wire.ExpectNothing();
        Assert.Equal((true, NotifierState.Active), (_refreshes[0].IsAnswered, _subscription.State));
    }

    [Fact]
    public void A_life_that_is_too_short_is_423_before_anybody_is_asked()
    {
        Accept(Lync, subscription => subscription.MinimumExpires = TimeSpan.FromSeconds(60));
        _subscription!.RefreshReceived = _refreshes.Add;
        Says(2, Lync + "\nExpires: 59");
        Assert.Equal("60", _wire.ExpectResponse(423).Headers[HeaderName.MinExpires]);
        Assert.Empty(_refreshes);
    }

    [Fact]
    public async Task An_extension_moves_the_end_without_a_word()
    {
        Accept(Lync);
        _wire.Advance(TimeSpan.FromSeconds(599));
        _wire.Do(() => _subscription!.Extend(TimeSpan.FromSeconds(1000)));
        _wire.AdvanceToJustBefore(TimeSpan.FromSeconds(1000));
        _wire.ExpectNothing();
        _wire.Tick();
        _wire.ExpectRequest(SipMethod.Benotify);
        Assert.Equal(NotifierReason.Expired, await _subscription!.Ended);
        Assert.Throws<InvalidOperationException>(() => _subscription.Extend(TimeSpan.FromSeconds(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => _subscription.Extend(TimeSpan.Zero));
    }

    private void Accept(string headers, Action<NotifierSubscription>? prepare = null)
    {
        _wire.Endpoint.RequestReceived = request =>
        {
            _subscription = request.CreateSubscription();
            prepare?.Invoke(_subscription);
            _subscription.Accept(TimeSpan.FromSeconds(600), "text/plain", "full"u8.ToArray());
        };
        _wire.Says(Messages.FromPeer("SUBSCRIBE", more: headers));
        _tag = _wire.ExpectResponse(200).To!.Tag!;
    }

    private void Says(int cseq, string headers, string body = "") =>
        _wire.Says(Messages.FromPeer("SUBSCRIBE", cseq, "z9hG4bKre" + cseq, _tag, headers, body: body));
}
