using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>Whole clients at Kamailio's presence server: PUBLISH, SUBSCRIBE and NOTIFY with PIDF, each other's and SIPp's.</summary>
public sealed class ClientPresenceTests
{
    private readonly WireLog _wire = new();

    [Fact]
    public async Task One_publishes_and_the_other_sees_it_until_she_signs_out()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var server = await KamailioServer.StartPresenceAsync(limit.Token);
        await using var alice = await SignInAsync(server, "alice", limit.Token);
        await using var bob = await SignInAsync(server, "bob", limit.Token);
        using var seen = new Sightings(Watch(bob, "sip:alice@contoso.test"));

        await alice.Self!.PublishContactInformationAsync(
            [new(PublishableContactInformationType.Availability, ContactAvailability.Busy), new(PublishableContactInformationType.PersonalNote, "In a meeting")], limit.Token);
        await seen.WaitForAsync(contact => contact is { Availability: ContactAvailability.Busy, Information.PersonalNote: "In a meeting" }, limit.Token);
        Assert.Equal((ContactAvailability.Busy, "In a meeting"), (alice.Self.Contact.Availability, alice.Self.Contact.Information.PersonalNote));

        await alice.Self.PublishAvailabilityAsync(ContactAvailability.Free, cancellationToken: limit.Token);
        await seen.WaitForAsync(contact => contact is { Availability: ContactAvailability.Free, Information.PersonalNote: "In a meeting" }, limit.Token);
        await alice.Self.PublishNoteAsync(null, limit.Token);
        await seen.WaitForAsync(contact => contact is { Availability: ContactAvailability.Free, Information.PersonalNote: null }, limit.Token);

        await alice.SignOutAsync(limit.Token);
        await seen.WaitForAsync(contact => contact.Availability is ContactAvailability.Offline or ContactAvailability.None, limit.Token);
        Assert.Equal(ContactPresenceState.Subscribed, seen.Contact.PresenceState);
    }

    [Fact]
    public async Task What_lives_for_a_few_seconds_is_refreshed_and_stays_seen()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var server = await KamailioServer.StartPresenceAsync(limit.Token, minExpires: 1, maxExpires: 6);
        await using var alice = await SignInAsync(server, "alice", limit.Token, _wire);
        await using var bob = await SignInAsync(server, "bob", limit.Token);
        using var seen = new Sightings(Watch(bob, "sip:alice@contoso.test"));
        await alice.Self!.PublishAvailabilityAsync(ContactAvailability.Busy, cancellationToken: limit.Token);
        await seen.WaitForAsync(contact => contact.Availability == ContactAvailability.Busy, limit.Token);

        // Longer than either life: without the refreshes of both it would be over.
        await _wire.WaitForAsync("← 200 PUBLISH", 4, limit.Token);
        Assert.Equal((ContactAvailability.Busy, ContactPresenceState.Subscribed), (seen.Contact.Availability, seen.Contact.PresenceState));
        Assert.DoesNotContain(_wire.Lines, line => line.StartsWith("← 4", StringComparison.Ordinal));
        await alice.Self.PublishAvailabilityAsync(ContactAvailability.Away, cancellationToken: limit.Token);
        await seen.WaitForAsync(contact => contact.Availability is ContactAvailability.Away or ContactAvailability.Offline, limit.Token);
    }

    [Fact]
    public async Task A_publisher_that_we_did_not_write_is_seen_and_its_removal_too()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var server = await KamailioServer.StartPresenceAsync(limit.Token);
        await using var bob = await SignInAsync(server, "bob", limit.Token);
        using var seen = new Sightings(Watch(bob, "sip:carol@contoso.test"));

        var publisher = SippProgram.CallAsync(server.AddressOf("TCP"), "publish", limit.Token, "-d", "5000");
        await seen.WaitForAsync(
            contact => contact is { Availability: ContactAvailability.Busy, Information: { ActivityToken: "on-the-phone", PersonalNote: "Ringing up suppliers" } }, limit.Token);
        Assert.Equal("Ringing up suppliers", (await bob.ContactManager.GetContactByUri("carol@contoso.test").QueryAsync(limit.Token)).PersonalNote);
        await publisher;
        await seen.WaitForAsync(contact => contact.Availability is ContactAvailability.Offline or ContactAvailability.None, limit.Token);
    }

    [Fact]
    public async Task A_watcher_that_we_did_not_write_reads_what_we_publish()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var server = await KamailioServer.StartPresenceAsync(limit.Token);
        await using var alice = await SignInAsync(server, "alice", limit.Token);
        await alice.Self!.PublishContactInformationAsync(
            [new(PublishableContactInformationType.Availability, ContactAvailability.Busy), new(PublishableContactInformationType.PersonalNote, "In a meeting")], limit.Token);
        await SippProgram.CallAsync(server.AddressOf("TCP"), "watch", limit.Token);
    }

    private static Contact Watch(LyncClient client, string uri)
    {
        var contact = client.ContactManager.GetContactByUri(uri);
        var subscription = client.ContactManager.CreateSubscription();
        subscription.AddContact(contact);
        subscription.Subscribe(ContactSubscriptionRefreshRate.High, ContactInformationType.Availability, ContactInformationType.PersonalNote);
        return contact;
    }

    private static async Task<LyncClient> SignInAsync(KamailioServer server, string user, CancellationToken cancellationToken, ISipTraceSink? trace = null)
    {
        var client = new LyncClient(new LyncClientOptions
        {
            Server = server.AddressOf("TCP"),
            TransportFactory = () => Loopback.Open("TCP"),
            Trace = trace,
        });
        await client.SignInAsync($"sip:{user}@contoso.test", cancellationToken);
        return client;
    }
}
