using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>The contact list: told whole and in deltas, lost and found again ([MS-SIP] §3.7; event vnd-microsoft-roaming-contacts).</summary>
public sealed class ContactListTests
{
    private readonly Lab _lab = new();
    private readonly ContactListScript _script;

    public ContactListTests() => _script = new(_lab);

    [Fact]
    public void After_signing_in_groups_and_contacts_are_those_of_the_list() => _lab.Run(async () =>
    {
        var manager = await SignInAsync();

        Assert.Equal(["~: bob", "Work: bob carol"], Show(manager));
        Assert.True(manager.TryGetGroup("Work", out var work));
        Assert.Equal((GroupType.CustomGroup, 2u), (work.Type, work.Id));
        Assert.True(work.TryGetContact("SIP:Bob@Contoso.com", out var bob));
        Assert.Same(bob, manager.GetContactByUri("bob@contoso.com"));
        Assert.True(bob.IsListed);
        Assert.False(manager.GetContactByUri("sip:dave@contoso.com").IsListed);
        var subscribe = _lab.Server.Last("SUBSCRIBE " + ContactListScript.Event);
        Assert.Equal("sip:alice@contoso.com", subscribe.UriText);
        Assert.Equal(["com.microsoft.autoextend", "ms-benotify", "ms-piggyback-first-notify"], subscribe.Headers.GetAll(HeaderName.Supported));
    });

    [Fact]
    public void Deltas_change_what_is_there_and_tell_it() => _lab.Run(async () =>
    {
        var manager = await SignInAsync();
        Assert.True(manager.TryGetGroup("Work", out var work));
        var names = new Recorder<GroupNameChange>();
        var members = new Recorder<CollectionChange<Contact>>(change => change.ToString());
        work.NameChanges.Subscribe(names);
        work.Contacts.Changes.Subscribe(members);

        await TellAsync("""
            <contactDelta deltaNum="8" prevDeltaNum="7"><addedGroup id="3" name="Friends" externalURI=""/><modifiedGroup id="2" name="Office" externalURI=""/>
            <addedContact uri="sip:dave@contoso.com" name="" groups="3" subscribed="true" externalURI=""/>
            <modifiedContact uri="sip:bob@contoso.com" name="Bobby" groups="1" subscribed="true" externalURI=""/><deletedContact uri="sip:carol@contoso.com"/></contactDelta>
            """);

        Assert.Equal(["~: bob", "Office:", "Friends: dave"], Show(manager));
        Assert.Equal([new GroupNameChange("Work", "Office")], names.Items);
        Assert.Equal([CollectionChangeKind.Snapshot, CollectionChangeKind.Removed, CollectionChangeKind.Removed], members.Items.Select(change => change.Kind));
        await TellAsync("<contactDelta deltaNum=\"9\" prevDeltaNum=\"8\"><deletedGroup id=\"2\"/></contactDelta>");
        Assert.Equal(["~: bob", "Friends: dave"], Show(manager));
        Assert.True(names.IsCompleted && members.IsCompleted);
        Assert.False(work.IsListed);
        Assert.Equal(1, _script.Subscriptions);
    });

    [Fact]
    public void A_contact_in_no_group_of_the_list_is_in_the_default_group() => _lab.Run(async () =>
    {
        _script.List = """
            <contactList deltaNum="1"><group id="4" name="Work"/><group id="5" name="~"/><contact uri="bob@contoso.com" groups=""/><contact uri="carol@contoso.com" groups="9"/></contactList>
            """;
        Assert.Equal(["Work:", "~: bob carol"], Show(await SignInAsync()));
    });

    [Fact]
    public void Kinds_of_groups_are_told_apart() => _lab.Run(async () =>
    {
        _script.List = """
            <contactList deltaNum="1"><group id="1" name="~"/><group id="2" name="Pinned Contacts" externalURI="&lt;groupExtension groupType=&quot;pinnedGroup&quot;&gt;&lt;/groupExtension&gt;"/>
            <group id="3" name="Sales" externalURI="&lt;groupExtension groupType=&quot;dg&quot;&gt;&lt;email&gt;sales@contoso.com&lt;/email&gt;&lt;/groupExtension&gt;"/>
            <group id="4" name="Most Used Contacts"/></contactList>
            """;
        var manager = await SignInAsync();

        Assert.Equal(
            [GroupType.CustomGroup, GroupType.FavoriteContacts, GroupType.DistributionGroup, GroupType.FrequentContacts], manager.Groups.Select(group => group.Type));
        var sales = Assert.IsType<DistributionGroup>(Assert.Single(manager.GetGroupsByType(GroupType.DistributionGroup)));
        Assert.Equal("sales@contoso.com", sales.EmailAddress);
        var bob = manager.GetContactByUri("sip:bob@contoso.com");
        Assert.Equal(
            ["CustomGroup: AddContact", "FavoriteContacts: AddContact", "DistributionGroup: DeleteGroup", "FrequentContacts:"],
            manager.Groups.Select(group => $"{group.Type}:" + string.Concat(Enum.GetValues<GroupAction>().Where(action => group.CanInvoke(action, bob)).Select(action => $" {action}"))));
        await Assert.ThrowsAsync<InvalidStateException>(() => sales.AddContactAsync(bob));
        await Assert.ThrowsAsync<ArgumentException>(() => manager.RemoveGroupAsync(manager.Groups[1]));
        Assert.Throws<ArgumentException>(() => sales.CanInvoke(GroupAction.AddContact));
    });

