using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>Small facts about names in presence documents.</summary>
internal static class PresenceNames
{
    /// <summary>What a watcher gets who names no categories ([MS-PRES] §3.4).</summary>
    public static readonly string[] DefaultCategories =
        [PresenceCategoryNames.ContactCard, PresenceCategoryNames.Note, PresenceCategoryNames.Services, PresenceCategoryNames.State];

    /// <summary>The containers that show what the server makes of the first and of the second container of aggregation ([MS-PRES] §3.8.5.1).</summary>
    public static readonly (uint From, uint[] To)[] Aggregations =
    [
        (PresenceContainerIds.Aggregation, [PresenceContainerIds.Aggregation, PresenceContainerIds.External, PresenceContainerIds.Company, PresenceContainerIds.Personal]),
        (PresenceContainerIds.TeamAggregation, [PresenceContainerIds.TeamAggregation, PresenceContainerIds.Team]),
    ];

    /// <summary>The containers that watchers are shown.</summary>
    public static readonly uint[] Shown =
        [PresenceContainerIds.External, PresenceContainerIds.Company, PresenceContainerIds.Team, PresenceContainerIds.Personal];

    /// <summary><c>bob@contoso.test</c> of <c>sip:bob@contoso.test</c>.</summary>
    public static string WithoutScheme(string address)
    {
        address = address.Trim();
        return address.StartsWith("sip:", StringComparison.OrdinalIgnoreCase) ? address[4..] : address;
    }
}
