using UcSdk.Documents;

namespace UcSdk;

/// <summary>
/// Somebody by an address: in the contact list, found by a search, or just named. The object is the same for everybody in the client who names the address. Members may
/// be called from any thread.
/// </summary>
public sealed partial class Contact
{
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

    /// <summary>
    /// Where its account is: for those who watch the user what the server says of them (<see cref="Self.Watchers"/>), for others <see cref="SourceNetworkType.Enterprise"/> in
    /// the user's own domain, and unknown elsewhere.
    /// </summary>
    public SourceNetworkType SourceNetwork => ContactManager.SourceOf(this);

    /// <summary>Whether it has an account on a system of unified communications, as its card says (attribute <c>isUCEnabled</c>).</summary>
    public UnifiedCommunicationType UnifiedCommunicationType => _information.Card?.IsUcEnabled switch
    {
        true => UnifiedCommunicationType.Enabled,
        false => UnifiedCommunicationType.NotEnabled,
        null => UnifiedCommunicationType.Unknown,
    };

    /// <summary>The addresses at which it can be reached: its own, its voice mail, and the telephones that its card shows.</summary>
    public IReadOnlyList<ContactEndpoint> ContactEndpoints => EndpointsOf(_information);

    internal ContactListContact? Entry => _entry;

    /// <summary>The watching of it; null while nobody wants it. On the loop, read anywhere.</summary>
    internal WatchedContact? Watched { get; set; }

    /// <summary>True from when this client has put it into the list until the server has been told so with the wish to watch it. On the loop.</summary>
    internal bool IsJustAdded { get; set; }

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

    /// <summary>
    /// Whether a conversation with these modalities can begin with it: there is an address for each, and where the contact tells what it can do, that is among it.
    /// </summary>
    /// <param name="modalities">The modalities, at least one.</param>
    public bool CanStart(ModalityTypes modalities)
    {
        var (information, isSip) = (_information, IsSip);
        return modalities != ModalityTypes.None && Enum.GetValues<ModalityTypes>().Where(one => one != ModalityTypes.None && modalities.HasFlag(one)).All(one =>
            (isSip && information.CanRender(one)) || EndpointsOf(information).Any(endpoint => endpoint.Type is not (ContactEndpointType.Lync or ContactEndpointType.VoiceMail) && endpoint.CanStart(one)));
    }

    /// <summary>Makes an endpoint of this contact out of a telephone number that its card does not show.</summary>
    /// <param name="telephoneUri">The number, as a <c>tel:</c> URI or by itself; separators are taken away.</param>
    /// <exception cref="ArgumentException">That is no telephone number.</exception>
    public ContactEndpoint CreateContactEndpoint(string telephoneUri)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(telephoneUri);
        var number = telephoneUri.StartsWith("tel:", StringComparison.OrdinalIgnoreCase) ? telephoneUri[4..] : telephoneUri;
        return !number.Any(char.IsLetter) && ContactUri.TryNormalize("tel:" + number, out var uri)
            ? new(ContactEndpointType.OtherPhone, uri, number.Trim())
            : throw new ArgumentException("A telephone number is wanted.", nameof(telephoneUri));
    }

    /// <summary>
    /// Its picture: fetched from the address that its card names (<see cref="LyncClientOptions.Web"/>), or kept from before as long as address and hash are the same. Address
    /// and bytes come from others: they are fetched when this is called and not before, without credentials, and are a picture or nothing.
    /// </summary>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>
    /// The picture; null while no address of one is known (watch or query the contact first), and where the server's settings say that none, or none of this kind, is shown
    /// (<c>PhotoUsage</c>). Pictures of the address book, whose card has a hash and no address, need a web ticket and are not fetched.
    /// </returns>
    /// <exception cref="ServerRequestException">It cannot be fetched, is too large (<see cref="WebOptions.MaxPictureBytes"/>), or is no picture.</exception>
    public Task<ContactPicture?> GetPhotoAsync(CancellationToken cancellationToken = default) => ContactManager.GetPictureAsync(this, cancellationToken);

    /// <summary>Whether <see cref="MoveToGroupAsync"/> can be done now.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="source">Where from.</param>
    public bool CanMoveToGroup(Group target, Group source)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(source);
        return target != source && source.CanInvoke(GroupAction.RemoveContact, this) && target.CanInvoke(GroupAction.AddContact, this);
    }

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

    /// <summary>Never the address, which is user data.</summary>
    public override string ToString() => IsListed ? "contact in the list" : "contact";

    internal IReadOnlyList<ContactEndpoint> EndpointsOf(ContactInformation information) => IsSip
        ? [new ContactEndpoint(ContactEndpointType.Lync, Uri, Uri[4..]), .. information.VoiceMail is { } mail ? [mail] : Array.Empty<ContactEndpoint>(), .. information.Phones]
        : Uri.StartsWith("tel:", StringComparison.Ordinal) ? [new ContactEndpoint(ContactEndpointType.OtherPhone, Uri, Uri[4..])] : information.Phones;

    /// <summary>Takes what the list says of it now; null when it is not in it. On the loop.</summary>
    internal void SetEntry(ContactListContact? entry)
    {
        _entry = entry;
        Update(_information with { ListName = string.IsNullOrEmpty(entry?.Name) ? null : entry.Name });
        TellSettings();
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

    internal void Complete()
    {
        _changes?.Complete();
        _settingChanges?.Complete();
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
