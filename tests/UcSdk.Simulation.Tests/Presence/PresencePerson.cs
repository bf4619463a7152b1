using System.Globalization;
using UcSdk.Core;
using UcSdk.Documents;
using UcSdk.Sip;
using PresenceState = UcSdk.Documents.PresenceState;

namespace UcSdk.Simulation.Tests;

/// <summary>
/// Somebody with one SIP endpoint who stays signed in, publishes a state and notes for every level, places others, and watches contacts. What it wants
/// to be published stands here, whatever became of the requests; after each sign-in it puts right what the server has not.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "Each life of the endpoint ends in StaySignedInAsync.")]
internal sealed class PresencePerson(PresenceWorld world, string name)
{
    private const uint UserStateInstance = 0x20000000;
    private static readonly uint[] Levels = [PresenceContainerIds.External, PresenceContainerIds.Company, PresenceContainerIds.Team, PresenceContainerIds.Personal];
    private static readonly uint[] Availabilities = [PresenceAvailabilities.Available, PresenceAvailabilities.Busy, PresenceAvailabilities.BeRightBack, PresenceAvailabilities.Away];

    private readonly SeededRandomSource _random = world.Random.Fork();
    private readonly OwnPublications _own = new(world.Random.Fork());
    private PresenceEndpoint? _endpoint;
    private bool _leaves;
    private int _notes;
    private int _heard;

    public string Name { get; } = name;

    public string Uri { get; } = $"sip:{name}@{PresenceWorld.Domain}";

    public string Address { get; } = $"{name}@{PresenceWorld.Domain}";

    /// <summary>Whom it watches.</summary>
    public SortedSet<string> Contacts { get; } = new(StringComparer.Ordinal);

    /// <summary>What it knows of them.</summary>
    public Dictionary<string, PresenceBelief> Beliefs { get; } = new(StringComparer.Ordinal);

    public LevelHistory Placements { get; } = new();

    /// <summary>What it wants to be for all but the team.</summary>
    public uint State { get; private set; } = PresenceAvailabilities.Available;

    /// <summary>What it says to each level.</summary>
    public Dictionary<uint, string> Notes { get; } = [];

    public bool IsSignedIn { get; private set; }

    /// <summary>What the team sees: the same, told apart by a hundred.</summary>
    public uint TeamState => State + 100;

    /// <summary>What a watcher on the level is to know.</summary>
    public PresenceBelief ShownTo(string watcher) => Placements.Of(watcher) switch
    {
        PresenceContainerIds.Blocked => new(PresenceAvailabilities.Offline, null),
        PresenceContainerIds.Team => new(TeamState, Notes.GetValueOrDefault(PresenceContainerIds.Team)),
        var level => new(State, Notes.GetValueOrDefault(level)),
    };

    /// <summary>Signs in, again and again, until the day is over.</summary>
    public async Task StaySignedInAsync()
    {
        while (!_leaves)
        {
            _endpoint = new PresenceEndpoint(world, this, _random.Fork());
            try
            {
                await _endpoint.SignInAsync();
                _own.Forget();
                _own.Learn(await _endpoint.SubscribeSelfAsync(_own.Learn));
                await PutRightAsync(_endpoint);
                await _endpoint.WatchAsync(Contacts, Hear);
                IsSignedIn = true;
                world.Tally.Count("sign-in", "succeeded");

                // What was wished for while it signed in has not been said.
                await PutRightAsync(_endpoint);
                await _endpoint.Lost;
            }
            catch (SipException failure)
            {
                world.Tally.Count("sign-in", failure.Failure.ToString());
            }

            IsSignedIn = false;
            await _endpoint.DisposeAsync();
            if (!_leaves)
            {
                await world.Scheduler.DelayAsync(TimeSpan.FromMilliseconds(200 + _random.Next(2000)));
            }
        }
    }

    /// <summary>Does what it has planned, at times drawn by chance.</summary>
    public async Task ActAsync()
    {
        for (var done = 0; done < world.Plan.Actions; done++)
        {
            await world.Scheduler.DelayAsync(2 * _random.NextDouble() * (world.Plan.Duration / world.Plan.Actions));
            var (what, act) = _random.Next(10) switch
            {
                < 4 => ("state", ChangeStateAsync()),
                < 7 => ("note", ChangeNoteAsync()),
                _ => ("placement", PlaceAsync()),
            };
            try
            {
                await act;
                world.Tally.Count(what, "done");
            }
            catch (SipException failure)
            {
                // Perhaps it was done, perhaps not: the next sign-in puts it right.
                world.Tally.Count(what, failure.Failure.ToString());
            }
        }
    }

    /// <summary>Chooses a level for a watcher, of which the server is still to be told.</summary>
    public void PlaceSomewhere(string watcher)
    {
        uint[] places = [.. Levels, PresenceContainerIds.Blocked];
        Placements.Move(watcher, places[_random.Next(places.Length)]);
    }

