using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>Watching presence by batches ([MS-PRES] §3.4): one dialog for all wishes, told in every form, ended in every way.</summary>
public sealed class PresenceTests
{
    private readonly Lab _lab = new();
    private readonly ContactListScript _list;
    private readonly PresenceScript _script;

    public PresenceTests() => (_list, _script) = (new(_lab), new(_lab));

    [Fact]
    public void The_contacts_of_the_list_are_watched_in_one_batch_and_told_in_its_200() => _lab.Run(async () =>
    {
        _script.Known["sip:bob@contoso.com"] = PresenceScript.State(6500, "<activity token=\"in-a-meeting\"/>");
        _script.Known["sip:carol@contoso.com"] = PresenceScript.State(3500);
        var manager = await SignInAsync();

        var subscribe = Assert.Single(_script.Asked);
        Assert.Equal("sip:alice@contoso.com", subscribe.UriText);
        Assert.Equal("adhoclist, categoryList", subscribe.Headers[HeaderName.Require]);
        Assert.Equal("application/msrtc-adrl-categorylist+xml", subscribe.ContentType);
        Assert.Equal(["sip:bob@contoso.com", "sip:carol@contoso.com"], PresenceScript.Resources(subscribe, "subscribe"));
        Assert.Equal(
            ["calendarData", "contactCard", "note", "services", "state"],
            subscribe.BodyText.Split("category name=\"").Skip(1).Select(part => part[..part.IndexOf('"')]));
        var bob = manager.GetContactByUri("bob@contoso.com");
        Assert.Equal((ContactAvailability.Busy, "In a meeting", ContactPresenceState.Subscribed), (bob.Availability, bob.Information.Activity, bob.PresenceState));
        Assert.Equal(ContactAvailability.Free, manager.GetContactByUri("carol@contoso.com").Availability);
    });

    [Theory]
    [InlineData("BENOTIFY")]
    [InlineData("NOTIFY")]
    public void A_change_is_told_to_observers_with_what_changed_and_all_that_is_known(string method) => _lab.Run(async () =>
    {
        _script.Known["sip:bob@contoso.com"] = PresenceScript.State(3500);
        var manager = await SignInAsync();
        var bob = manager.GetContactByUri("bob@contoso.com");
        var (one, all) = (new Recorder<ContactInformationChange>(), new Recorder<ContactInformationChange>());
        bob.InformationChanges.Subscribe(one);
        manager.InformationChanges.Subscribe(all);

        await TellAsync(PresenceScript.Document(PresenceScript.Of("sip:bob@contoso.com", PresenceScript.State(15500, "<endpointLocation>Home</endpointLocation>"))), method);

        var change = Assert.Single(one.Items);
        Assert.Same(change, Assert.Single(all.Items));
        Assert.Same(bob, change.Contact);
        Assert.Equal(
            [ContactInformationType.Availability, ContactInformationType.ActivityId, ContactInformationType.LocationName, ContactInformationType.Activity], change.Changed);
        Assert.Equal((ContactAvailability.Away, "Home", "Away"), (change.Information.Availability, change.Information.LocationName, change.Information.Activity));
        Assert.Equal(method == "NOTIFY", _lab.Server.Log.Contains("alice: 200 NOTIFY presence"));
        await TellAsync(PresenceScript.Document(PresenceScript.Of("sip:bob@contoso.com", PresenceScript.State(15500, "<endpointLocation>Home</endpointLocation>"))), method);
        Assert.Single(one.Items);
    });

    [Fact]
    public void A_notification_may_tell_of_many_of_some_without_state_and_of_nobody_we_know() => _lab.Run(async () =>
    {
        var manager = await SignInAsync();
        await TellAsync(PresenceScript.Multipart(
            ("sip:bob@contoso.com", "<instance id=\"0\" state=\"active\" cid=\"bob@contoso.com\"/>", PresenceScript.State(9500)),
            ("sip:carol@contoso.com", "<instance id=\"0\" state=\"pending\"/>", null),
            ("sip:mallory@contoso.com", "<instance id=\"0\" state=\"active\" cid=\"mallory@contoso.com\"/>", PresenceScript.State(3500))));
        Assert.Equal(ContactAvailability.DoNotDisturb, manager.GetContactByUri("bob@contoso.com").Availability);
        Assert.Equal(ContactPresenceState.Subscribing, manager.GetContactByUri("carol@contoso.com").PresenceState);
        Assert.Equal(ContactAvailability.None, manager.GetContactByUri("mallory@contoso.com").Availability);
        await TellAsync(PresenceScript.Document("<categories"));
        await TellAsync(PresenceScript.Document("x", "application/unheard-of"));
        Assert.Equal(ContactAvailability.DoNotDisturb, manager.GetContactByUri("bob@contoso.com").Availability);
    });