    [Fact]
    public void A_delta_that_does_not_follow_makes_the_client_ask_for_the_whole_list() => _lab.Run(async () =>
    {
        var manager = await SignInAsync();
        var states = new Recorder<ContactListStateChange>();
        manager.ListStateChanges.Subscribe(states);
        _script.List = "<contactList deltaNum=\"12\"><group id=\"1\" name=\"~\"/><contact uri=\"erin@contoso.com\" groups=\"1\"/></contactList>";

        await TellAsync("<contactDelta deltaNum=\"12\" prevDeltaNum=\"11\"><addedContact uri=\"sip:erin@contoso.com\" groups=\"1\"/></contactDelta>");

        Assert.Equal(["~: erin"], Show(manager));
        Assert.Equal(
            [ContactListStateChangeReason.ChangesMissed, ContactListStateChangeReason.Retrying, ContactListStateChangeReason.Listed],
            states.Items.Select(change => change.Reason));
        Assert.Equal(12u, states.Items[^1].Version);
        await TellAsync("<contactDelta deltaNum=\"12\" prevDeltaNum=\"11\"/>");
        Assert.Equal(2, _script.Subscriptions);
    });

    [Fact]
    public void A_server_that_keeps_on_losing_changes_is_asked_after_pauses_that_grow() => _lab.Run(async () =>
    {
        var manager = await SignInAsync();
        for (var (gap, asked) = (0, 1); gap < 4; gap++, asked++)
        {
            await TellAsync("<contactDelta deltaNum=\"90\" prevDeltaNum=\"89\"/>");
            Assert.Equal(gap == 0 ? 2 : asked, _script.Subscriptions);
            await _lab.DelayAsync(1 << gap << 2);
            Assert.Equal(asked + 1, _script.Subscriptions);
        }

        Assert.Equal(ContactListState.Subscribed, manager.ListState);
    });

    [Theory]
    [InlineData("terminated;reason=deactivated", 0)]
    [InlineData("terminated;reason=timeout", 0)]
    [InlineData("terminated;reason=probation;retry-after=30", 30)]
    [InlineData("terminated;reason=giveup;retry-after=30", 30)]
    [InlineData("terminated;reason=rejected", 0)]
    [InlineData("terminated;reason=noresource", 0)]
    [InlineData("terminated;expires=0", 0)]
    public void A_subscription_that_the_server_ends_is_made_again(string state, int seconds) => _lab.Run(async () =>
    {
        var manager = await SignInAsync();
        var states = new Recorder<ContactListStateChange>();
        manager.ListStateChanges.Subscribe(states);
        _script.List = "<contactList deltaNum=\"8\"><group id=\"1\" name=\"~\"/></contactList>";

        await _script.NotifyAsync("", state);
        await _lab.DelayAsync(seconds == 0 ? 1 : seconds - 1);
        if (seconds > 0)
        {
            Assert.Equal((ContactListState.WaitingForRetry, 1), (manager.ListState, _script.Subscriptions));
            Assert.Equal(2, manager.Groups.Count);
            await _lab.DelayAsync(2);
        }

        Assert.Equal(["~:"], Show(manager));
        Assert.Equal(
            [ContactListStateChangeReason.SubscriptionLost, ContactListStateChangeReason.Retrying, ContactListStateChangeReason.Listed],
            states.Items.Select(change => change.Reason));
    });

    [Fact]
    public void A_server_that_is_busy_is_asked_again() => _lab.Run(async () =>
    {
        _lab.Server.Answers["SUBSCRIBE " + ContactListScript.Event] = request =>
        {
            _lab.Server.Answers["SUBSCRIBE " + ContactListScript.Event] = _script.Subscribed;
            return _lab.Server.Reply(request, 503, "Retry-After: 20\r\n");
        };
        var client = _lab.CreateClient("alice");
        var states = new Recorder<ContactListStateChange>();
        client.ContactManager.ListStateChanges.Subscribe(states);
        await client.SignInAsync("sip:alice@contoso.com");

        await _lab.DelayAsync(19);
        Assert.Equal(ContactListState.WaitingForRetry, client.ContactManager.ListState);
        await _lab.DelayAsync(2);
        Assert.Equal(ContactListState.Subscribed, client.ContactManager.ListState);
        Assert.Equal(503, ((SipException)states.Items[1].Cause!).StatusCode);
    });

