namespace UcSdk.Documents;

/// <summary>What the user's meetings may have, the group meetingPolicy ([MS-SIPREGE] §2.2.2.5.2). What is null was not said.</summary>
public sealed record MeetingPolicy
{
    /// <summary>Whether meetings have audio.</summary>
    public bool? AllowIPAudio { get; init; }

    /// <summary>Whether meetings have video.</summary>
    public bool? AllowIPVideo { get; init; }

    /// <summary>How many may be in a meeting.</summary>
    public uint? MeetingSize { get; init; }

    /// <summary>Whether people without a proven identity may take part.</summary>
    public bool? AllowAnonymousParticipants { get; init; }

    /// <summary>Whether the user's meetings have application sharing.</summary>
    public bool? AllowUserToScheduleMeetingsWithAppSharing { get; init; }

    /// <summary>What may be shared: <c>None</c>, <c>SingleApplication</c> or <c>Desktop</c>.</summary>
    public string? EnableAppDesktopSharing { get; init; }

    /// <summary>The same where people from outside take part.</summary>
    public string? AllowAppSharingForExternalMeeting { get; init; }

    /// <summary>Whether people from outside may take control of what is shared.</summary>
    public bool? AllowExternalUserControl { get; init; }

    /// <summary>Whether meetings have whiteboards, presentations and the like.</summary>
    public bool? EnableDataCollaboration { get; init; }

    /// <summary>Whether presenters may record.</summary>
    public bool? AllowPresenterToRecord { get; init; }

    /// <summary>Whether meetings have polls.</summary>
    public bool? AllowPolls { get; init; }

    /// <summary>Whether meetings can be dialled into.</summary>
    public bool? EnableDialInConferencing { get; init; }

    /// <summary>Whether calls between two have video.</summary>
    public bool? EnableP2PVideo { get; init; }

    /// <summary>Whether two may send each other files.</summary>
    public bool? EnableP2PFileTransfer { get; init; }

    /// <summary>How much audio may take, in kbit/s.</summary>
    public uint? AudioBitRate { get; init; }

    /// <summary>How much video may take, in kbit/s.</summary>
    public uint? VideoBitRate { get; init; }

    /// <summary>Settings that this type does not know, by name.</summary>
    public ValueList<KeyValuePair<string, string>> OtherSettings { get; init; } = [];

    /// <summary>Reads the settings out of a group.</summary>
    public static MeetingPolicy Of(ProvisioningGroup group)
    {
        var settings = new SettingsReader(group);
        var known = new MeetingPolicy
        {
            AllowIPAudio = settings.TakeBoolean("AllowIPAudio"),
            AllowIPVideo = settings.TakeBoolean("AllowIPVideo"),
            MeetingSize = settings.TakeNumber("MeetingSize"),
            AllowAnonymousParticipants = settings.TakeBoolean("AllowAnonymousParticipantsInMeetings"),
            AllowUserToScheduleMeetingsWithAppSharing = settings.TakeBoolean("AllowUserToScheduleMeetingsWithAppSharing"),
            EnableAppDesktopSharing = settings.Take("EnableAppDesktopSharing"),
            AllowAppSharingForExternalMeeting = settings.Take("AllowAppSharingForExternalMeeting"),
            AllowExternalUserControl = settings.TakeBoolean("AllowExternalUserControl"),
            EnableDataCollaboration = settings.TakeBoolean("EnableDataCollaboration"),
            AllowPresenterToRecord = settings.TakeBoolean("AllowPresenterToRecord"),
            AllowPolls = settings.TakeBoolean("AllowPolls"),
            EnableDialInConferencing = settings.TakeBoolean("EnableDialInConferencing"),
            EnableP2PVideo = settings.TakeBoolean("EnableP2PVideo"),
            EnableP2PFileTransfer = settings.TakeBoolean("EnableP2PFileTransfer"),
            AudioBitRate = settings.TakeNumber("AudioBitRate"),
            VideoBitRate = settings.TakeNumber("VideoBitRate"),
        };
        return known with { OtherSettings = settings.Left };
    }

    /// <summary>The group as a server writes it.</summary>
    public ProvisioningGroup ToGroup() => new SettingsWriter()
        .Add("AllowIPAudio", AllowIPAudio)
        .Add("AllowIPVideo", AllowIPVideo)
        .Add("MeetingSize", MeetingSize)
        .Add("AllowAnonymousParticipantsInMeetings", AllowAnonymousParticipants)
        .Add("AllowUserToScheduleMeetingsWithAppSharing", AllowUserToScheduleMeetingsWithAppSharing)
        .Add("EnableAppDesktopSharing", EnableAppDesktopSharing)
        .Add("AllowAppSharingForExternalMeeting", AllowAppSharingForExternalMeeting)
        .Add("AllowExternalUserControl", AllowExternalUserControl)
        .Add("EnableDataCollaboration", EnableDataCollaboration)
        .Add("AllowPresenterToRecord", AllowPresenterToRecord)
        .Add("AllowPolls", AllowPolls)
        .Add("EnableDialInConferencing", EnableDialInConferencing)
        .Add("EnableP2PVideo", EnableP2PVideo)
        .Add("EnableP2PFileTransfer", EnableP2PFileTransfer)
        .Add("AudioBitRate", AudioBitRate)
        .Add("VideoBitRate", VideoBitRate)
        .AddAll(OtherSettings)
        .AsInstance(ProvisioningGroupNames.MeetingPolicy);
}
