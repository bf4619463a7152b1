namespace UcSdk.Sip.Tests;

/// <summary>A subscription to a notifier that speaks RFC 6665 and nothing else: its ends, its failures, its forks.</summary>
public sealed class SubscriptionRenewalTests
{
    private readonly PeerWire _wire = PeerWire.Reliable();
    private readonly List<string> _bodies = [];

    [Theory]
    [InlineData("deactivated")]
    [InlineData("timeout")]
    [InlineData("timeout;retry-after=0")]
    public void A_subscription_that_the_notifier_lets_go_is_made_again_at_once(string reason)
    {
        var subscription = Establish(out var first);
        _wire.Says(Notify(first, 2, "last", $"terminated;reason={reason}"));
        _wire.ExpectResponse(200);
        var second = _wire.ExpectRequest(SipMethod.Subscribe);
        Assert.Equal("last", _bodies[^1]);
        Assert.NotEqual(first.CallId, second.CallId);
        Assert.NotEqual(first.From!.Tag, second.From!.Tag);
        Assert.Null(second.To!.Tag);
        Assert.Equal(("1 SUBSCRIBE", "presence", "600"), (second.CSeq!.ToString(), second.Headers[HeaderName.Event], second.Headers[HeaderName.Expires]));
        Assert.Equal(SubscriptionState.Subscribing, subscription.State);
        Accept(second);
        _wire.Says(Notify(second, 1, "again"));
        _wire.ExpectResponse(200);
        Assert.Equal((SubscriptionState.Active, "again"), (subscription.State, _bodies[^1]));
    }

    [Fact]
    public void On_probation_it_waits_for_as_long_as_it_is_told()
    {
        var subscription = Establish(out var first);
        _wire.Says(Notify(first, 2, "", "terminated;reason=probation;retry-after=300"));
        _wire.ExpectResponse(200);
        Assert.Equal(SubscriptionState.Waiting, subscription.State);
        _wire.AdvanceToJustBefore(TimeSpan.FromSeconds(300));
        _wire.ExpectNothing();
        _wire.Tick();
        _wire.ExpectRequest(SipMethod.Subscribe);
    }

    [Fact]
    public void One_that_gives_up_without_a_time_is_asked_again_after_a_pause_that_grows()
    {
        Establish(out var subscribe);
        for (var (round, shortest, longest) = (0, 15, 30); round < 3; round++, shortest *= 2, longest *= 2)
        {
            _wire.Says(Notify(subscribe, 2, "", "terminated;reason=giveup"));
            _wire.ExpectResponse(200);
            _wire.AdvanceToJustBefore(TimeSpan.FromSeconds(shortest));
            _wire.ExpectNothing();
            for (var waited = shortest; _wire.Unread == 0; waited++)
            {
                Assert.True(waited <= longest, $"After {longest} s it should have asked again.");
                _wire.Advance(TimeSpan.FromSeconds(1));
            }

            subscribe = _wire.ExpectRequest(SipMethod.Subscribe);
            Accept(subscribe);
            _wire.Says(Notify(subscribe, 1, ""));
            _wire.ExpectResponse(200);
        }
    }

    [Fact]
    public void A_notifier_that_deactivates_each_time_does_not_make_a_tight_loop()
    {
        Establish(out var subscribe);
        _wire.Says(Notify(subscribe, 2, "", "terminated;reason=deactivated"));
        _wire.ExpectResponse(200);
        subscribe = _wire.ExpectRequest(SipMethod.Subscribe);
        _wire.Says(Notify(subscribe, 1, "", "terminated;reason=deactivated"));
        _wire.ExpectResponse(200);
        _wire.ExpectNothing();
        _wire.Advance(TimeSpan.FromMinutes(1));
        _wire.ExpectRequest(SipMethod.Subscribe);
    }

