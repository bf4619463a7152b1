using UcSdk.Documents;

namespace UcSdk;

/// <summary>
/// Makes what is known of a contact out of what notifications say ([MS-PRES] §3.4.5.1; RFC 3863). A notification has all instances of each category that it names; those
/// that it does not name stay.
/// </summary>
internal sealed class PresenceTranslation
{
    // Company, department, time zone and the like are the same for many contacts; of what is rarer than that, a new string does no harm.
    private const int MaxPooled = 4096;
    private readonly Dictionary<string, string> _pool = [];

    /// <summary>What is known after the report.</summary>
    public ContactInformation Apply(ContactInformation known, PresenceReport report, DateTimeOffset now) =>
        report.Categories is { } categories ? Apply(known, categories, now)
        : report.Pidf is { } pidf ? Apply(known, pidf)
        : known;

    private ContactInformation Apply(ContactInformation known, PresenceCategories document, DateTimeOffset now)
    {
        var hasState = false;
        var hasCard = false;
        var hasNote = false;
        var hasCalendar = false;
        var hasServices = false;
        foreach (var category in document.Categories)
        {
            hasState |= category.Name == PresenceCategoryNames.State;
            hasCard |= category.Name == PresenceCategoryNames.ContactCard;
            hasNote |= category.Name == PresenceCategoryNames.Note;
            hasCalendar |= category.Name == PresenceCategoryNames.CalendarData;
            hasServices |= category.Name == PresenceCategoryNames.Services;
        }

        return known with
        {
            State = hasState ? Keep(known.State, StateOf(document)) : known.State,
            Card = hasCard ? Keep(known.Card, CardOf(document)) : known.Card,
            Notes = hasNote ? NotesOf(document, now) : known.Notes,
            Calendar = hasCalendar ? Keep(known.Calendar, CalendarOf(document)) : known.Calendar,
            Services = hasServices ? Keep(known.Services, ServicesOf(document)) : known.Services,
        };
    }

    // What is said again is kept as it is: snapshots share it, and comparing them is cheap.
    private static T? Keep<T>(T? known, T? told)
        where T : class => told is not null && told.Equals(known) ? known : told;

    private PresenceState? StateOf(PresenceCategories document)
    {
        PresenceState? best = null;
        DateTimeOffset? time = null;
        foreach (var category in document.Named(PresenceCategoryNames.State))
        {
            if (PresenceState.Of(category.Content) is not { } state)
            {
                continue;
            }

            var isAggregate = state.Type == PresenceStateTypes.Aggregate;
            var wasAggregate = best?.Type == PresenceStateTypes.Aggregate;
            if (best is null || (isAggregate && !wasAggregate) || (isAggregate == wasAggregate && (category.PublishTime ?? default) >= (time ?? default)))
            {
                (best, time) = (state, category.PublishTime);
            }
        }

        return best is null ? null : best with
        {
            TimeZoneName = Pooled(best.TimeZoneName),
            TimeZoneAbbreviation = Pooled(best.TimeZoneAbbreviation),
            EndpointLocation = Pooled(best.EndpointLocation),
            Device = Pooled(best.Device),
            Type = Pooled(best.Type)!,
            Activity = best.Activity is { } activity ? activity with { Token = Pooled(activity.Token), Extensions = [], ExtensionAttributes = [] } : null,
            Extensions = [],
            ExtensionAttributes = [],
        };
    }

    // The server publishes the directory's card as instance 0, the user what is to be seen beside it.
    private ContactCard? CardOf(PresenceCategories document)
    {
        ContactCard? card = null;
        foreach (var category in document.Named(PresenceCategoryNames.ContactCard).OrderBy(category => category.Instance))
        {
            if (ContactCard.Of(category.Content) is { } more)
            {
                card = card is null ? more : Merge(card, more);
            }
        }

        return card is null ? null : card with
        {
            Company = Pooled(card.Company),
            Department = Pooled(card.Department),
            Office = Pooled(card.Office),
            Title = Pooled(card.Title),
            Type = Pooled(card.Type),
            IdentityExtensions = [],
            NameExtensions = [],
            Extensions = [],
            ExtensionAttributes = [],
        };
    }

