namespace UcSdk.Simulation.Tests;

/// <summary>
/// Everybody signs in and writes while connections break and fall silent and the server is restarted; then it is quiet; then everybody writes once more, and everything must arrive; then
/// all is ended, and nothing must be left.
/// </summary>
internal static class MessageDay
{
    /// <summary>What the tally calls messages of which nobody knows, at some recipient, what became of them, though nobody left.</summary>
    public const string UnconfirmedMessages = "messages unconfirmed";

    /// <summary>What the tally calls messages of which nobody knows what became of them at somebody who was leaving.</summary>
    public const string LeftBehind = "messages unconfirmed at who left";

    /// <summary>What the tally calls the times that somebody left.</summary>
    public const string Departures = "departures";

    /// <summary>What the tally calls connections that were cut, silent or lost with the server: each is a cut that can leave messages unconfirmed.</summary>
    public const string ConnectionsHit = "connections hit";

    /// <summary>What the tally calls the cuts, silences and restarts themselves.</summary>
    public const string Faults = "faults";

    // A request over a dead connection is given up after 32 s, a report after 40 s, and what waits at the IM MCU behind a silent participant comes after that.
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(5);

    /// <exception cref="DisagreementException">The world is not as it must be.</exception>
    public static void Run(MessageWorld world)
    {
        var scheduler = world.Scheduler;
        scheduler.Run(() => Task.WhenAll(world.People.SelectMany(person => person.Places).Select(place => place.SignInAsync()).Concat(world.PlainPeople.Select(person => person.SignInAsync()))));
        scheduler.Run(() => Task.WhenAll([.. world.People.Select(person => person.WriteAsync()), .. world.PlainPeople.Select(person => person.WriteAsync()), SufferAsync(world), RestartServerAsync(world)]));
        scheduler.Advance(Quiet);
        CountAll(world);
        RequireRest(world);
        MessageRules.Require(world.History);
        SpeakInCalm(world);
        MessageRules.Require(world.History);
        End(world);
    }

    private static async Task SufferAsync(MessageWorld world)
    {
        for (var fault = 0; fault < world.Plan.Faults; fault++)
        {
            await world.Scheduler.DelayAsync(2 * world.Random.NextDouble() * (world.Plan.Duration / world.Plan.Faults));
            var (who, host, isHit) = await ChooseAsync(world);
            var kind = world.Random.Next(5) % 4;
            var (from, isConnected) = (world.Now, isHit());
            if (kind > 0)
            {
                // Up to longer than a transaction.
                world.Network.Block(host);
                await world.Scheduler.DelayAsync(TimeSpan.FromMilliseconds(100 + world.Random.Next(kind == 3 ? 45_000 : 4000)));
            }

            if (kind < 2)
            {
                // What was said in the silence is lost.
                world.Network.CutHost(host);
            }

            world.Network.Unblock(host);
            var what = kind switch { 0 => "cut", 1 => "silent, then cut", 2 => "silent", _ => "long silent" };
            world.Tally.Count("faults", what);
            world.History.Faults++;
            if (isConnected || isHit())
            {
                world.History.Troubles.Add(new(who, what, from, world.Now));
            }
        }
    }

    // Mostly somebody of those among whom something is being said at this moment.
    private static async Task<(string Who, string Host, Func<bool> IsConnected)> ChooseAsync(MessageWorld world)
    {
        if (world.PlainPeople.Count > 0 && world.Random.Next(10) == 0)
        {
            var plain = world.PlainPeople[world.Random.Next(world.PlainPeople.Count)];
            return (plain.Uri, plain.Host, () => plain.IsConnected);
        }

        var person = await ChoosePersonAsync(world);
        var place = person.Places[world.Random.Next(person.Places.Count)];
        return (person.Uri, place.Host, () => place.IsConnected);
    }

    private static async Task<Talker> ChoosePersonAsync(MessageWorld world)
    {
        if (world.Random.Next(4) == 0)
        {
            return world.People[world.Random.Next(world.People.Count)];
        }

        var said = world.History.Said;
        var before = said.Count;
        for (var wait = 0; wait < 200 && said.Count == before; wait++)
        {
            await world.Scheduler.DelayAsync(TimeSpan.FromMilliseconds(100));
        }

        if (said.Count == before)
        {
            return world.People[0];
        }

        await world.Scheduler.DelayAsync(TimeSpan.FromMilliseconds(world.Random.Next(600)));
        var talk = world.People.Find(person => person.Uri == said[^1].Sender || said[^1].Recipients.Contains(person.Uri))!.Talk;
        return talk.Members[world.Random.Next(talk.Members.Count)];
    }

    private static async Task RestartServerAsync(MessageWorld world)
    {
        await world.Scheduler.DelayAsync(world.Plan.Duration / 2);
        await world.RestartServerAsync(inOrder: world.Random.Next(2) == 0, TimeSpan.FromMilliseconds(world.Random.Next(10_000)));
    }

    private static void CountAll(MessageWorld world)
    {
        var history = world.History;
        world.Tally.Count("messages", "said", history.Said.Count);
        world.Tally.Count("messages", "shown", history.Shown.Count);
        foreach (var outcome in history.Said.SelectMany(said => said.Results).SelectMany(result => result.Recipients).CountBy(recipient => recipient.ToString()))
        {
            world.Tally.Count("results", outcome.Key, outcome.Value);
        }

        world.Tally.Count("doubt", UnconfirmedMessages, MessageRules.CountUnconfirmed(history));
        world.Tally.Count("doubt", LeftBehind, MessageRules.CountLeftBehind(history));
        world.Tally.Count("doubt", Departures, history.Departures.Count);
        world.Tally.Count("doubt", ConnectionsHit, history.Troubles.Count);
        world.Tally.Count("doubt", Faults, history.Faults);
    }

