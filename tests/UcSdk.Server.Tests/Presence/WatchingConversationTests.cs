using UcSdk.Sip;

namespace UcSdk.Server.Tests;

/// <summary>Subscriptions to the presence of others ([MS-PRES] §3.4, [MS-SIP]): every form of notification.</summary>
public sealed class WatchingConversationTests
{
    private const string Bob = "sip:bob@contoso.test";
    private const string Carol = "sip:carol@contoso.test";

    [Fact]
    public void The_200_of_a_batched_subscription_has_everybody_in_it()
    {
        using var lab = new ServerLab();
        var bob = PresenceClient.SignIn(lab, "bob");
        bob.Publishes([.. PresenceClient.UserState(6500), PresenceClient.Note(200, "busy today")]);
        var alice = PresenceClient.SignIn(lab, "alice");

        var ok = alice.Watch(Bob, Carol, "sip:nobody@contoso.test", "sip:eve@elsewhere.test");
        Assert.Equal(("presence", "active;expires=28800", "1"), (ok.Headers[HeaderName.Event], ok.Headers[HeaderName.SubscriptionState], ok.Headers[HeaderName.MsPiggybackCSeq]));
        var list = PresenceClient.ReadList(ok);
        Assert.Equal(("sip:alice@contoso.test", 0u, true), (list.Uri, list.Version, list.FullState));
        Assert.Equal(
            [(Bob, "active", null), (Carol, "active", null), ("sip:nobody@contoso.test", "terminated", "noresource"), ("sip:eve@elsewhere.test", "terminated", "noresource")],
            list.Resources.Select(resource => (resource.Uri, resource.Instances[0].State, resource.Instances[0].Reason)));
        var told = PresenceClient.Read(ok);
        Assert.Equal([(Bob, "6500", "busy today"), (Carol, "18500", "")], told.Select(one => (one.Uri, PresenceClient.Shown(one), PresenceClient.NotesOf(one))));
        // Watchers learn neither containers nor versions, and of a category without a value that it has none.
        Assert.All(told[0].Categories, category => Assert.Equal((null, null), (category.Container, category.Version)));
        Assert.Null(Assert.Single(told[1].Named("note")).Content);
    }

    [Fact]
    public void News_about_one_user_are_benotified_as_plain_categories_with_what_has_changed()
    {
        using var lab = new ServerLab();
        var bob = PresenceClient.SignIn(lab, "bob");
        var alice = PresenceClient.SignIn(lab, "alice");
        alice.Watch(Bob, Carol);

        bob.Publishes(PresenceClient.UserState(9500, more: """<activity token="urgent-interruptions-only" minAvailability="9000" maxAvailability="11999"/>"""));
        var news = alice.Raw.ExpectsRequest("BENOTIFY");
        Assert.Equal(("presence", "2 BENOTIFY", "application/msrtc-event-categories+xml"), (news.Headers[HeaderName.Event], news.CSeq!.ToString(), news.ContentType));
        Assert.StartsWith("active;expires=", news.Headers[HeaderName.SubscriptionState], StringComparison.Ordinal);
        var told = Assert.Single(PresenceClient.Read(news));
        Assert.Equal((Bob, "9500 urgent-interruptions-only"), (told.Uri, PresenceClient.Shown(told)));
        Assert.Empty(told.Named("note"));

        // The same again is another version for bob, and nothing to alice.
        bob.Publishes(PresenceClient.UserState(9500, version: 1, more: """<activity token="urgent-interruptions-only" minAvailability="9000" maxAvailability="11999"/>"""));
        // What is for another container is nothing to her either.
        bob.Publishes(PresenceClient.Note(400, "for friends"));
        alice.Raw.ExpectsNothing();
        bob.Publishes(PresenceClient.Note(200, "for colleagues"));
        Assert.Equal("for colleagues", PresenceClient.NotesOf(Assert.Single(alice.ExpectsNews())));
        bob.Publishes(PresenceClient.Publication("note", 0, 200, 1, life: "expires=\"0\""));
        Assert.Null(Assert.Single(Assert.Single(alice.ExpectsNews()).Named("note")).Content);
    }

