using UcSdk.Documents;

namespace UcSdk.Simulation.Tests;

/// <summary>What must hold: at every moment nobody is shown what its level forbids; at quiet everybody knows what the server holds for it.</summary>
internal static class PresenceRules
{
    /// <summary>Looks at one notification as it arrives.</summary>
    public static void RequireAllowed(PresenceWorld world, PresencePerson watcher, PresencePerson contact, PresenceCategories told)
    {
        foreach (var category in told.Categories.Where(category => category.Content is not null))
        {
            Func<uint, bool>? seenOn = category.Name switch
            {
                PresenceCategoryNames.State => LevelsOf(PresenceState.Of(category.Content)!.Availability ?? 0),
                PresenceCategoryNames.Note => LevelsOf(PresenceNote.Of(category.Content)!.Personal!.Text, contact.Name),
                _ => _ => false,
            };
            if (!contact.Placements.MayShow(watcher.Address, seenOn, world.Now))
            {
                world.Offences.Add($"{watcher.Name}, whom {contact.Name} has on {contact.Placements.Of(watcher.Address)}, was shown {category} of another level");
            }
        }
    }

    /// <exception cref="DisagreementException">Somebody knows something else than is so.</exception>
    public static void RequireAgreement(PresenceWorld world)
    {
        if (world.Offences.Count > 0)
        {
            throw new DisagreementException($"{world.Offences.Count} times somebody was shown what its level forbids: {world.Offences[0]}");
        }

        foreach (var watcher in world.People)
        {
            Require(watcher.IsSignedIn, $"{watcher.Name} is not signed in");
            var polled = world.Scheduler.Run(watcher.PollAsync);
            Require(polled.Count == watcher.Contacts.Count, $"the server tells {watcher.Name} of {polled.Count} contacts");
            foreach (var uri in watcher.Contacts)
            {
                var contact = world.Find(uri);
                var believed = watcher.Beliefs.GetValueOrDefault(uri);
                var shown = contact.ShownTo(watcher.Address);
                var level = contact.Placements.Of(watcher.Address);
                world.Tally.Count("at quiet on level", level.ToString(System.Globalization.CultureInfo.InvariantCulture));
                Require(polled[uri] == shown, $"the server holds {polled[uri]} of {contact.Name} for {watcher.Name} on {level}, who should see {shown}");
                Require(believed == shown, $"{watcher.Name} on {level} believes {believed} of {contact.Name}, which is {shown}");
            }
        }
    }

    // The offline are so for every level; the others tell by their number for whom they are.
    private static Func<uint, bool> LevelsOf(uint availability) => availability switch
    {
        PresenceAvailabilities.Offline => _ => true,
        _ when availability % 1000 == 600 => level => level == PresenceContainerIds.Team,
        _ => level => level is PresenceContainerIds.External or PresenceContainerIds.Company or PresenceContainerIds.Personal,
    };

    private static Func<uint, bool> LevelsOf(string note, string owner)
    {
        var parts = note.Split('/');
        return level => parts.Length == 3 && parts[0] == owner && parts[1] == level.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private static void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw new DisagreementException(what);
        }
    }
}
