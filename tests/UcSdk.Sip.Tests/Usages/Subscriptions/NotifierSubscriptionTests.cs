using System.Text;

namespace UcSdk.Sip.Tests;

/// <summary>The notifier: RFC 6665 §4.2, BENOTIFY and piggyback.</summary>
public sealed class NotifierSubscriptionTests
{
    private const string Lync = "Event: conference\nSupported: ms-benotify\nSupported: ms-piggyback-first-notify";
    private readonly PeerWire _wire = PeerWire.Reliable();
    private NotifierSubscription? _subscription;

    [Fact]
    public void A_Lync_subscriber_gets_the_state_in_the_200_and_benotifies_after_it()
    {
        Accept(Lync);
        var ok = _wire.ExpectResponse(200);
        Assert.Equal("full", ok.BodyText);
        Assert.Equal(
            ("conference", "active;expires=600", "1", "600"),
            (ok.Headers[HeaderName.Event], ok.Headers[HeaderName.SubscriptionState], ok.Headers[HeaderName.MsPiggybackCSeq], ok.Headers[HeaderName.Expires]));
        _wire.Do(() => _subscription!.Notify("text/plain", "two"u8.ToArray()));
        _wire.Do(() => _subscription!.Notify("text/plain", "three"u8.ToArray()));
        var two = _wire.ExpectRequest(SipMethod.Benotify);
        Assert.Equal(("2 BENOTIFY", "two", "conference"), (two.CSeq!.ToString(), two.BodyText, two.Headers[HeaderName.Event]));
        Assert.Equal("sip:bob@peer.test:5070;transport=tcp", two.UriText);
        Assert.Equal("3 BENOTIFY", _wire.ExpectRequest(SipMethod.Benotify).CSeq!.ToString());
        Assert.Equal(1, _wire.Counts.NotifierSubscriptions);
    }

