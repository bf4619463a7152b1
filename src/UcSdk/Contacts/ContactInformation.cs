using UcSdk.Documents;

namespace UcSdk;

/// <summary>
/// What is known of a contact at one moment: an immutable snapshot. Every property is null, empty or the enumeration's 0 while it is not known ([MS-PRES] §2.2.2;
/// <see cref="ContactInformationType"/> has the same by the names of the Lync SDK).
/// </summary>
public sealed record ContactInformation
{
    private const string VoiceMailUrl = "voicemail";

    /// <summary>Nothing is known.</summary>
    public static readonly ContactInformation Unknown = new();

    /// <summary>How available the contact is; <see cref="ContactAvailability.None"/> while it is not known.</summary>
    public ContactAvailability Availability => ContactAvailabilities.Of(AvailabilityNumber);

    /// <summary>The number on the wire behind <see cref="Availability"/>.</summary>
    public uint AvailabilityNumber => State?.Availability ?? 0;

    /// <summary>The token of the activity, e.g. <c>in-a-meeting</c>; null when there is none.</summary>
    public string? ActivityToken => State?.Activity?.Token;

    /// <summary>What the contact does, in its own words or in English; null while its availability is not known.</summary>
    public string? Activity => State is null ? null : ActivityWords.Of(State);

    /// <summary>What the contact does in its own words, by language.</summary>
    public IReadOnlyList<LocaleString> CustomActivity => State?.Activity is { Custom.Count: > 0 } activity
        ? [.. activity.Custom.Select(custom => new LocaleString((int)(custom.Lcid ?? 0), custom.Text))]
        : [];

    /// <summary>Where the contact is.</summary>
    public string? LocationName => NullIfEmpty(State?.EndpointLocation);

    /// <summary>The name of its time zone.</summary>
    public string? TimeZone => State?.TimeZoneName;

    /// <summary>The minutes to add to its local time to get UTC.</summary>
    public int? TimeZoneBias => State?.TimeZoneBias;

    /// <summary>What its meeting is about.</summary>
    public string? MeetingSubject => NullIfEmpty(State?.MeetingSubject);

    /// <summary>Where its meeting is.</summary>
    public string? MeetingLocation => NullIfEmpty(State?.MeetingLocation);

    /// <summary>The kind of device it uses, e.g. <c>computer</c>, <c>Mobile</c>.</summary>
    public string? Device => State?.Device;

    /// <summary>When it was last seen active, where the server says so.</summary>
    public DateTimeOffset? LastActive => State?.LastActive;

    /// <summary>Since when it is idle; null while it is active.</summary>
    public DateTimeOffset? IdleStartTime => Availability is ContactAvailability.FreeIdle or ContactAvailability.BusyIdle or ContactAvailability.Away ? LastActive : null;

    /// <summary>Whether it is out of office, by its activity or its calendar.</summary>
    public bool IsOutOfOffice => ActivityToken == PresenceActivityTokens.OutOfOffice;

    /// <summary>The name that the user has given it in the list; null when there is none.</summary>
    public string? ListName { get; internal init; }

    /// <summary>Its name for people, by the list or the card; null when neither has one.</summary>
    public string? DisplayName => ListName ?? NullIfEmpty(Card?.DisplayName);

    /// <summary>The e-mail addresses, the first one first.</summary>
    public IReadOnlyList<string> EmailAddresses => Card?.Emails ?? [];

    /// <summary>The first e-mail address.</summary>
    public string? PrimaryEmailAddress => Card?.Email;

    /// <summary>The position.</summary>
    public string? Title => NullIfEmpty(Card?.Title);

    /// <summary>The company.</summary>
    public string? Company => NullIfEmpty(Card?.Company);

    /// <summary>The department.</summary>
    public string? Department => NullIfEmpty(Card?.Department);

    /// <summary>The room.</summary>
    public string? Office => NullIfEmpty(Card?.Office);

    /// <summary>The description.</summary>
    public string? Description => NullIfEmpty(Card?.Description);

    /// <summary>The postal addresses.</summary>
    public IReadOnlyList<ContactAddress> Addresses => Card?.Addresses ?? [];

    /// <summary>The page.</summary>
    public string? HomePageUrl => Card?.Urls.FirstOrDefault(url => url.Type != VoiceMailUrl)?.Url;

    /// <summary>Its voice mail; null when it has none that the user may see.</summary>
    public ContactEndpoint? VoiceMail => Card?.Urls.FirstOrDefault(url => url is { Type: VoiceMailUrl, Url.Length: > 0 }) is { } mail
        ? new(ContactEndpointType.VoiceMail, mail.Url, mail.Url[(mail.Url.IndexOf(':', StringComparison.Ordinal) + 1)..])
        : null;

    /// <summary>Where the picture is; null when there is none that may be shown.</summary>
    public string? PhotoUri => Photo?.Uri;

    /// <summary>What changes when the picture does.</summary>
    public string? PhotoHash => Photo?.Hash;

    /// <summary>What kind of contact it is.</summary>
    public ContactType ContactType => Card switch
    {
        null => ContactType.Unknown,
        { Automaton: true } => ContactType.AutomatedBot,
        _ => ContactType.Person,
    };

