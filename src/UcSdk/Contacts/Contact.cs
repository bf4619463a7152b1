using UcSdk.Documents;

namespace UcSdk;

/// <summary>
/// Somebody by an address: in the contact list, found by a search, or just named. The object is the same for everybody in the client who names the address. Members may
/// be called from any thread.
/// </summary>
public sealed class Contact
{
    private const string Tag = "tag";
    private ChangeStream<ContactInformationChange>? _changes;
    private volatile ContactListContact? _entry;
    private volatile ContactInformation _information = ContactInformation.Unknown;

    internal Contact(ContactManager manager, string uri)
    {
        ContactManager = manager;
        Uri = uri;
    }

    /// <summary>The address in small letters: <c>sip:user@domain</c>, <c>tel:</c> or <c>mailto:</c>.</summary>
    public string Uri { get; }

    /// <summary>Whose contact it is.</summary>
    public ContactManager ContactManager { get; }

    /// <summary>Whether it is in the user's contact list.</summary>
    public bool IsListed => _entry is not null;

    /// <summary>The groups of the list that it is in.</summary>
    public IReadOnlyList<Group> Groups => [.. ContactManager.Groups.Where(group => group.Contacts.Contains(this))];

    /// <summary>The groups among them that the user has made.</summary>
    public IReadOnlyList<CustomGroup> CustomGroups => [.. Groups.OfType<CustomGroup>()];

    /// <summary>
    /// What is known of it now: all from the last notification while it is watched, nothing while the connection is lost or nobody watches. A query or a poll leaves what it
    /// brought, as of then.
    /// </summary>
    public ContactInformation Information => _information;

    /// <summary>How its presence is watched.</summary>
    public ContactPresenceState PresenceState => Watched?.State ?? ContactPresenceState.Idle;

    /// <summary>
    /// What changes of what is known, and how it is watched. Calendar values also change with the time of day, which is no news here. Ends when the client is disposed.
    /// </summary>
    public IObservable<ContactInformationChange> InformationChanges
    {
        get
        {
            if (Volatile.Read(ref _changes) is { } there)
            {
                return there;
            }

            var created = new ChangeStream<ContactInformationChange>(ContactManager.Context.Observers, "ContactInformation");
            var changes = Interlocked.CompareExchange(ref _changes, created, null) ?? created;
            if (ContactManager.IsCompleted)
            {
                changes.Complete();
            }

            return changes;
        }
    }

    /// <summary>The name for people: the user's own for a contact of the list, else the card's, else the address.</summary>
    public string DisplayName => (string)GetContactInformation(ContactInformationType.DisplayName)!;

    /// <summary>How available it is; <see cref="ContactAvailability.None"/> while that is not known.</summary>
    public ContactAvailability Availability => _information.Availability;

    /// <summary>Where its account is, as far as the address tells: the user's own domain is <see cref="SourceNetworkType.Enterprise"/>, others are not known.</summary>
    public SourceNetworkType SourceNetwork =>
        ContactManager.OwnDomain is { } domain && Uri.EndsWith("@" + domain, StringComparison.OrdinalIgnoreCase) ? SourceNetworkType.Enterprise : SourceNetworkType.Unknown;

    /// <summary>The addresses at which it can be reached: its own, and the telephones that its card shows.</summary>
    public IReadOnlyList<ContactEndpoint> ContactEndpoints => EndpointsOf(_information);

    internal ContactListContact? Entry => _entry;

    /// <summary>The watching of it; null while nobody wants it. On the loop, read anywhere.</summary>
    internal WatchedContact? Watched { get; set; }

    internal IReadOnlyList<string> InstantMessageAddresses => IsSip ? [Uri] : [];

    internal bool IsSip => Uri.StartsWith("sip:", StringComparison.Ordinal);

    /// <summary>What is known of the type now, without asking the server.</summary>
    /// <returns>A value of the type that <see cref="ContactInformationType"/> names; null while it is not known.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is no member of the enumeration.</exception>
    public object? GetContactInformation(ContactInformationType type)
    {
        ContactInformation.Require(type, nameof(type));
        return ContactInformationReader.Read(this, _information, type, ContactManager.Context.WallClock);
    }

    /// <summary>What is known of the types at one moment.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One of them is no member of the enumeration.</exception>
    public IReadOnlyDictionary<ContactInformationType, object?> GetContactInformation(IEnumerable<ContactInformationType> types)
    {
        var (information, now) = (_information, ContactManager.Context.WallClock);
        return new ContactInformationTypeSet(types).ToDictionary(type => type, type => ContactInformationReader.Read(this, information, type, now));
    }