    [Fact]
    public void A_plain_subscriber_gets_one_notify_at_a_time_in_order()
    {
        Accept("Event: conference\nExpires: 60");
        var ok = _wire.ExpectResponse(200);
        Assert.Equal(("60", 0), (ok.Headers[HeaderName.Expires], ok.Body.Length));
        _wire.Do(() => _subscription!.Notify("text/plain", "two"u8.ToArray()));
        var first = _wire.ExpectRequest(SipMethod.Notify);
        Assert.Equal("full", first.BodyText);
        _wire.ExpectNothing();
        _wire.Answers(first, 200);
        Assert.Equal("two", _wire.ExpectRequest(SipMethod.Notify).BodyText);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_one_off_subscription_leaves_nothing_behind(bool lync)
    {
        Accept((lync ? Lync : "Event: conference") + "\nExpires: 0");
        var ok = _wire.ExpectResponse(200);
        Assert.Equal("0", ok.Headers[HeaderName.Expires]);
        if (lync)
        {
            Assert.Equal("terminated;expires=0", ok.Headers[HeaderName.SubscriptionState]);
        }
        else
        {
            var notify = _wire.ExpectRequest(SipMethod.Notify);
            Assert.Equal("terminated;reason=timeout", notify.Headers[HeaderName.SubscriptionState]);
            _wire.Answers(notify, 200);
        }

        Assert.Equal(NotifierReason.Fetched, await _subscription!.Ended);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task A_refresh_is_answered_and_moves_the_end_and_expires_0_is_the_end()
    {
        Accept(Lync);
        var tag = _wire.ExpectResponse(200).To!.Tag!;
        var refreshed = 0;
        _subscription!.Refreshed += () => refreshed++;
        _wire.Advance(TimeSpan.FromSeconds(500));
        _wire.Says(Messages.FromPeer("SUBSCRIBE", 2, "z9hG4bKre", tag, Lync));
        Assert.Equal("600", _wire.ExpectResponse(200).Headers[HeaderName.Expires]);
        Assert.Equal(1, refreshed);
        _wire.Advance(TimeSpan.FromSeconds(599));
        Assert.Equal(NotifierState.Active, _subscription.State);
        _wire.Says(Messages.FromPeer("SUBSCRIBE", 3, "z9hG4bKun", tag, Lync + "\nExpires: 0"));
        _wire.ExpectResponse(200);
        Assert.StartsWith("terminated", _wire.ExpectRequest(SipMethod.Benotify).Headers[HeaderName.SubscriptionState], StringComparison.Ordinal);
        Assert.Equal(NotifierReason.Unsubscribed, await _subscription.Ended);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task It_runs_out_to_the_tick_with_a_last_word()
    {
        Accept(Lync);
        _wire.ExpectResponse(200);
        _wire.AdvanceToJustBefore(TimeSpan.FromSeconds(600));
        _wire.ExpectNothing();
        _wire.Tick();
        Assert.Equal("terminated;reason=timeout", _wire.ExpectRequest(SipMethod.Benotify).Headers[HeaderName.SubscriptionState]);
        Assert.Equal(NotifierReason.Expired, await _subscription!.Ended);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task Our_side_ends_it_with_the_last_state()
    {
        Accept(Lync);
        _wire.ExpectResponse(200);
        _wire.Do(() => _subscription!.Terminate("noresource", "text/plain", "bye"u8.ToArray()));
        var last = _wire.ExpectRequest(SipMethod.Benotify);
        Assert.Equal(("terminated;reason=noresource", "bye"), (last.Headers[HeaderName.SubscriptionState], last.BodyText));
        Assert.Equal(NotifierReason.LocalTerminate, await _subscription!.Ended);
        Assert.Throws<InvalidOperationException>(() => _subscription.Notify("text/plain", default));
        _wire.ExpectNothingLeft();
    }

    [Theory]
    [InlineData(481, NotifierReason.NotifyRefused)]
    [InlineData(0, NotifierReason.NotifyTimedOut)]
    public async Task A_notify_that_is_refused_or_ignored_ends_it(int status, NotifierReason reason)
    {
        Accept("Event: conference");
        _wire.ExpectResponse(200);
        var notify = _wire.ExpectRequest(SipMethod.Notify);
        if (status > 0)
        {
            _wire.Answers(notify, status);
        }
        else
        {
            _wire.Advance(64 * Messages.T1);
        }

        Assert.Equal(reason, await _subscription!.Ended);
        _wire.ExpectNothingLeft();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lost_flow_ends_it(bool accepted)
    {
        if (accepted)
        {
            Accept(Lync);
        }
        else
        {
            _wire.Endpoint.RequestReceived = request => _subscription = request.CreateSubscription();
            _wire.Says(Messages.FromPeer("SUBSCRIBE", more: Lync));
        }

        _wire.Breaks();
        Assert.Equal(NotifierReason.FlowLost, await _subscription!.Ended);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task A_refusal_ends_it()
    {
        _wire.Endpoint.RequestReceived = request => _subscription = request.CreateSubscription();
        _wire.Says(Messages.FromPeer("SUBSCRIBE", more: Lync));
        Assert.Null(_subscription!.RequestedExpires);
        Assert.Equal("conference", _subscription.Event);
        _wire.Do(() => _subscription!.Reject(489));
        _wire.ExpectResponse(489);
        Assert.Equal(NotifierReason.Rejected, await _subscription.Ended);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public void A_refusal_of_one_notification_that_says_nothing_about_the_subscription_leaves_it()
    {
        Accept("Event: conference");
        _wire.ExpectResponse(200);
        var first = _wire.ExpectRequest(SipMethod.Notify);
        _wire.Do(() => _subscription!.Notify("text/plain", "two"u8.ToArray()));
        _wire.Answers(first, 500);
        Assert.Equal("two", _wire.ExpectRequest(SipMethod.Notify).BodyText);
        Assert.Equal(NotifierState.Active, _subscription!.State);
    }

    [Fact]
    public async Task Who_asks_for_too_short_a_life_gets_423_now_and_at_a_refresh()
    {
        _wire.Endpoint.RequestReceived = request =>
        {
            _subscription = request.CreateSubscription();
            _subscription.MinimumExpires = TimeSpan.FromSeconds(120);
            _subscription.Accept(TimeSpan.FromSeconds(600));
        };
        _wire.Says(Messages.FromPeer("SUBSCRIBE", more: "Event: conference\nExpires: 119"));
        Assert.Equal("120", _wire.ExpectResponse(423).Headers[HeaderName.MinExpires]);
        Assert.Equal(NotifierReason.Rejected, await _subscription!.Ended);
        _wire.Says(Messages.FromPeer("SUBSCRIBE", 2, "z9hG4bKtwo", more: "Event: conference\nExpires: 120"));
        var tag = _wire.ExpectResponse(200).To!.Tag!;
        _wire.Answers(_wire.ExpectRequest(SipMethod.Notify), 200);
        _wire.Says(Messages.FromPeer("SUBSCRIBE", 3, "z9hG4bKthree", tag, "Event: conference\nExpires: 60"));
        _wire.ExpectResponse(423);
        Assert.Equal(NotifierState.Active, _subscription.State);
    }

    [Fact]
    public void A_subscriber_waits_for_the_decision_and_is_told()
    {
        AcceptPending();
        Assert.Equal(("pending;expires=600", "neutral"), Read(_wire.ExpectRequest(SipMethod.Notify)));
        Assert.Throws<InvalidOperationException>(() => _subscription!.Accept(TimeSpan.FromSeconds(1)));
        _wire.Do(() => _subscription!.Notify("text/plain", "still"u8.ToArray()));
        Assert.Equal(("pending;expires=600", "still"), Read(_wire.ExpectRequest(SipMethod.Notify)));
        _wire.Do(() => _subscription!.Approve("text/plain", "state"u8.ToArray()));
        Assert.Equal(("active;expires=600", "state"), Read(_wire.ExpectRequest(SipMethod.Notify)));
        Assert.Throws<InvalidOperationException>(() => _subscription!.Approve("", default));
    }

    [Theory]
    [InlineData("unsubscribe", NotifierReason.Unsubscribed)]
    [InlineData("reject", NotifierReason.LocalTerminate)]
    [InlineData("expire", NotifierReason.Expired)]
    [InlineData("refuse", NotifierReason.NotifyRefused)]
    [InlineData("silence", NotifierReason.NotifyTimedOut)]
    [InlineData("break", NotifierReason.FlowLost)]
    public async Task An_undecided_subscription_ends_in_all_the_ways_of_a_decided_one(string how, NotifierReason reason)
    {
        var tag = AcceptPending();
        var notify = _wire.ExpectRequest(SipMethod.Notify);
        if (how == "silence")
        {
            _wire.Advance(64 * Messages.T1);
        }
        else if (how == "break")
        {
            _wire.Breaks();
        }
        else
        {
            _wire.Answers(notify, how == "refuse" ? 481 : 200);
        }

        switch (how)
        {
            case "unsubscribe":
                _wire.Says(Messages.FromPeer("SUBSCRIBE", 2, "z9hG4bKre", tag, "Event: conference"));
                _wire.ExpectResponse(200);
                Assert.Equal(NotifierState.Pending, _subscription!.State);
                _wire.Says(Messages.FromPeer("SUBSCRIBE", 3, "z9hG4bKun", tag, "Event: conference\nExpires: 0"));
                _wire.ExpectResponse(200);
                break;
            case "reject":
                _wire.Do(() => _subscription!.Terminate("probation", retryAfter: TimeSpan.FromSeconds(300)));
                Assert.Equal(("terminated;reason=probation;retry-after=300", ""), Read(_wire.ExpectRequest(SipMethod.Notify)));
                break;
            case "expire":
                _wire.Advance(TimeSpan.FromSeconds(600));
                break;
        }

        Assert.Equal(reason, await _subscription!.Ended);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public void A_package_that_is_not_served_gets_489_with_those_that_are()
    {
        var wire = PeerWire.Reliable(new() { Events = ["presence", "dialog"] });
        var offered = 0;
        wire.Endpoint.RequestReceived = request =>
        {
            offered++;
            request.Respond(202);
        };
        foreach (var method in new[] { "SUBSCRIBE", "PUBLISH" })
        {
            wire.Says(Messages.FromPeer(method, branch: "z9hG4bKa" + method, more: "Event: conference"));
            Assert.Equal("presence, dialog", wire.ExpectResponse(489).Headers[HeaderName.AllowEvents]);
            wire.Says(Messages.FromPeer(method, 2, "z9hG4bKb" + method, more: "Event: Presence;id=4"));
            wire.ExpectResponse(202);
        }

        Assert.Equal(2, offered);
    }

    private string AcceptPending()
    {
        _wire.Endpoint.RequestReceived = request =>
        {
            _subscription = request.CreateSubscription();
            _subscription.AcceptPending(TimeSpan.FromSeconds(600), "text/plain", Encoding.UTF8.GetBytes("neutral"));
        };
        _wire.Says(Messages.FromPeer("SUBSCRIBE", more: "Event: conference"));
        return _wire.ExpectResponse(200).To!.Tag!;
    }

    private (string?, string) Read(SipRequest notify)
    {
        _wire.Answers(notify, 200);
        return (notify.Headers[HeaderName.SubscriptionState], notify.BodyText);
    }

    private void Accept(string headers)
    {
        _wire.Endpoint.RequestReceived = request =>
        {
            _subscription = request.CreateSubscription();
            _subscription.Accept(TimeSpan.FromSeconds(600), "text/plain", Encoding.UTF8.GetBytes("full"));
        };
        _wire.Says(Messages.FromPeer("SUBSCRIBE", more: headers));
    }
}