    // Messages are settled, and nothing is under way that belongs to one.
    private static void RequireRest(MessageWorld world)
    {
        foreach (var person in world.People)
        {
            Require(person.Sending.TrueForAll(sending => sending.IsCompleted), $"{person.Sending.Count(sending => !sending.IsCompleted)} messages of {person} are without a result");
        }

        foreach (var person in world.PlainPeople)
        {
            Require(person.IsConnected && person.Sending.TrueForAll(sending => sending.IsCompleted), $"{person} is not connected, or has a message without a result");
        }

        foreach (var place in world.People.SelectMany(person => person.Places))
        {
            Require(place.Client.State == ClientState.SignedIn, $"{place.Host} is {place.Client.State}");
            Require(place.Client.Counts.Sip!.Transactions == 0, $"{place.Host} keeps {place.Client.Counts.Sip}");
            Require(place.Manager.ConferenceInvitations.Count == 0, $"{place.Host} keeps an invitation");
            Require(place.Manager.Conversations.All(conversation => conversation.InstantMessageModality.TypingParticipants.Count == 0), $"somebody types for ever, as {place} sees it");
        }

        world.Scheduler.Run(() => Task.WhenAll(world.People.SelectMany(person => person.Sending)));
        var counts = world.Scheduler.Run(() => world.Server.GetCountsAsync());
        Require((counts.PendingMessages, counts.Work, counts.Sip.Transactions) == (0, 0, 0), $"the server keeps {counts}");
    }

    private static void SpeakInCalm(MessageWorld world)
    {
        foreach (var talk in world.Talks)
        {
            // The host may first have to find out that the conference is no more, and make another.
            for (var attempt = 0; attempt < 3; attempt++)
            {
                world.Scheduler.Run(() => talk.Host.TryAsync("calm", async () => await talk.Host.EnterAsync() is null ? "host waits" : "host is there"));
            }

            world.Scheduler.Advance(TimeSpan.FromSeconds(5));
        }

        foreach (var person in world.People)
        {
            world.Scheduler.Run(() => person.TryAsync("calm", async () => await person.EnterAsync() is null ? "member waits" : "member is there"));
        }

        world.Scheduler.Advance(TimeSpan.FromSeconds(10));
        var sendings = world.People.Select(person => (Person: person, Sending: world.Scheduler.Run(async () => new[] { SpeakAsync(person) }))).ToArray();
        foreach (var (person, sending) in sendings)
        {
            var delivery = world.Scheduler.Run(() => sending[0]);
            var reached = delivery?.Recipients.Where(recipient => recipient.Outcome == DeliveryOutcome.Delivered).Select(recipient => recipient.Uri) ?? [];
            var missed = person.Talk.Members.Where(member => member != person).Select(member => member.Uri).Except(reached).ToArray();
            Require(missed.Length == 0, $"in calm, {person} of a talk of kind {person.Talk.Kind} does not reach {string.Join(' ', missed)}: {delivery?.ToString() ?? "nowhere to write"}; {string.Join("; ", person.Talk.Members.Select(member => member.Desk.ToString()))}");
        }

        foreach (var person in world.PlainPeople)
        {
            var delivery = world.Scheduler.Run(person.SayAsync);
            Require(delivery is { Outcome: DeliveryOutcome.Delivered }, $"in calm, {person} reaches nobody: {delivery?.ToString() ?? "not connected"}");
        }

        world.Scheduler.Advance(TimeSpan.FromMinutes(2));
    }

    private static async Task<MessageDelivery?> SpeakAsync(Talker person) => await person.EnterAsync() is { } conversation ? await person.SayAsync(conversation) : null;

    private static void End(MessageWorld world)
    {
        var places = world.People.SelectMany(person => person.Places).ToArray();
        world.Scheduler.Run(() => Task.WhenAll(places.Select(place => place.EndAsync()).Concat(world.PlainPeople.Select(person => person.DisposeAsync().AsTask()))));
        world.Scheduler.Advance(TimeSpan.FromMinutes(2));
        foreach (var place in places)
        {
            var kept = place.Client.Counts;
            Require(
                (kept.Conversations, kept.OpenDialogs, kept.Invitations, kept.Sip!.InviteSessions, kept.Sip.Transactions) == (0, 0, 0, 0, 0),
                $"{place.Host} has ended everything and keeps {kept}");
        }

        var counts = world.Scheduler.Run(() => world.Server.GetCountsAsync());
        Require(
            (counts.MessageLegs, counts.PendingMessages, counts.FocusDialogs, counts.RosterSubscriptions, counts.ConferenceUsers, counts.Work, counts.Sip.Transactions, counts.Sip.InviteSessions)
                == (0, 0, 0, 0, 0, 0, 0, 0),
            $"all have ended everything, and the server keeps {counts}");
        world.Scheduler.Run(async () =>
        {
            foreach (var place in places)
            {
                await place.Client.DisposeAsync();
            }

            await world.Server.DisposeAsync();
        });
        world.Scheduler.Advance(TimeSpan.FromSeconds(1));
        Array.ForEach(places, place => Leftovers.RequireNone(place.Host, place.Client));
        Leftovers.RequireNone(world.Scheduler.Run(() => world.Server.GetCountsAsync()));
        world.Dispose();
        Require(world.Scheduler.Clock.ArmedTimers == 0, $"{world.Scheduler.Clock.ArmedTimers} timers are armed");
    }

    private static void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw new DisagreementException(what);
        }
    }
}
