namespace UcSdk.Conversations.Tests;

/// <summary>What docs/guide/presence.md shows does what it says, at the embedded server.</summary>
public sealed class PresenceListingTests
{
    private static readonly WorldOptions WithPresence = new() { HasPresence = true };

    [Fact]
    public void Publishing_is_seen_by_who_has_the_user_in_the_list() => World.Tell(async world =>
    {
        var (alice, bob) = (await world.SignInAsync("alice"), await world.SignInAsync("bob"));
        var seen = bob.Client.ContactManager.GetContactByUri("alice@contoso.test");
        var subscription = bob.Client.ContactManager.CreateSubscription();
        subscription.AddContact(seen);
        subscription.Subscribe(ContactSubscriptionRefreshRate.High, ContactInformationType.Availability, ContactInformationType.PersonalNote);

        await PresenceListings.PublishAsync(alice.Client);
        await world.UntilAsync(() => seen is { Availability: ContactAvailability.Busy, Information.PersonalNote: "Quarterly report until noon" }, "busy");
        Assert.Equal("tel:+14255550199", alice.Client.Self!.GetPhone(ContactEndpointType.MobilePhone)!.Uri);
        await PresenceListings.PublishAtOnceAsync(alice.Client);
        await world.UntilAsync(() => seen is { Information: { Activity: "Off work", PersonalNote: "Back on Monday" } }, "off work");
        await PresenceListings.ResetAsync(alice.Client);
        await world.UntilAsync(() => seen is { Availability: ContactAvailability.Free, Information.PersonalNote: null }, "available");
    }, WithPresence);

    [Fact]
    public void The_list_is_edited_and_the_presence_of_people_watched() => World.Tell(async world =>
    {
        var (alice, bob) = (await world.SignInAsync("alice"), await world.SignInAsync("bob"));
        await world.UntilAsync(() => alice.Client.ContactManager.ListState == ContactListState.Subscribed, "the list");
        await PresenceListings.EditListAsync(alice.Client);
        Assert.True(alice.Client.ContactManager.TryGetGroup("The team", out var team));
        var listed = Assert.Single(team.Contacts);
        Assert.Equal(("Bob from the third floor", true), (listed.DisplayName, listed.IsTagged));

        await PresenceListings.WatchAsync(alice.Client);
        await bob.Client.Self!.PublishAvailabilityAsync(ContactAvailability.DoNotDisturb);
        await world.UntilAsync(() => listed.Availability == ContactAvailability.DoNotDisturb, "do not disturb");
        Assert.Equal(ContactPresenceState.Subscribed, alice.Client.ContactManager.GetContactByUri("carol@contoso.test").PresenceState);
        await PresenceListings.SearchAsync(alice.Client);
        await PresenceListings.ShowPicturesAsync(alice.Client);
    }, WithPresence);

    [Fact]
    public void Levels_are_given_and_calls_forwarded() => World.Tell(async world =>
    {
        var alice = await world.SignInAsync("alice");
        await PresenceListings.GiveLevelsAsync(alice.Client);
        await PresenceListings.ForwardCallsAsync(alice.Client);
        await world.DelayAsync(TimeSpan.FromSeconds(1));

        var permissions = alice.Client.Self!.Permissions;
        Assert.Equal(
            (AccessLevel.Workgroup, AccessLevel.Blocked, AccessLevel.External),
            (permissions.GetAccessLevel("bob@contoso.test"), permissions.GetAccessLevel("mallory@contoso.test"), permissions.GetAccessLevel("eve@fabrikam.test", AccessEntryScope.Federated)));
        var calls = alice.Client.Self.CallForwarding.Settings;
        Assert.Equal((ForwardingMode.RingSimultaneously, ForwardingParty.Delegates, "sip:carol@contoso.test"), (calls.Mode, calls.Party, calls.Unanswered.Uri));
    }, WithPresence);
}
