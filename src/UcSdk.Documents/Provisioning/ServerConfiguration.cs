using System.Globalization;

namespace UcSdk.Documents;

/// <summary>The group ServerConfiguration: where the services of the user's server are, and how media is to be sent ([MS-SIPREGE] §2.2.2).</summary>
public sealed record ServerConfiguration
{
    /// <summary>The user's focus factory; null when the server has no conferences.</summary>
    public string? FocusFactoryUri { get; init; }

    /// <summary>The service that hands out credentials for media relays; null when there is none.</summary>
    public string? MrasUri { get; init; }

    /// <summary>Whether media is encrypted; default required.</summary>
    public MediaEncryptionPolicy MediaEncryption { get; init; }

    /// <summary>Whether the port ranges below apply; default no.</summary>
    public bool PortRangeEnabled { get; init; }

    /// <summary>Ports for media of kinds without a range of their own; null when not said.</summary>
    public PortRange? MediaPorts { get; init; }

    /// <summary>Ports for audio; null when not said.</summary>
    public PortRange? AudioPorts { get; init; }

    /// <summary>Ports for video; null when not said.</summary>
    public PortRange? VideoPorts { get; init; }

    /// <summary>Ports for application sharing; null when not said.</summary>
    public PortRange? ApplicationSharingPorts { get; init; }

    /// <summary>Ports for file transfer; null when not said.</summary>
    public PortRange? FileTransferPorts { get; init; }

    /// <summary>Settings that this type does not know, by name.</summary>
    public ValueList<KeyValuePair<string, string>> OtherSettings { get; init; } = [];

    /// <summary>The ports to use for audio; null when any may be used.</summary>
    public PortRange? EffectiveAudioPorts => PortRangeEnabled ? AudioPorts ?? MediaPorts : null;

    /// <summary>Reads the settings out of a group.</summary>
    public static ServerConfiguration Of(ProvisioningGroup group)
    {
        var other = group.Settings.ToList();
        return new ServerConfiguration
        {
            FocusFactoryUri = Take(other, "focusFactoryUri"),
            MrasUri = Take(other, "mrasUri"),
            MediaEncryption = ReadEncryption(Take(other, "ucPC2PCAVEncryption")),
            PortRangeEnabled = DocumentScope.Boolean(Take(other, "ucPortRangeEnabled")) ?? false,
            MediaPorts = TakeRange(other, "MediaPort"),
            AudioPorts = TakeRange(other, "AudioPort"),
            VideoPorts = TakeRange(other, "VideoPort"),
            ApplicationSharingPorts = TakeRange(other, "AppSharingPort"),
            FileTransferPorts = TakeRange(other, "FileTransferPort"),
            OtherSettings = ValueList.From(other),
        };
    }

    /// <summary>The group as a server writes it.</summary>
    public ProvisioningGroup ToGroup()
    {
        var settings = new List<KeyValuePair<string, string>>();
        Add(settings, "focusFactoryUri", FocusFactoryUri);
        Add(settings, "mrasUri", MrasUri);
        Add(settings, "ucPC2PCAVEncryption", EncryptionText(MediaEncryption));
        Add(settings, "ucPortRangeEnabled", ElementBuilder.Text(PortRangeEnabled));
        AddRange(settings, "MediaPort", MediaPorts);
        AddRange(settings, "AudioPort", AudioPorts);
        AddRange(settings, "VideoPort", VideoPorts);
        AddRange(settings, "AppSharingPort", ApplicationSharingPorts);
        AddRange(settings, "FileTransferPort", FileTransferPorts);
        settings.AddRange(OtherSettings);
        return ProvisioningGroup.OfSettings(ProvisioningGroupNames.ServerConfiguration, settings);
    }

    private static MediaEncryptionPolicy ReadEncryption(string? text) => text switch
    {
        "SupportEncryption" => MediaEncryptionPolicy.Support,
        "DoNotSupportEncryption" => MediaEncryptionPolicy.DoNotSupport,
        _ => MediaEncryptionPolicy.Require,
    };

    private static string EncryptionText(MediaEncryptionPolicy policy) => policy switch
    {
        MediaEncryptionPolicy.Support => "SupportEncryption",
        MediaEncryptionPolicy.DoNotSupport => "DoNotSupportEncryption",
        _ => "RequireEncryption",
    };

    private static string? Take(List<KeyValuePair<string, string>> settings, string name)
    {
        var at = settings.FindIndex(setting => setting.Key.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (at < 0)
        {
            return null;
        }

        var value = settings[at].Value;
        settings.RemoveAt(at);
        return value.Length == 0 ? null : value;
    }

    // Half a range, or one that runs backwards, is no range.
    private static PortRange? TakeRange(List<KeyValuePair<string, string>> settings, string kind)
    {
        var minimum = ReadPort(Take(settings, "ucMin" + kind));
        var maximum = ReadPort(Take(settings, "ucMax" + kind));
        return minimum is { } first && maximum is { } last && first <= last ? new PortRange(first, last) : null;
    }

    private static ushort? ReadPort(string? text) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0 ? port : null;

    private static void Add(List<KeyValuePair<string, string>> settings, string name, string? value)
    {
        if (value is not null)
        {
            settings.Add(new(name, value));
        }
    }

    private static void AddRange(List<KeyValuePair<string, string>> settings, string kind, PortRange? range)
    {
        Add(settings, "ucMin" + kind, range?.Minimum.ToString(CultureInfo.InvariantCulture));
        Add(settings, "ucMax" + kind, range?.Maximum.ToString(CultureInfo.InvariantCulture));
    }
}
