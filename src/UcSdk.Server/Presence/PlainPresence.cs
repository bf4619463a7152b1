using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>
/// The presence that plain SIP clients publish (RFC 3903) as PIDF (RFC 3863): kept by entity tag beside the categories, and made into states and notes of the user, so that everybody
/// sees it in the form that they understand.
/// </summary>
internal sealed class PlainPresence : IDisposable
{
    // The instances under which it is published; clients of the family take none there by themselves.
    private const uint FirstInstance = 0x7F000000;

    private readonly EventStateServer _states;
    private readonly PresenceStore _store;
    private readonly PresenceSessions _sessions;

    public PlainPresence(SipEndpoint endpoint, PresenceStore store, PresenceSessions sessions)
    {
        _store = store;
        _sessions = sessions;
        _states = new EventStateServer(endpoint, new EventStateOptions { Events = [ServedEvents.Presence], ContentTypes = [ContentTypes.Pidf] });
        _states.Changed += (state, _) => Follow(state.Resource);
    }

    /// <summary>Answers a PUBLISH of presence, which is for the sender alone; false for another package.</summary>
    public bool Handle(ServerRequest request)
    {
        var message = request.Message;
        if (!EventNames.Is(message, ServedEvents.Presence))
        {
            return false;
        }

        if (!ConferenceChecks.IsUser(message.UriText, request.Sender!.Id.User))
        {
            request.Answer(PresenceRefusals.NotOnesOwn);
        }
        else if (IsPidf(message) && !PidfPresence.TryRead(message.Body, out _, out _))
        {
            request.Answer(PresenceRefusals.Unreadable);
        }
        else
        {
            _states.Receive(request.Incoming);
        }

        return true;
    }

    public void Dispose() => _states.Dispose();

    private static bool IsPidf(SipRequest message) =>
        !message.Body.IsEmpty && MediaType.TryParse(message.ContentType, out var type) && type.Name == ContentTypes.Pidf;

    private void Follow(SipUri resource)
    {
        if (!_store.TryGet(resource, out var presentity))
        {
            return;
        }

        var change = new PresenceChange(presentity);
        var wanted = new Dictionary<PublicationKey, DocumentElement>();
        var instance = FirstInstance;
        foreach (var state in _states.StatesOf(resource, ServedEvents.Presence).OrderBy(state => state.ETag, StringComparer.Ordinal))
        {
            if (PidfPresence.TryRead(state.Body, out var presence, out _))
            {
                Add(wanted, instance, presence);
                instance += 2;
            }
        }

        // What the server itself keeps for a time is from here, and nothing else is.
        var gone = presentity.Publications
            .Where(publication => publication is { Endpoint: null, ExpireType: PresenceExpireType.Time } && !wanted.ContainsKey(publication.Key))
            .Select(publication => publication.Key);
        foreach (var key in gone.ToArray())
        {
            presentity.Put(key, null, _store.WallNow, change);
        }

        foreach (var (key, content) in wanted)
        {
            presentity.Put(key, content, _store.WallNow, change, PresenceExpireType.Time);
        }

        presentity.Remake(_store.WallNow, change);
        _sessions.Apply(change);
    }

    private static void Add(Dictionary<PublicationKey, DocumentElement> wanted, uint instance, PidfPresence presence)
    {
        var (machine, activity) = Read(presence);
        foreach (var (container, _) in PresenceNames.Aggregations)
        {
            wanted[new(PresenceCategoryNames.State, instance, container)] = PlainStates.Machine(machine);
            if (activity is not null)
            {
                wanted[new(PresenceCategoryNames.State, instance + 1, container)] = PlainStates.Activity(activity);
            }
        }

        if (presence.Note is { } note)
        {
            foreach (var container in PresenceNames.Shown)
            {
                wanted[new(PresenceCategoryNames.Note, instance, container)] = PresenceNote.Saying(note).ToElement();
            }
        }
    }

    // RFC 4480 §3.2 names many activities; what counts is whether somebody is there, and busy.
    private static (uint Machine, string? Activity) Read(PidfPresence presence)
    {
        var activities = presence.Activities.ToHashSet(StringComparer.Ordinal);
        return presence.IsOpen == false ? (PresenceAvailabilities.Offline, null)
            : activities.Overlaps(["away", "permanent-absence", "sleeping", "vacation"]) ? (PresenceAvailabilities.Away, null)
            : activities.Contains("on-the-phone") ? (PresenceAvailabilities.Available, PresenceActivityTokens.OnThePhone)
            : activities.Overlaps(["meeting", "appointment"]) ? (PresenceAvailabilities.Available, PresenceActivityTokens.InAMeeting)
            : activities.Contains("busy") ? (PresenceAvailabilities.Available, "")
            : (PresenceAvailabilities.Available, null);
    }
}
