using UcSdk.Documents;
using UcSdk.Media;

namespace UcSdk.Server;

/// <summary>Which settings a user has, out of the options and of what the server knows itself.</summary>
internal sealed class ProvisionedGroups(ProvisioningOptions options, EncryptionPolicy encryption)
{
    /// <summary>Where the server's own web services are; null for none. What the options say comes first.</summary>
    public WebServiceAddresses? Web { get; set; }

    /// <summary>The group of that name. One that the server has nothing to say about is empty, so that the client need not guess whether it was understood.</summary>
    public ProvisioningGroup Of(string name, string user) => name.Equals(ProvisioningGroupNames.ServerConfiguration, StringComparison.OrdinalIgnoreCase)
        ? Configuration(user).ToGroup()
        : Find(name, user) ?? new ProvisioningGroup(name);

    /// <summary>The dial plan of that name, or the user's own; null when there is none.</summary>
    public LocationProfile? LocationProfile(string? name, string user)
    {
        name ??= Find(ProvisioningGroupNames.UserSetting, user) is { } group ? UserSettings.Of(group).LocationProfile : null;
        return name is null
            ? FirstProfile
            : options.LocationProfiles.FirstOrDefault(profile => profile.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    private LocationProfile? FirstProfile => options.LocationProfiles is { Count: > 0 } profiles ? profiles[0] : null;

    private ServerConfiguration Configuration(string user) => options.ServerConfiguration with
    {
        FocusFactoryUri = ConferenceUri.FocusFactory(user).Text,
        MediaEncryption = encryption switch
        {
            EncryptionPolicy.Supported => MediaEncryptionPolicy.Support,
            EncryptionPolicy.Off => MediaEncryptionPolicy.DoNotSupport,
            _ => MediaEncryptionPolicy.Require,
        },
        LocationProfile = options.ServerConfiguration.LocationProfile ?? FirstProfile?.Name,
        ExpansionInternalUrl = options.ServerConfiguration.ExpansionInternalUrl ?? Web?.AddressBook,
        ExpansionExternalUrl = options.ServerConfiguration.ExpansionExternalUrl ?? Web?.AddressBook,
        AddressBookQueryInternalUrl = options.ServerConfiguration.AddressBookQueryInternalUrl ?? Web?.AddressBook,
        AddressBookQueryExternalUrl = options.ServerConfiguration.AddressBookQueryExternalUrl ?? Web?.AddressBook,
        ExpansionEnabled = options.ServerConfiguration.ExpansionEnabled ?? (Web is null ? null : true),
    };

    private ProvisioningGroup? Find(string name, string user) => (options.GroupsOf?.Invoke(user) ?? []).Concat(options.Groups)
        .FirstOrDefault(group => group.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