    [Fact]
    public void Who_changes_at_the_same_time_is_told_of_by_one_notification()
    {
        using var lab = new ServerLab();
        var bob = PresenceClient.SignIn(lab, "bob");
        var carol = PresenceClient.SignIn(lab, "carol");
        foreach (var user in new[] { bob, carol })
        {
            user.Publishes(PresenceClient.Publication("note", 3, 200, 0, "<note><body>soon over</body></note>", "expireType=\"time\" expires=\"60\""));
        }

        var alice = PresenceClient.SignIn(lab, "alice");
        alice.Watch(Bob, Carol);
        lab.Advance(TimeSpan.FromSeconds(60));
        var news = alice.Raw.ExpectsRequest("BENOTIFY");
        var list = PresenceClient.ReadList(news);
        Assert.Equal((1u, false), (list.Version, list.FullState));
        Assert.Equal([Bob, Carol], PresenceClient.Read(news).Select(one => one.Uri));
        Assert.All(PresenceClient.Read(news), one => Assert.Null(Assert.Single(one.Named("note")).Content));
        alice.Raw.ExpectsNothing();
    }

    [Fact]
    public void Additions_and_removals_inside_the_dialog_accumulate_and_the_200_carries_the_news()
    {
        using var lab = new ServerLab();
        var bob = PresenceClient.SignIn(lab, "bob");
        var carol = PresenceClient.SignIn(lab, "carol");
        var alice = PresenceClient.SignIn(lab, "alice");
        var dialog = alice.Watch(Bob);

        var ok = alice.Rewatch(dialog, "subscribe", [Carol]);
        Assert.Equal(("active;expires=28800", "2"), (ok.Headers[HeaderName.SubscriptionState], ok.Headers[HeaderName.MsPiggybackCSeq]));
        Assert.Equal(Carol, Assert.Single(PresenceClient.Read(ok)).Uri);
        bob.Publishes(PresenceClient.UserState(6500));
        Assert.Equal(Bob, Assert.Single(alice.ExpectsNews()).Uri);
        carol.Publishes(PresenceClient.UserState(6500));
        Assert.Equal(Carol, Assert.Single(alice.ExpectsNews()).Uri);

        ok = alice.Rewatch(dialog, "unsubscribe", [Bob]);
        Assert.Equal(0, ok.Body.Length);
        bob.Publishes(PresenceClient.UserState(9500, version: 1));
        alice.Raw.ExpectsNothing();
        carol.Publishes(PresenceClient.UserState(9500, version: 1));
        Assert.Equal(Carol, Assert.Single(alice.ExpectsNews()).Uri);

        // RFC 6665 §4.2.1.3: a SUBSCRIBE that says nothing new is answered with everything.
        alice.InDialog(dialog, "Event: presence\n" + PresenceClient.Benotify);
        var all = alice.Raw.ExpectsResponse(200);
        Assert.Equal((true, Carol), (PresenceClient.ReadList(all).FullState, Assert.Single(PresenceClient.Read(all)).Uri));
        Assert.Equal(1, lab.Counts.PresenceSubscriptions);

        alice.InDialog(dialog, "Event: presence\nExpires: 0\n" + PresenceClient.Benotify);
        Assert.Equal("terminated;expires=0", alice.Raw.ExpectsResponse(200).Headers[HeaderName.SubscriptionState] ?? "terminated;expires=0");
        lab.Scheduler.RunUntilIdle();
        Assert.Equal(0, lab.Counts.PresenceSubscriptions);
    }

