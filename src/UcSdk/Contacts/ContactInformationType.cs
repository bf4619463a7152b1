namespace UcSdk;

/// <summary>
/// What can be known of a contact; the numbers are those of the Lync SDK. Each value is null while it is not known; what is said here is its type otherwise. Those that no
/// message carries are null always.
/// </summary>
public enum ContactInformationType
{
    /// <summary><see cref="ContactAvailability"/>; never null: <see cref="ContactAvailability.None"/> while it is not known.</summary>
    Availability = 0,

    /// <summary>The token of the activity, e.g. <c>in-a-meeting</c> (<see cref="string"/>); that of the availability, e.g. <c>Busy</c>, where the wire has none.</summary>
    ActivityId = 1,

    /// <summary>Where the contact is (<see cref="string"/>).</summary>
    LocationName = 2,

    /// <summary>The name of the time zone (<see cref="string"/>).</summary>
    TimeZone = 3,

    /// <summary>The minutes to add to the local time to get UTC (<see cref="int"/>).</summary>
    TimeZoneBias = 4,

    /// <summary>What the meeting is about (<see cref="string"/>).</summary>
    MeetingSubject = 5,

    /// <summary>Where the meeting is (<see cref="string"/>).</summary>
    MeetingLocation = 6,

    /// <summary>What the contact does, in words: the contact's own, else English ones (<see cref="string"/>).</summary>
    Activity = 7,

    /// <summary>What the contact does in its own words, by language (<see cref="IReadOnlyList{T}"/> of <see cref="LocaleString"/>).</summary>
    CustomActivity = 8,

    /// <summary>Since when the contact is idle (<see cref="DateTimeOffset"/>); null while it is active.</summary>
    IdleStartTime = 9,

    /// <summary>The name for people: the user's own for a contact of the list, else the card's, else the address (<see cref="string"/>).</summary>
    DisplayName = 10,

    /// <summary>The first e-mail address (<see cref="string"/>).</summary>
    PrimaryEmailAddress = 12,

    /// <summary>The e-mail addresses (<see cref="IReadOnlyList{T}"/> of <see cref="string"/>).</summary>
    EmailAddresses = 13,

    /// <summary>The position (<see cref="string"/>).</summary>
    Title = 14,

    /// <summary>The company (<see cref="string"/>).</summary>
    Company = 15,

    /// <summary>The department (<see cref="string"/>).</summary>
    Department = 16,

    /// <summary>The room (<see cref="string"/>).</summary>
    Office = 17,

    /// <summary>The page (<see cref="string"/>).</summary>
    HomePageUrl = 18,

    /// <summary>Null always: presence carries the picture's address and hash (<see cref="ContactInformation.PhotoUri"/>), and <see cref="Contact.GetPhotoAsync"/> fetches it.</summary>
    Photo = 19,

    /// <summary>The note that is shown: of the personal and the out-of-office one that was published last (<see cref="string"/>).</summary>
    DefaultNote = 20,

    /// <summary><see cref="UcSdk.DefaultNoteType"/>; never null.</summary>
    DefaultNoteType = 21,

    /// <summary>The personal note (<see cref="string"/>).</summary>
    PersonalNote = 22,

    /// <summary>The out-of-office note, while it holds (<see cref="string"/>).</summary>
    OutOfficeNote = 23,

    /// <summary><see cref="SourceNetworkType"/>; never null (<see cref="Contact.SourceNetwork"/>).</summary>
    SourceNetwork = 24,

    /// <summary>The address of the picture (<see cref="string"/>).</summary>
    IconUrl = 25,

    /// <summary>Null always, as <see cref="Photo"/>.</summary>
    IconStream = 26,

    /// <summary>The addresses at which the contact can be reached (<see cref="IReadOnlyList{T}"/> of <see cref="ContactEndpoint"/>); never null.</summary>
    ContactEndpoints = 27,

    /// <summary>When the calendar says something else than now (<see cref="DateTimeOffset"/>).</summary>
    NextCalendarStateStartTime = 30,

    /// <summary>The capabilities as words, e.g. <c>IM, audio</c> (<see cref="string"/>).</summary>
    CapabilityString = 32,

    /// <summary><see cref="ContactCapabilities"/>; never null.</summary>
    Capabilities = 33,

    /// <summary><see cref="UcSdk.ContactType"/>; never null.</summary>
    ContactType = 34,

    /// <summary>The description (<see cref="string"/>).</summary>
    Description = 35,

    /// <summary>Null always: cards (element <c>name</c>) and the directory search over SIP tell the name for people, not its parts.</summary>
    FirstName = 37,

    /// <summary>Null always, as <see cref="FirstName"/>.</summary>
    LastName = 38,

    /// <summary>The capabilities one by one (<see cref="IReadOnlyList{T}"/> of <see cref="ContactCapability"/>); never null.</summary>
    CapabilityDetails = 45,

    /// <summary>When the note that is shown was published (<see cref="DateTimeOffset"/>).</summary>
    DefaultNotePublishedTime = 46,

    /// <summary><see cref="ContactCalendarState"/> of now; never null.</summary>
    CurrentCalendarState = 47,

    /// <summary><see cref="ContactCalendarState"/> that follows, at <see cref="NextCalendarStateStartTime"/>; never null.</summary>
    NextCalendarState = 48,

    /// <summary>Null always: no message carries who vouches for a location.</summary>
    AttributionString = 49,

    /// <summary>The addresses for instant messages (<see cref="IReadOnlyList{T}"/> of <see cref="string"/>); never null.</summary>
    InstantMessageAddresses = 50,

    /// <summary>Whether the contact is out of office (<see cref="bool"/>); never null.</summary>
    IsOutOfOffice = 51,

    /// <summary>Null always, as <see cref="Photo"/>.</summary>
    HiResolutionPhoto = 56,
}
