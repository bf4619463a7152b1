namespace UcSdk.Documents;

/// <summary>Where persistent chat is, the group persistentChatConfiguration ([MS-SIPREGE] §2.2.2.5).</summary>
public sealed record PersistentChatConfiguration
{
    /// <summary>Whether the user may use persistent chat; null when not said.</summary>
    public bool? IsEnabled { get; init; }

    /// <summary>The pool that serves it; null when not said.</summary>
    public string? DefaultPoolUri { get; init; }

    /// <summary>Settings that this type does not know, by name.</summary>
    public ValueList<KeyValuePair<string, string>> OtherSettings { get; init; } = [];

    /// <summary>Reads the settings out of a group.</summary>
    public static PersistentChatConfiguration Of(ProvisioningGroup group)
    {
        var settings = new SettingsReader(group);
        var known = new PersistentChatConfiguration
        {
            IsEnabled = settings.TakeBoolean("EnablePersistentChat"),
            DefaultPoolUri = settings.Take("DefaultPersistentChatPoolUri"),
        };
        return known with { OtherSettings = settings.Left };
    }

    /// <summary>The group as a server writes it.</summary>
    public ProvisioningGroup ToGroup() => new SettingsWriter()
        .Add("EnablePersistentChat", IsEnabled)
        .Add("DefaultPersistentChatPoolUri", DefaultPoolUri)
        .AddAll(OtherSettings)
        .AsPropertyList(ProvisioningGroupNames.PersistentChatConfiguration);
}
