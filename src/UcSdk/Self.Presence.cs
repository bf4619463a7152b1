using UcSdk.Documents;

namespace UcSdk;

/// <content>Presence: as it is, and as the user wants it.</content>
public sealed partial class Self
{
    /// <summary>The user's presence as the server last told it, over all endpoints of the user.</summary>
    public SelfPresence Presence => _model.Presence;

    /// <summary>Its changes. Ends when the client is disposed.</summary>
    public IObservable<SelfPresenceChange> PresenceChanges => _model.PresenceChanges;

    /// <summary>Whether the user uses this endpoint, as it tells the server.</summary>
    public UserActivity Activity => _model.Wire.Activity;

    /// <summary>Who watches the user's presence. Ends when the client is disposed.</summary>
    public ObservableList<Watcher> Watchers => _model.Watchers;

    /// <summary>
    /// Publishes what the user says of itself, all of it or nothing. Where another endpoint of the user publishes at the same time, the last one counts. At servers that know
    /// nothing but PUBLISH (RFC 3903) only availability, activity and note can be published.
    /// </summary>
    /// <param name="items">What, and the values that <see cref="PublishableContactInformationType"/> says.</param>
    /// <param name="cancellationToken">Stops the waiting, not what has been sent.</param>
    /// <exception cref="ArgumentException">A value is of another kind, or cannot be published; two of a kind.</exception>
    /// <exception cref="InvalidStateException">The connection is gone, or <see cref="PresenceOptions.Enabled"/> is not set.</exception>
    /// <exception cref="ServerRequestException">The server refused (403), has nothing of the kind, or did not answer.</exception>
    public Task PublishContactInformationAsync(
        IEnumerable<KeyValuePair<PublishableContactInformationType, object?>> items, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        var wish = PublicationWish.Read(items, _model.Customs.All, nameof(items));
        return _context.Loop.InvokeAsync(() => PublishAsync(wish, nameof(PublishContactInformationAsync), cancellationToken));
    }

    /// <summary>Publishes how available the user is, whatever the endpoints tell, until <see cref="ResetAvailabilityAsync"/>.</summary>
    /// <param name="availability">Not idle; <see cref="ContactAvailability.None"/> resets, <see cref="ContactAvailability.Offline"/> appears offline.</param>
    /// <param name="activityId">The token of an activity, e.g. <c>off-work</c> (<see cref="PresenceActivityTokens"/>); default none.</param>
    /// <param name="cancellationToken">Stops the waiting, not what has been sent.</param>
    /// <exception cref="ArgumentException">That cannot be published.</exception>
    /// <exception cref="InvalidStateException">The connection is gone.</exception>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task PublishAvailabilityAsync(ContactAvailability availability, string? activityId = null, CancellationToken cancellationToken = default) =>
        PublishContactInformationAsync(
            [new(PublishableContactInformationType.Availability, availability), new(PublishableContactInformationType.ActivityId, activityId)], cancellationToken);

    /// <summary>Takes back what the user has chosen: the server computes the availability from endpoints, calendar and calls again.</summary>
    /// <param name="cancellationToken">Stops the waiting, not what has been sent.</param>
    /// <exception cref="InvalidStateException">The connection is gone.</exception>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task ResetAvailabilityAsync(CancellationToken cancellationToken = default) => PublishAvailabilityAsync(ContactAvailability.None, null, cancellationToken);

    /// <summary>Publishes the user's note: words (<see cref="PublishRichNoteAsync"/> for more).</summary>
    /// <param name="text">The words; null or empty removes the note.</param>
    /// <param name="cancellationToken">Stops the waiting, not what has been sent.</param>
    /// <exception cref="InvalidStateException">The connection is gone.</exception>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task PublishNoteAsync(string? text, CancellationToken cancellationToken = default) =>
        PublishContactInformationAsync([new(PublishableContactInformationType.PersonalNote, text)], cancellationToken);

