using System.Text;

namespace UcSdk.Sip.Tests;

/// <summary>SUBSCRIBEs of the application inside a standing dialog (RFC 6665 §4.1.2.2): their order among the refreshes, and what becomes of them.</summary>
public sealed class SubscriptionUpdateTests
{
    private readonly PeerWire _wire = PeerWire.Reliable();
    private readonly List<string> _bodies = [];

    [Fact]
    public async Task An_update_goes_out_in_the_dialog_and_the_state_in_its_200_is_a_notification()
    {
        var subscription = Establish();
        var update = Update(subscription, "add carol", "bob, carol");
        var request = _wire.ExpectRequest(SipMethod.Subscribe);
        Assert.Equal(("2 SUBSCRIBE", "peertag", "add carol", "text/plain"), (request.CSeq!.ToString(), request.To!.Tag, request.BodyText, request.ContentType));
        Assert.Equal(["ms-benotify", "ms-piggyback-first-notify"], request.Headers.GetAll(HeaderName.Supported));
        _wire.Answers(request, 200, edit: r => Piggyback(r, "carol is free", 7));
        Assert.Equal(200, (await update).StatusCode);
        _wire.Says(Notify(subscription, "BENOTIFY", 7, "stale"));
        _wire.Says(Notify(subscription, "BENOTIFY", 8, "carol is busy"));
        Assert.Equal(["carol is free", "carol is busy"], _bodies);
        Assert.Equal("bob, carol", Refresh().BodyText);
    }

    [Fact]
    public async Task What_only_the_first_subscribe_says_is_not_said_again_and_what_updates_say_lasts_as_ever()
    {
        var first = Messages.Subscribe(_wire);
        first.SetBody("text/plain", "bob (new)"u8.ToArray());
        var subscription = _wire.Do(() => _wire.Endpoint.Subscribe(first, new() { RefreshBody = "bob"u8.ToArray() }));
        var opening = _wire.ExpectRequest(SipMethod.Subscribe);
        Assert.Equal("bob (new)", opening.BodyText);
        Accept(opening);
        var refresh = Refresh();
        Assert.Equal(("bob", "text/plain"), (refresh.BodyText, refresh.ContentType));
        Accept(refresh);

        var update = Update(subscription, "add carol", "bob, carol");
        Accept(_wire.ExpectRequest(SipMethod.Subscribe));
        await update;
        var gone = Refresh();
        Assert.Equal("bob, carol", gone.BodyText);
        _wire.Answers(gone, 481);
        var renewal = _wire.ExpectRequest(SipMethod.Subscribe);
        Assert.Equal((null, "bob, carol"), (renewal.To!.Tag, renewal.BodyText));
        Accept(renewal);
        Assert.Equal("bob, carol", Refresh().BodyText);
    }

    [Fact]
    public async Task Updates_wait_for_one_another_and_for_the_answer_to_the_first_subscribe()
    {
        var subscription = Subscribe();
        var opening = _wire.ExpectRequest(SipMethod.Subscribe);
        var first = Update(subscription, "one");
        var second = Update(subscription, "two");
        _wire.ExpectNothing();
        Accept(opening);
        var one = _wire.ExpectRequest(SipMethod.Subscribe);
        Assert.Equal("one", one.BodyText);
        _wire.ExpectNothing();
        Accept(one);
        await first;
        Assert.False(second.IsCompleted);
        var two = _wire.ExpectRequest(SipMethod.Subscribe);
        Assert.Equal("two", two.BodyText);
        Accept(two);
        await second;
        _wire.ExpectNothing();
    }