    [Fact]
    public void A_thousand_wishes_at_once_are_one_batch() => _lab.Run(async () =>
    {
        _list.List = "<contactList deltaNum=\"1\"><group id=\"1\" name=\"~\"/></contactList>";
        var manager = await SignInAsync();
        Assert.Empty(_script.Asked);
        for (var n = 0; n < 10; n++)
        {
            var subscription = manager.CreateSubscription();
            subscription.AddContacts(Enumerable.Range(n * 90, 100).Select(at => manager.GetContactByUri($"sip:u{at:D4}@contoso.com")));
            subscription.Subscribe(ContactSubscriptionRefreshRate.High, ContactInformationType.Availability);
        }

        await _lab.DelayAsync(1);
        var subscribe = Assert.Single(_script.Asked);
        Assert.Equal(910, PresenceScript.Resources(subscribe, "subscribe").Length);
        Assert.DoesNotContain("contactCard", subscribe.BodyText);
    });

    [Fact]
    public void Who_comes_and_goes_later_does_so_inside_the_dialog_and_nobody_is_asked_for_twice() => _lab.Run(async () =>
    {
        _script.Known["sip:dave@contoso.com"] = PresenceScript.State(12500);
        var manager = await SignInAsync();
        var (bob, dave) = (manager.GetContactByUri("bob@contoso.com"), manager.GetContactByUri("dave@contoso.com"));
        var subscription = manager.CreateSubscription();
        subscription.AddContacts([bob, dave]);
        subscription.Subscribe(ContactSubscriptionRefreshRate.High, ContactInformationType.Availability);
        await _lab.DelayAsync(1);

        var added = _script.Asked.Last();
        Assert.Equal((2, true), (_script.Asked.Count(), added.To!.Tag is not null));
        Assert.Equal(["sip:dave@contoso.com"], PresenceScript.Resources(added, "subscribe"));
        Assert.Equal((ContactAvailability.TemporarilyAway, ContactPresenceState.Subscribed), (dave.Availability, dave.PresenceState));

        subscription.Unsubscribe();
        await _lab.DelayAsync(1);
        Assert.Equal(["sip:dave@contoso.com"], PresenceScript.Resources(_script.Asked.Last(), "unsubscribe"));
        Assert.Equal((ContactAvailability.None, ContactPresenceState.Idle), (dave.Availability, dave.PresenceState));
        Assert.Equal(ContactPresenceState.Subscribing, bob.PresenceState);

        await _list.NotifyAsync("<contactDelta deltaNum=\"8\" prevDeltaNum=\"7\"><deletedContact uri=\"sip:bob@contoso.com\"/></contactDelta>");
        await _lab.DelayAsync(1);
        Assert.Equal(["sip:bob@contoso.com"], PresenceScript.Resources(_script.Asked.Last(), "unsubscribe"));
        Assert.Equal(4, _script.Asked.Count());
    });

    [Fact]
    public void When_more_is_wanted_than_was_asked_for_all_are_asked_again() => _lab.Run(async () =>
    {
        _list.List = "<contactList deltaNum=\"1\"><group id=\"1\" name=\"~\"/></contactList>";
        var manager = await SignInAsync();
        var (first, second) = (manager.CreateSubscription(), manager.CreateSubscription());
        first.AddContact(manager.GetContactByUri("bob@contoso.com"));
        first.Subscribe(ContactSubscriptionRefreshRate.High, ContactInformationType.Availability);
        await _lab.DelayAsync(1);
        second.AddContact(manager.GetContactByUri("carol@contoso.com"));
        second.Subscribe(ContactSubscriptionRefreshRate.High, ContactInformationType.PersonalNote);
        await _lab.DelayAsync(1);
        Assert.Equal(["sip:bob@contoso.com", "sip:carol@contoso.com"], PresenceScript.Resources(_script.Asked.Last(), "subscribe"));
        Assert.Contains("category name=\"note\"", _script.Asked.Last().BodyText);
        first.Unsubscribe();
        second.Unsubscribe();
        await _lab.DelayAsync(1);
        Assert.Equal("0", _script.Asked.Last().Headers[HeaderName.Expires]);
    });

