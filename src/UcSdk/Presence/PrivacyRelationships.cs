using UcSdk.Documents;

namespace UcSdk;

/// <summary>
/// Who may see what of the user: the containers of [MS-PRES] §1.3 as access levels. Of several entries that name somebody the most particular counts, and of those the highest
/// number.
/// </summary>
public sealed class PrivacyRelationships
{
    private readonly ModelContext _context;
    private readonly OwnPresence _wire;
    private readonly ChangeStream<AccessEntriesChange> _changes;
    private volatile IReadOnlyList<AccessEntry> _entries = [];

    internal PrivacyRelationships(ModelContext context, OwnPresence wire)
    {
        _context = context;
        _wire = wire;
        _changes = new(context.Observers, "Self.Permissions");
    }

    /// <summary>Everybody and everything that has a level.</summary>
    public IReadOnlyList<AccessEntry> Entries => _entries;

    /// <summary>Changes of the entries, also those that another endpoint of the user made. Ends when the client is disposed.</summary>
    public IObservable<AccessEntriesChange> Changes => _changes;

    /// <summary>The entries of one level.</summary>
    public IReadOnlyList<AccessEntry> EntriesOf(AccessLevel level) => [.. _entries.Where(entry => entry.Level == level)];

    /// <summary>The level that somebody has in the end, as far as the user's own entries tell; <see cref="AccessLevel.Default"/> where none applies.</summary>
    /// <param name="uri">Who, <c>sip:user@domain</c>.</param>
    /// <param name="kind">What kind of person it is: of the same organisation, which is the default, federated or public.</param>
    /// <exception cref="ArgumentException">That is no address of a user.</exception>
    public AccessLevel GetAccessLevel(string uri, AccessEntryScope kind = AccessEntryScope.Enterprise)
    {
        var user = UserAddress.Parse(uri, nameof(uri)).AddressOfRecord;
        (AccessEntryScope Scope, string Id)[] steps =
            [(AccessEntryScope.User, user.Text), (AccessEntryScope.Domain, user.Host), (kind, ""), (AccessEntryScope.Everyone, "")];
        foreach (var (scope, id) in steps)
        {
            if (_entries.Where(entry => entry.Scope == scope && entry.Id.Equals(id, StringComparison.OrdinalIgnoreCase)).MaxBy(entry => entry.Level) is { } entry)
            {
                return entry.Level;
            }
        }

        return AccessLevel.Default;
    }

    /// <summary>Gives somebody a level of his own, in the place of the one he had.</summary>
    /// <param name="uri">Who, <c>sip:user@domain</c>.</param>
    /// <param name="level">The level; <see cref="AccessLevel.Default"/> takes his own away.</param>
    /// <param name="cancellationToken">Stops the waiting, not what has been sent.</param>
    /// <exception cref="ArgumentException">That is no address of a user, or no level.</exception>
    /// <exception cref="InvalidStateException">The connection is gone.</exception>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task SetAccessLevelAsync(string uri, AccessLevel level, CancellationToken cancellationToken = default) =>
        SetAsync(nameof(SetAccessLevelAsync), UserOf(uri), level, cancellationToken);

    /// <summary>Blocks somebody: he sees nothing, and cannot reach the user.</summary>
    /// <inheritdoc cref="SetAccessLevelAsync(string, AccessLevel, CancellationToken)"/>
    public Task BlockAsync(string uri, CancellationToken cancellationToken = default) => SetAsync(nameof(BlockAsync), UserOf(uri), AccessLevel.Blocked, cancellationToken);

    /// <summary>Takes back that somebody is blocked; who has another level keeps it.</summary>
    /// <inheritdoc cref="SetAccessLevelAsync(string, AccessLevel, CancellationToken)"/>
    public Task UnblockAsync(string uri, CancellationToken cancellationToken = default)
    {
        var member = UserOf(uri);
        return _context.Loop.InvokeAsync(() => _wire.SetContainersAsync(
            nameof(UnblockAsync),
            state => OwnContainers.Set(state, member, AccessLevel.Default).Where(change => change.Id == PresenceContainerIds.Blocked),
            cancellationToken));
    }

    /// <summary>Gives all of a domain, or of a kind, a level: the one that those have who have none of their own.</summary>
    /// <param name="scope">Whom; not one person.</param>
    /// <param name="domain">The domain, where that is the scope; otherwise empty.</param>
    /// <param name="level">The level; <see cref="AccessLevel.Default"/> takes theirs away.</param>
    /// <param name="cancellationToken">Stops the waiting, not what has been sent.</param>
    /// <exception cref="ArgumentException">Scope, domain and level do not go together.</exception>
    /// <exception cref="InvalidStateException">The connection is gone.</exception>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task SetAccessLevelAsync(AccessEntryScope scope, string domain, AccessLevel level, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(domain);
        if (!Enum.IsDefined(scope) || scope == AccessEntryScope.User || domain.Length > 0 != (scope == AccessEntryScope.Domain))
        {
            throw new ArgumentException("A scope other than one person is wanted, and a domain with the scope Domain only.", nameof(scope));
        }

        return SetAsync(nameof(SetAccessLevelAsync), new ContainerMember(AccessScopes.TypeOf(scope), domain.Length > 0 ? domain : null), level, cancellationToken);
    }

    /// <summary>Takes the entries of the server. True when they are others.</summary>
    internal bool Show(IReadOnlyList<AccessEntry> entries)
    {
        var previous = _entries;
        var added = entries.Except(previous).ToList();
        var removed = previous.Except(entries).ToList();
        if (added.Count + removed.Count == 0)
        {
            return false;
        }

        _entries = entries;
        _changes.Publish(new(added, removed, entries));
        return true;
    }

    internal void Complete() => _changes.Complete();

    private static ContainerMember UserOf(string uri) =>
        new(ContainerMemberTypes.User, SelfPresenceReader.WithoutScheme(UserAddress.Parse(uri, nameof(uri)).AddressOfRecord.Text));

    private Task SetAsync(string operation, ContainerMember member, AccessLevel level, CancellationToken cancellationToken)
    {
        if (!Enum.IsDefined(level))
        {
            throw new ArgumentException($"{level} is no access level.", nameof(level));
        }

        return _context.Loop.InvokeAsync(() => _wire.SetContainersAsync(operation, state => OwnContainers.Set(state, member, level), cancellationToken));
    }
}