    [Fact]
    public async Task An_update_waits_for_a_refresh_and_makes_one_good_that_falls_due_meanwhile()
    {
        var subscription = Establish(600);
        var refresh = Refresh();
        var update = Update(subscription, "new");
        _wire.ExpectNothing();
        Accept(refresh, 20);
        var request = _wire.ExpectRequest(SipMethod.Subscribe);
        _wire.Advance(TimeSpan.FromSeconds(11));
        _wire.ExpectNothing();
        Accept(request);
        await update;
        _wire.ExpectNothing();
        Assert.Equal("new", Refresh().BodyText);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(503)]
    public async Task A_refused_update_changes_nothing_and_the_refresh_that_fell_due_meanwhile_says_what_stood_before(int status)
    {
        var subscription = Establish(20);
        var update = Update(subscription, "new");
        var request = _wire.ExpectRequest(SipMethod.Subscribe);
        _wire.Advance(TimeSpan.FromSeconds(10));
        _wire.ExpectNothing();
        _wire.Answers(request, status);
        Assert.Equal(status, (await update).StatusCode);
        Assert.Equal("", _wire.ExpectRequest(SipMethod.Subscribe).BodyText);
        Assert.Equal(SubscriptionState.Active, subscription.State);
    }

    [Fact]
    public async Task An_update_whose_life_is_too_brief_goes_again_with_the_longer_one()
    {
        var subscription = Establish();
        var update = Update(subscription, "new");
        _wire.Answers(_wire.ExpectRequest(SipMethod.Subscribe), 423, edit: r => r.Headers.Add(HeaderName.MinExpires, "900"));
        var again = _wire.ExpectRequest(SipMethod.Subscribe);
        Assert.Equal(("900", "new"), (again.Headers[HeaderName.Expires], again.BodyText));
        Accept(again, 900);
        Assert.Equal(200, (await update).StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_subscription_that_takes_the_place_of_one_that_ended_says_what_was_to_be_said(bool endsByAnswer)
    {
        var subscription = Establish(resubscribe: true);
        var first = Update(subscription, "add carol", "bob, carol");
        var request = _wire.ExpectRequest(SipMethod.Subscribe);
        var second = Update(subscription, "add dave", "bob, carol, dave");
        if (endsByAnswer)
        {
            _wire.Answers(request, 481);
        }
        else
        {
            _wire.Says(Notify(subscription, "BENOTIFY", 3, "", "terminated;reason=deactivated"));
        }

        var opening = _wire.ExpectRequest(SipMethod.Subscribe);
        Assert.Equal((null, "bob, carol, dave"), (opening.To!.Tag, opening.BodyText));
        Assert.False(first.IsCompleted);
        Accept(opening);
        Assert.All(await Task.WhenAll(first, second), answer => Assert.Equal(1u, answer.CSeq!.Number));
        _wire.ExpectNothing();
        Assert.Equal("bob, carol, dave", Refresh().BodyText);
    }

    [Fact]
    public async Task What_is_said_during_the_pause_before_a_renewal_goes_out_with_it_and_shares_its_refusal()
    {
        var subscription = Establish(resubscribe: true);
        _wire.Says(Notify(subscription, "BENOTIFY", 3, "", "terminated;reason=probation;retry-after=300"));
        var update = Update(subscription, "new");
        _wire.ExpectNothing();
        _wire.Advance(TimeSpan.FromSeconds(300));
        var opening = _wire.ExpectRequest(SipMethod.Subscribe);
        Assert.Equal("new", opening.BodyText);
        _wire.Answers(opening, 403);
        Assert.Equal(403, (await update).StatusCode);
        Assert.Equal(SubscriptionState.Terminated, subscription.State);
    }

    [Theory]
    [InlineData("481", null)]
    [InlineData("silence", SipFailure.TimedOut)]
    [InlineData("end", SipFailure.Terminated)]
    [InlineData("unsubscribe", SipFailure.Terminated)]
    [InlineData("break", SipFailure.FlowClosed)]
    public async Task Whoever_waits_for_an_update_learns_how_it_failed(string how, SipFailure? failure)
    {
        var subscription = Establish();
        var sent = Update(subscription, "sent");
        var request = _wire.ExpectRequest(SipMethod.Subscribe);
        var waiting = Update(subscription, "waiting");
        switch (how)
        {
            case "481":
                _wire.Answers(request, 481);
                break;
            case "silence":
                _wire.Advance(64 * Messages.T1);
                Assert.Equal("waiting", _wire.ExpectRequest(SipMethod.Subscribe).BodyText);
                _wire.Advance(64 * Messages.T1);
                break;
            case "end":
                _wire.Says(Notify(subscription, "BENOTIFY", 3, "", "terminated;reason=noresource"));
                break;
            case "unsubscribe":
                _ = _wire.Do(() => subscription.UnsubscribeAsync());
                break;
            default:
                _wire.Breaks();
                break;
        }

        if (failure is null)
        {
            Assert.Equal(481, (await sent).StatusCode);
        }
        else
        {
            Assert.Equal(failure, (await Assert.ThrowsAsync<SipException>(() => sent)).Failure);
        }

        Assert.Equal(failure ?? SipFailure.Terminated, (await Assert.ThrowsAsync<SipException>(() => waiting)).Failure);
    }

    [Fact]
    public async Task Nothing_is_said_in_a_subscription_that_is_over_or_asks_once()
    {
        var over = Establish();
        _wire.Says(Notify(over, "BENOTIFY", 3, "", "terminated;reason=noresource"));
        var once = Subscribe(expires: "0");
        _wire.ExpectRequest(SipMethod.Subscribe);
        foreach (var subscription in new[] { over, once })
        {
            Assert.Equal(SipFailure.Terminated, (await Assert.ThrowsAsync<SipException>(() => Update(subscription, "late"))).Failure);
        }

        await Assert.ThrowsAsync<ArgumentException>(() => over.UpdateAsync("", default, cancellationToken: TestContext.Current.CancellationToken));
        _wire.ExpectNothing();
    }

    private Task<SipResponse> Update(Subscription subscription, string body, string? refreshBody = null) =>
        _wire.Do(() => subscription.UpdateAsync("text/plain", Encoding.UTF8.GetBytes(body), refreshBody is null ? (ReadOnlyMemory<byte>?)null : Encoding.UTF8.GetBytes(refreshBody)));

    private SipRequest Refresh()
    {
        _wire.Advance(TimeSpan.FromSeconds(480));
        return _wire.ExpectRequest(SipMethod.Subscribe);
    }

    private void Accept(SipRequest request, int seconds = 600) =>
        _wire.Answers(request, 200, edit: r => r.Headers.Add(HeaderName.Expires, seconds.ToString()));

    private Subscription Establish(int seconds = 600, bool resubscribe = false)
    {
        var subscription = Subscribe(resubscribe);
        Accept(_wire.ExpectRequest(SipMethod.Subscribe), seconds);
        return subscription;
    }

    private Subscription Subscribe(bool resubscribe = false, string? expires = null)
    {
        var subscription = _wire.Do(() => _wire.Endpoint.Subscribe(Messages.Subscribe(_wire, expires), new() { Resubscribe = resubscribe }));
        subscription.NotificationReceived += message => _bodies.Add(message.BodyText);
        return subscription;
    }

    private static void Piggyback(SipResponse response, string body, int number)
    {
        response.Headers.Add(HeaderName.Expires, "600");
        response.Headers.Add(HeaderName.SubscriptionState, "active;expires=600");
        response.Headers.Add(HeaderName.MsPiggybackCSeq, number.ToString());
        response.SetBody("text/plain", Encoding.UTF8.GetBytes(body));
    }

    private static string Notify(Subscription subscription, string method, int cseq, string body, string state = "active;expires=600") => Messages.FromPeer(
        method, cseq, $"z9hG4bK{method}{cseq}{subscription.Dialog!.CallId}", subscription.Dialog.LocalTag,
        $"Event: conference\nSubscription-State: {state}\nContent-Type: text/plain", subscription.Dialog.CallId, body);
}
