namespace UcSdk.Sip.Tests;

/// <summary>The subscriber: RFC 6665 §4.1 and what Lync servers do beside it.</summary>
public sealed class SubscriptionTests
{
    private readonly PeerWire _wire = PeerWire.Reliable();
    private readonly List<(SubscriptionState, SubscriptionReason)> _history = [];
    private readonly List<string> _bodies = [];

    [Fact]
    public async Task The_first_state_comes_inside_the_200_and_the_next_by_benotify_which_is_never_answered()
    {
        var subscription = Subscribe();
        var subscribe = _wire.ExpectRequest(SipMethod.Subscribe);
        _wire.Answers(subscribe, 200, edit: r => Piggyback(r, "full", 5, "active;expires=600"));
        Assert.Equal(SubscriptionState.Active, subscription.State);
        Assert.Equal(200, (await subscription.Established).StatusCode);
        _wire.Says(Notify("BENOTIFY", subscription, 6, "partial"));
        _wire.Says(Notify("BENOTIFY", subscription, 6, "partial"));
        _wire.Says(Notify("BENOTIFY", subscription, 5, "stale"));
        _wire.ExpectNothing();
        Assert.Equal(["full", "partial"], _bodies);
    }

    [Fact]
    public void A_notify_is_answered_once_delivered_and_refused_when_out_of_order_or_of_another_event()
    {
        var subscription = Subscribe();
        _wire.Answers(_wire.ExpectRequest(SipMethod.Subscribe), 200, edit: r => r.Headers.Add(HeaderName.Expires, "600"));
        _wire.Says(Notify("NOTIFY", subscription, 2, "state"));
        _wire.ExpectResponse(200);
        _wire.Says(Notify("NOTIFY", subscription, 1, "stale"));
        _wire.ExpectResponse(500);
        _wire.Says(Notify("NOTIFY", subscription, 3, "wrong", package: "presence"));
        _wire.ExpectResponse(489);
        _wire.Says(Notify("BENOTIFY", subscription, 4, "wrong", package: "presence"));
        _wire.ExpectNothing();
        _wire.Says(Notify("INFO", subscription, 5, "no"));
        _wire.ExpectResponse(405);
        Assert.Equal(["state"], _bodies);
    }