    [Fact]
    public void Another_wish_about_a_user_takes_the_place_of_the_first()
    {
        using var lab = new ServerLab();
        var bob = PresenceClient.SignIn(lab, "bob");
        var alice = PresenceClient.SignIn(lab, "alice");
        var dialog = alice.Watch(Bob);
        var told = Assert.Single(PresenceClient.Read(alice.Rewatch(dialog, "subscribe", [Bob], categories: "contactCard")));
        Assert.Equal("contactCard", Assert.Single(told.Categories).Name);
        bob.Publishes(PresenceClient.UserState(6500));
        alice.Raw.ExpectsNothing();
    }

    [Fact]
    public void One_user_is_watched_by_itself_where_the_client_asks_so()
    {
        using var lab = new ServerLab();
        var bob = PresenceClient.SignIn(lab, "bob");
        var alice = PresenceClient.SignIn(lab, "alice");

        alice.SendWatch([Bob], uri: Bob);
        var ok = alice.Raw.ExpectsResponse(200);
        Assert.Equal("application/msrtc-event-categories+xml", ok.ContentType);
        Assert.Equal("18500", PresenceClient.Shown(Assert.Single(PresenceClient.Read(ok))).Replace("3500", "18500", StringComparison.Ordinal));
        bob.Publishes(PresenceClient.UserState(6500));
        Assert.Equal("6500", PresenceClient.Shown(Assert.Single(alice.ExpectsNews())));
    }

    [Fact]
    public void A_question_is_answered_once_and_leaves_nothing()
    {
        using var lab = new ServerLab();
        var bob = PresenceClient.SignIn(lab, "bob");
        var alice = PresenceClient.SignIn(lab, "alice");
        alice.SendWatch([Bob], headers: PresenceClient.Benotify + "\nExpires: 0");
        var ok = alice.Raw.ExpectsResponse(200);
        Assert.Equal(("terminated;expires=0", Bob), (ok.Headers[HeaderName.SubscriptionState], Assert.Single(PresenceClient.Read(ok)).Uri));
        Assert.Equal(0, lab.Counts.PresenceSubscriptions);
        bob.Publishes(PresenceClient.UserState(6500));
        alice.Raw.ExpectsNothing();
    }

    [Fact]
    public void Who_knows_no_BENOTIFY_gets_NOTIFY_from_the_first_word_on()
    {
        using var lab = new ServerLab();
        var bob = PresenceClient.SignIn(lab, "bob");
        var alice = PresenceClient.SignIn(lab, "alice");
        alice.SendWatch([Bob], headers: "Supported: nothing");
        Assert.Equal(0, alice.Raw.ExpectsResponse(200).Body.Length);
        var first = alice.Raw.ExpectsRequest("NOTIFY");
        Assert.True(PresenceClient.ReadList(first).FullState);
        bob.Publishes(PresenceClient.UserState(6500));
        alice.Raw.ExpectsNothing();
        alice.Raw.Answer(first, 200);
        var second = alice.Raw.ExpectsRequest("NOTIFY");
        Assert.Equal("6500", PresenceClient.Shown(Assert.Single(PresenceClient.Read(second))));
        alice.Raw.Answer(second, 200);
    }

    [Fact]
    public void The_list_of_the_years_before_is_understood()
    {
        using var lab = new ServerLab();
        var bob = PresenceClient.SignIn(lab, "bob");
        var alice = PresenceClient.SignIn(lab, "alice");
        alice.Raw.Request(
            "SUBSCRIBE",
            alice.Address,
            "legacy",
            PresenceClient.BatchHeaders(PresenceClient.Benotify).Replace("msrtc-adrl-categorylist", "adrl", StringComparison.Ordinal),
            $"""<adhoclist xmlns="urn:ietf:params:xml:ns:adrl" uri="{alice.Address}" name="{alice.Address}"><create xmlns=""><resource uri="{Bob}"/></create></adhoclist>""");
        var told = Assert.Single(PresenceClient.Read(alice.Raw.ExpectsResponse(200)));
        Assert.Equal(["contactCard", "note", "services", "state"], told.Categories.Select(category => category.Name).Distinct());
        bob.Publishes(PresenceClient.UserState(6500));
        Assert.Equal(["state"], Assert.Single(alice.ExpectsNews()).Categories.Select(category => category.Name).Distinct());
    }

