using UcSdk.Documents;

namespace UcSdk;

/// <summary>What the user knows of itself, in the form in which others are known: the source of <see cref="Self.Contact"/>.</summary>
internal static class OwnInformation
{
    private static readonly string[] Shown = [PresenceCategoryNames.State, PresenceCategoryNames.ContactCard, PresenceCategoryNames.Note, PresenceCategoryNames.CalendarData];

    /// <summary>The user's publications as a watcher who may see everything would get them; each name is there, so that what is gone is forgotten.</summary>
    public static PresenceCategories Of(PublishedState state, string uri, PublicationInstances instances)
    {
        var shown = SelfPresenceReader.Shown(state, instances);
        var categories = state.Categories.Where(category => category.Name switch
        {
            PresenceCategoryNames.State => ReferenceEquals(category, shown),
            PresenceCategoryNames.ContactCard => category.Instance != PublicationInstances.Card || category.Container == PresenceContainerIds.Self,
            PresenceCategoryNames.CalendarData => category.Container == PresenceContainerIds.Self,
            PresenceCategoryNames.Note => true,
            _ => false,
        }).ToList();
        return new(uri) { Categories = ValueList.From([.. categories, .. Shown.Where(name => categories.All(category => category.Name != name)).Select(name => new PresenceCategory(name))]) };
    }

    /// <summary>The same at a server that keeps availability, activity and note only.</summary>
    public static ContactInformation Of(ContactInformation known, PlainPresence plain)
    {
        var isChosen = plain.Availability is not (null or ContactAvailability.None);
        var activity = plain.Activity is null && plain.Words is null ? null : new PresenceActivity { Token = plain.Activity, Custom = plain.Words is null ? [] : [new CustomActivity(null, plain.Words)] };
        return known with
        {
            State = isChosen ? new PresenceState("") { Availability = (uint)plain.Availability!, Activity = activity } : null,
            Notes = plain.Note is null ? null : new(plain.Note, null, null, null),
        };
    }
}
