using System.Globalization;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>The event state compositor of RFC 3903 §6 without composing: it keeps each publication by itself. Sans-IO.</summary>
internal sealed class EventStateStore(EventStateOptions options, RandomSource random)
{
    private readonly Dictionary<string, EventState> _states = new(StringComparer.Ordinal);
    private readonly TimerQueue<string> _expiries = new(StringComparer.Ordinal);

    public Timestamp? NextDeadline => _expiries.NextDeadline;

    public int Count => _states.Count;

    public IEnumerable<EventState> Of(SipUri resource, string package) => _states.Values.Where(state =>
        state.Event.Equals(package, StringComparison.OrdinalIgnoreCase) && state.Resource.IsEquivalentTo(resource));

    /// <summary>Takes a PUBLISH and gives its answer; nothing has changed unless it is a success.</summary>
    public SipResponse Receive(SipRequest publish, Timestamp now, List<(EventState State, EventStateChange Change)> changes)
    {
        if (!options.Events.Contains(EventPackage.Of(publish), StringComparer.OrdinalIgnoreCase))
        {
            return Refuse(publish, StatusCode.BadEvent, HeaderName.AllowEvents, string.Join(", ", options.Events));
        }

        var conditions = publish.Headers.GetList(HeaderName.SipIfMatch).ToArray();
        EventState? known = null;
        if (conditions.Length > 1)
        {
            return Answer(publish, StatusCode.BadRequest, "More Than One SIP-If-Match");
        }

        if (conditions.Length == 1 && !TryFind(publish, conditions[0], out known))
        {
            return Answer(publish, StatusCode.ConditionalRequestFailed);
        }

        var wish = uint.TryParse(publish.Headers[HeaderName.Expires], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : options.Expires;
        if (wish > TimeSpan.Zero && wish < options.MinimumExpires)
        {
            return Refuse(publish, StatusCode.IntervalTooBrief, HeaderName.MinExpires, Seconds(options.MinimumExpires));
        }

        if (publish.Body.IsEmpty && known is null)
        {
            return Answer(publish, StatusCode.BadRequest, "No State To Publish");
        }

        if (!publish.Body.IsEmpty && options.ContentTypes.Count > 0 && !options.ContentTypes.Contains(publish.ContentType ?? "", StringComparer.OrdinalIgnoreCase))
        {
            return Refuse(publish, StatusCode.UnsupportedMediaType, HeaderName.Accept, string.Join(", ", options.ContentTypes));
        }

        if (known is null && _states.Count >= options.MaxStates && wish > TimeSpan.Zero)
        {
            return Refuse(publish, StatusCode.ServiceUnavailable, HeaderName.RetryAfter, Seconds(options.MinimumExpires));
        }

        return Keep(publish, known, wish < options.Expires ? wish : options.Expires, now, changes);
    }

    /// <summary>Ends what was not refreshed.</summary>
    public void Elapse(Timestamp now, List<(EventState State, EventStateChange Change)> changes)
    {
        while (_expiries.TryTakeDue(now, out var tag))
        {
            if (_states.Remove(tag, out var state))
            {
                changes.Add((state, EventStateChange.Expired));
            }
        }
    }

    private static string Seconds(TimeSpan time) => ((long)time.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    private SipResponse Answer(SipRequest publish, int status, string? reason = null) => publish.CreateResponse(status, reason, random.NextHex(5));

    private SipResponse Refuse(SipRequest publish, int status, HeaderName name, string value)
    {
        var response = Answer(publish, status);
        response.Headers.Add(name, value);
        return response;
    }

    // A tag is good for its own resource and package alone: who learns another's cannot take that state over.
    private bool TryFind(SipRequest publish, string tag, out EventState? known) =>
        _states.TryGetValue(tag, out known) && known.Event == EventPackage.Of(publish) && publish.Uri is { } uri && known.Resource.IsEquivalentTo(uri);

    private SipResponse Keep(
        SipRequest publish, EventState? known, TimeSpan granted, Timestamp now, List<(EventState State, EventStateChange Change)> changes)
    {
        var tag = random.NextHex(8);
        var state = known is not null && publish.Body.IsEmpty
            ? known with { ETag = tag }
            : new EventState(publish.Uri!, EventPackage.Of(publish), tag, publish.Headers[HeaderName.ContentType] ?? "", publish.Body);
        if (known is not null)
        {
            _states.Remove(known.ETag);
            _expiries.Cancel(known.ETag);
        }

        if (granted > TimeSpan.Zero)
        {
            _states.Add(tag, state);
            _expiries.Set(tag, now + granted);
            if (known is null || !publish.Body.IsEmpty)
            {
                changes.Add((state, known is null ? EventStateChange.Published : EventStateChange.Modified));
            }
        }
        else if (known is not null)
        {
            changes.Add((known, EventStateChange.Removed));
        }

        var response = Answer(publish, StatusCode.Ok);
        response.Headers.Add(HeaderName.SipETag, tag);
        response.Headers.Add(HeaderName.Expires, Seconds(granted));
        return response;
    }
}