    private static ContactCard Merge(ContactCard card, ContactCard more) => card with
    {
        DisplayName = card.DisplayName ?? more.DisplayName,
        Emails = ValueList.From(card.Emails.Union(more.Emails)),
        Addresses = ValueList.From(card.Addresses.Union(more.Addresses)),
        Company = card.Company ?? more.Company,
        Department = card.Department ?? more.Department,
        Title = card.Title ?? more.Title,
        Office = card.Office ?? more.Office,
        Urls = ValueList.From(card.Urls.Union(more.Urls)),
        Phones = ValueList.From(card.Phones.Union(more.Phones)),
        Automaton = card.Automaton ?? more.Automaton,
        Type = card.Type ?? more.Type,
        Description = card.Description ?? more.Description,
        DisplayDirectoryPhoto = more.DisplayDirectoryPhoto ?? card.DisplayDirectoryPhoto,
        Photos = ValueList.From(more.Photos.Union(card.Photos)),
        IsUcEnabled = card.IsUcEnabled ?? more.IsUcEnabled,
    };

    private static ContactNotes? NotesOf(PresenceCategories document, DateTimeOffset now)
    {
        (string? Text, DateTimeOffset? Time) personal = default;
        (string? Text, DateTimeOffset? Time) outOfOffice = default;
        foreach (var category in document.Named(PresenceCategoryNames.Note))
        {
            var note = PresenceNote.Of(category.Content);
            if (note?.Personal is { Text.Length: > 0 } own && IsNewer(category.PublishTime, personal))
            {
                personal = (own.Text, category.PublishTime);
            }

            if (note?.OutOfOffice is { Text.Length: > 0 } away && !(away.EndTime <= now) && IsNewer(category.PublishTime, outOfOffice))
            {
                outOfOffice = (away.Text, category.PublishTime);
            }
        }

        return personal.Text is null && outOfOffice.Text is null ? null : new(personal.Text, personal.Time, outOfOffice.Text, outOfOffice.Time);
    }

    private static bool IsNewer(DateTimeOffset? time, (string? Text, DateTimeOffset? Time) than) => than.Text is null || (time ?? default) > (than.Time ?? default);

    private static CalendarData? CalendarOf(PresenceCategories document)
    {
        CalendarData? calendar = null;
        foreach (var category in document.Named(PresenceCategoryNames.CalendarData).OrderBy(category => category.PublishTime))
        {
            if (CalendarData.Of(category.Content) is { } data)
            {
                calendar = new() { MailboxId = data.MailboxId ?? calendar?.MailboxId, FreeBusy = data.FreeBusy ?? calendar?.FreeBusy, WorkingHours = data.WorkingHours ?? calendar?.WorkingHours };
            }
        }

        return calendar;
    }

    private static ServiceCapabilities? ServicesOf(PresenceCategories document) =>
        document.Named(PresenceCategoryNames.Services).Select(category => ServiceCapabilities.Of(category.Content)).LastOrDefault(services => services is not null) is { } services
            ? services with { Extensions = [], ExtensionAttributes = [] }
            : null;

    private static ContactInformation Apply(ContactInformation known, PidfPresence pidf)
    {
        var token = pidf.Activities.Select(TokenOf).FirstOrDefault(token => token is not null);
        var availability = pidf.IsOpen switch
        {
            null => PresenceAvailabilities.None,
            false => PresenceAvailabilities.Offline,
            true => token switch
            {
                null => PresenceAvailabilities.Available,
                PresenceActivityTokens.Away => PresenceAvailabilities.Away,
                PresenceActivityTokens.OutOfOffice => PresenceAvailabilities.Away,
                _ => PresenceAvailabilities.Busy,
            },
        };
        var words = pidf.Person?.OtherActivity;
        var activity = token is null && words is null ? null : new PresenceActivity { Token = token, Custom = words is null ? [] : [new CustomActivity(null, words)] };
        return known with
        {
            State = Keep(known.State, new PresenceState("") { Availability = availability, Activity = activity }),
            Notes = string.IsNullOrEmpty(pidf.Note) ? null : new(pidf.Note, pidf.Person?.Timestamp, null, null),
        };
    }

    // RFC 4480 §3.2, as far as the Lync model has a word for it.
    private static string? TokenOf(string activity) => activity switch
    {
        "on-the-phone" => PresenceActivityTokens.OnThePhone,
        "meeting" or "appointment" => PresenceActivityTokens.InAMeeting,
        "presentation" or "performance" => PresenceActivityTokens.InPresentation,
        "busy" or "working" => PresenceActivityTokens.Busy,
        "away" or "sleeping" or "meal" or "breakfast" or "dinner" or "steering" or "in-transit" or "travel" => PresenceActivityTokens.Away,
        "vacation" or "holiday" or "permanent-absence" => PresenceActivityTokens.OutOfOffice,
        _ => null,
    };

    private string? Pooled(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > 64)
        {
            return text;
        }

        if (_pool.TryGetValue(text, out var known))
        {
            return known;
        }

        if (_pool.Count < MaxPooled)
        {
            _pool.Add(text, text);
        }

        return text;
    }
}
