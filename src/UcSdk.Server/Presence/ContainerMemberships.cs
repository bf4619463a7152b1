using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>
/// The containers of one user and who is in them, and so what whom is shown ([MS-PRES] §3.8): a watcher falls into the container whose member means it most
/// particularly (user, domain, enterprise or federation, everyone), of several into the one with the highest number.
/// </summary>
internal sealed class ContainerMemberships(PresenceLimits limits)
{
    private readonly SortedDictionary<uint, PresenceContainer> _containers = [];

    public ValueList<PresenceContainer> All => ValueList.From(_containers.Values);

    /// <summary>Where the watcher falls; null where the user has placed nobody like it.</summary>
    public uint? ContainerOf(Watcher watcher)
    {
        var best = 0;
        uint? container = null;
        foreach (var (id, held) in _containers)
        {
            foreach (var member in held.Members)
            {
                // The containers come in rising order, so that of equal ones the highest stays.
                if (watcher.MatchOf(member) is var match && match > 0 && match >= best)
                {
                    (best, container) = (match, id);
                }
            }
        }

        return container ?? Default(watcher);
    }

    /// <summary>Whether the user has placed that very watcher.</summary>
    public bool Names(Watcher watcher) => _containers.Values.Any(container => container.Members.Any(member => watcher.MatchOf(member) == Watcher.ByAddress));

    /// <summary>Takes in what a store has kept.</summary>
    public void Restore(PresenceContainer container) => _containers[container.Id] = container;

    /// <summary>Changes members; all of it or nothing.</summary>
    /// <param name="changes">The request.</param>
    /// <param name="refusal">Why nothing was changed.</param>
    public bool TryChange(IReadOnlyList<ContainerChange> changes, out ServerAnswer refusal)
    {
        refusal = null!;
        var conflicts = new List<PresenceFaultOperation>();
        var changed = new Dictionary<uint, PresenceContainer>();
        for (var index = 0; index < changes.Count; index++)
        {
            var change = changes[index];
            var current = changed.GetValueOrDefault(change.Id) ?? _containers.GetValueOrDefault(change.Id) ?? new PresenceContainer(change.Id);
            if (change.Version != current.Version && !changed.ContainsKey(change.Id))
            {
                conflicts.Add(new((uint)index + 1) { Version = change.Version, CurrentVersion = current.Version });
                continue;
            }

            changed[change.Id] = current with { Version = current.Version + 1, Members = Apply(current.Members, change.Members) };
        }

        if (conflicts.Count > 0)
        {
            refusal = PresenceRefusals.Conflict(conflicts, ServerDiagnostics.ContainerVersion);
            return false;
        }

        var after = _containers.Where(pair => !changed.ContainsKey(pair.Key)).Select(pair => pair.Value).Concat(changed.Values).ToArray();
        if (after.Length > limits.MaxContainers || after.Sum(container => container.Members.Count) > limits.MaxMembers)
        {
            refusal = after.Length > limits.MaxContainers ? PresenceRefusals.TooManyContainers : PresenceRefusals.TooManyMembers;
            return false;
        }

        foreach (var container in changed.Values)
        {
            _containers[container.Id] = container;
        }

        return true;
    }

    // As clients set it at the first sign-in: until then, colleagues see a user as colleagues do, and others as externals.
    private uint? Default(Watcher watcher)
    {
        var isPlaced = _containers.Values.Any(container => container.Members.Any(member => member.Type == watcher.Kind));
        return isPlaced || watcher.Kind.Length == 0 ? null
            : watcher.Kind == ContainerMemberTypes.SameEnterprise ? PresenceContainerIds.Company
            : PresenceContainerIds.External;
    }

    private static ValueList<ContainerMember> Apply(ValueList<ContainerMember> members, ValueList<ContainerMemberChange> changes)
    {
        var list = members.ToList();
        foreach (var change in changes)
        {
            list.RemoveAll(member => IsSame(member, change.Member));
            if (change.Adds)
            {
                list.Add(change.Member);
            }
        }

        return ValueList.From(list);
    }

    private static bool IsSame(ContainerMember one, ContainerMember other) =>
        one.Type == other.Type
        && PresenceNames.WithoutScheme(one.Value ?? "").Equals(PresenceNames.WithoutScheme(other.Value ?? ""), StringComparison.OrdinalIgnoreCase);
}
