namespace UcSdk.Documents;

/// <summary>
/// The documents of one subscription to a conference, as the focus writes them: the first full, then partial ones that carry what
/// changed, each with the next version. Not thread-safe.
/// </summary>
/// <remarks>
/// Every user that changed is written whole inside a partial list, because clients are known to take a user without a connected chat
/// endpoint for one that left.
/// </remarks>
public sealed class ConferenceNotifications
{
    private ConferenceInfo? _sent;

    /// <summary>The version of the document last made; 0 before the first.</summary>
    public uint Version { get; private set; }

    /// <summary>The whole conference: for the first notification, and for every one that answers a refresh of the subscription.</summary>
    /// <param name="conference">The conference as it is, every state in it <see cref="ElementState.Full"/>.</param>
    public ConferenceInfo Full(ConferenceInfo conference)
    {
        _sent = conference;
        return conference with { State = ElementState.Full, Version = ++Version };
    }

    /// <summary>What changed since the last document; the whole conference when there was none.</summary>
    /// <param name="conference">The conference as it is, every state in it <see cref="ElementState.Full"/>.</param>
    /// <returns>Null when nothing changed; then nothing needs to be sent. Full when attributes or unknown elements of the root changed.</returns>
    public ConferenceInfo? Next(ConferenceInfo conference)
    {
        if (_sent is null || !WithoutParts(_sent).Equals(WithoutParts(conference)))
        {
            return Full(conference);
        }

        var changes = new ConferenceInfo(conference.Entity)
        {
            State = ElementState.Partial,
            Description = Changed(_sent.Description, conference.Description, new() { State = ElementState.Deleted }),
            ConferenceState = Changed(_sent.ConferenceState, conference.ConferenceState, new()),
            Users = ChangedUsers(_sent.Users ?? new(), conference.Users ?? new()),
            View = ChangedView(_sent.View ?? new(), conference.View ?? new()),
        };
        if (changes is { Description: null, ConferenceState: null, Users: null, View: null })
        {
            return null;
        }

        _sent = conference;
        return changes with { Version = ++Version };
    }

    /// <summary>The last notification: the conference is over.</summary>
    /// <param name="entity">The URI of the focus.</param>
    public ConferenceInfo Ended(string entity)
    {
        _sent = null;
        return new ConferenceInfo(entity) { State = ElementState.Deleted, Version = ++Version };
    }

    // What stands on the root itself has no state of its own and travels in full documents only.
    private static ConferenceInfo WithoutParts(ConferenceInfo conference) =>
        conference with { Version = null, Description = null, ConferenceState = null, Users = null, View = null };

    private static T? Changed<T>(T? before, T? after, T gone)
        where T : class => Equals(before, after) ? null : after ?? gone;

    private static ConferenceUsers? ChangedUsers(ConferenceUsers before, ConferenceUsers after)
    {
        if (before.Equals(after))
        {
            return null;
        }

        var old = before.ByEntity();
        var current = after.ByEntity();
        var changed = after.Users.Where(user => !user.Equals(old.GetValueOrDefault(user.Entity)));
        var gone = before.Users.Where(user => !current.ContainsKey(user.Entity))
            .Select(user => new ConferenceUser(user.Entity) { State = ElementState.Deleted });
        return after with { State = ElementState.Partial, Users = ValueList.From(gone.Concat(changed)) };
    }

    private static ConferenceView? ChangedView(ConferenceView before, ConferenceView after)
    {
        var changed = after.Entities.Where(view => !view.Equals(Find(before, view.Entity)));
        var gone = before.Entities.Where(view => Find(after, view.Entity) is null)
            .Select(view => new ConferenceEntityView(view.Entity) { State = ElementState.Deleted });
        return before.Equals(after) ? null : after with { State = ElementState.Partial, Entities = ValueList.From(gone.Concat(changed)) };
    }

    private static ConferenceEntityView? Find(ConferenceView view, string entity) =>
        view.Entities.FirstOrDefault(part => part.Entity.Equals(entity, StringComparison.OrdinalIgnoreCase));
}
