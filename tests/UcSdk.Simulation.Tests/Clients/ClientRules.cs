using System.Globalization;
using UcSdk.Documents;

namespace UcSdk.Simulation.Tests;

/// <summary>
/// What must hold of clients: at every moment nobody is shown what its level forbids; at quiet every contact of every client is what the server holds for its level, and
/// every endpoint has the list that the server has.
/// </summary>
internal sealed class ClientRules(ClientWorld world)
{
    // As it is when the rules are made: later queries bring what was missed.
    private readonly Dictionary<ClientDesk, (string List, Dictionary<Contact, ClientBelief> Contacts)> _known = world.Desks.ToDictionary(desk => desk, Know);

    /// <summary>Looks at one change as an observer of the client is told it.</summary>
    public static void RequireAllowed(ClientWorld world, ClientDesk desk, ContactInformationChange change)
    {
        var contact = world.Find(change.Contact.Uri);
        if (contact == desk.Person)
        {
            return;
        }

        var seen = ClientBelief.Of(change.Information);
        Require(seen.Availability is not (0 or PresenceAvailabilities.Offline), level => level != PresenceContainerIds.Blocked);
        Require(seen.Note is not null, level => level is PresenceContainerIds.Company or PresenceContainerIds.Team or PresenceContainerIds.Personal);
        Require(seen.Mobile is not null, level => level is PresenceContainerIds.Team or PresenceContainerIds.Personal);
        Require(seen.Home is not null, level => level is PresenceContainerIds.Personal);
        if (seen.Note is { } note && !note.StartsWith(contact.Name + "/", StringComparison.Ordinal))
        {
            world.Offences.Add($"{desk} was shown the note {note} of {contact.Name}");
        }

        void Require(bool isSeen, Func<uint, bool> isAllowed)
        {
            if (isSeen && !contact.Placements.MayShow(desk.Person.Address, isAllowed, world.Now))
            {
                world.Offences.Add($"{desk}, whom {contact.Name} has on {contact.Placements.Of(desk.Person.Address)}, was shown {seen} at {world.Now}, which its level forbids ({contact.Placements.Describe(desk.Person.Address)})");
            }
        }
    }

    /// <exception cref="DisagreementException">Somebody knows something else than is so.</exception>
    public void RequireAgreement()
    {
        Require(world.Offences.Count == 0, $"{world.Offences.Count} offences, of which the first is: {world.Offences.FirstOrDefault()}");
        foreach (var desk in world.Desks)
        {
            Require(desk.Client.State == ClientState.SignedIn, $"{desk} is {desk.Client.State}");
            Require(desk.Client.ContactManager.ListState == ContactListState.Subscribed, $"the list of {desk} is {desk.Client.ContactManager.ListState}");
            RequireSameList(desk);
            RequireSamePresence(desk);
        }

        var counts = world.Scheduler.Run(() => world.Server.GetCountsAsync());
        var desks = world.Desks.Count();
        Require(
            (counts.Bindings, counts.ContactSubscriptions, counts.PresenceSubscriptions) == (desks, desks, 2 * desks),
            $"{counts.Bindings} bindings, {counts.ContactSubscriptions} subscriptions to lists and {counts.PresenceSubscriptions} to presence are left for {desks} endpoints");
    }

    private static (string List, Dictionary<Contact, ClientBelief> Contacts) Know(ClientDesk desk) => (
        string.Join("; ", desk.Client.ContactManager.Groups.OrderBy(group => group.Id).Select(group => Describe(group.Id, group.Name, group.Contacts.Select(contact => contact.Uri)))),
        desk.Contacts.Where(contact => contact.Uri != desk.Person.Uri).ToDictionary(contact => contact, contact => ClientBelief.Of(contact.Information)));

    private void RequireSameList(ClientDesk desk)
    {
        var list = world.Scheduler.Run(() => world.Server.GetContactListAsync(desk.Person.Name));
        var held = string.Join("; ", list.Groups.Select(group => Describe(group.Id, group.Name, list.Contacts.Where(contact => contact.GroupIds.Contains(group.Id)).Select(contact => contact.Uri))));
        Require(_known[desk].List == held, $"{desk} has the list {_known[desk].List}, and the server {held}");
        world.Tally.Count("at quiet", "lists");
        world.Tally.Count("at quiet", "groups", list.Groups.Count);
    }

    private void RequireSamePresence(ClientDesk desk)
    {
        var beliefs = _known[desk].Contacts;
        var asked = world.Scheduler.Run(() => Task.WhenAll(beliefs.Keys.Select(async contact => (contact.Uri, ClientBelief.Of(await contact.QueryAsync()), beliefs[contact]))));
        foreach (var (uri, held, believed) in asked)
        {
            var contact = world.Find(uri);
            var (level, shown) = (contact.Placements.Of(desk.Person.Address), contact.ShownTo(desk.Person.Address));
            Require(believed == held, $"{desk} on {level} believes {believed} of {contact.Name}, and the server holds {held}");
            Require(held == shown, $"the server holds {held} of {contact.Name} for {desk} on {level}, who should see {shown}");
            world.Tally.Count("at quiet on level", level.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static string Describe(uint id, string name, IEnumerable<string> members) => string.Create(
        CultureInfo.InvariantCulture,
        $"{id} {name}: {string.Join(',', members.Select(uri => uri.StartsWith("sip:", StringComparison.Ordinal) ? uri[4..] : uri).Order(StringComparer.Ordinal))}");

    private static void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw new DisagreementException(what);
        }
    }
}