    public void Leave()
    {
        _leaves = true;
        _endpoint?.Leave();
    }

    /// <summary>Asks the server once more for everything, in a dialog of its own.</summary>
    public Task<Dictionary<string, PresenceBelief>> PollAsync() => _endpoint!.PollAsync(Contacts);

    private async Task ChangeStateAsync()
    {
        State = Availabilities[_random.Next(Availabilities.Length)];
        await PublishAsync(Require(), StatePublications);
    }

    private async Task ChangeNoteAsync()
    {
        var level = Levels[_random.Next(Levels.Length)];
        if (_random.Next(5) == 0)
        {
            Notes.Remove(level);
        }
        else
        {
            Notes[level] = string.Create(CultureInfo.InvariantCulture, $"{Name}/{level}/{++_notes}");
        }

        await PublishAsync(Require(), () => [NotePublication(level)]);
    }

    private async Task PlaceAsync()
    {
        var watchers = world.People.Where(other => other.Contacts.Contains(Uri)).ToArray();
        if (watchers.Length == 0)
        {
            return;
        }

        var watcher = watchers[_random.Next(watchers.Length)].Address;
        PlaceSomewhere(watcher);
        if (world.Plan.MovesInSilence)
        {
            Placements.Confirm(watcher, world.Now);
            return;
        }

        await PutPlacesRightAsync(Require());
    }

    private PresenceEndpoint Require() => IsSignedIn ? _endpoint! : throw new SipException(SipFailure.FlowClosed, $"{Name} is not signed in.");

    // What is wanted is asked for anew with every attempt: it may have changed since the last.
    private Task PublishAsync(PresenceEndpoint endpoint, Func<IReadOnlyList<CategoryPublication>> wanted) =>
        endpoint.PublishAsync(() => [.. wanted().Where(_own.Differs).Select(_own.WithVersion)], _own);

    private async Task PutRightAsync(PresenceEndpoint endpoint)
    {
        await PublishAsync(endpoint, () => [.. StatePublications(), .. Levels.Select(NotePublication), Secret()]);
        await PutPlacesRightAsync(endpoint);
    }

    private async Task PutPlacesRightAsync(PresenceEndpoint endpoint)
    {
        if (world.Plan.MovesInSilence)
        {
            return;
        }

        (string Watcher, uint Level)[] placed = [];
        await endpoint.SetMembersAsync(
            () =>
            {
                placed = [.. Placements.Placed];
                return _own.MovesTo(placed);
            },
            _own);
        foreach (var (watcher, level) in placed)
        {
            // What was moved again meanwhile is confirmed by its own answer.
            if (Placements.Of(watcher) == level)
            {
                Placements.Confirm(watcher, world.Now);
            }
        }
    }

    private CategoryPublication[] StatePublications() =>
    [
        StatePublication(PresenceContainerIds.Aggregation, State),
        StatePublication(PresenceContainerIds.TeamAggregation, TeamState),
    ];

    private static CategoryPublication StatePublication(uint container, uint availability) => new(PresenceCategoryNames.State, UserStateInstance, container)
    {
        ExpireType = PresenceExpireType.Static,
        Content = new PresenceState(PresenceStateTypes.User) { Manual = true, Availability = availability }.ToElement(),
    };

    private CategoryPublication NotePublication(uint level) => Notes.TryGetValue(level, out var note)
        ? new(PresenceCategoryNames.Note, 0, level) { ExpireType = PresenceExpireType.Static, Content = PresenceNote.Saying(note).ToElement() }
        : new(PresenceCategoryNames.Note, 0, level) { ExpireType = PresenceExpireType.Static, Expires = 0 };

    private static CategoryPublication Secret() => new(PresenceCategoryNames.Routing, 0, PresenceContainerIds.Settings)
    {
        ExpireType = PresenceExpireType.Static,
        Content = new CallRouting().WithFlag(RoutingFlags.EnableForwarding, true).ToElement(),
    };

    private void Hear(PresenceCategories told)
    {
        var contact = world.Find(told.Uri);
        PresenceRules.RequireAllowed(world, this, contact, told);
        if (world.Plan.Overlooks > 0 && ++_heard % world.Plan.Overlooks == 0)
        {
            return;
        }

        world.Tally.Count("notifications", "heard");
        Beliefs[contact.Uri] = Merge(Beliefs.GetValueOrDefault(contact.Uri), told);
    }

    /// <summary>What is known after a notification; categories that it does not speak of are as before.</summary>
    public static PresenceBelief Merge(PresenceBelief before, PresenceCategories told)
    {
        foreach (var category in told.Categories)
        {
            before = category.Name switch
            {
                PresenceCategoryNames.State when PresenceState.Of(category.Content) is { Type: PresenceStateTypes.Aggregate } state => before with { Availability = state.Availability },
                PresenceCategoryNames.Note => before with { Note = PresenceNote.Of(category.Content)?.Personal?.Text },
                _ => before,
            };
        }

        return before;
    }
}
