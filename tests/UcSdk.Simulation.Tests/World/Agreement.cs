using UcSdk.Server;

namespace UcSdk.Simulation.Tests;

/// <summary>
/// When the world is quiet, everything is at rest, and both sides believe the same: what the clients have is what the server has is what
/// every roster shows.
/// </summary>
internal sealed class Agreement
{
    private readonly SimulatedWorld _world;
    private readonly UcServerCounts _server;
    private readonly bool _afterTransactions;
    private readonly List<string> _faults = [];

    private Agreement(SimulatedWorld world, UcServerCounts server, bool afterTransactions)
    {
        _world = world;
        _server = server;
        _afterTransactions = afterTransactions;
    }

    /// <param name="world">The world, with nothing going on.</param>
    /// <param name="afterTransactions">Whether it has been quiet for so long that no transaction waits for stragglers any more.</param>
    /// <returns>The conversations that are in a conference.</returns>
    public static IReadOnlyList<Conversation> Require(SimulatedWorld world, bool afterTransactions)
    {
        var agreement = new Agreement(world, world.Scheduler.Run(world.CountServerAsync), afterTransactions);
        var joined = agreement.Check();
        if (agreement._faults.Count > 0)
        {
            throw new DisagreementException(string.Join("; ", agreement._faults));
        }

        return joined;
    }

    private static bool IsInConference(Conversation conversation) => conversation.ConferenceSession is { State: ConferenceSessionState.Connected };

    private static IEnumerable<Conversation> ConversationsOf(SimulatedPerson person) => person.Client.ConversationManager.Conversations;

    private Conversation[] Check()
    {
        foreach (var person in _world.People)
        {
            CheckRest(person);
        }

        var joined = _world.People.SelectMany(ConversationsOf).Where(IsInConference).ToArray();
        Expect(_server.Bindings, _world.People.Count(person => person.Client.State == ClientState.SignedIn), "bindings");
        Expect(_server.FocusDialogs, joined.Length, "focus dialogs");
        Expect(_server.RosterSubscriptions, joined.Length, "roster subscriptions");
        Expect(_server.ConferenceUsers, joined.Length, "conference users");
        Expect(_server.MediaLegs, joined.Count(one => one.AVModality.State == ModalityState.Connected), "media legs");
        Expect(_server.Work, 0, "operations under way");
        Expect(_afterTransactions ? _server.Sip.Transactions : 0, 0, "server transactions");
        foreach (var conference in joined.GroupBy(one => one.ConferenceSession!.ConferenceUri))
        {
            CheckRosters([.. conference]);
        }

        return joined;
    }

    private void CheckRest(SimulatedPerson person)
    {
        var client = person.Client;
        var counts = client.Counts;
        Demand(client.State is ClientState.SignedIn or ClientState.SignedOut, $"{person.Name} is {client.State}");
        Demand(client.State == ClientState.SignedIn || counts.IsEmpty, $"{person.Name} is signed out and keeps {counts}");
        Demand(client.ConversationManager.ConferenceInvitations.Count == 0, $"{person.Name} keeps an invitation");
        foreach (var conversation in ConversationsOf(person))
        {
            var session = conversation.ConferenceSession?.State ?? ConferenceSessionState.Idle;
            Demand(session is ConferenceSessionState.Idle or ConferenceSessionState.Connected, $"{person.Name}'s session is {session}");
            Demand(
                conversation.AVModality.State is ModalityState.Disconnected or ModalityState.Connected,
                $"{person.Name}'s audio is {conversation.AVModality.State}");
            Demand(
                session == ConferenceSessionState.Connected || conversation is { AVModality.State: ModalityState.Disconnected, Participants.Count: 0 },
                $"{person.Name} is in no conference, but has audio or a roster");
        }

        if (counts.Sip is { } sip)
        {
            var joined = ConversationsOf(person).Count(IsInConference);
            var heard = ConversationsOf(person).Count(one => one.AVModality.State == ModalityState.Connected);
            var signedIn = client.State == ClientState.SignedIn ? 1 : 0;
            Expect(sip.InviteSessions, joined + heard, person.Name + "'s sessions");
            // To the contact list and to one's own presence; nobody has contacts.
            Expect(sip.Subscriptions, joined + (2 * signedIn), person.Name + "'s subscriptions");
            Expect(sip.Registrations, signedIn, person.Name + "'s registrations");
            Expect(sip.Flows, signedIn, person.Name + "'s flows");
            Expect(_afterTransactions ? sip.Transactions : 0, 0, person.Name + "'s transactions");
            // The contact list is waited for until its subscription ends.
            Expect(counts.Work, joined + signedIn, person.Name + "'s operations");
        }
    }

    private void CheckRosters(IReadOnlyList<Conversation> members)
    {
        var expected = string.Join(' ', members.Select(one => Show(one.SelfParticipant.Uri, one.AVModality.State)).Order(StringComparer.Ordinal));
        foreach (var member in members)
        {
            var seen = string.Join(' ', member.Participants.Select(one => Show(one.Uri, one.Modalities.AudioVideo)).Order(StringComparer.Ordinal));
            Demand(seen == expected, $"{member.SelfParticipant.Uri} sees [{seen}] where there is [{expected}]");
        }
    }

    private static string Show(string uri, ModalityState audio) => $"{uri}:{audio}";

    private void Expect(int actual, int expected, string what) => Demand(actual == expected, $"{what}: {actual} instead of {expected}");

    private void Demand(bool condition, string fault)
    {
        if (!condition)
        {
            _faults.Add(fault);
        }
    }
}
