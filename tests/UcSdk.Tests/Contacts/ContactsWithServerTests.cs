using UcSdk.Core;
using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>Contacts, presence and search of the client with the embedded server, in virtual time: that both understand each other, beyond the scripted texts.</summary>
public sealed class ContactsWithServerTests : IDisposable
{
    private readonly SimulationScheduler _simulation = new();
    private readonly SeededRandomSource _random = new(11);
    private readonly MemoryNetwork _network;
    private readonly UcServer _server;
    private readonly List<LyncClient> _clients = [];

    public ContactsWithServerTests()
    {
        _network = new(new MemoryNetworkOptions { Seed = 1, Delay = TimeSpan.FromMilliseconds(10) }, Runtime());
        var options = new UcServerOptions
        {
            Users = [new("alice"), new("bob") { DisplayName = "Bob Smith", Title = "Manager" }, new("carol")],
            Listen = [new("TCP", "server", 5060)],
            Network = _network,
            Time = _simulation.Time,
        };
        _server = new UcServer(options, Runtime(), ServerSeams.None);
    }

    public void Dispose() => _network.Dispose();

    [Fact]
    public void Two_endpoints_of_a_user_edit_one_list_and_see_a_contact_change() => _simulation.Run(async () =>
    {
        await _server.StartAsync();
        var (here, there) = (await SignInAsync("alice", "a1"), await SignInAsync("alice", "a2"));
        var group = await here.ContactManager.AddGroupAsync("Friends");
        var bob = here.ContactManager.GetContactByUri(_server.AddressOf("bob"));
        await group.AddContactAsync(bob);
        await _simulation.DelayAsync(TimeSpan.FromSeconds(1));

        Assert.True(there.ContactManager.TryGetGroup("Friends", out var mirrored));
        var same = Assert.Single(mirrored.Contacts);
        Assert.Equal((bob.Uri, "Bob Smith", ContactAvailability.Offline), (same.Uri, same.DisplayName, same.Availability));

        var him = await SignInAsync("bob", "b");
        await him.Self!.PublishAvailabilityAsync(ContactAvailability.Busy);
        await him.Self.PublishNoteAsync("Counting");
        await _simulation.DelayAsync(TimeSpan.FromSeconds(1));
        Assert.All([bob, same], contact => Assert.Equal((ContactAvailability.Busy, "Counting", "Manager"), (contact.Availability, contact.Information.PersonalNote, contact.Information.Title)));

        await Task.WhenAll(((CustomGroup)mirrored).RenameAsync("Pals"), here.ContactManager.AddGroupAsync("Foes"));
        await _simulation.DelayAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(here.ContactManager.Groups.Select(one => one.Name), there.ContactManager.Groups.Select(one => one.Name));
        Assert.Contains("Pals", here.ContactManager.Groups.Select(one => one.Name));
        await there.ContactManager.RemoveContactFromAllGroupsAsync(same);
        await _simulation.DelayAsync(TimeSpan.FromSeconds(1));
        Assert.Equal((false, ContactPresenceState.Idle), (bob.IsListed, bob.PresenceState));
        var carol = there.ContactManager.GetContactByUri(_server.AddressOf("carol"));
        Assert.Equal(ContactAvailability.Offline, (await carol.QueryAsync()).Availability);
        await EndAsync();
    });

    [Fact]
    public void The_directory_is_searched_and_looked_up_in() => _simulation.Run(async () =>
    {
        await _server.StartAsync();
        var alice = await SignInAsync("alice", "a");
        Assert.Equal([_server.AddressOf("bob")], (await alice.ContactManager.SearchAsync("smi")).Contacts.Select(contact => contact.Uri));
        Assert.Equal("Manager", (await alice.ContactManager.LookupAsync("Bob Smith"))?.Information.Title);
        await EndAsync();
    });

    private LoopRuntime Runtime() => new(_simulation, _random.Fork());

    private async Task<LyncClient> SignInAsync(string user, string host)
    {
        var options = new LyncClientOptions { Server = new("TCP", "server", 5060), TransportFactory = () => _network.CreateTransport(host), TimeProvider = _simulation.Time };
        var client = new LyncClient(options, Runtime(), ClientSeams.None);
        _clients.Add(client);
        await client.SignInAsync(_server.AddressOf(user));
        await _simulation.DelayAsync(TimeSpan.FromSeconds(1));
        return client;
    }

    private async Task EndAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        await _server.DisposeAsync();
    }
}
