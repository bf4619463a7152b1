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

    /// <summary>The bot that takes test calls; null when there is none.</summary>
    public string? TestCallUri { get; init; }

    /// <summary>The voice mail of the user; null when there is none.</summary>
    public string? VoiceMailUri { get; init; }

    /// <summary>The service that parks calls; null when there is none.</summary>
    public string? CallParkServerUri { get; init; }

    /// <summary>The pool of the user; null when not said.</summary>
    public string? PoolUri { get; init; }

    /// <summary>The service that takes reports about the quality of calls; null when there is none.</summary>
    public string? QosUri { get; init; }

    /// <summary>The name of the location profile, by whose rules numbers are dialled, unless the user has one of his own (<see cref="UserSettings.LocationProfile"/>); null when there is none.</summary>
    public string? LocationProfile { get; init; }

    /// <summary>Where the files of the address book, and photos, are for clients inside; null when not said.</summary>
    public string? AddressBookInternalUrl { get; init; }

    /// <summary>The same for clients outside; null when not said.</summary>
    public string? AddressBookExternalUrl { get; init; }

    /// <summary>The service that searches the address book, for clients inside; null when not said.</summary>
    public string? AddressBookQueryInternalUrl { get; init; }

    /// <summary>The same for clients outside; null when not said.</summary>
    public string? AddressBookQueryExternalUrl { get; init; }

    /// <summary>The service that expands distribution groups ([MS-DLX]), for clients inside; null when not said.</summary>
    public string? ExpansionInternalUrl { get; init; }

    /// <summary>The same for clients outside; null when not said.</summary>
    public string? ExpansionExternalUrl { get; init; }

    /// <summary>The name of the organisation; null when not said.</summary>
    public string? Organization { get; init; }

    /// <summary>Whether the address book can be downloaded; null when not said.</summary>
    public bool? AddressBookServiceEnabled { get; init; }

    /// <summary>Whether distribution groups can be expanded; null when not said.</summary>
    public bool? ExpansionEnabled { get; init; }

    /// <summary>Whether packets are marked for quality of service; null when not said.</summary>
    public bool? QosEnabled { get; init; }

    /// <summary>Whether reports about the quality are sent during a call; null when not said.</summary>
    public bool? InCallQosEnabled { get; init; }

    /// <summary>How often such reports are sent; null when not said.</summary>
    public TimeSpan? InCallQosInterval { get; init; }

    /// <summary>The best video that may be sent, as the server words it (<c>CIF-250K</c>, <c>VGA-600K</c>, <c>Hd720p-1500K</c>); null when not said.</summary>
    public string? MaxVideoRate { get; init; }

    /// <summary>Settings that this type does not know, by name.</summary>
    public ValueList<KeyValuePair<string, string>> OtherSettings { get; init; } = [];

    /// <summary>The ports to use for audio; null when any may be used.</summary>
    public PortRange? EffectiveAudioPorts => PortRangeEnabled ? AudioPorts ?? MediaPorts : null;

    /// <summary>Reads the settings out of a group.</summary>
    public static ServerConfiguration Of(ProvisioningGroup group)
    {
        var settings = new SettingsReader(group);
        var known = new ServerConfiguration
        {
            FocusFactoryUri = settings.Take("focusFactoryUri"),
            MrasUri = settings.Take("mrasUri"),
            MediaEncryption = ReadEncryption(settings.Take("ucPC2PCAVEncryption")),
            PortRangeEnabled = settings.TakeBoolean("ucPortRangeEnabled") ?? false,
            MediaPorts = settings.TakeRange("MediaPort"),
            AudioPorts = settings.TakeRange("AudioPort"),
            VideoPorts = settings.TakeRange("VideoPort"),
            ApplicationSharingPorts = settings.TakeRange("AppSharingPort"),
            FileTransferPorts = settings.TakeRange("FileTransferPort"),
            TestCallUri = settings.Take("botSipUriForTestCall"),
            VoiceMailUri = settings.Take("voiceMailUri"),
            CallParkServerUri = settings.Take("callParkServerUri"),
            PoolUri = settings.Take("poolUri"),
            QosUri = settings.Take("qosUri"),
            LocationProfile = settings.Take("ucLocationProfile"),
            AddressBookInternalUrl = settings.Take("absInternalServerUrl"),
            AddressBookExternalUrl = settings.Take("absExternalServerUrl"),
            AddressBookQueryInternalUrl = settings.Take("abwqInternalUrl"),
            AddressBookQueryExternalUrl = settings.Take("abwqExternalUrl"),
            ExpansionInternalUrl = settings.Take("dlxInternalUrl"),
            ExpansionExternalUrl = settings.Take("dlxExternalUrl"),
            Organization = settings.Take("organization"),
            AddressBookServiceEnabled = settings.TakeBoolean("absWebServiceEnabled"),
            ExpansionEnabled = settings.TakeBoolean("dlxEnabled"),
            QosEnabled = settings.TakeBoolean("qosEnabled"),
            InCallQosEnabled = settings.TakeBoolean("enableInCallQoS"),
            InCallQosInterval = settings.TakeSeconds("inCallQoSIntervalSeconds"),
            MaxVideoRate = settings.Take("ucMaxVideoRateAllowed"),
        };
        return known with { OtherSettings = settings.Left };
    }

    /// <summary>The group as a server writes it.</summary>
    public ProvisioningGroup ToGroup() => new SettingsWriter()
        .Add("focusFactoryUri", FocusFactoryUri)
        .Add("mrasUri", MrasUri)
        .Add("ucPC2PCAVEncryption", EncryptionText(MediaEncryption))
        .Add("ucPortRangeEnabled", PortRangeEnabled)
        .AddRange("MediaPort", MediaPorts)
        .AddRange("AudioPort", AudioPorts)
        .AddRange("VideoPort", VideoPorts)
        .AddRange("AppSharingPort", ApplicationSharingPorts)
        .AddRange("FileTransferPort", FileTransferPorts)
        .Add("botSipUriForTestCall", TestCallUri)
        .Add("voiceMailUri", VoiceMailUri)
        .Add("callParkServerUri", CallParkServerUri)
        .Add("poolUri", PoolUri)
        .Add("qosUri", QosUri)
        .Add("ucLocationProfile", LocationProfile)
        .Add("absInternalServerUrl", AddressBookInternalUrl)
        .Add("absExternalServerUrl", AddressBookExternalUrl)
        .Add("abwqInternalUrl", AddressBookQueryInternalUrl)
        .Add("abwqExternalUrl", AddressBookQueryExternalUrl)
        .Add("dlxInternalUrl", ExpansionInternalUrl)
        .Add("dlxExternalUrl", ExpansionExternalUrl)
        .Add("organization", Organization)
        .Add("absWebServiceEnabled", AddressBookServiceEnabled)
        .Add("dlxEnabled", ExpansionEnabled)
        .Add("qosEnabled", QosEnabled)
        .Add("enableInCallQoS", InCallQosEnabled)
        .Add("inCallQoSIntervalSeconds", InCallQosInterval)
        .Add("ucMaxVideoRateAllowed", MaxVideoRate)
        .AddAll(OtherSettings)
        .AsElements(ProvisioningGroupNames.ServerConfiguration);

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
}
