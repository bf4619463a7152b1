using System.Globalization;
using UcSdk.Documents;

namespace UcSdk;

/// <summary>What one call wants published, read from the loosely typed pairs of the Lync SDK and checked before anything goes out.</summary>
internal sealed class PublicationWish
{
    private readonly Dictionary<PublishableContactInformationType, object?> _items = [];
    private readonly CustomAvailabilityState? _custom;

    private PublicationWish(IEnumerable<KeyValuePair<PublishableContactInformationType, object?>> items, IReadOnlyList<CustomAvailabilityState> customs, string parameter)
    {
        foreach (var (type, value) in items)
        {
            if (!_items.TryAdd(type, Check(type, value, parameter)))
            {
                throw new ArgumentException($"{type} is there twice.", parameter);
            }
        }

        if (_items.GetValueOrDefault(PublishableContactInformationType.CustomActivityId) is int id)
        {
            _custom = customs.FirstOrDefault(state => state.Id == id) ?? throw new ArgumentException($"There is no custom activity {id}.", parameter);
        }
    }

    /// <summary>True where something that was published before is changed, rather than replaced.</summary>
    public bool BuildsOnState => Has(PublishableContactInformationType.DisplayPhoto) || Has(PublishableContactInformationType.PhotoUrl)
        || (ChangesState && !Has(PublishableContactInformationType.Availability));

    private bool ChangesState => Has(PublishableContactInformationType.Availability) || Has(PublishableContactInformationType.ActivityId) || Has(PublishableContactInformationType.CustomActivityId);

    public static PublicationWish Read(
        IEnumerable<KeyValuePair<PublishableContactInformationType, object?>> items, IReadOnlyList<CustomAvailabilityState> customs, string parameter) =>
        new(items, customs, parameter);

    /// <summary>The publications, made out of what there is now.</summary>
    public IEnumerable<CategoryPublication> Create(PublishedState state, OwnPresence presence) =>
    [
        .. ChangesState ? OwnPublications.User(state, CreateState(state)) : [],
        .. Has(PublishableContactInformationType.LocationName) ? presence.Locate(Text(PublishableContactInformationType.LocationName)) : [],
        .. Has(PublishableContactInformationType.PersonalNote) ? OwnPublications.Note(state, Note) : [],
        .. Has(PublishableContactInformationType.DisplayPhoto) || Has(PublishableContactInformationType.PhotoUrl)
            ? OwnCard.WithPhoto(
                state,
                _items.GetValueOrDefault(PublishableContactInformationType.DisplayPhoto) as PhotoSetting?,
                Has(PublishableContactInformationType.PhotoUrl) ? Text(PublishableContactInformationType.PhotoUrl) ?? "" : null)
            : [],
    ];

    /// <summary>The same for a server that knows nothing but PIDF.</summary>
    /// <exception cref="ServerRequestException">It cannot be said in PIDF.</exception>
    public void Apply(PlainPresence plain, string operation)
    {
        if (_items.Keys.Any(type => type is PublishableContactInformationType.LocationName or PublishableContactInformationType.DisplayPhoto or PublishableContactInformationType.PhotoUrl))
        {
            throw new ServerRequestException(operation, "the server keeps availability, activity and note only");
        }

        if (ChangesState)
        {
            plain.Availability = Availability ?? plain.Availability;
            plain.Activity = Text(PublishableContactInformationType.ActivityId);
            plain.Words = _custom?.Activities.Values.FirstOrDefault();
        }

        if (Has(PublishableContactInformationType.PersonalNote))
        {
            plain.Note = Note?.Personal?.Text;
        }
    }

    private ContactAvailability? Availability => _custom?.Availability
        ?? (Has(PublishableContactInformationType.Availability) ? (ContactAvailability)(_items[PublishableContactInformationType.Availability] ?? ContactAvailability.None) : null);

    private PresenceNote? Note => _items.GetValueOrDefault(PublishableContactInformationType.PersonalNote) switch
    {
        PresenceNote note => note,
        string { Length: > 0 } text => PresenceNote.Saying(text),
        _ => null,
    };

    private bool Has(PublishableContactInformationType type) => _items.ContainsKey(type);

    private string? Text(PublishableContactInformationType type) => _items.GetValueOrDefault(type) is string { Length: > 0 } text ? text : null;

    private PresenceState? CreateState(PublishedState state)
    {
        var key = new PublicationKey(PresenceCategoryNames.State, PublicationInstances.User, PresenceContainerIds.Aggregation);
        var availability = Availability ?? ContactAvailabilities.Of(PresenceState.Of(state.Find(key)?.Content)?.Availability);
        if (availability == ContactAvailability.None)
        {
            return null;
        }

        var words = (_custom?.Activities ?? new Dictionary<int, string>()).Select(pair => new CustomActivity((uint)pair.Key, pair.Value));
        return UserStates.Choose(availability, Text(PublishableContactInformationType.ActivityId), ValueList.From(words));
    }

    private static object? Check(PublishableContactInformationType type, object? value, string parameter)
    {
        switch (type, value)
        {
            case (PublishableContactInformationType.Availability, ContactAvailability availability):
                ContactAvailabilities.RequirePublishable(availability, parameter);
                return value;
            case (PublishableContactInformationType.Availability or PublishableContactInformationType.CustomActivityId, null):
            case (PublishableContactInformationType.CustomActivityId, int):
            case (PublishableContactInformationType.ActivityId or PublishableContactInformationType.LocationName, string or null):
            case (PublishableContactInformationType.PersonalNote, string or PresenceNote or null):
            case (PublishableContactInformationType.DisplayPhoto, PhotoSetting):
            case (PublishableContactInformationType.PhotoUrl, null or ""):
                return value;
            case (PublishableContactInformationType.PhotoUrl, string url) when Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http":
                return value;
            default:
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{type} cannot be published as {value?.GetType().Name ?? "null"}."), parameter);
        }
    }
}
