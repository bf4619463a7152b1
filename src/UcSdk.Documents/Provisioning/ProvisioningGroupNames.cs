namespace UcSdk.Documents;

/// <summary>The groups of settings that a server hands out in-band ([MS-SIPREGE] §2.2.2.4).</summary>
public static class ProvisioningGroupNames
{
    /// <summary>Addresses of services and media settings; see <see cref="Documents.ServerConfiguration"/>.</summary>
    public const string ServerConfiguration = "ServerConfiguration";

    /// <summary>What the user's meetings may have.</summary>
    public const string MeetingPolicy = "meetingPolicy";

    /// <summary>What the user may do.</summary>
    public const string UcPolicy = "ucPolicy";

    /// <summary>Which presence may be published.</summary>
    public const string PublicationGrammar = "publicationGrammar";

    /// <summary>Settings of the user.</summary>
    public const string UserSetting = "userSetting";

    /// <summary>Settings of the client.</summary>
    public const string EndpointConfiguration = "endpointConfiguration";

    /// <summary>Settings of locations.</summary>
    public const string LocationPolicy = "locationPolicy";

    /// <summary>Settings of media.</summary>
    public const string MediaConfiguration = "mediaConfiguration";

    /// <summary>How presence is shown.</summary>
    public const string PresencePolicyV2 = "presencePolicyV2";

    /// <summary>Which presence may be published where privacy is enhanced.</summary>
    public const string PrivacyPublicationGrammar = "privacyPublicationGrammar";

    /// <summary>Public providers that can be reached.</summary>
    public const string PublicProviders = "publicProviders";

    /// <summary>Where persistent chat is.</summary>
    public const string PersistentChatConfiguration = "persistentChatConfiguration";

    /// <summary>All of them, in the order in which clients ask.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        ServerConfiguration, MeetingPolicy, UcPolicy, PublicationGrammar, UserSetting, EndpointConfiguration, LocationPolicy,
        MediaConfiguration, PresencePolicyV2, PrivacyPublicationGrammar, PublicProviders, PersistentChatConfiguration,
    ];
}