    /// <summary>The telephones of the card that it lets the user see, as their owner has put them.</summary>
    public IReadOnlyList<ContactEndpoint> Phones => Card is null ? [] : [.. Card.Phones.Where(phone => !string.IsNullOrEmpty(phone.Uri)).Select(ToEndpoint)];

    /// <summary>The personal note.</summary>
    public string? PersonalNote => Notes?.Personal;

    /// <summary>The out-of-office note.</summary>
    public string? OutOfOfficeNote => Notes?.OutOfOffice;

    /// <summary>Of the two notes the one that was published last.</summary>
    public string? DefaultNote => Notes?.Default;

    /// <summary>Which one that is.</summary>
    public DefaultNoteType DefaultNoteType => Notes?.DefaultType ?? DefaultNoteType.Unknown;

    /// <summary>When it was published, by the server's clock.</summary>
    public DateTimeOffset? DefaultNotePublishedTime => Notes?.DefaultTime;

    /// <summary>When the calendar has something; null when it cannot be seen.</summary>
    public FreeBusy? FreeBusy => Calendar?.FreeBusy;

    /// <summary>When the contact works; null when that cannot be seen.</summary>
    public WorkingHours? WorkingHours => Calendar?.WorkingHours;

    /// <summary>What the contact can be reached by, over all endpoints.</summary>
    public ContactCapabilities Capabilities => CapabilityDetails.Aggregate(
        Availability == ContactAvailability.None ? ContactCapabilities.None : ContactCapabilities.ShowPresence,
        (all, one) => all | (one.CanCapture ? Capture(one.Type) : 0) | (one.CanRender ? Render(one.Type) : 0));

    /// <summary>What the contact can be reached by, one by one.</summary>
    public IReadOnlyList<ContactCapability> CapabilityDetails => Services is null ? [] : CapabilityTranslation.Read(Services);

    internal PresenceState? State { get; init; }

    internal ContactCard? Card { get; init; }

    internal ContactNotes? Notes { get; init; }

    internal CalendarData? Calendar { get; init; }

    internal ServiceCapabilities? Services { get; init; }

    internal ContactPhoto? Photo => Card is not { Photos.Count: > 0 } card || card.DisplayDirectoryPhoto == false ? null
        : card.Photos.FirstOrDefault(photo => !string.IsNullOrEmpty(photo.Uri) || !string.IsNullOrEmpty(photo.Hash));

    /// <summary>What the calendar says of a moment.</summary>
    public ContactCalendarState CalendarStateAt(DateTimeOffset moment) => FreeBusy?.At(moment) switch
    {
        FreeBusyStatus.Free => ContactCalendarState.Available,
        FreeBusyStatus.Tentative => ContactCalendarState.Tentative,
        FreeBusyStatus.Busy => ContactCalendarState.Busy,
        FreeBusyStatus.OutOfOffice => ContactCalendarState.OutOfOffice,
        _ => Calendar is null ? ContactCalendarState.Unknown : ContactCalendarState.NotAvailable,
    };

    /// <summary>When the calendar says something else than at the moment; null when it does not, as far as it goes.</summary>
    public DateTimeOffset? NextCalendarChangeAfter(DateTimeOffset moment)
    {
        if (FreeBusy is not { } calendar || calendar.At(moment) is not { } now)
        {
            return null;
        }

        for (var slot = (int)((moment - calendar.StartTime).Ticks / calendar.Granularity.Ticks) + 1; slot < calendar.Count; slot++)
        {
            if (calendar[slot] != now)
            {
                return calendar.StartTime + (slot * calendar.Granularity);
            }
        }

        return null;
    }

    /// <summary>Whether the contact takes part with the modality, where it tells what it can do; true where it does not.</summary>
    internal bool CanRender(ModalityTypes modality)
    {
        ContactCapabilityType? type = modality switch
        {
            ModalityTypes.InstantMessage => ContactCapabilityType.InstantMessaging,
            ModalityTypes.AudioVideo => ContactCapabilityType.Audio,
            ModalityTypes.ApplicationSharing => ContactCapabilityType.AppShare,
            _ => null,
        };
        var details = CapabilityDetails;
        return type is null || details.Count == 0 || details.Any(detail => detail.Type == type && detail.CanRender);
    }

    /// <summary>How available; never more, which is user data.</summary>
    public override string ToString() => $"{Availability}";

    internal static void Require(ContactInformationType type, string parameter)
    {
        if (!Enum.IsDefined(type))
        {
            throw new ArgumentOutOfRangeException(parameter, type, "Not a member of ContactInformationType.");
        }
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static ContactEndpoint ToEndpoint(ContactPhone phone) => new(
        phone.Type switch
        {
            "work" => ContactEndpointType.WorkPhone,
            "mobile" => ContactEndpointType.MobilePhone,
            "home" => ContactEndpointType.HomePhone,
            _ => ContactEndpointType.OtherPhone,
        },
        phone.Uri!,
        NullIfEmpty(phone.DisplayString) ?? phone.Uri![(phone.Uri!.IndexOf(':', StringComparison.Ordinal) + 1)..]);

    private static ContactCapabilities Capture(ContactCapabilityType type) => (ContactCapabilities)(2 << ((int)type * 2));

    private static ContactCapabilities Render(ContactCapabilityType type) => (ContactCapabilities)(4 << ((int)type * 2));
}