    /// <summary>
    /// Asks the server once what it knows of the contact (SUBSCRIBE with Expires: 0, RFC 6665 §4.4.3). Queries that begin at the same time share a request. What comes is in
    /// <see cref="Information"/> too.
    /// </summary>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="InvalidOperationException">The contact has no SIP address.</exception>
    /// <exception cref="NotSignedInException">Nobody is signed in.</exception>
    /// <exception cref="ServerRequestException">The server refuses or does not answer.</exception>
    public Task<ContactInformation> QueryAsync(CancellationToken cancellationToken = default) =>
        IsSip ? ContactManager.QueryAsync(this, cancellationToken) : throw new InvalidOperationException("Only a contact with a SIP address has presence.");

    /// <summary>Takes the contact from one group to another. Ends when the list shows it.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="source">Where from.</param>
    /// <param name="cancellationToken">Stops the waiting, not what has been sent.</param>
    /// <exception cref="InvalidStateException">One of the groups does not allow it, or is not in the list.</exception>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task MoveToGroupAsync(Group target, Group source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(source);
        target.Demand(GroupAction.AddContact, nameof(MoveToGroupAsync));
        source.Demand(GroupAction.RemoveContact, nameof(MoveToGroupAsync));
        return ContactManager.Editor.MoveAsync(this, target, source, cancellationToken);
    }

    /// <summary>Whether the user has tagged it, to be told of its changes (attribute <c>tag</c> of its <c>contactSettings</c> in the list).</summary>
    public bool IsTagged => TagOf(_entry) is { } tag && tag is not ("false" or "0" or "");

    /// <summary>Tags the contact, or takes the tag away. Ends when the list shows it; what other clients keep with the contact stays.</summary>
    /// <param name="isTagged">Whether it is to have the tag.</param>
    /// <param name="cancellationToken">Stops the waiting, not what has been sent.</param>
    /// <exception cref="InvalidStateException">It is not in the list, or there is no list now.</exception>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task SetTaggedAsync(bool isTagged, CancellationToken cancellationToken = default) =>
        ContactManager.Editor.ChangeAsync(this, nameof(SetTaggedAsync), entry => WithTag(entry, isTagged), cancellationToken);

    /// <summary>Gives the contact a name of the user's own in the list, or takes it away. Ends when the list shows it.</summary>
    /// <param name="name">The name; empty for none.</param>
    /// <param name="cancellationToken">Stops the waiting, not what has been sent.</param>
    /// <exception cref="InvalidStateException">It is not in the list, or there is no list now.</exception>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task SetListNameAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        return ContactManager.Editor.ChangeAsync(this, nameof(SetListNameAsync), entry => entry with { Name = name }, cancellationToken);
    }

    /// <summary>Never the address, which is user data.</summary>
    public override string ToString() => IsListed ? "contact in the list" : "contact";

    internal IReadOnlyList<ContactEndpoint> EndpointsOf(ContactInformation information) => IsSip
        ? [new ContactEndpoint(ContactEndpointType.Lync, Uri, Uri[4..]), .. information.Phones]
        : Uri.StartsWith("tel:", StringComparison.Ordinal) ? [new ContactEndpoint(ContactEndpointType.OtherPhone, Uri, Uri[4..])] : information.Phones;

    /// <summary>Takes what the list says of it now; null when it is not in it. On the loop.</summary>
    internal void SetEntry(ContactListContact? entry)
    {
        _entry = entry;
        Update(_information with { ListName = string.IsNullOrEmpty(entry?.Name) ? null : entry.Name });
    }

    /// <summary>Takes what is known now, and tells what of it is news. On the loop.</summary>
    internal void Update(ContactInformation information)
    {
        var changed = ContactInformationReader.Compare(_information, information);
        _information = information;
        if (!changed.IsEmpty)
        {
            Tell(changed);
        }
    }

    /// <summary>Forgets what presence has told; what the list says stays. On the loop.</summary>
    internal void Forget() => Update(ContactInformation.Unknown with { ListName = _information.ListName });

    internal void TellState() => Tell(default);

    internal void Complete() => _changes?.Complete();

    private static string? TagOf(ContactListContact? entry) =>
        entry?.Settings?.ExtensionAttributes.Where(attribute => attribute.Name == Tag).Select(attribute => attribute.Value).FirstOrDefault();

    private static ContactListContact WithTag(ContactListContact entry, bool isTagged)
    {
        if (isTagged == TagOf(entry) is not (null or "false" or "0" or ""))
        {
            return entry;
        }

        var settings = entry.Settings ?? new ContactSettings();
        var others = settings.ExtensionAttributes.Where(attribute => attribute.Name != Tag);
        return entry.WithSettings(settings with { ExtensionAttributes = ValueList.From(isTagged ? others.Append(new DocumentAttribute("", Tag, "true")) : others) });
    }

    private void Tell(ContactInformationTypeSet changed)
    {
        var changes = Volatile.Read(ref _changes);
        if (changes is not null || ContactManager.HasWatchers)
        {
            var change = new ContactInformationChange(this, changed, _information, PresenceState, ContactManager.Context.WallClock);
            changes?.Publish(change);
            ContactManager.Publish(change);
        }
    }
}
