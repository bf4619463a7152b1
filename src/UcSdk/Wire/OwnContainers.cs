using UcSdk.Documents;

namespace UcSdk;

/// <summary>Makes changes of who may see what ([MS-PRES] §3.3, setContainerMembers).</summary>
internal static class OwnContainers
{
    private static readonly uint[] Levels = [.. Enum.GetValues<AccessLevel>().Where(level => level != AccessLevel.Default).Select(level => (uint)level)];

    /// <summary>What clients set up at the first sign-in of a user: colleagues are of the same organisation, external are all federated.</summary>
    public static IEnumerable<ContainerChange> CreateDefaults(PublishedState state) =>
        state.Containers.SelectMany(container => container.Members).Any(member => member.Type is ContainerMemberTypes.SameEnterprise or ContainerMemberTypes.Federated)
            ? []
            :
            [
                Add(AccessLevel.Colleague, new ContainerMember(ContainerMemberTypes.SameEnterprise)),
                Add(AccessLevel.External, new ContainerMember(ContainerMemberTypes.Federated)),
            ];

    /// <summary>The member has the level and no other; with <see cref="AccessLevel.Default"/> it has none of its own.</summary>
    public static IEnumerable<ContainerChange> Set(PublishedState state, ContainerMember member, AccessLevel level)
    {
        foreach (var id in Levels)
        {
            // Kept as the server spells it: what is removed must be what is there.
            var there = state.Containers.FirstOrDefault(container => container.Id == id)?.Members.FirstOrDefault(other => PublishedState.IsSame(other, member));
            if (id == (uint)level)
            {
                if (there is null)
                {
                    yield return Add(level, member);
                }
            }
            else if (there is not null)
            {
                yield return new ContainerChange(id, 0) { Members = [new ContainerMemberChange(Adds: false, there)] };
            }
        }
    }

    private static ContainerChange Add(AccessLevel level, ContainerMember member) => new((uint)level, 0) { Members = [new ContainerMemberChange(Adds: true, member)] };
}
