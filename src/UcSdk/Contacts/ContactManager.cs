using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using UcSdk.Core;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// The user's contacts and groups as the server keeps them, everybody's presence that is watched, and the search for people. Groups and contacts stay as last known when
/// the connection is lost; presence does not.
/// </summary>
public sealed partial class ContactManager
{
    // Contacts that nobody holds any more are forgotten; the list of them is swept when it has doubled.
    private const int SweepAt = 256;
    private readonly ConcurrentDictionary<string, WeakReference<Contact>> _known = new(StringComparer.Ordinal);
    private readonly LyncClient _client;
    private readonly ContactGroups _groups;
    private readonly RoamingContacts _roaming;
    private readonly PresenceWatch _watch;
    private readonly PresenceWish _listed = new();
    private readonly ContactPictures _pictures;
    private ChangeStream<ContactInformationChange>? _changes;
    private int _sweepAt = SweepAt;

    internal ContactManager(ModelContext context, LyncClient client, RoamingContacts roaming, PresenceWatch watch, ContactPictures pictures, AddressBookClient addressBook)
    {
        Context = context;
        _client = client;
        Groups = new(context.Observers, "Groups");
        _groups = new(this);
        _roaming = roaming;
        _roaming.Changed = OnListChanged;
        Editor = new(this, _roaming);
        ServerConnection Connect(string operation) => client.Connection ?? throw new NotSignedInException(client.State, operation);
        _search = new(this, new DirectoryChoice(context, addressBook), Connect);
        Expansion = new(this, addressBook, Connect);
        _watch = watch;
        _watch.Manager = this;
        _pictures = pictures;
        client.Services.Add(_roaming);
        client.Services.Add(_watch);
    }

    /// <summary>The groups of the contact list, as the server has them. Ends when the client is disposed.</summary>
    public ObservableList<Group> Groups { get; }

    /// <summary>Whether the list is known.</summary>
    public ContactListState ListState => _roaming.State;

    /// <summary>The changes of <see cref="ListState"/>. Ends when the client is disposed.</summary>
    public IObservable<ContactListStateChange> ListStateChanges => _roaming.StateChanges;

    /// <summary>What changes of any contact that is watched: <see cref="Contact.InformationChanges"/> of all of them. Ends when the client is disposed.</summary>
    public IObservable<ContactInformationChange> InformationChanges
    {
        get
        {
            var created = new ChangeStream<ContactInformationChange>(Context.Observers, "ContactInformation");
            return Interlocked.CompareExchange(ref _changes, created, null) ?? created;
        }
    }

    internal ModelContext Context { get; }

    internal bool IsCompleted { get; private set; }

    /// <summary>Whether anybody has ever asked for the changes of all contacts.</summary>
    internal bool HasWatchers => Volatile.Read(ref _changes) is not null;

    /// <summary>The domain of the user; null while nobody is signed in.</summary>
    internal string? OwnDomain => _client.Uri is { } uri ? uri[(uri.IndexOf('@', StringComparison.Ordinal) + 1)..] : null;

    internal ClientState ClientState => _client.State;

    internal PrivacyRelationships Permissions => _client.Permissions;

    internal ContactListEditor Editor { get; }

    internal GroupExpansion Expansion { get; }