    [Fact]
    public async Task A_one_off_subscription_ends_with_the_state_that_came()
    {
        var subscription = Subscribe("0");
        _wire.Answers(_wire.ExpectRequest(SipMethod.Subscribe), 200, edit: r => Piggyback(r, "once", 1, "terminated;expires=0"));
        Assert.Equal(SubscriptionReason.Fetched, await subscription.Ended);
        Assert.Equal(["once"], _bodies);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task A_one_off_subscription_without_piggyback_waits_for_its_notify()
    {
        var subscription = Subscribe("0");
        _wire.Answers(_wire.ExpectRequest(SipMethod.Subscribe), 200);
        Assert.Equal(SubscriptionState.Active, subscription.State);
        _wire.Says(Notify("NOTIFY", subscription, 1, "once", "terminated;reason=timeout"));
        _wire.ExpectResponse(200);
        Assert.Equal(SubscriptionReason.Fetched, await subscription.Ended);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task A_one_off_subscription_gives_up_when_timer_N_runs_out()
    {
        var subscription = Subscribe("0");
        _wire.Answers(_wire.ExpectRequest(SipMethod.Subscribe), 200);
        _wire.AdvanceToJustBefore(64 * Messages.T1);
        Assert.Equal(SubscriptionState.Active, subscription.State);
        _wire.Tick();
        Assert.Equal(SubscriptionReason.TimedOut, await subscription.Ended);
        _wire.ExpectNothingLeft();
    }

    [Theory]
    [InlineData("active;expires=600", SubscriptionState.Active)]
    [InlineData("pending", SubscriptionState.Pending)]
    [InlineData("terminated;reason=rejected", SubscriptionState.Terminated)]
    public void A_notify_may_overtake_the_200(string state, SubscriptionState expected)
    {
        var subscription = Subscribe();
        var subscribe = _wire.ExpectRequest(SipMethod.Subscribe);
        _wire.Says(Notify("NOTIFY", subscribe.From!.Tag!, subscribe.CallId!, 1, "early", state));
        _wire.ExpectResponse(200);
        Assert.Equal(expected, subscription.State);
        _wire.Answers(subscribe, 200, edit: r => r.Headers.Add(HeaderName.Expires, "600"));
        Assert.Equal(expected, subscription.State);
        Assert.Equal(["early"], _bodies);
    }

    [Fact]
    public async Task A_subscription_goes_from_pending_to_active_and_back_and_is_ended_by_the_notifier()
    {
        var subscription = Subscribe();
        var subscribe = _wire.ExpectRequest(SipMethod.Subscribe);
        _wire.Says(Notify("NOTIFY", subscribe.From!.Tag!, subscribe.CallId!, 1, "", "pending;expires=600"));
        _wire.Answers(subscribe, 200, edit: r => r.Headers.Add(HeaderName.Expires, "600"));
        _wire.Says(Notify("NOTIFY", subscription, 2, "", "active"));
        _wire.Says(Notify("NOTIFY", subscription, 3, "", "pending"));
        _wire.Says(Notify("NOTIFY", subscription, 4, "", "terminated;reason=noresource"));
        Assert.Equal(SubscriptionReason.TerminatedByNotifier, await subscription.Ended);
        Assert.Equal(
            [SubscriptionState.Pending, SubscriptionState.Active, SubscriptionState.Pending, SubscriptionState.Terminated], _history.Select(h => h.Item1));
        _wire.ExpectNothingLeft();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_notifier_ends_an_active_subscription_in_a_notification_or_in_the_200(bool piggyback)
    {
        var subscription = piggyback ? Subscribe() : Establish(600);
        if (piggyback)
        {
            _wire.Answers(_wire.ExpectRequest(SipMethod.Subscribe), 200, edit: r => Piggyback(r, "last", 1, "terminated;reason=noresource"));
        }
        else
        {
            _wire.Says(Notify("BENOTIFY", subscription, 1, "last", "terminated;reason=noresource"));
        }

        Assert.Equal(SubscriptionReason.TerminatedByNotifier, await subscription.Ended);
        Assert.Equal(["last"], _bodies);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task A_refresh_goes_out_two_minutes_before_the_end_and_says_again_what_the_first_said()
    {
        var subscription = Establish(600);
        _wire.AdvanceToJustBefore(TimeSpan.FromSeconds(480));
        _wire.ExpectNothing();
        _wire.Tick();
        var refresh = _wire.ExpectRequest(SipMethod.Subscribe);
        Assert.Equal("2 SUBSCRIBE", refresh.CSeq!.ToString());
        Assert.Equal("peertag", refresh.To!.Tag);
        Assert.Equal("conference", refresh.Headers[HeaderName.Event]);
        Assert.Equal(["ms-benotify", "ms-piggyback-first-notify"], refresh.Headers.GetAll(HeaderName.Supported));
        _wire.Answers(refresh, 200, edit: r => r.Headers.Add(HeaderName.Expires, "600"));
        _wire.AdvanceToJustBefore(TimeSpan.FromSeconds(480));
        _wire.ExpectNothing();
        _wire.Tick();
        _wire.Answers(_wire.ExpectRequest(SipMethod.Subscribe), 481);
        Assert.Equal(SubscriptionReason.DialogGone, await subscription.Ended);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public void A_life_under_four_minutes_is_refreshed_at_half_time()
    {
        Establish(200);
        _wire.AdvanceToJustBefore(TimeSpan.FromSeconds(100));
        _wire.ExpectNothing();
        _wire.Tick();
        _wire.ExpectRequest(SipMethod.Subscribe);
    }

    [Fact]
    public async Task Without_a_successful_refresh_it_runs_out_to_the_tick()
    {
        var subscription = Establish(60);
        _wire.Advance(TimeSpan.FromSeconds(30));
        _wire.Answers(_wire.ExpectRequest(SipMethod.Subscribe), 503);
        _wire.AdvanceToJustBefore(TimeSpan.FromSeconds(30));
        Assert.Equal(SubscriptionState.Active, subscription.State);
        _wire.Tick();
        Assert.Equal(SubscriptionReason.Expired, await subscription.Ended);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task Unsubscribing_sends_expires_0_in_the_dialog_and_waits_for_the_answer_and_the_last_notification()
    {
        var subscription = Establish(600);
        var done = _wire.Do(() => subscription.UnsubscribeAsync());
        var unsubscribe = _wire.ExpectRequest(SipMethod.Subscribe);
        Assert.Equal("0", unsubscribe.Headers[HeaderName.Expires]);
        Assert.Equal("peertag", unsubscribe.To!.Tag);
        Assert.False(done.IsCompleted);
        _wire.Answers(unsubscribe, 200);
        await done;
        Assert.Equal(SubscriptionState.Lingering, subscription.State);
        _wire.Says(Notify("NOTIFY", subscription, 7, "late", "active"));
        _wire.ExpectResponse(200);
        _wire.Says(Notify("NOTIFY", subscription, 8, "last", "terminated;reason=timeout"));
        _wire.ExpectResponse(200);
        Assert.Equal(["late", "last"], _bodies);
        Assert.Equal(SubscriptionReason.Unsubscribed, await subscription.Ended);
        _ = _wire.Do(() => subscription.UnsubscribeAsync());
        _wire.ExpectNothingLeft();
    }

    [Theory]
    [InlineData(200)]
    [InlineData(403)]
    [InlineData(0)]
    public async Task Unsubscribing_before_the_answer_waits_for_it(int status)
    {
        var subscription = Subscribe();
        var subscribe = _wire.ExpectRequest(SipMethod.Subscribe);
        _ = _wire.Do(() => subscription.UnsubscribeAsync());
        _wire.ExpectNothing();
        if (status == 0)
        {
            _wire.Advance(64 * Messages.T1);
            Assert.Equal(SubscriptionReason.TimedOut, await subscription.Ended);
        }
        else
        {
            _wire.Answers(subscribe, status);
            if (status == 200)
            {
                _wire.Answers(_wire.ExpectRequest(SipMethod.Subscribe), 200);
            }

            _wire.Advance(64 * Messages.T1);
            Assert.Equal(status == 200 ? SubscriptionReason.Unsubscribed : SubscriptionReason.Refused, await subscription.Ended);
        }

        _wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task The_last_notification_may_come_instead_of_the_answer()
    {
        var subscription = Establish(600);
        _ = _wire.Do(() => subscription.UnsubscribeAsync());
        _wire.ExpectRequest(SipMethod.Subscribe);
        _wire.Says(Notify("NOTIFY", subscription, 9, "last", "terminated;reason=timeout"));
        Assert.Equal(SubscriptionReason.Unsubscribed, await subscription.Ended);
        Assert.Equal("last", _bodies[^1]);
    }

    [Fact]
    public async Task A_refusal_is_the_answer_and_the_end()
    {
        var subscription = Subscribe();
        _wire.Answers(_wire.ExpectRequest(SipMethod.Subscribe), 403);
        Assert.Equal(403, (await subscription.Established).StatusCode);
        Assert.Equal(SubscriptionReason.Refused, await subscription.Ended);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task Silence_and_a_lost_flow_are_failures()
    {
        var silent = Subscribe();
        _wire.Advance(64 * Messages.T1);
        Assert.Equal(SipFailure.TimedOut, (await Assert.ThrowsAsync<SipException>(() => silent.Established)).Failure);
        var opening = Subscribe();
        _wire.ExpectRequest(SipMethod.Subscribe);
        _wire.ExpectRequest(SipMethod.Subscribe);
        var active = Establish(600);
        var leaving = Establish(600);
        _ = _wire.Do(() => leaving.UnsubscribeAsync());
        var pending = Subscribe();
        _wire.ExpectRequest(SipMethod.Subscribe);
        _wire.Says(Notify("NOTIFY", pending.Request.From!.Tag!, pending.Request.CallId!, 1, "", "pending"));
        _wire.Breaks();
        Assert.Equal(SipFailure.FlowClosed, (await Assert.ThrowsAsync<SipException>(() => opening.Established)).Failure);
        Assert.All(await Task.WhenAll(opening.Ended, active.Ended, leaving.Ended, pending.Ended), r => Assert.Equal(SubscriptionReason.FlowLost, r));
        _wire.ExpectNothingLeft();
    }

    [Theory]
    [InlineData("unsubscribe", SubscriptionReason.Unsubscribed)]
    [InlineData("gone", SubscriptionReason.DialogGone)]
    [InlineData("expire", SubscriptionReason.Expired)]
    public async Task A_pending_subscription_ends_like_an_active_one(string how, SubscriptionReason reason)
    {
        var subscription = Subscribe();
        var subscribe = _wire.ExpectRequest(SipMethod.Subscribe);
        _wire.Answers(subscribe, 200, edit: r => r.Headers.Add(HeaderName.Expires, "60"));
        _wire.Says(Notify("NOTIFY", subscription, 1, "", "pending"));
        _wire.ExpectResponse(200);
        if (how == "unsubscribe")
        {
            _ = _wire.Do(() => subscription.UnsubscribeAsync());
            _wire.Answers(_wire.ExpectRequest(SipMethod.Subscribe), 200);
            _wire.Advance(64 * Messages.T1);
        }
        else
        {
            _wire.Advance(TimeSpan.FromSeconds(30));
            var refresh = _wire.ExpectRequest(SipMethod.Subscribe);
            if (how == "gone")
            {
                _wire.Answers(refresh, 481);
            }

            _wire.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.Equal(reason, await subscription.Ended);
        _wire.ExpectNothingLeft();
    }

    private static void Piggyback(SipResponse response, string body, int number, string state)
    {
        response.Headers.Add(HeaderName.Event, "conference");
        response.Headers.Add(HeaderName.Expires, state.StartsWith("terminated", StringComparison.Ordinal) ? "0" : "600");
        response.Headers.Add(HeaderName.SubscriptionState, state);
        response.Headers.Add(HeaderName.MsPiggybackCSeq, number.ToString());
        response.SetBody("text/plain", System.Text.Encoding.UTF8.GetBytes(body));
    }

    private static string Notify(string method, Subscription subscription, int cseq, string body, string state = "active;expires=600", string package = "conference") =>
        Notify(method, subscription.Dialog!.LocalTag, subscription.Dialog.CallId, cseq, body, state, package);

    private static string Notify(
        string method, string tag, string callId, int cseq, string body, string state = "active;expires=600", string package = "conference") =>
        Messages.FromPeer(
            method, cseq, $"z9hG4bK{method}{cseq}{body}{callId}", tag, $"Event: {package}\nSubscription-State: {state}\nContent-Type: text/plain", callId, body);

    private Subscription Subscribe(string? expires = null)
    {
        var subscription = _wire.Do(() => _wire.Endpoint.Subscribe(Messages.Subscribe(_wire, expires), new() { Resubscribe = false }));
        subscription.StateChanged += change => _history.Add((change.Current, change.Reason));
        subscription.NotificationReceived += message => _bodies.Add(message.BodyText);
        return subscription;
    }

    private Subscription Establish(int seconds)
    {
        var subscription = Subscribe();
        _wire.Answers(_wire.ExpectRequest(SipMethod.Subscribe), 200, edit: r => r.Headers.Add(HeaderName.Expires, seconds.ToString()));
        return subscription;
    }
}