    [Fact]
    public void A_list_that_is_kept_in_Exchange_is_refused_and_nothing_can_be_changed() => _lab.Run(async () =>
    {
        _lab.Server.Answers["SUBSCRIBE " + ContactListScript.Event] = request => _lab.Server.Reply(request, 488);
        var client = _lab.CreateClient("alice");
        var states = new Recorder<ContactListStateChange>();
        client.ContactManager.ListStateChanges.Subscribe(states);
        await client.SignInAsync("sip:alice@contoso.com");
        await _lab.DelayAsync(120);

        Assert.Equal(
            [ContactListStateChangeReason.SubscribeRequested, ContactListStateChangeReason.Refused, ContactListStateChangeReason.Ended],
            states.Items.Select(change => change.Reason));
        Assert.Single(_lab.Server.Requests, request => request.Name == "SUBSCRIBE " + ContactListScript.Event);
        await Assert.ThrowsAsync<InvalidStateException>(() => client.ContactManager.AddGroupAsync("Friends"));
    });

    [Fact]
    public void A_server_without_contact_lists_is_not_asked_for_one() => _lab.Run(async () =>
    {
        _lab.Server.Answers["REGISTER"] = request => _lab.Server.Reply(request, 200, Texts.Registered(request));
        var client = await _lab.SignInAsync("alice");
        await _lab.DelayAsync(1);
        Assert.Equal(ContactListState.Idle, client.ContactManager.ListState);
        Assert.DoesNotContain(_lab.Server.Requests, request => request.Name == "SUBSCRIBE " + ContactListScript.Event);
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Groups_stay_while_the_connection_is_gone_and_keep_their_objects(bool whileWaiting) => _lab.Run(async () =>
    {
        var manager = await SignInAsync();
        var work = manager.Groups[1];
        if (whileWaiting)
        {
            await _script.NotifyAsync("", "terminated;reason=probation;retry-after=300");
            await _lab.DelayAsync(1);
        }

        await _lab.Server.CloseFlowAsync("alice");
        await _lab.DelayAsync(0.1);
        Assert.Equal(ContactListState.Idle, manager.ListState);
        Assert.Equal(["~: bob", "Work: bob carol"], Show(manager));
        _script.List = _script.List.Replace("\"7\"", "\"9\"", StringComparison.Ordinal).Replace("Work", "Office", StringComparison.Ordinal);
        await _lab.DelayAsync(5);
        Assert.Equal(["~: bob", "Office: bob carol"], Show(manager));
        Assert.Same(work, manager.Groups[1]);
    });

    [Fact]
    public void Signing_out_ends_the_subscription_in_order() => _lab.Run(async () =>
    {
        var client = await _lab.SignInAsync("alice");
        await _lab.DelayAsync(1);
        await client.SignOutAsync();
        Assert.Equal("0", _lab.Server.Last("SUBSCRIBE " + ContactListScript.Event).Headers[HeaderName.Expires]);
        Assert.Equal(ContactListState.Idle, client.ContactManager.ListState);
    });

    [Fact]
    public void Signing_out_before_the_list_has_come_leaves_nothing_behind() => _lab.Run(async () =>
    {
        _lab.Server.Answers["SUBSCRIBE " + ContactListScript.Event] = _ => Task.FromResult<SipResponse?>(null);
        var client = await _lab.SignInAsync("alice");
        await _lab.DelayAsync(1);
        Assert.Equal(ContactListState.Subscribing, client.ContactManager.ListState);
        await client.SignOutAsync();
        Assert.Equal(ContactListState.Idle, client.ContactManager.ListState);
    });

    [Fact]
    public void What_cannot_be_read_changes_nothing() => _lab.Run(async () =>
    {
        var manager = await SignInAsync();
        await TellAsync("<contactDelta deltaNum=\"8\" prevDeltaNum=\"7\"><deletedGroup/></contactDelta>");
        await TellAsync("<contactDelta");
        Assert.Equal(["~: bob", "Work: bob carol"], Show(manager));
    });

    private static string[] Show(ContactManager manager) =>
        [.. manager.Groups.Select(group => $"{group.Name}:" + string.Concat(group.Contacts.Select(contact => " " + contact.Uri[4..^12])))];

    private async Task<ContactManager> SignInAsync()
    {
        var client = await _lab.SignInAsync("alice");
        await _lab.DelayAsync(1);
        Assert.Equal(ContactListState.Subscribed, client.ContactManager.ListState);
        return client.ContactManager;
    }

    private async Task TellAsync(string body)
    {
        await _script.NotifyAsync(body);
        await _lab.DelayAsync(0.2);
    }
}