    /// <summary>
    /// The contact with the address, whether or not it is in the list: always the same object while anybody holds it. Nothing is asked of the server; presence comes with
    /// being watched: in the list, by a <see cref="ContactSubscription"/>, or by <see cref="Contact.QueryAsync"/>.
    /// </summary>
    /// <param name="uri">The address: <c>sip:user@domain</c> (the scheme may be left out), <c>tel:</c> or <c>mailto:</c>; case is not regarded.</param>
    /// <exception cref="ArgumentException">It is no such address.</exception>
    public Contact GetContactByUri(string uri)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(uri);
        return Find(ContactUri.Normalize(uri, nameof(uri)));
    }

    /// <summary>A subscription to the presence of contacts, which wants nothing yet.</summary>
    public ContactSubscription CreateSubscription() => new(this);

    /// <summary>Looks for a group by its name, case regarded.</summary>
    public bool TryGetGroup(string name, [NotNullWhen(true)] out Group? group)
    {
        group = Groups.FirstOrDefault(group => group.Name == name);
        return group is not null;
    }

    /// <summary>The groups of a kind.</summary>
    public IReadOnlyList<Group> GetGroupsByType(GroupType type) => [.. Groups.Where(group => group.Type == type)];

    /// <summary>Makes a group. Ends when the list shows it.</summary>
    /// <param name="name">The name, not empty and not <c>~</c>.</param>
    /// <param name="cancellationToken">Stops the waiting, not what has been sent.</param>
    /// <exception cref="ArgumentException">That cannot be a name.</exception>
    /// <exception cref="InvalidStateException">There is no contact list now.</exception>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public async Task<CustomGroup> AddGroupAsync(string name, CancellationToken cancellationToken = default)
    {
        ContactListEditor.RequireName(name);
        return await Context.Loop.InvokeAsync(() => Editor.AddGroupAsync(name, "", cancellationToken)) is CustomGroup group
            ? group
            : throw new ServerRequestException(nameof(AddGroupAsync), "the server made another kind of group of it");
    }

    /// <summary>Puts a distribution group into the list. Ends when the list shows it.</summary>
    /// <param name="group">The group, of a search.</param>
    /// <param name="cancellationToken">Stops the waiting, not what has been sent.</param>
    /// <returns>The group of the list, which is another object.</returns>
    /// <exception cref="InvalidStateException">There is no contact list now.</exception>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public async Task<DistributionGroup> AddGroupAsync(DistributionGroup group, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(group);
        var extension = new GroupExtension(GroupExtension.DistributionGroup, group.EmailAddress).ToExternalUri();
        return await Context.Loop.InvokeAsync(() => Editor.AddGroupAsync(group.Name, extension, cancellationToken)) is DistributionGroup added
            ? added
            : throw new ServerRequestException(nameof(AddGroupAsync), "the server made another kind of group of it");
    }

    /// <summary>Removes a group that the user has made, or takes a distribution group out of the list. Who was in no other group goes to the default group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="cancellationToken">Stops the waiting, not what has been sent.</param>
    /// <exception cref="ArgumentException">It belongs to another client, or its kind cannot be removed.</exception>
    /// <exception cref="InvalidStateException">There is no contact list now, or the group is not in it.</exception>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task RemoveGroupAsync(Group group, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(group);
        if (group.ContactManager != this || group is FavoriteContacts or FrequentContacts or CustomGroup { IsDefault: true })
        {
            throw new ArgumentException("Only a custom or distribution group of this client can be removed, and not the default group.", nameof(group));
        }

        group.Demand(GroupAction.DeleteGroup, nameof(RemoveGroupAsync));
        return Context.Loop.InvokeAsync(() => Editor.RemoveGroupAsync(group, cancellationToken));
    }

    /// <summary>Takes a contact out of the list. Nothing to do when it is not there.</summary>
    /// <param name="contact">The contact.</param>
    /// <param name="cancellationToken">Stops the waiting, not what has been sent.</param>
    /// <exception cref="ArgumentException">It belongs to another client.</exception>
    /// <exception cref="InvalidStateException">There is no contact list now.</exception>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task RemoveContactFromAllGroupsAsync(Contact contact, CancellationToken cancellationToken = default) =>
        Editor.RemoveFromAllAsync(contact, cancellationToken);

    /// <summary>The contact of an address in its one spelling.</summary>
    internal Contact Find(string address)
    {
        while (true)
        {
            if (_known.TryGetValue(address, out var reference))
            {
                if (reference.TryGetTarget(out var known))
                {
                    return known;
                }

                _known.TryRemove(new(address, reference));
            }

            var contact = new Contact(this, address);
            if (_known.TryAdd(address, new(contact)))
            {
                Sweep();
                return contact;
            }
        }
    }

    // In the order of their addresses, so that observers are told in the same order each time.
    private IEnumerable<Contact> Known => _known
        .OrderBy(pair => pair.Key, StringComparer.Ordinal)
        .Select(pair => pair.Value.TryGetTarget(out var contact) ? contact : null)
        .OfType<Contact>();

    internal Group? GroupOf(uint id) => _groups.Find(id);

    internal void Wish(PresenceWish wish, IReadOnlySet<Contact> contacts, ContactSubscriptionRefreshRate rate, PresenceNeeds needs) =>
        Context.Loop.Run(() => _watch.Wish(wish, contacts, rate, needs));

    internal Task<ContactInformation> QueryAsync(Contact contact, CancellationToken cancellationToken) => Context.Loop.InvokeAsync(async () =>
    {
        try
        {
            await _watch.FetchAsync(contact).UntilAsync(cancellationToken);
            return contact.Information;
        }
        catch (Exception failure) when (failure is SipException or TimeoutException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ServerRequestException(nameof(Contact.QueryAsync), failure);
        }
    });

    /// <summary>Where a contact's account is.</summary>
    internal SourceNetworkType SourceOf(Contact contact) => _client.Watchers.FirstOrDefault(watcher => watcher.Uri.Equals(contact.Uri, StringComparison.OrdinalIgnoreCase))?.Scope switch
    {
        AccessEntryScope.Enterprise => SourceNetworkType.Enterprise,
        AccessEntryScope.Federated => SourceNetworkType.FederatedEnterprise,
        AccessEntryScope.Public => SourceNetworkType.FederatedPublic,
        _ => OwnDomain is { } domain && contact.Uri.EndsWith("@" + domain, StringComparison.OrdinalIgnoreCase) ? SourceNetworkType.Enterprise : SourceNetworkType.Unknown,
    };

    internal Task<ContactPicture?> GetPictureAsync(Contact contact, CancellationToken cancellationToken) => Context.Loop.InvokeAsync(async () =>
    {
        var isShown = (_client.Settings.EndpointConfiguration.PhotoUsage, contact.Information.Photo?.Type) switch
        {
            ("NoPhoto", _) => false,
            ("PhotosFromADOnly", not ("default" or "enterprise")) => false,
            _ => true,
        };
        return isShown && contact.Information.Photo is { Uri: { Length: > 0 } address } photo ? await _pictures.GetAsync(address, photo.Hash, cancellationToken) : null;
    });

    /// <summary>Nobody watches the contact any more; what the user knows of itself is still true of the user's own. On the loop.</summary>
    internal void OnUnwatched(Contact contact) => _client.ShowOwn(contact);

    /// <summary>Access levels are others now. On the loop.</summary>
    internal void TellSettings()
    {
        foreach (var reference in _known.Values)
        {
            if (reference.TryGetTarget(out var contact))
            {
                contact.TellSettings();
            }
        }
    }

    internal void Publish(ContactInformationChange change) => Volatile.Read(ref _changes)?.Publish(change);

    /// <summary>What presence has told of anybody is not known any more.</summary>
    internal void ForgetPresence()
    {
        foreach (var contact in Known)
        {
            contact.Forget();
        }
    }

    internal void Complete()
    {
        IsCompleted = true;
        foreach (var contact in Known)
        {
            contact.Complete();
        }

        Volatile.Read(ref _changes)?.Complete();
        foreach (var group in Groups)
        {
            group.Complete();
        }

        Groups.Complete();
        _roaming.Complete();
    }

    private void OnListChanged(ContactList list)
    {
        _groups.Apply(list);
        var watched = _groups.Contacts.Where(contact => contact.IsSip && contact.Entry is { IsSubscribed: true }).ToHashSet();
        _watch.Wish(_listed, watched, ContactSubscriptionRefreshRate.High, PresenceNeeds.All);
    }

    private void Sweep()
    {
        var limit = Volatile.Read(ref _sweepAt);
        if (_known.Count < limit)
        {
            return;
        }

        foreach (var pair in _known)
        {
            if (!pair.Value.TryGetTarget(out _))
            {
                _known.TryRemove(pair);
            }
        }

        Volatile.Write(ref _sweepAt, Math.Max(SweepAt, 2 * _known.Count));
    }
}