    [Fact]
    public void A_contact_that_lives_in_another_pool_is_watched_there_with_its_neighbours() => _lab.Run(async () =>
    {
        var manager = await SignInAsync();
        _script.Known["sip:bob@contoso.com"] = PresenceScript.State(3500);
        await TellAsync(PresenceScript.Multipart(
            ("sip:bob@contoso.com", "<instance id=\"0\" state=\"resubscribe\" poolFqdn=\"sip:pool2.contoso.com@contoso.com;gruu;opaque=srvr:HomeServer:x\"/>", null),
            ("sip:carol@contoso.com", "<instance id=\"0\" state=\"resubscribe\" poolFqdn=\"sip:pool2.contoso.com@contoso.com;gruu;opaque=srvr:HomeServer:x\"/>", null)));
        var there = _script.Asked.Last();
        Assert.Equal((2, "sip:pool2.contoso.com@contoso.com;gruu;opaque=srvr:HomeServer:x"), (_script.Asked.Count(), there.UriText));
        Assert.Equal(["sip:bob@contoso.com", "sip:carol@contoso.com"], PresenceScript.Resources(there, "subscribe"));
        Assert.Equal(ContactPresenceState.Subscribed, manager.GetContactByUri("bob@contoso.com").PresenceState);
    });

    [Fact]
    public void A_contact_that_must_be_asked_for_by_itself_is_subscribed_to_at_its_own_address() => _lab.Run(async () =>
    {
        var manager = await SignInAsync();
        _script.Known["sip:bob@contoso.com"] = PresenceScript.State(3500);
        await TellAsync(PresenceScript.Multipart(("sip:bob@contoso.com", "<instance id=\"0\" state=\"resubscribe\"/>", null)));
        var alone = _script.Asked.Last();
        Assert.Equal(("sip:bob@contoso.com", null), (alone.UriText, alone.Headers[HeaderName.Require]));
        Assert.Equal(["sip:bob@contoso.com"], PresenceScript.Resources(alone, "subscribe"));
        Assert.Equal(ContactAvailability.Free, manager.GetContactByUri("bob@contoso.com").Availability);
    });

    [Theory]
    [InlineData("noresource", ContactPresenceState.Terminated)]
    [InlineData("rejected", ContactPresenceState.Terminated)]
    [InlineData("giveup", ContactPresenceState.WaitingForRetry)]
    public void The_server_may_end_the_watching_of_one(string reason, ContactPresenceState state) => _lab.Run(async () =>
    {
        _script.Known["sip:bob@contoso.com"] = PresenceScript.State(3500);
        var manager = await SignInAsync();
        var bob = manager.GetContactByUri("bob@contoso.com");
        await TellAsync(PresenceScript.Multipart(("sip:bob@contoso.com", $"<instance id=\"0\" state=\"terminated\" reason=\"{reason}\"/>", null)));
        Assert.Equal((state, ContactAvailability.None), (bob.PresenceState, bob.Availability));
        await _lab.DelayAsync(11);
        Assert.Equal(state == ContactPresenceState.Terminated ? 1 : 2, _script.Asked.Count());
        Assert.Equal(state == ContactPresenceState.Terminated ? state : ContactPresenceState.Subscribed, bob.PresenceState);
        Assert.Equal(ContactPresenceState.Subscribing, manager.GetContactByUri("carol@contoso.com").PresenceState);
    });

    [Theory]
    [InlineData("terminated;reason=deactivated", 0, true)]
    [InlineData("terminated;reason=timeout", 0, true)]
    [InlineData("terminated;reason=probation;retry-after=30", 30, true)]
    [InlineData("terminated;reason=giveup;retry-after=30", 30, true)]
    [InlineData("terminated;reason=rejected", 0, false)]
    [InlineData("terminated;reason=noresource", 0, false)]
    public void The_server_may_end_the_whole_dialog(string state, int seconds, bool comesBack) => _lab.Run(async () =>
    {
        _script.Known["sip:bob@contoso.com"] = PresenceScript.State(3500);
        var manager = await SignInAsync();
        var bob = manager.GetContactByUri("bob@contoso.com");
        await TellAsync("\r\n", state: state);
        if (seconds > 0)
        {
            await _lab.DelayAsync(seconds - 1);
            Assert.Equal((ContactPresenceState.WaitingForRetry, ContactAvailability.None), (bob.PresenceState, bob.Availability));
        }

        await _lab.DelayAsync(2);
        Assert.Equal(comesBack ? ContactPresenceState.Subscribed : ContactPresenceState.Terminated, bob.PresenceState);
        Assert.Equal(comesBack ? ContactAvailability.Free : ContactAvailability.None, bob.Availability);
        Assert.Equal(comesBack ? 2 : 1, _script.Asked.Count());
    });