    [Theory]
    [InlineData("rejected")]
    [InlineData("noresource;retry-after=5")]
    [InlineData("invariant")]
    public async Task One_that_was_rejected_stays_ended(string reason)
    {
        var subscription = Establish(out var first);
        _wire.Says(Notify(first, 2, "", $"terminated;reason={reason}"));
        _wire.ExpectResponse(200);
        Assert.Equal(SubscriptionReason.TerminatedByNotifier, await subscription.Ended);
        _wire.ExpectNothingLeft();
        _wire.ExpectNothing();
    }

    [Fact]
    public void A_pending_one_that_is_let_go_is_made_again_too()
    {
        var subscription = Establish(out var first);
        _wire.Says(Notify(first, 2, "", "pending"));
        _wire.ExpectResponse(200);
        Assert.Equal(SubscriptionState.Pending, subscription.State);
        _wire.Says(Notify(first, 3, "", "terminated;reason=deactivated"));
        _wire.ExpectResponse(200);
        _wire.ExpectRequest(SipMethod.Subscribe);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task While_it_waits_it_can_be_called_off_or_lose_its_flow(bool unsubscribe)
    {
        var subscription = Establish(out var first);
        _wire.Says(Notify(first, 2, "", "terminated;reason=probation;retry-after=300"));
        _wire.ExpectResponse(200);
        if (unsubscribe)
        {
            await _wire.Do(() => subscription.UnsubscribeAsync());
        }
        else
        {
            _wire.Breaks();
        }

        Assert.Equal(unsubscribe ? SubscriptionReason.Unsubscribed : SubscriptionReason.FlowLost, await subscription.Ended);
        _wire.ExpectNothingLeft();
        _wire.ExpectNothing();
    }

    [Fact]
    public void A_refresh_that_gets_481_becomes_a_new_subscription()
    {
        Establish(out var first);
        var refresh = Refresh();
        Assert.Equal(first.CallId, refresh.CallId);
        _wire.Answers(refresh, 481);
        var second = _wire.ExpectRequest(SipMethod.Subscribe);
        Assert.NotEqual(first.CallId, second.CallId);
    }

    [Theory]
    [InlineData(503, "20")]
    [InlineData(500, null)]
    [InlineData(0, null)]
    public void A_refresh_that_fails_in_passing_goes_again_before_the_end(int status, string? retryAfter)
    {
        var subscription = Establish(out var first);
        var refresh = Refresh();
        if (status == 0)
        {
            _wire.Advance(64 * Messages.T1);
        }
        else
        {
            _wire.Answers(refresh, status, edit: r => r.Headers[HeaderName.RetryAfter] = retryAfter);
        }

        var shortest = TimeSpan.FromSeconds(retryAfter is null ? 2 : 20);
        _wire.AdvanceToJustBefore(shortest);
        _wire.ExpectNothing();
        _wire.Advance(TimeSpan.FromSeconds(2) + TimeSpan.FromTicks(1));
        var again = _wire.ExpectRequest(SipMethod.Subscribe);
        Assert.Equal((first.CallId, "3 SUBSCRIBE"), (again.CallId, again.CSeq!.ToString()));
        Accept(again);
        _wire.Says(Notify(first, 2, ""));
        _wire.ExpectResponse(200);
        _wire.Advance(TimeSpan.FromSeconds(300));
        Assert.Equal(SubscriptionState.Active, subscription.State);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(489)]
    [InlineData(603)]
    public async Task A_refresh_that_is_refused_for_good_ends_it_unless_the_refusal_is_about_something_else(int status)
    {
        // RFC 6665 §4.1.2.2 names the codes that end it; 603 is none of them.
        var subscription = Establish(out _);
        _wire.Answers(Refresh(), status);
        if (status == 603)
        {
            Assert.Equal(SubscriptionState.Active, subscription.State);
            _wire.Advance(TimeSpan.FromSeconds(120));
        }

        Assert.Equal(status == 603 ? SubscriptionReason.Expired : SubscriptionReason.Refused, await subscription.Ended);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task A_pending_one_ends_when_its_refresh_is_refused_or_brings_no_notification()
    {
        foreach (var status in new[] { 403, 404, 200 })
        {
            var subscription = Establish(out var first);
            _wire.Says(Notify(first, 2, "", "pending"));
            _wire.ExpectResponse(200);
            _wire.Answers(Refresh(), status, edit: r => r.Headers.Add(HeaderName.Expires, "600"));
            _wire.Advance(64 * Messages.T1);
            if (status == 403)
            {
                Assert.Equal(SubscriptionState.Pending, subscription.State);
                _wire.Advance(TimeSpan.FromSeconds(600));
            }

            Assert.Equal(
                status switch { 403 => SubscriptionReason.Expired, 404 => SubscriptionReason.Refused, _ => SubscriptionReason.TimedOut }, await subscription.Ended);
            _wire.ExpectNothingLeft();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_200_without_a_notification_within_64_T1_is_no_subscription(bool ofRefresh)
    {
        Subscription subscription;
        if (ofRefresh)
        {
            subscription = Establish(out _);
            Accept(Refresh());
        }
        else
        {
            subscription = Subscribe();
            Accept(_wire.ExpectRequest(SipMethod.Subscribe));
        }

        _wire.AdvanceToJustBefore(64 * Messages.T1);
        Assert.Equal(SubscriptionState.Active, subscription.State);
        _wire.Tick();
        Assert.Equal(SubscriptionReason.TimedOut, await subscription.Ended);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public void A_204_to_a_refresh_says_that_no_notification_comes()
    {
        var subscription = Establish(out _);
        _wire.Answers(Refresh(), 204, edit: r => r.Headers.Add(HeaderName.Expires, "600"));
        _wire.Advance(64 * Messages.T1);
        Assert.Equal(SubscriptionState.Active, subscription.State);
    }

    [Fact]
    public async Task A_423_is_answered_by_asking_for_the_longer_life_when_it_is_longer()
    {
        var subscription = Subscribe();
        _wire.Answers(_wire.ExpectRequest(SipMethod.Subscribe), 423, edit: r => r.Headers.Add(HeaderName.MinExpires, "1800"));
        var again = _wire.ExpectRequest(SipMethod.Subscribe);
        Assert.Equal(("1800", "2 SUBSCRIBE"), (again.Headers[HeaderName.Expires], again.CSeq!.ToString()));
        Assert.Single(again.Headers.GetAll(HeaderName.Via));
        _wire.Answers(again, 423, edit: r => r.Headers.Add(HeaderName.MinExpires, "1800"));
        Assert.Equal((423, SubscriptionReason.Refused), ((await subscription.Established).StatusCode, await subscription.Ended));
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public void A_refresh_may_be_too_brief_as_well()
    {
        Establish(out _);
        _wire.Answers(Refresh(), 423, edit: r => r.Headers.Add(HeaderName.MinExpires, "1800"));
        var again = _wire.ExpectRequest(SipMethod.Subscribe);
        Assert.Equal(("1800", "peertag", "3 SUBSCRIBE"), (again.Headers[HeaderName.Expires], again.To!.Tag, again.CSeq!.ToString()));
    }

    [Fact]
    public async Task A_489_tells_which_packages_there_are_and_ours_does_too()
    {
        var subscription = Subscribe();
        _wire.Answers(_wire.ExpectRequest(SipMethod.Subscribe), 489, edit: r => r.Headers.Add(HeaderName.AllowEvents, "dialog, reg"));
        Assert.Equal(["dialog", "reg"], (await subscription.Established).Headers.GetList(HeaderName.AllowEvents));
        Establish(out var other);
        _wire.Says(Notify(other, 5, "", package: "dialog"));
        Assert.Equal("presence", _wire.ExpectResponse(489).Headers[HeaderName.AllowEvents]);
        _wire.Says(Notify(other, 6, "", package: "presence;id=2"));
        _wire.ExpectResponse(489);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_notifier_behind_a_fork_has_a_subscription_of_its_own_where_that_is_wanted(bool wanted)
    {
        var subscription = Subscribe(new() { AcceptForks = wanted });
        var forks = new List<Subscription>();
        subscription.Forked += fork =>
        {
            forks.Add(fork);
            fork.NotificationReceived += message => _bodies.Add("fork: " + message.BodyText);
        };
        var subscribe = _wire.ExpectRequest(SipMethod.Subscribe);
        _wire.Says(Notify(subscribe, 1, "one"));
        _wire.ExpectResponse(200);
        _wire.Says(Notify(subscribe, 1, "two", tag: "other"));
        _wire.ExpectResponse(wanted ? 200 : 481);
        Accept(subscribe);
        Assert.Equal(wanted ? ["one", "fork: two"] : ["one"], _bodies);
        if (!wanted)
        {
            return;
        }

        Assert.Equal((SubscriptionState.Active, "other"), (forks[0].State, forks[0].Dialog!.RemoteTag));
        Assert.Equal(2, _wire.Counts.Subscriptions);
        _wire.Says(Notify(subscribe, 2, "more", "terminated;reason=noresource", tag: "other"));
        _wire.ExpectResponse(200);
        Assert.Equal((SubscriptionState.Terminated, SubscriptionState.Active), (forks[0].State, subscription.State));
        _wire.Advance(64 * Messages.T1);
        _wire.Says(Notify(subscribe, 1, "late", tag: "third"));
        _wire.ExpectResponse(481);
        _wire.Says(Notify(subscribe, 2, "still"));
        _wire.ExpectResponse(200);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Unsubscribing_ends_at_once_when_the_notifier_knows_nothing_and_with_the_flow_when_it_is_confirmed(bool gone)
    {
        var subscription = Establish(out _);
        var leaving = _wire.Do(() => subscription.UnsubscribeAsync());
        _wire.Answers(_wire.ExpectRequest(SipMethod.Subscribe), gone ? 481 : 200);
        await leaving;
        if (!gone)
        {
            Assert.Equal(SubscriptionState.Lingering, subscription.State);
            _wire.Breaks();
        }

        Assert.Equal(SubscriptionReason.Unsubscribed, await subscription.Ended);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public void What_is_left_of_a_renewed_subscription_gets_481()
    {
        Establish(out var first);
        _wire.Says(Notify(first, 2, "", "terminated;reason=deactivated"));
        _wire.ExpectResponse(200);
        _wire.ExpectRequest(SipMethod.Subscribe);
        _wire.Says(Notify(first, 3, "stray"));
        _wire.ExpectResponse(481);
        Assert.DoesNotContain("stray", _bodies);
    }

    private static string Notify(
        SipRequest subscribe, int cseq, string body, string state = "active;expires=600", string package = "presence", string tag = "peertag") =>
        Messages.FromPeer(
            "NOTIFY", cseq, $"z9hG4bK{tag}{cseq}{subscribe.CallId}{package.Length}", subscribe.From!.Tag!,
            $"Event: {package}\nSubscription-State: {state}\nContent-Type: text/plain", subscribe.CallId!, body).Replace(";tag=peertag", ";tag=" + tag, StringComparison.Ordinal);

    private Subscription Subscribe(SubscriptionOptions? options = null)
    {
        var request = _wire.Endpoint.CreateRequest(SipMethod.Subscribe, Messages.Bob.Uri, Messages.Alice, Messages.Bob);
        request.Headers.Add(HeaderName.Event, "presence");
        request.Headers.Add(HeaderName.Expires, "600");
        var subscription = _wire.Do(() => _wire.Endpoint.Subscribe(request, options));
        subscription.NotificationReceived += message => _bodies.Add(message.BodyText);
        return subscription;
    }

    private Subscription Establish(out SipRequest subscribe)
    {
        var subscription = Subscribe();
        subscribe = _wire.ExpectRequest(SipMethod.Subscribe);
        Accept(subscribe);
        _wire.Says(Notify(subscribe, 1, "first"));
        _wire.ExpectResponse(200);
        return subscription;
    }

    private SipRequest Refresh()
    {
        _wire.Advance(TimeSpan.FromSeconds(480));
        return _wire.ExpectRequest(SipMethod.Subscribe);
    }

    private void Accept(SipRequest subscribe) => _wire.Answers(subscribe, 200, edit: r => r.Headers.Add(HeaderName.Expires, "600"));
}
