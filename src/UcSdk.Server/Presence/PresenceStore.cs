using System.Diagnostics.CodeAnalysis;
using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>
/// The presence of all users of the domain, each made when it is first asked for. Sans-IO: requests, endpoints and the time in; changes out, one for each user concerned.
/// </summary>
internal sealed class PresenceStore(UserDirectory directory, PresenceLimits limits, TimeProvider time)
{
    private readonly Dictionary<string, Presentity> _presentities = new(StringComparer.Ordinal);
    private readonly TimerQueue<(Presentity Presentity, PublicationKey Key)> _expiries = new();

    public int Count => _presentities.Count;

    /// <summary>When <see cref="Elapse"/> has something to do; null for never.</summary>
    public Timestamp? NextDeadline => _expiries.NextDeadline;

    /// <summary>The time for people, to which publications are set.</summary>
    public DateTimeOffset WallNow => time.GetUtcNow();

    /// <summary>The presence of a user of the domain; false where there is none.</summary>
    public bool TryGet(SipUri address, [NotNullWhen(true)] out Presentity? presentity)
    {
        presentity = null;
        if (!directory.TryFind(address, out var user))
        {
            return false;
        }

        var key = directory.AddressOfRecord(user);
        if (!_presentities.TryGetValue(key, out presentity))
        {
            presentity = new Presentity(key, () => directory.Get(key), limits);
            _presentities.Add(key, presentity);
            presentity.Remake(WallNow, new PresenceChange(presentity));
        }

        return true;
    }

    /// <summary>The presence of a user of whom it is known that there is one.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public Presentity Get(string addressOfRecord) =>
        _presentities.TryGetValue(addressOfRecord, out var known) ? known
        : SipUri.TryParse(addressOfRecord, out var uri) && TryGet(uri, out var made) ? made
        : throw new InvalidOperationException("The directory has no such user.");

    /// <summary>The name for people of a user.</summary>
    public string NameOf(string addressOfRecord) => directory.Get(addressOfRecord).DisplayName;

    /// <summary>Takes a request to publish: all of it or nothing.</summary>
    public bool TryPublish(
        Presentity presentity, IReadOnlyList<PublicationRequest> requests, string endpoint, Timestamp now, PresenceChange change, out ServerAnswer refusal)
    {
        if (!presentity.TryPublish(requests, endpoint, now, WallNow, change, out refusal))
        {
            return false;
        }

        foreach (var request in requests)
        {
            if (request is { ExpireType: Documents.PresenceExpireType.Time, IsRemoval: false })
            {
                _expiries.Set((presentity, request.Key), now + request.Expires!.Value);
            }
            else
            {
                _expiries.Cancel((presentity, request.Key));
            }
        }

        return true;
    }

    /// <summary>Ends what lives for a time.</summary>
    public void Elapse(Timestamp now, List<PresenceChange> changes)
    {
        while (_expiries.TryTakeDue(now, out var due))
        {
            var change = new PresenceChange(due.Presentity);
            due.Presentity.Expire(due.Key, now, WallNow, change);
            changes.Add(change);
        }
    }

    public void Clear()
    {
        _presentities.Clear();
        _expiries.Clear();
    }
}
