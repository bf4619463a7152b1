namespace UcSdk.Documents;

/// <summary>How the client is to behave, the group endpointConfiguration ([MS-SIPREGE] §2.2.2.5.6). What is null was not said.</summary>
public sealed record EndpointConfiguration
{
    /// <summary>Where the custom activities that users may choose are described.</summary>
    public string? CustomStateUrl { get; init; }

    /// <summary>Whether users may appear offline.</summary>
    public bool? EnableAppearOffline { get; init; }

    /// <summary>Whether the note of an absence in the calendar is not shown.</summary>
    public bool? DisablePresenceNote { get; init; }

    /// <summary>Whether the calendar does not make presence.</summary>
    public bool? DisableCalendarPresence { get; init; }

    /// <summary>Whether calls do not make presence.</summary>
    public bool? DisablePhonePresence { get; init; }

    /// <summary>Whether subject and place of meetings are kept to oneself.</summary>
    public bool? DisableMeetingSubjectAndLocation { get; init; }

    /// <summary>How long the contact list may be.</summary>
    public uint? MaximumNumberOfContacts { get; init; }

    /// <summary>Which photos are shown: <c>NoPhoto</c>, <c>PhotosFromADOnly</c> or <c>AllPhotos</c>.</summary>
    public string? PhotoUsage { get; init; }

    /// <summary>How large a photo may be, in kB.</summary>
    public uint? MaxPhotoSizeKilobytes { get; init; }

    /// <summary>How people are searched for: <c>WebSearchAndFileDownload</c>, <c>WebSearchOnly</c> or <c>FileDownloadOnly</c>.</summary>
    public string? AddressBookUsage { get; init; }

    /// <summary>Whether the user is told of new watchers.</summary>
    public bool? NotifyOfNewSubscribers { get; init; }

    /// <summary>Whether the client may write traces.</summary>
    public bool? EnableTracing { get; init; }

    /// <summary>Whether the privacy relationships are shown.</summary>
    public bool? ShowManagePrivacyRelationships { get; init; }

    /// <summary>Whether recent contacts are shown.</summary>
    public bool? ShowRecentContacts { get; init; }

    /// <summary>Whether held calls hear nothing.</summary>
    public bool? DisableMusicOnHold { get; init; }

    /// <summary>Settings that this type does not know, by name.</summary>
    public ValueList<KeyValuePair<string, string>> OtherSettings { get; init; } = [];

    /// <summary>Reads the settings out of a group.</summary>
    public static EndpointConfiguration Of(ProvisioningGroup group)
    {
        var settings = new SettingsReader(group);
        var known = new EndpointConfiguration
        {
            CustomStateUrl = settings.Take("CustomStateUrl"),
            EnableAppearOffline = settings.TakeBoolean("EnableAppearOffline"),
            DisablePresenceNote = settings.TakeBoolean("DisablePresenceNote"),
            DisableCalendarPresence = settings.TakeBoolean("DisableCalendarPresence"),
            DisablePhonePresence = settings.TakeBoolean("DisablePhonePresence"),
            DisableMeetingSubjectAndLocation = settings.TakeBoolean("DisableMeetingSubjectAndLocation"),
            MaximumNumberOfContacts = settings.TakeNumber("MaximumNumberOfContacts"),
            PhotoUsage = settings.Take("PhotoUsage"),
            MaxPhotoSizeKilobytes = settings.TakeNumber("MaxPhotoSizeKB"),
            AddressBookUsage = settings.Take("AbsUsage"),
            NotifyOfNewSubscribers = settings.TakeBoolean("NotificationForNewSubscribers"),
            EnableTracing = settings.TakeBoolean("EnableTracing"),
            ShowManagePrivacyRelationships = settings.TakeBoolean("ShowManagePrivacyRelationships"),
            ShowRecentContacts = settings.TakeBoolean("ShowRecentContacts"),
            DisableMusicOnHold = settings.TakeBoolean("DisableMusicOnHold"),
        };
        return known with { OtherSettings = settings.Left };
    }

    /// <summary>The group as a server writes it.</summary>
    public ProvisioningGroup ToGroup() => new SettingsWriter()
        .Add("CustomStateUrl", CustomStateUrl)
        .Add("EnableAppearOffline", EnableAppearOffline)
        .Add("DisablePresenceNote", DisablePresenceNote)
        .Add("DisableCalendarPresence", DisableCalendarPresence)
        .Add("DisablePhonePresence", DisablePhonePresence)
        .Add("DisableMeetingSubjectAndLocation", DisableMeetingSubjectAndLocation)
        .Add("MaximumNumberOfContacts", MaximumNumberOfContacts)
        .Add("PhotoUsage", PhotoUsage)
        .Add("MaxPhotoSizeKB", MaxPhotoSizeKilobytes)
        .Add("AbsUsage", AddressBookUsage)
        .Add("NotificationForNewSubscribers", NotifyOfNewSubscribers)
        .Add("EnableTracing", EnableTracing)
        .Add("ShowManagePrivacyRelationships", ShowManagePrivacyRelationships)
        .Add("ShowRecentContacts", ShowRecentContacts)
        .Add("DisableMusicOnHold", DisableMusicOnHold)
        .AddAll(OtherSettings)
        .AsPropertyList(ProvisioningGroupNames.EndpointConfiguration);
}