    [Theory]
    [InlineData("""<batchSub xmlns="http://schemas.microsoft.com/2006/01/sip/batch-subscribe" uri="sip:bob@contoso.test"><action name="subscribe" id="1"><adhocList/></action></batchSub>""")]
    [InlineData("<batchSub")]
    public void A_list_that_cannot_be_read_or_is_anothers_is_400(string body)
    {
        using var lab = new ServerLab();
        var alice = PresenceClient.SignIn(lab, "alice");
        alice.Raw.Request("SUBSCRIBE", alice.Address, "bad", PresenceClient.BatchHeaders(PresenceClient.Benotify), body);
        alice.Raw.ExpectsResponse(400);
        alice.Raw.Request("SUBSCRIBE", Bob, "bad2", PresenceClient.BatchHeaders(PresenceClient.Benotify), body);
        alice.Raw.ExpectsResponse(400);

        var dialog = alice.Watch(Bob);
        alice.InDialog(dialog, PresenceClient.BatchHeaders(PresenceClient.Benotify), body);
        alice.Raw.ExpectsResponse(400);
        Assert.Equal(1, lab.Counts.PresenceSubscriptions);
    }

    [Fact]
    public void Nobody_changes_anothers_subscription_by_knowing_its_dialog()
    {
        using var lab = new ServerLab();
        var alice = PresenceClient.SignIn(lab, "alice");
        var dialog = alice.Watch(Bob);
        var mallory = PresenceClient.SignIn(lab, "carol");
        mallory.InDialog(dialog, "Event: presence\nExpires: 0\n" + PresenceClient.Benotify);
        mallory.Raw.ExpectsResponse(403);
        Assert.Equal(1, lab.Counts.PresenceSubscriptions);
    }

    [Fact]
    public void Who_does_not_exist_is_404()
    {
        using var lab = new ServerLab();
        var alice = PresenceClient.SignIn(lab, "alice");
        alice.SendWatch(["sip:nobody@contoso.test"], uri: "sip:nobody@contoso.test");
        alice.Raw.ExpectsResponse(404);
    }

    [Fact]
    public void Subscriptions_and_their_resources_are_limited()
    {
        using var lab = new ServerLab(options => options with { Presence = new() { MaxSubscriptionsPerEndpoint = 2, MaxResources = 2 } });
        var alice = PresenceClient.SignIn(lab, "alice");
        alice.SendWatch(["sip:a@contoso.test", "sip:b@contoso.test", "sip:c@contoso.test"]);
        Assert.Equal("Too Many Resources", alice.Raw.ExpectsResponse(480).ReasonPhrase);
        var dialog = alice.Watch(Bob, Carol);
        Assert.Equal("Too Many Resources", alice.Rewatch(dialog, "subscribe", ["sip:alice@contoso.test"], status: 480).ReasonPhrase);
        // Whom she watches already is nobody more.
        alice.Rewatch(dialog, "subscribe", [Bob]);
        alice.SubscribeSelf();
        // What she asks for once is nothing that she keeps.
        alice.SendWatch([Bob], headers: PresenceClient.Benotify + "\nExpires: 0");
        alice.Raw.ExpectsResponse(200);
        alice.SendWatch([Bob], uri: Bob);
        Assert.Equal("Too Many Subscriptions", alice.Raw.ExpectsResponse(480).ReasonPhrase);
        // Refused, she watches whom she watched.
        PresenceClient.SignIn(lab, "carol").Publishes(PresenceClient.UserState(6500));
        Assert.Equal(Carol, Assert.Single(alice.ExpectsNews()).Uri);
        Assert.Equal(2, lab.Counts.PresenceSubscriptions);
    }

