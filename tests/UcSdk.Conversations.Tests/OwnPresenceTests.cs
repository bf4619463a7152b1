namespace UcSdk.Conversations.Tests;

/// <summary>What people say of themselves, at the embedded server and at all their endpoints.</summary>
public sealed class OwnPresenceTests
{
    private static readonly WorldOptions WithPresence = new() { HasPresence = true };

    [Fact]
    public void Alice_is_seen_alike_at_both_of_her_endpoints() => World.Tell(async world =>
    {
        var (desk, phone) = (await world.SignInAsync("alice", "desk"), await world.SignInAsync("alice", "phone"));
        await world.UntilAsync(() => Of(desk).Endpoints.Count == 2 && Of(phone).Endpoints.Count == 2, "two endpoints");
        Assert.Equal((ContactAvailability.Free, ContactAvailability.None), (Of(desk).Availability, Of(desk).ChosenAvailability));

        await desk.Client.Self!.PublishAvailabilityAsync(ContactAvailability.Busy);
        await phone.Client.Self!.PublishNoteAsync("in a hurry");
        await world.UntilAsync(() => Of(phone).Availability == ContactAvailability.Busy && Of(desk).PersonalNote == "in a hurry", "both know both");

        await desk.Client.SignOutAsync();
        await world.UntilAsync(() => Of(phone).Endpoints.Count == 1, "one endpoint");
        Assert.Equal(ContactAvailability.Busy, Of(phone).Availability);
        await phone.Client.Self!.ResetAvailabilityAsync();
        await world.UntilAsync(() => Of(phone).Availability == ContactAvailability.Free, "available again");
    }, WithPresence);

    [Fact]
    public void Both_endpoints_of_alice_publish_at_once_and_agree_afterwards() => World.Tell(async world =>
    {
        var (desk, phone) = (await world.SignInAsync("alice", "desk"), await world.SignInAsync("alice", "phone"));
        await world.UntilAsync(() => Of(desk).Endpoints.Count == 2 && Of(phone).Endpoints.Count == 2, "two endpoints");

        for (var round = 0; round < 10; round++)
        {
            await Task.WhenAll(
                desk.Client.Self!.PublishAvailabilityAsync(round % 2 == 0 ? ContactAvailability.Busy : ContactAvailability.Away),
                phone.Client.Self!.PublishAvailabilityAsync(ContactAvailability.DoNotDisturb),
                desk.Client.Self!.SetPhoneAsync(ContactEndpointType.HomePhone, $"+1425555010{round}", publish: true),
                phone.Client.Self!.SetPhoneAsync(ContactEndpointType.MobilePhone, $"+1425555020{round}", publish: true),
                desk.Client.Self!.CallForwarding.SetTeamAsync(["bob@contoso.test"]),
                phone.Client.Self!.CallForwarding.SetDelegatesAsync([$"carol{round}@contoso.test"]));
        }

        await world.DelayAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(Of(desk).ChosenAvailability, Of(phone).ChosenAvailability);
        Assert.Equal(["tel:+14255550109", "tel:+14255550209"], desk.Client.Self!.Phones.Select(phone => phone.Uri).Order());
        Assert.Equal(desk.Client.Self!.Phones.OrderBy(phone => phone.Uri), phone.Client.Self!.Phones.OrderBy(phone => phone.Uri));
        Assert.Equal(("sip:bob@contoso.test", "sip:carol9@contoso.test"), (desk.Client.Self!.CallForwarding.Settings.Team.Single(), desk.Client.Self!.CallForwarding.Settings.Delegates.Single()));
        Assert.Equal(desk.Client.Self!.CallForwarding.Settings, phone.Client.Self!.CallForwarding.Settings);
    }, WithPresence);

    [Fact]
    public void Alice_gives_levels_and_her_other_endpoint_knows() => World.Tell(async world =>
    {
        var (desk, phone) = (await world.SignInAsync("alice", "desk"), await world.SignInAsync("alice", "phone"));
        await world.UntilAsync(() => Of(desk).Endpoints.Count == 2, "two endpoints");
        Assert.Equal(AccessLevel.Colleague, desk.Client.Self!.Permissions.GetAccessLevel("bob@contoso.test"));

        await Task.WhenAll(
            desk.Client.Self!.Permissions.SetAccessLevelAsync("bob@contoso.test", AccessLevel.Friends), phone.Client.Self!.Permissions.SetAccessLevelAsync("carol@contoso.test", AccessLevel.Friends));
        await desk.Client.Self!.Permissions.BlockAsync("dave@contoso.test");
        await world.DelayAsync(TimeSpan.FromSeconds(1));

        foreach (var permissions in new[] { desk.Client.Self!.Permissions, phone.Client.Self!.Permissions })
        {
            Assert.Equal(
                (AccessLevel.Friends, AccessLevel.Friends, AccessLevel.Blocked),
                (permissions.GetAccessLevel("bob@contoso.test"), permissions.GetAccessLevel("carol@contoso.test"), permissions.GetAccessLevel("dave@contoso.test")));
        }
    }, WithPresence);

    [Fact]
    public void What_alice_has_chosen_outlives_her_connection() => World.Tell(async world =>
    {
        var alice = await world.SignInAsync("alice");
        await alice.Client.Self!.PublishAvailabilityAsync(ContactAvailability.DoNotDisturb);

        world.Network.CutHost("alice");
        await alice.Client.WaitForStateAsync(ClientState.SigningIn);
        await alice.Client.WaitForStateAsync(ClientState.SignedIn);
        await world.UntilAsync(() => Of(alice).Endpoints.Count == 1, "its endpoint is back");

        Assert.Equal(ContactAvailability.DoNotDisturb, Of(alice).Availability);
    }, WithPresence);

    private static SelfPresence Of(Person person) => person.Client.Self!.Presence;
}
