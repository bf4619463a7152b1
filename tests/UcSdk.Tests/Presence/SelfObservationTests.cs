namespace UcSdk.Tests;

/// <summary>The user's own presence, watchers and endpoints, as the server tells of them.</summary>
public sealed class SelfObservationTests
{
    private readonly PresenceLab _lab = new();

    [Fact]
    public void What_the_server_makes_of_all_endpoints_is_what_the_user_sees() => _lab.Run(async () =>
    {
        var changes = new Recorder<SelfPresenceChange>();
        using var subscription = _lab.Self.PresenceChanges.Subscribe(changes);

        _lab.Script.Keep("state", 1, 2, RoamingSelfScript.State("aggregateState", 7120, "<activity token=\"in-a-conference\" minAvailability=\"7000\" maxAvailability=\"8999\"/>"));
        await _lab.Script.NotifyAsync("state");
        await _lab.DelayAsync(0.1);
        Assert.Equal((ContactAvailability.Busy, 7120u, "in-a-conference"), (_lab.Self.Presence.Availability, _lab.Self.Presence.AvailabilityNumber, _lab.Self.Presence.ActivityId));

        // An activity is shown with the availability that it belongs to only.
        _lab.Script.Keep("state", 1, 2, RoamingSelfScript.State("aggregateState", 3500, "<activity token=\"in-a-conference\" minAvailability=\"7000\" maxAvailability=\"8999\"/>"));
        await _lab.Script.NotifyAsync("state");
        await _lab.DelayAsync(0.1);

        Assert.Null(_lab.Self.Presence.ActivityId);
        Assert.Equal(["Free → Busy", "Busy → Free"], changes.Log);
    });

    [Fact]
    public void The_other_endpoints_of_the_user_are_seen_and_go() => _lab.Run(async () =>
    {
        Assert.True(Assert.Single(_lab.Self.Presence.Endpoints).IsThis);

        _lab.Script.Keep("device", 0xA0B0C0D0, 2, "<device xmlns=\"http://schemas.microsoft.com/2006/09/sip/device\" endpointId=\"f00\"><capabilities><text render=\"true\"/></capabilities><machineName>PHONE</machineName></device>");
        _lab.Script.Keep("state", 0x3A0B0C0D, 2, RoamingSelfScript.State("machineState", 5000));
        await _lab.Script.NotifyAsync("device", "state");
        await _lab.DelayAsync(0.1);
        var other = _lab.Self.Presence.Endpoints[1];
        Assert.Equal((false, "PHONE", ContactAvailability.FreeIdle, "text"), (other.IsThis, other.MachineName, other.Availability, string.Join(' ', other.Capabilities)));

        _lab.Script.Kept.Remove(("device", 0xA0B0C0D0, 2));
        await _lab.Script.NotifyAsync("device");
        await _lab.DelayAsync(0.1);
        Assert.Single(_lab.Self.Presence.Endpoints);
    });

    [Fact]
    public void A_note_that_another_endpoint_publishes_is_seen_and_its_removal_too() => _lab.Run(async () =>
    {
        _lab.Script.Keep("note", 0, 200, "<note xmlns=\"http://schemas.microsoft.com/2006/09/sip/note\"><body type=\"personal\" uri=\"\">from my phone</body></note>");
        await _lab.Script.NotifyAsync("note");
        await _lab.DelayAsync(0.1);
        Assert.Equal("from my phone", _lab.Self.Presence.PersonalNote);

        _lab.Script.Kept.Clear();
        await _lab.Script.NotifyAsync("note");
        await _lab.DelayAsync(0.1);
        Assert.Null(_lab.Self.Presence.PersonalNote);
        Assert.Single(_lab.Self.Presence.Endpoints);
    });

    [Fact]
    public void Bytes_that_are_no_document_change_nothing() => _lab.Run(async () =>
    {
        var before = _lab.Self.Presence;
        await _lab.Script.NotifyTextAsync("<categories>");
        await _lab.DelayAsync(0.1);
        Assert.Same(before, _lab.Self.Presence);
    });

    [Fact]
    public void Watchers_are_told_and_acknowledged_by_the_application() => _lab.Run(async () =>
    {
        var changes = new Recorder<CollectionChange<Watcher>>();
        using var subscription = _lab.Self.Watchers.Changes.Subscribe(changes);
        await _lab.Script.NotifyTextAsync(Subscriber("bob", "false"));
        await _lab.DelayAsync(0.1);
        var bob = Assert.Single(_lab.Self.Watchers);
        Assert.Equal(new Watcher("sip:bob@contoso.com", "Bob", AccessEntryScope.Enterprise, false), bob);

        await _lab.Self.AcknowledgeWatcherAsync(bob);
        await _lab.DelayAsync(0.1);

        Assert.Equal(
            "<setSubscribers xmlns=\"http://schemas.microsoft.com/2006/09/sip/presence-subscribers\"><subscriber user=\"bob@contoso.com\" acknowledged=\"true\"/></setSubscribers>",
            _lab.Server.Last("SERVICE setSubscribers").BodyText);
        Assert.True(Assert.Single(_lab.Self.Watchers).IsAcknowledged);
        Assert.Equal(
            [CollectionChangeKind.Snapshot, CollectionChangeKind.Added, CollectionChangeKind.Removed, CollectionChangeKind.Added], changes.Items.Select(change => change.Kind));
    });

    [Fact]
    public void A_client_may_acknowledge_watchers_by_itself_those_of_before_and_new_ones() => _lab.RunFromStart(
        async () =>
        {
            _lab.Script.Subscribers = Subscriber("bob", "false");
            await _lab.SignInAsync();
            await _lab.Script.NotifyTextAsync(Subscriber("carol", "false"));
            await _lab.DelayAsync(0.1);
            await _lab.Script.NotifyTextAsync(Subscriber("dave", "true"));
            await _lab.DelayAsync(0.1);

            Assert.Equal(2, _lab.Server.Requests.Count(request => request.Name == "SERVICE setSubscribers"));
            Assert.All(_lab.Self.Watchers, watcher => Assert.True(watcher.IsAcknowledged));
        },
        new PresenceOptions { AcknowledgesWatchers = true });

    private static string Subscriber(string name, string acknowledged) =>
        "<subscribers xmlns=\"http://schemas.microsoft.com/2006/09/sip/presence-subscribers\">"
        + $"<subscriber user=\"{name}@contoso.com\" displayName=\"{char.ToUpperInvariant(name[0])}{name[1..]}\" acknowledged=\"{acknowledged}\" type=\"sameEnterprise\"/></subscribers>";
}