    [Fact]
    public void The_oldest_subscription_to_the_same_gives_way_to_one_more_and_is_told_not_to_come_back()
    {
        using var lab = new ServerLab(options => options with { Presence = new() { MaxSubscriptionsPerEndpoint = 3 } });
        var alice = PresenceClient.SignIn(lab, "alice");
        var sofa = PresenceClient.SignIn(lab, "alice", "50fa");
        sofa.Watch(Bob);
        var list = alice.Watch(Carol);
        alice.SubscribeSelf();
        alice.SendWatch([Bob], uri: Bob);
        alice.Raw.ExpectsResponse(200);

        alice.SendWatch([Bob]);
        var ended = alice.Raw.ExpectsRequest("BENOTIFY");
        Assert.Equal((list.CallId, "terminated;reason=rejected"), (ended.CallId, ended.Headers[HeaderName.SubscriptionState]));
        alice.Raw.ExpectsResponse(200);
        alice.SendSubscribeSelf();
        Assert.Equal("vnd-microsoft-roaming-self", alice.Raw.ExpectsRequest("BENOTIFY").Headers[HeaderName.Event]);
        alice.Raw.ExpectsResponse(200);
        alice.SendWatch([Bob], uri: Bob);
        Assert.Equal("watch-alice01-3", alice.Raw.ExpectsRequest("BENOTIFY").CallId);
        alice.Raw.ExpectsResponse(200);
        Assert.Equal(4, lab.Counts.PresenceSubscriptions);
        sofa.Raw.ExpectsNothing();
    }

    [Fact]
    public void What_an_endpoint_subscribed_to_by_the_connection_that_it_has_left_goes_with_that_one()
    {
        using var lab = new ServerLab();
        var before = PresenceClient.SignIn(lab, "alice", "de50");
        var sofa = PresenceClient.SignIn(lab, "alice", "50fa");
        sofa.Watch(Bob);
        before.Watch(Bob);
        before.SubscribeSelf();

        // The old connection is not noticed to be dead.
        var after = new PresenceClient(lab.Connect("alice", "de50"), "de50-again");
        after.Raw.Register(edit: text => text.Replace("Call-ID: login", "Call-ID: again", StringComparison.Ordinal));
        after.Raw.ExpectsResponse(200);
        Assert.Equal(1, lab.Counts.PresenceSubscriptions);
        after.Watch(Bob);
        PresenceClient.SignIn(lab, "bob").Publishes(PresenceClient.UserState(6500));
        Assert.Equal(Bob, Assert.Single(after.ExpectsNews()).Uri);
        Assert.Equal(Bob, Assert.Single(sofa.ExpectsNews()).Uri);
        Assert.Equal("terminated;reason=rejected", before.Raw.ExpectsRequest("BENOTIFY").Headers[HeaderName.SubscriptionState]);
        Assert.Equal("terminated;reason=rejected", before.Raw.ExpectsRequest("BENOTIFY").Headers[HeaderName.SubscriptionState]);
        before.Raw.ExpectsNothing();
    }

    [Fact]
    public void Who_comes_back_on_the_same_connection_again_and_again_still_watches()
    {
        using var lab = new ServerLab();
        var alice = PresenceClient.SignIn(lab, "alice");
        for (var life = 0; life < 40; life++)
        {
            alice.Raw.Register();
            Skip(alice.Raw, SipMethod.Register);
            alice.SendSubscribeSelf();
            Assert.NotEqual(0, Skip(alice.Raw, SipMethod.Subscribe).Body.Length);
            alice.SendWatch([Bob]);
            Assert.Equal(Bob, Assert.Single(PresenceClient.Read(Skip(alice.Raw, SipMethod.Subscribe))).Uri);
        }

        Assert.Equal(new PresenceLimits().MaxSubscriptionsPerEndpoint, lab.Counts.PresenceSubscriptions);
    }

    // The 200, after what else there is.
    private static SipResponse Skip(RawClient client, SipMethod method)
    {
        while (client.TryTake(out var message))
        {
            if (message is SipResponse { StatusCode: 200 } response && response.CSeq!.Method == method)
            {
                return response;
            }
        }

        throw new InvalidOperationException($"There is no 200 to {method}.");
    }
}
