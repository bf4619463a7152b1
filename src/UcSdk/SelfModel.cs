using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>What <see cref="Self"/> shows, for the life of the client: it goes on while connections come and go. Written on the loop, read from anywhere.</summary>
internal sealed class SelfModel : IDisposable
{
    private readonly ModelContext _context;
    private readonly ContactManager _contacts;
    private readonly PresenceTranslation _translation = new();
    private Contact? _contact;
    private readonly ChangeStream<SelfPresenceChange> _presenceChanges;
    private readonly ChangeStream<IReadOnlyList<Phone>> _phonesChanges;
    private volatile SelfPresence _presence = SelfPresence.Unknown;
    private volatile IReadOnlyList<Phone> _phones = [];

    public SelfModel(ModelContext context, ClientSettings settings, ContactManager contacts, CustomActivities customs)
    {
        _context = context;
        _contacts = contacts;
        Settings = settings;
        Customs = customs;
        Wire = new OwnPresence(context) { Changed = OnChanged };
        _presenceChanges = new(context.Observers, "Self.Presence");
        _phonesChanges = new(context.Observers, "Self.Phones");
        Watchers = new(context.Observers, "Self.Watchers");
        Permissions = new(context, Wire);
        CallForwarding = new(context, Wire);
    }

    public OwnPresence Wire { get; }

    public ClientSettings Settings { get; }

    public CustomActivities Customs { get; }

    public PrivacyRelationships Permissions { get; }

    public CallForwarding CallForwarding { get; }

    public SelfPresence Presence => _presence;

    public IObservable<SelfPresenceChange> PresenceChanges => _presenceChanges;

    public IReadOnlyList<Phone> Phones => _phones;

    public IObservable<IReadOnlyList<Phone>> PhonesChanges => _phonesChanges;

    public ObservableList<Watcher> Watchers { get; }

    public void Complete()
    {
        _presenceChanges.Complete();
        _phonesChanges.Complete();
        Watchers.Complete();
        Permissions.Complete();
        CallForwarding.Complete();
    }

    public void Dispose() => Wire.Dispose();

    private void OnChanged()
    {
        ShowPresence(Wire.Plain is { } plain ? Read(plain) : SelfPresenceReader.Read(Wire.State, Wire.EndpointId, Wire.Instances));
        ShowPhones(OwnCard.PhonesOf(Wire.State));
        ShowWatchers([.. SelfPresenceReader.ReadWatchers(Wire.State)]);
        if (Permissions.Show(SelfPresenceReader.ReadEntries(Wire.State)))
        {
            _contacts.TellSettings();
        }

        CallForwarding.Show();
        ShowContact();
    }

    /// <summary>The user as a contact; kept alive here, so that it is the same object for everybody.</summary>
    public Contact ContactOf(SipUri user)
    {
        var contact = _contacts.GetContactByUri(user.Text);
        _contact = contact;
        return contact;
    }

    /// <summary>Shows the user's presence on the contact, where it is the user's own.</summary>
    public void ShowOwn(Contact contact)
    {
        if (contact == _contact)
        {
            ShowContact();
        }
    }

    // Whoever watches himself is told so by that; the two would contradict each other otherwise.
    private void ShowContact()
    {
        if (_contact is { Watched: null } contact && Wire.User is { } user)
        {
            contact.Update(Wire.Plain is { } plain
                ? OwnInformation.Of(contact.Information, plain)
                : _translation.Apply(contact.Information, new() { Categories = OwnInformation.Of(Wire.State, user.Text, Wire.Instances) }, _context.WallClock));
        }
    }

    private static SelfPresence Read(PlainPresence plain) => new()
    {
        Availability = plain.Availability ?? ContactAvailability.None,
        AvailabilityNumber = (uint)(plain.Availability ?? ContactAvailability.None),
        ChosenAvailability = plain.Availability ?? ContactAvailability.None,
        ActivityId = plain.Activity,
        CustomActivities = plain.Words is null ? [] : [new CustomActivity(null, plain.Words)],
        PersonalNote = plain.Note,
    };

    private void ShowPresence(SelfPresence presence)
    {
        var previous = _presence;
        if (presence != previous)
        {
            _presence = presence;
            _presenceChanges.Publish(new(previous, presence, _context.WallClock));
        }
    }

    private void ShowPhones(IReadOnlyList<Phone> phones)
    {
        if (!phones.SequenceEqual(_phones))
        {
            _phones = phones;
            _phonesChanges.Publish(phones);
        }
    }

    private void ShowWatchers(List<Watcher> watchers)
    {
        foreach (var gone in Watchers.Except(watchers).ToList())
        {
            Watchers.Remove(gone);
        }

        foreach (var come in watchers.Except(Watchers).ToList())
        {
            Watchers.Add(come);
        }
    }
}
