using UcSdk.Core;
using UcSdk.Documents;

namespace UcSdk.Simulation.Tests;

/// <summary>What the server holds of somebody, as far as it has told: publications with their versions, and the containers.</summary>
internal sealed class OwnPublications(RandomSource random)
{
    // Now and then a version is wrong, as after a notification that was not looked at.
    private const int Mistakes = 12;

    private readonly Dictionary<(string Name, uint Instance, uint Container), (uint Version, DocumentElement? Content)> _held = [];
    private readonly Dictionary<uint, PresenceContainer> _containers = [];

    public void Forget()
    {
        _held.Clear();
        _containers.Clear();
    }

    /// <summary>A notification has all instances of the categories that it speaks of, and all members of the containers.</summary>
    public void Learn(RoamingSelf self)
    {
        foreach (var named in self.Categories?.Categories.GroupBy(category => category.Name) ?? [])
        {
            foreach (var key in _held.Keys.Where(key => key.Name == named.Key).ToArray())
            {
                _held.Remove(key);
            }

            foreach (var category in named.Where(category => category is { Instance: not null, Container: not null }))
            {
                _held[(category.Name, category.Instance!.Value, category.Container!.Value)] = (category.Version ?? 0, category.Content);
            }
        }

        foreach (var container in self.Containers ?? [])
        {
            _containers[container.Id] = container;
        }
    }

    public void Learn(CategoryPublication refused, uint current) => _held[KeyOf(refused)] = (current, null);

    public void Learn(ContainerChange refused, uint current) => _containers[refused.Id] = _containers.GetValueOrDefault(refused.Id, new(refused.Id)) with { Version = current };

    /// <summary>Whether the server holds something else.</summary>
    public bool Differs(CategoryPublication wanted) => _held.TryGetValue(KeyOf(wanted), out var held)
        ? wanted.IsRemoval || held.Content != wanted.Content
        : !wanted.IsRemoval;

    public CategoryPublication WithVersion(CategoryPublication wanted) => wanted with { Version = VersionOf(wanted) };

    /// <summary>The changes after which everybody is where it should be.</summary>
    public ContainerChange[] MovesTo(IEnumerable<(string Watcher, uint Level)> placed)
    {
        var changes = new SortedDictionary<uint, List<ContainerMemberChange>>();
        foreach (var (watcher, level) in placed)
        {
            var member = new ContainerMember(ContainerMemberTypes.User, watcher);
            foreach (var container in _containers.Values.Where(container => container.Id != level && container.Members.Contains(member)))
            {
                Of(container.Id).Add(new(false, member));
            }

            if (!_containers.TryGetValue(level, out var target) || !target.Members.Contains(member))
            {
                Of(level).Add(new(true, member));
            }
        }

        return [.. changes.Select(pair => new ContainerChange(pair.Key, _containers.GetValueOrDefault(pair.Key)?.Version ?? 0) { Members = ValueList.From(pair.Value) })];

        List<ContainerMemberChange> Of(uint container)
        {
            if (!changes.TryGetValue(container, out var list))
            {
                changes.Add(container, list = []);
            }

            return list;
        }
    }

    private uint VersionOf(CategoryPublication wanted) =>
        (_held.TryGetValue(KeyOf(wanted), out var held) ? held.Version : 0) + (random.Next(Mistakes) == 0 ? 7u : 0u);

    private static (string Name, uint Instance, uint Container) KeyOf(CategoryPublication publication) => (publication.CategoryName, publication.Instance, publication.Container);
}