    [Fact]
    public void While_the_connection_is_gone_nothing_is_known_and_then_all_is_asked_again() => _lab.Run(async () =>
    {
        _script.Known["sip:bob@contoso.com"] = PresenceScript.State(3500);
        var manager = await SignInAsync();
        var bob = manager.GetContactByUri("bob@contoso.com");
        var changes = new Recorder<ContactInformationChange>();
        bob.InformationChanges.Subscribe(changes);
        await _lab.Server.CloseFlowAsync("alice");
        await _lab.DelayAsync(0.1);
        Assert.Equal((ContactAvailability.None, ContactPresenceState.WaitingForRetry), (bob.Availability, bob.PresenceState));
        await _lab.DelayAsync(5);
        Assert.Equal((ContactAvailability.Free, ContactPresenceState.Subscribed), (bob.Availability, bob.PresenceState));
        Assert.Equal([ContactAvailability.None, ContactAvailability.Free], changes.Items.Where(change => !change.Changed.IsEmpty).Select(change => change.Information.Availability));
        Assert.Equal(2, _script.Asked.Count());
    });

    [Theory]
    [InlineData(503)]
    [InlineData(408)]
    public void A_server_that_cannot_now_is_asked_again_later(int status) => _lab.Run(async () =>
    {
        _script.Known["sip:bob@contoso.com"] = PresenceScript.State(3500);
        _lab.Server.Answers["SUBSCRIBE presence"] = request =>
        {
            _lab.Server.Answers["SUBSCRIBE presence"] = _script.Answer;
            return _lab.Server.Reply(request, status);
        };
        var manager = await SignInAsync();
        Assert.Equal(ContactPresenceState.WaitingForRetry, manager.GetContactByUri("bob@contoso.com").PresenceState);
        await _lab.DelayAsync(5);
        Assert.Equal(ContactPresenceState.Subscribed, manager.GetContactByUri("bob@contoso.com").PresenceState);
    });

    [Fact]
    public void A_contact_that_nobody_wants_any_more_is_not_asked_for_again() => _lab.Run(async () =>
    {
        _list.List = "<contactList deltaNum=\"1\"><group id=\"1\" name=\"~\"/></contactList>";
        var manager = await SignInAsync();
        var dave = manager.GetContactByUri("dave@contoso.com");
        var subscription = manager.CreateSubscription();
        subscription.AddContact(dave);
        subscription.Subscribe(ContactSubscriptionRefreshRate.High, ContactInformationType.Availability);
        await _lab.DelayAsync(1);
        await TellAsync("\r\n", state: "terminated;reason=probation;retry-after=30");
        Assert.Equal(ContactPresenceState.WaitingForRetry, dave.PresenceState);
        subscription.Unsubscribe();
        await _lab.DelayAsync(60);
        Assert.Equal(ContactPresenceState.Idle, dave.PresenceState);
        Assert.Single(_script.Asked);
    });

    [Fact]
    public void A_refusal_for_good_is_shown_and_not_repeated() => _lab.Run(async () =>
    {
        _lab.Server.Answers["SUBSCRIBE presence"] = request => _lab.Server.Reply(request, 403);
        var manager = await SignInAsync();
        await _lab.DelayAsync(300);
        Assert.Equal(ContactPresenceState.Terminated, manager.GetContactByUri("bob@contoso.com").PresenceState);
        Assert.Single(_script.Asked);
    });

    [Fact]
    public void Queries_of_one_moment_share_a_request_and_leave_what_they_brought() => _lab.Run(async () =>
    {
        var manager = await SignInAsync();
        _script.Known["sip:dave@contoso.com"] = PresenceScript.State(6500);
        _script.Known["sip:erin@contoso.com"] = PresenceScript.State(3500);
        var (dave, erin) = (manager.GetContactByUri("dave@contoso.com"), manager.GetContactByUri("erin@contoso.com"));
        var answers = await Task.WhenAll(dave.QueryAsync(), erin.QueryAsync());
        Assert.Equal([ContactAvailability.Busy, ContactAvailability.Free], answers.Select(answer => answer.Availability));
        Assert.Equal((2, "0"), (_script.Asked.Count(), _script.Asked.Last().Headers[HeaderName.Expires]));
        Assert.Equal((ContactAvailability.Busy, ContactPresenceState.Idle), (dave.Availability, dave.PresenceState));
        _lab.Server.Answers["SUBSCRIBE presence"] = request => _lab.Server.Reply(request, 404);
        Assert.Equal(404, (await Assert.ThrowsAsync<ServerRequestException>(() => dave.QueryAsync())).StatusCode);
        await Assert.ThrowsAsync<InvalidOperationException>(() => manager.GetContactByUri("tel:+15551234").QueryAsync());
        await Assert.ThrowsAsync<NotSignedInException>(() => _lab.CreateClient("zoe").ContactManager.GetContactByUri("bob@contoso.com").QueryAsync());
    });

