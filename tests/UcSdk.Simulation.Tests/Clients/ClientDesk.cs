using System.Globalization;
using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Simulation.Tests;

/// <summary>One endpoint of somebody: a client that stays signed in by itself, watches everybody in its list, and edits that.</summary>
internal sealed class ClientDesk : IObserver<ContactInformationChange>
{
    private readonly ClientWorld _world;
    private readonly SeededRandomSource _random;
    private int _groups;

    public ClientDesk(ClientWorld world, ClientPerson person, string host)
    {
        (_world, Person, Host) = (world, person, host);
        _random = world.Random.Fork();
        Client = new(
            new LyncClientOptions
            {
                Server = new SipTransportAddress("TCP", ClientWorld.ServerHost, 5060),
                TransportFactory = () => world.Network.CreateTransport(host),
                Reconnect = new() { BaseDelay = TimeSpan.FromSeconds(1), MaxDelay = TimeSpan.FromSeconds(8) },
                TimeProvider = world.Scheduler.Time,
            },
            new LoopRuntime(world.Scheduler, world.Random.Fork()),
            ClientSeams.None);
        Client.ContactManager.InformationChanges.Subscribe(this);
    }

    public ClientPerson Person { get; }

    public string Host { get; }

    public LyncClient Client { get; }

    /// <summary>Whom it watches: everybody in the list.</summary>
    public IReadOnlyList<Contact> Contacts => [.. Client.ContactManager.Groups.SelectMany(group => group.Contacts).DistinctBy(contact => contact.Uri).OrderBy(contact => contact.Uri, StringComparer.Ordinal)];

    /// <summary>Signs in, and tries again as a patient user does; then the client sees to it.</summary>
    public async Task SignInAsync()
    {
        while (true)
        {
            try
            {
                await Client.SignInAsync(Person.Uri);
                return;
            }
            catch (RegisterException failure)
            {
                _world.Tally.Count("sign in", failure.Stage.ToString());
                await _world.Scheduler.DelayAsync(TimeSpan.FromSeconds(2));
            }
        }
    }

    /// <summary>Puts somebody into the list, where the server is there to do it.</summary>
    public Task AddAsync(ClientPerson other) => DefaultGroup.AddContactAsync(Client.ContactManager.GetContactByUri(other.Uri));

    /// <summary>Makes a group.</summary>
    public Task AddGroupAsync() => Client.ContactManager.AddGroupAsync(NextName());

    /// <summary>Edits the list at times drawn by chance.</summary>
    public async Task EditAsync()
    {
        for (var done = 0; done < _world.Plan.Actions; done++)
        {
            await _world.Scheduler.DelayAsync(2 * _random.NextDouble() * (_world.Plan.Duration / _world.Plan.Actions));
            await ClientPerson.TryAsync(_world, "list", EditOnceAsync);
        }
    }

    public void OnNext(ContactInformationChange value)
    {
        _world.Tally.Count("changes", "seen");
        ClientRules.RequireAllowed(_world, this, value);
    }

    public void OnError(Exception error) => _world.Offences.Add($"{Host} is told no more: {error.Message}");

    public void OnCompleted()
    {
    }

    public override string ToString() => Host;

    private CustomGroup DefaultGroup => Client.ContactManager.Groups.OfType<CustomGroup>().FirstOrDefault(group => group.IsDefault)
        ?? throw new SipException(SipFailure.FlowClosed, "There is no list yet.");

    private async Task<string> EditOnceAsync()
    {
        var manager = Client.ContactManager;
        var groups = manager.Groups.OfType<CustomGroup>().ToArray();
        CustomGroup[] own = [.. groups.Where(group => !group.IsDefault)];
        var contacts = Contacts;
        var (group, contact) = (Any(groups) ?? DefaultGroup, Any(contacts));
        switch (_random.Next(6))
        {
            case 0 when own.Length < 5:
                await AddGroupAsync();
                return "group added";
            case 1 when Any(own) is { } renamed:
                await renamed.RenameAsync(NextName());
                return "group renamed";
            case 2 when own.Length > 2 && Any(own) is { } removed:
                await manager.RemoveGroupAsync(removed);
                return "group removed";
            case 3 when contacts.Count > _world.Plan.Contacts && contact is not null:
                await manager.RemoveContactFromAllGroupsAsync(contact);
                return "contact removed";
            case 4 when contacts.Count < _world.Plan.Contacts + 2:
                await group.AddContactAsync(manager.GetContactByUri(_world.People[_random.Next(_world.People.Count)].Uri));
                return "contact added";
            default:
                await (contact ?? manager.GetContactByUri(Person.Uri)).MoveToGroupAsync(group, Any(groups) ?? group);
                return "contact moved";
        }
    }

    private T? Any<T>(IReadOnlyList<T> items) => items.Count == 0 ? default : items[_random.Next(items.Count)];

    private string NextName() => string.Create(CultureInfo.InvariantCulture, $"{Host} {++_groups}");
}
