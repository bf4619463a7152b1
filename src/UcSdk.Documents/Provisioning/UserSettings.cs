namespace UcSdk.Documents;

/// <summary>Settings of the user, the group userSetting ([MS-SIPREGE] §2.2.2.5.5).</summary>
public sealed record UserSettings
{
    /// <summary>Whether files may not be sent.</summary>
    public bool? DisableFileTransfer { get; init; }

    /// <summary>The name of the user's own location profile, before that of the server (<see cref="ServerConfiguration.LocationProfile"/>); null when there is none.</summary>
    public string? LocationProfile { get; init; }

    /// <summary>Whether this is a phone in a public place rather than a person.</summary>
    public bool? IsCommonAreaPhone { get; init; }

    /// <summary>Settings that this type does not know, by name.</summary>
    public ValueList<KeyValuePair<string, string>> OtherSettings { get; init; } = [];

    /// <summary>Reads the settings out of a group.</summary>
    public static UserSettings Of(ProvisioningGroup group)
    {
        var settings = new SettingsReader(group);
        var known = new UserSettings
        {
            DisableFileTransfer = settings.TakeBoolean("disableFileTransfer"),
            LocationProfile = settings.Take("ucUserLocationProfile"),
            IsCommonAreaPhone = settings.TakeBoolean("commonAreaPhone"),
        };
        return known with { OtherSettings = settings.Left };
    }

    /// <summary>The group as a server writes it.</summary>
    public ProvisioningGroup ToGroup() => new SettingsWriter()
        .Add("disableFileTransfer", DisableFileTransfer)
        .Add("ucUserLocationProfile", LocationProfile)
        .Add("commonAreaPhone", IsCommonAreaPhone)
        .AddAll(OtherSettings)
        .AsElements(ProvisioningGroupNames.UserSetting);
}
