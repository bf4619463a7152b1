namespace UcSdk;

/// <summary>The values of the Lync SDK's <c>GetContactInformation</c>, and which of them differ between two snapshots.</summary>
internal static class ContactInformationReader
{
    /// <summary>The value of the type; null while it is not known.</summary>
    public static object? Read(Contact contact, ContactInformation information, ContactInformationType type, DateTimeOffset now) => type switch
    {
        ContactInformationType.Availability => information.Availability,
        ContactInformationType.ActivityId => information.ActivityToken ?? (information.State is null ? null : information.Availability.ToString()),
        ContactInformationType.LocationName => information.LocationName,
        ContactInformationType.TimeZone => information.TimeZone,
        ContactInformationType.TimeZoneBias => information.TimeZoneBias,
        ContactInformationType.MeetingSubject => information.MeetingSubject,
        ContactInformationType.MeetingLocation => information.MeetingLocation,
        ContactInformationType.Activity => information.Activity,
        ContactInformationType.CustomActivity => information.CustomActivity is { Count: > 0 } words ? words : null,
        ContactInformationType.IdleStartTime => information.IdleStartTime,
        ContactInformationType.DisplayName => information.DisplayName ?? contact.Uri[(contact.Uri.IndexOf(':', StringComparison.Ordinal) + 1)..],
        ContactInformationType.PrimaryEmailAddress => information.PrimaryEmailAddress,
        ContactInformationType.EmailAddresses => information.EmailAddresses is { Count: > 0 } addresses ? addresses : null,
        ContactInformationType.Title => information.Title,
        ContactInformationType.Company => information.Company,
        ContactInformationType.Department => information.Department,
        ContactInformationType.Office => information.Office,
        ContactInformationType.HomePageUrl => information.HomePageUrl,
        ContactInformationType.DefaultNote => information.DefaultNote,
        ContactInformationType.DefaultNoteType => information.DefaultNoteType,
        ContactInformationType.PersonalNote => information.PersonalNote,
        ContactInformationType.OutOfficeNote => information.OutOfOfficeNote,
        ContactInformationType.SourceNetwork => contact.SourceNetwork,
        ContactInformationType.IconUrl => information.PhotoUri,
        ContactInformationType.ContactEndpoints => contact.EndpointsOf(information),
        ContactInformationType.NextCalendarStateStartTime => information.NextCalendarChangeAfter(now),
        ContactInformationType.CapabilityString => CapabilityTranslation.ToWords(information.CapabilityDetails),
        ContactInformationType.Capabilities => information.Capabilities,
        ContactInformationType.ContactType => information.ContactType,
        ContactInformationType.Description => information.Description,
        ContactInformationType.CapabilityDetails => information.CapabilityDetails,
        ContactInformationType.DefaultNotePublishedTime => information.DefaultNotePublishedTime,
        ContactInformationType.CurrentCalendarState => information.CalendarStateAt(now),
        ContactInformationType.NextCalendarState => information.NextCalendarChangeAfter(now) is { } next ? information.CalendarStateAt(next) : ContactCalendarState.Unknown,
        ContactInformationType.InstantMessageAddresses => contact.InstantMessageAddresses,
        ContactInformationType.IsOutOfOffice => information.IsOutOfOffice || information.CalendarStateAt(now) == ContactCalendarState.OutOfOffice,
        _ => null,
    };

