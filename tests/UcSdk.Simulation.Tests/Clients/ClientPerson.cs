using System.Globalization;
using UcSdk.Core;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Simulation.Tests;

/// <summary>
/// Somebody who publishes, at one desk or the other, a state, a note and telephones, and places others. What it wants stands here, whatever became of the requests; at the
/// end of the day it asks for all of it once more.
/// </summary>
internal sealed class ClientPerson
{
    private static readonly AccessLevel[] Levels = [AccessLevel.External, AccessLevel.Colleague, AccessLevel.Workgroup, AccessLevel.Friends, AccessLevel.Blocked];

    private static readonly (ContactAvailability Chosen, uint Shown)[] States =
    [
        (ContactAvailability.Free, PresenceAvailabilities.Available),
        (ContactAvailability.Busy, PresenceAvailabilities.Busy),
        (ContactAvailability.DoNotDisturb, PresenceAvailabilities.DoNotDisturb),
        (ContactAvailability.TemporarilyAway, PresenceAvailabilities.BeRightBack),
        (ContactAvailability.Away, PresenceAvailabilities.Away),
    ];

    private readonly ClientWorld _world;
    private readonly SeededRandomSource _random;
    private (ContactAvailability Chosen, uint Shown) _state = States[0];
    private string? _note;
    private string? _mobile;
    private string? _home;
    private int _said;

    public ClientPerson(ClientWorld world, string name, int desks)
    {
        _world = world;
        _random = world.Random.Fork();
        Name = name;
        Desks = [.. Enumerable.Range(0, desks).Select(desk => new ClientDesk(world, this, string.Create(CultureInfo.InvariantCulture, $"{name}-{desk}")))];
    }

    public string Name { get; }

    public string Uri => $"sip:{Address}";

    public string Address => $"{Name}@{ClientWorld.Domain}";

    public IReadOnlyList<ClientDesk> Desks { get; }

    public LevelHistory Placements { get; } = new();

    private Self Self => Desks[_random.Next(Desks.Count)].Client.Self ?? throw new SipException(SipFailure.FlowClosed, $"{Name} is not signed in.");

    /// <summary>What a watcher is to know.</summary>
    public ClientBelief ShownTo(string watcher) => Placements.Of(watcher) switch
    {
        PresenceContainerIds.Blocked => new(PresenceAvailabilities.Offline, null, null, null),
        PresenceContainerIds.External => new(_state.Shown, null, null, null),
        PresenceContainerIds.Company => new(_state.Shown, _note, null, null),
        PresenceContainerIds.Team => new(_state.Shown, _note, _mobile, null),
        _ => new(_state.Shown, _note, _mobile, _home),
    };

    /// <summary>Does something that may fail as networks and servers let it fail.</summary>
    /// <returns>False when it failed.</returns>
    public static async Task<bool> TryAsync(ClientWorld world, string what, Func<Task<string>> act)
    {
        try
        {
            world.Tally.Count(what, await act());
            return true;
        }
        catch (Exception failure) when (failure is SipException or ServerRequestException or InvalidStateException or OperationCanceledException)
        {
            world.Tally.Count(what, failure.GetType().Name);
            return false;
        }
    }

    /// <summary>Does what it has planned, at times drawn by chance.</summary>
    public async Task ActAsync()
    {
        for (var done = 0; done < _world.Plan.Actions; done++)
        {
            await _world.Scheduler.DelayAsync(2 * _random.NextDouble() * (_world.Plan.Duration / _world.Plan.Actions));
            await TryAsync(_world, "presence", ActOnceAsync);
        }
    }

    /// <summary>Chooses a state and tells it.</summary>
    public Task ChangeStateAsync()
    {
        _state = States[(Array.IndexOf(States, _state) + 1 + _random.Next(States.Length - 1)) % States.Length];
        return Self.PublishAvailabilityAsync(_state.Chosen);
    }

    /// <summary>Places some of those who watch it.</summary>
    public async Task PlaceManyAsync()
    {
        for (var placed = 0; placed < _world.Plan.Contacts / 2; placed++)
        {
            await PlaceAsync();
        }
    }

    /// <summary>Asks for everything that it wants, until the server has done it.</summary>
    public async Task PutRightAsync()
    {
        while (!await TryAsync(_world, "put right", PutAllRightAsync))
        {
            await _world.Scheduler.DelayAsync(TimeSpan.FromSeconds(5));
        }
    }

    private async Task<string> ActOnceAsync()
    {
        switch (_random.Next(10))
        {
            case < 4:
                await ChangeStateAsync();
                return "state";
            case < 6:
                _note = _random.Next(4) == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{Name}/{++_said}");
                await Self.PublishNoteAsync(_note);
                return "note";
            case 6:
                _mobile = NextNumber();
                await Self.SetPhoneAsync(ContactEndpointType.MobilePhone, _mobile, publish: true);
                return "mobile";
            case 7:
                _home = NextNumber();
                await Self.SetPhoneAsync(ContactEndpointType.HomePhone, _home, publish: true);
                return "home";
            default:
                return await PlaceAsync();
        }
    }

    private async Task<string> PlaceAsync()
    {
        var watchers = _world.Desks.Where(desk => desk.Person != this && desk.Contacts.Any(contact => contact.Uri == Uri)).Select(desk => desk.Person.Address).Distinct().ToArray();
        if (watchers.Length == 0)
        {
            return "nobody to place";
        }

        var (watcher, level) = (watchers[_random.Next(watchers.Length)], Levels[_random.Next(Levels.Length)]);
        Placements.Move(watcher, (uint)level);
        if (!_world.Plan.MovesInSilence)
        {
            await Self.Permissions.SetAccessLevelAsync("sip:" + watcher, level);
        }

        Placements.Confirm(watcher, _world.Now);
        return "placement";
    }

    private async Task<string> PutAllRightAsync()
    {
        var self = Self;
        await self.PublishAvailabilityAsync(_state.Chosen);
        await self.PublishNoteAsync(_note);
        foreach (var (type, number) in new[] { (ContactEndpointType.MobilePhone, _mobile), (ContactEndpointType.HomePhone, _home) })
        {
            await (number is null ? self.RemovePhoneAsync(type) : self.SetPhoneAsync(type, number, publish: true));
        }

        foreach (var (watcher, level) in _world.Plan.MovesInSilence ? [] : Placements.Placed.ToArray())
        {
            await self.Permissions.SetAccessLevelAsync("sip:" + watcher, (AccessLevel)level);
            Placements.Confirm(watcher, _world.Now);
        }

        return "done";
    }

    private string NextNumber() => string.Create(CultureInfo.InvariantCulture, $"tel:+1{Name[1..],4:0}{++_said:000000}").Replace(' ', '0');
}