    [Fact]
    public void A_low_rate_asks_now_and_after_each_interval_all_at_once() => _lab.Run(async () =>
    {
        _list.List = "<contactList deltaNum=\"1\"><group id=\"1\" name=\"~\"/></contactList>";
        var manager = await SignInAsync();
        _script.Known["sip:dave@contoso.com"] = PresenceScript.State(6500);
        var dave = manager.GetContactByUri("dave@contoso.com");
        var subscription = manager.CreateSubscription();
        subscription.AddContacts([dave, manager.GetContactByUri("erin@contoso.com")]);
        subscription.Subscribe(ContactSubscriptionRefreshRate.Low, ContactInformationType.Availability);
        await _lab.DelayAsync(1);
        Assert.Equal((ContactAvailability.Busy, ContactPresenceState.Polling), (dave.Availability, dave.PresenceState));
        _script.Known["sip:dave@contoso.com"] = PresenceScript.State(3500);
        await _lab.DelayAsync(298);
        Assert.Single(_script.Asked);
        await _lab.DelayAsync(2);
        Assert.Equal((2, ContactAvailability.Free), (_script.Asked.Count(), dave.Availability));
        subscription.Subscribe(ContactSubscriptionRefreshRate.High, ContactInformationType.Availability);
        await _lab.DelayAsync(1);
        Assert.Equal((3, ContactPresenceState.Subscribed), (_script.Asked.Count(), dave.PresenceState));
        subscription.Subscribe(ContactSubscriptionRefreshRate.Low, ContactInformationType.Availability);
        await _lab.DelayAsync(1);
        Assert.Equal(ContactPresenceState.Polling, dave.PresenceState);
        subscription.Unsubscribe();
        subscription.Subscribe(ContactSubscriptionRefreshRate.None, ContactInformationType.Availability);
        await _lab.DelayAsync(600);
        Assert.Equal((ContactPresenceState.Idle, ContactAvailability.Free), (dave.PresenceState, dave.Availability));
        Assert.Equal(("0", 6), (_script.Asked.Last().Headers[HeaderName.Expires], _script.Asked.Count()));
    });

    [Fact]
    public void A_wish_made_before_signing_in_begins_with_it() => _lab.Run(async () =>
    {
        var client = _lab.CreateClient("alice");
        var dave = client.ContactManager.GetContactByUri("dave@contoso.com");
        var subscription = client.ContactManager.CreateSubscription();
        subscription.AddContact(dave);
        subscription.Subscribe(ContactSubscriptionRefreshRate.High, ContactInformationType.Availability);
        await _lab.DelayAsync(1);
        Assert.Equal(ContactPresenceState.Idle, dave.PresenceState);
        _script.Known["sip:dave@contoso.com"] = PresenceScript.State(3500);
        await client.SignInAsync("sip:alice@contoso.com");
        await _lab.DelayAsync(1);
        Assert.Equal(ContactPresenceState.Subscribed, dave.PresenceState);
        subscription.Unsubscribe();
        await client.SignOutAsync();
        Assert.Equal(ContactPresenceState.Idle, dave.PresenceState);
        subscription.Subscribe(ContactSubscriptionRefreshRate.High, ContactInformationType.Availability);
        subscription.Unsubscribe();
        Assert.Throws<ArgumentException>(() => subscription.AddContact(client.ContactManager.GetContactByUri("tel:+1555")));
        Assert.Throws<ArgumentException>(() => subscription.Subscribe(ContactSubscriptionRefreshRate.High));
    });

    private async Task<ContactManager> SignInAsync()
    {
        var client = await _lab.SignInAsync("alice");
        await _lab.DelayAsync(1);
        return client.ContactManager;
    }

    private async Task TellAsync(string headersAndBody, string method = "BENOTIFY", string state = "active;expires=28000")
    {
        await _script.TellAsync(headersAndBody, method, state);
        await _lab.DelayAsync(0.2);
    }
}