    /// <summary>What is not the same in both.</summary>
    public static ContactInformationTypeSet Compare(ContactInformation before, ContactInformation after)
    {
        var changed = default(ContactInformationTypeSet);
        if (!ReferenceEquals(before.State, after.State))
        {
            changed = CompareStates(before, after, changed);
        }

        changed = changed.With(ContactInformationType.DisplayName, before.DisplayName != after.DisplayName);
        if (!ReferenceEquals(before.Card, after.Card))
        {
            changed = CompareCards(before, after, changed);
        }

        if (!Equals(before.Notes, after.Notes))
        {
            changed = changed
                .With(ContactInformationType.PersonalNote, before.PersonalNote != after.PersonalNote)
                .With(ContactInformationType.OutOfficeNote, before.OutOfOfficeNote != after.OutOfOfficeNote)
                .With(ContactInformationType.DefaultNote, before.DefaultNote != after.DefaultNote)
                .With(ContactInformationType.DefaultNoteType, before.DefaultNoteType != after.DefaultNoteType)
                .With(ContactInformationType.DefaultNotePublishedTime, before.DefaultNotePublishedTime != after.DefaultNotePublishedTime);
        }

        if (!ReferenceEquals(before.Calendar, after.Calendar) && !Equals(before.Calendar, after.Calendar))
        {
            changed = changed
                .With(ContactInformationType.CurrentCalendarState)
                .With(ContactInformationType.NextCalendarState)
                .With(ContactInformationType.NextCalendarStateStartTime)
                .With(ContactInformationType.IsOutOfOffice);
        }

        var hasOtherCapabilities = !ReferenceEquals(before.Services, after.Services) && !before.CapabilityDetails.SequenceEqual(after.CapabilityDetails);
        return changed
            .With(ContactInformationType.CapabilityDetails, hasOtherCapabilities)
            .With(ContactInformationType.CapabilityString, hasOtherCapabilities)
            .With(ContactInformationType.Capabilities, before.Capabilities != after.Capabilities);
    }

    private static ContactInformationTypeSet CompareStates(ContactInformation before, ContactInformation after, ContactInformationTypeSet changed) => changed
        .With(ContactInformationType.Availability, before.Availability != after.Availability)
        .With(ContactInformationType.ActivityId, before.ActivityToken != after.ActivityToken || before.Availability != after.Availability)
        .With(ContactInformationType.Activity, before.Activity != after.Activity)
        .With(ContactInformationType.CustomActivity, !before.CustomActivity.SequenceEqual(after.CustomActivity))
        .With(ContactInformationType.LocationName, before.LocationName != after.LocationName)
        .With(ContactInformationType.TimeZone, before.TimeZone != after.TimeZone)
        .With(ContactInformationType.TimeZoneBias, before.TimeZoneBias != after.TimeZoneBias)
        .With(ContactInformationType.MeetingSubject, before.MeetingSubject != after.MeetingSubject)
        .With(ContactInformationType.MeetingLocation, before.MeetingLocation != after.MeetingLocation)
        .With(ContactInformationType.IdleStartTime, before.IdleStartTime != after.IdleStartTime)
        .With(ContactInformationType.IsOutOfOffice, before.IsOutOfOffice != after.IsOutOfOffice);

    private static ContactInformationTypeSet CompareCards(ContactInformation before, ContactInformation after, ContactInformationTypeSet changed) => changed
        .With(ContactInformationType.PrimaryEmailAddress, before.PrimaryEmailAddress != after.PrimaryEmailAddress)
        .With(ContactInformationType.EmailAddresses, !before.EmailAddresses.SequenceEqual(after.EmailAddresses))
        .With(ContactInformationType.Title, before.Title != after.Title)
        .With(ContactInformationType.Company, before.Company != after.Company)
        .With(ContactInformationType.Department, before.Department != after.Department)
        .With(ContactInformationType.Office, before.Office != after.Office)
        .With(ContactInformationType.HomePageUrl, before.HomePageUrl != after.HomePageUrl)
        .With(ContactInformationType.Description, before.Description != after.Description)
        .With(ContactInformationType.IconUrl, before.PhotoUri != after.PhotoUri || before.PhotoHash != after.PhotoHash)
        .With(ContactInformationType.ContactEndpoints, before.VoiceMail != after.VoiceMail || !before.Phones.SequenceEqual(after.Phones))
        .With(ContactInformationType.ContactType, before.ContactType != after.ContactType);
}
