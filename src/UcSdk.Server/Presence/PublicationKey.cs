using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>What a publication is known by among those of its user ([MS-PRES] §2.2.2): category, instance, container.</summary>
internal readonly record struct PublicationKey(string Category, uint Instance, uint Container)
{
    /// <summary>True for what the server itself makes; nobody may publish in its place.</summary>
    public bool IsServerMade => (Category, Instance, Container) switch
    {
        (PresenceCategoryNames.State, AggregatedPresence.MachineInstance or AggregatedPresence.StateInstance, _) => true,
        (PresenceCategoryNames.Services, 0, not PresenceContainerIds.Settings) => true,
        (PresenceCategoryNames.ContactCard, 0, PresenceContainerIds.Settings) => true,
        (PresenceCategoryNames.UserProperties, 0, PresenceContainerIds.Self) => true,
        _ => false,
    };

    /// <summary>True for the one publication that every watcher is shown, wherever it falls: the directory's contact card.</summary>
    public bool IsShownToAll => this is { Category: PresenceCategoryNames.ContactCard, Instance: 0, Container: PresenceContainerIds.Settings };
}
