using System.Collections.Immutable;
using UcSdk.Documents;

namespace UcSdk;

/// <summary>Which categories of presence are needed ([MS-PRES] §2.2.2).</summary>
internal readonly record struct PresenceNeeds
{
    // In the order in which clients name them.
    private static readonly (string Category, ContactInformationTypeSet Types)[] Categories =
    [
        (PresenceCategoryNames.CalendarData, new(
            ContactInformationType.CurrentCalendarState, ContactInformationType.NextCalendarState, ContactInformationType.NextCalendarStateStartTime, ContactInformationType.IsOutOfOffice)),
        (PresenceCategoryNames.ContactCard, new(
            ContactInformationType.DisplayName, ContactInformationType.PrimaryEmailAddress, ContactInformationType.EmailAddresses, ContactInformationType.Title,
            ContactInformationType.Company, ContactInformationType.Department, ContactInformationType.Office, ContactInformationType.HomePageUrl,
            ContactInformationType.IconUrl, ContactInformationType.ContactEndpoints, ContactInformationType.ContactType, ContactInformationType.Description)),
        (PresenceCategoryNames.Note, new(
            ContactInformationType.DefaultNote, ContactInformationType.DefaultNoteType, ContactInformationType.DefaultNotePublishedTime,
            ContactInformationType.PersonalNote, ContactInformationType.OutOfficeNote)),
        (PresenceCategoryNames.Services, new(
            ContactInformationType.Capabilities, ContactInformationType.CapabilityDetails, ContactInformationType.CapabilityString)),
        (PresenceCategoryNames.State, new(
            ContactInformationType.Availability, ContactInformationType.ActivityId, ContactInformationType.Activity, ContactInformationType.CustomActivity,
            ContactInformationType.LocationName, ContactInformationType.TimeZone, ContactInformationType.TimeZoneBias, ContactInformationType.MeetingSubject,
            ContactInformationType.MeetingLocation, ContactInformationType.IdleStartTime, ContactInformationType.IsOutOfOffice)),
    ];

    private readonly byte _bits;

    private PresenceNeeds(int bits) => _bits = (byte)bits;

    /// <summary>Everything that is known here: what the Lync client asks for its contact list.</summary>
    public static PresenceNeeds All { get; } = new((1 << Categories.Length) - 1);

    /// <summary>The names of the categories.</summary>
    public ImmutableArray<string> Names
    {
        get
        {
            var bits = _bits;
            return [.. Categories.Where((_, at) => (bits & (1 << at)) != 0).Select(category => category.Category)];
        }
    }

    /// <summary>The categories that hold the types; the state where none does, so that it is known at least whether there is anybody.</summary>
    public static PresenceNeeds Of(ContactInformationTypeSet types)
    {
        var bits = 0;
        for (var at = 0; at < Categories.Length; at++)
        {
            bits |= types.Overlaps(Categories[at].Types) ? 1 << at : 0;
        }

        return new(bits == 0 ? 1 << (Categories.Length - 1) : bits);
    }

    public PresenceNeeds Union(PresenceNeeds other) => new(_bits | other._bits);

    public bool Covers(PresenceNeeds other) => (_bits & other._bits) == other._bits;
}