    /// <summary>Publishes a note of several bodies, with times or with content that is more than words.</summary>
    /// <param name="note">The note.</param>
    /// <param name="cancellationToken">Stops the waiting, not what has been sent.</param>
    /// <exception cref="InvalidStateException">The connection is gone.</exception>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task PublishRichNoteAsync(PresenceNote note, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(note);
        return PublishContactInformationAsync([new(PublishableContactInformationType.PersonalNote, note)], cancellationToken);
    }

    /// <summary>Publishes where the user is; this endpoint says so until the client is disposed or says something else.</summary>
    /// <param name="name">The place; null or empty for none.</param>
    /// <param name="cancellationToken">Stops the waiting, not what has been sent.</param>
    /// <exception cref="InvalidStateException">The connection is gone.</exception>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task PublishLocationAsync(string? name, CancellationToken cancellationToken = default) =>
        PublishContactInformationAsync([new(PublishableContactInformationType.LocationName, name)], cancellationToken);

    /// <summary>
    /// Which custom activities are known by now, to be published by <see cref="PublishableContactInformationType.CustomActivityId"/>: those of
    /// <see cref="PresenceOptions.CustomStates"/>, and those that <see cref="GetPublishableCustomAvailabilityStatesAsync"/> has brought.
    /// </summary>
    public IReadOnlyList<CustomAvailabilityState> GetPublishableCustomAvailabilityStates() => _model.Customs.All;

    /// <summary>
    /// Which custom activities can be published: those of <see cref="PresenceOptions.CustomStates"/>, and up to four of the document that the server's settings name
    /// (<c>CustomStateUrl</c>), which is fetched (<see cref="LyncClientOptions.Web"/>) when it is not known yet. Of two with the same number that of the options holds. Documents
    /// in files are not read.
    /// </summary>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="ServerRequestException">The document cannot be fetched, or cannot be read.</exception>
    public Task<IReadOnlyList<CustomAvailabilityState>> GetPublishableCustomAvailabilityStatesAsync(CancellationToken cancellationToken = default) =>
        _context.Loop.InvokeAsync(() => _model.Customs.LoadAsync(cancellationToken));

    /// <summary>Which photo of the user others may see, as the user has chosen.</summary>
    public PhotoSetting PhotoDisplayed => Presence.PhotoDisplayed;

    /// <summary>The user's photo, as others see it: <see cref="Contact.GetPhotoAsync"/> of <see cref="Contact"/>.</summary>
    /// <inheritdoc cref="Contact.GetPhotoAsync"/>
    public Task<ContactPicture?> GetPhotoAsync(CancellationToken cancellationToken = default) => Contact.GetPhotoAsync(cancellationToken);

    /// <summary>
    /// How the user wants to be told of something now: not at all by whom it has blocked; in do-not-disturb only by the workgroup, and of what is urgent where the activity
    /// is <c>urgent-interruptions-only</c>; by everybody otherwise. The rule is this library's, made of what the access levels mean; it changes with <see cref="Presence"/>,
    /// <see cref="Permissions"/> and nothing else.
    /// </summary>
    /// <param name="sender">Who it comes from.</param>
    /// <param name="types">What it is.</param>
    /// <param name="urgency">How urgent it is.</param>
    public AlertLevel GetAlertLevel(Contact sender, NotificationTypes types, NotificationUrgencyType urgency = NotificationUrgencyType.Neutral)
    {
        ArgumentNullException.ThrowIfNull(sender);
        return AlertPolicy.Of(Presence, sender.AccessLevel, types, urgency);
    }

    /// <summary>
    /// The user does something at this endpoint: it counts as active, and from now on becomes inactive and away by itself (<see cref="PresenceOptions.InactiveAfter"/>).
    /// </summary>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public Task ReportActivityAsync(CancellationToken cancellationToken = default) => _context.Loop.InvokeAsync(() =>
    {
        _model.Wire.ReportActivity();
        return Task.CompletedTask;
    }).WaitAsync(cancellationToken);

    /// <summary>Says that the user knows of a watcher, so that it is not told as new again.</summary>
    /// <param name="watcher">The watcher.</param>
    /// <param name="cancellationToken">Stops the waiting, not what has been sent.</param>
    /// <exception cref="InvalidStateException">The connection is gone.</exception>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task AcknowledgeWatcherAsync(Watcher watcher, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(watcher);
        return _context.Loop.InvokeAsync(() => _model.Wire.AcknowledgeAsync(nameof(AcknowledgeWatcherAsync), SelfPresenceReader.WithoutScheme(watcher.Uri), cancellationToken));
    }

    private Task PublishAsync(PublicationWish wish, string operation, CancellationToken cancellationToken)
    {
        if (_model.Wire.Plain is not { } plain)
        {
            return _model.Wire.PublishAsync(operation, state => wish.Create(state, _model.Wire), wish.BuildsOnState, cancellationToken);
        }

        wish.Apply(plain, operation);
        return _model.Wire.PublishPlainAsync(operation, cancellationToken);
    }
}
