using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// Requests of a peer inside a dialog whose first response, which makes it here, has not come yet: paths differ, and datagrams overtake one another. RFC 3261 §12.2.2 would let them be refused
/// with 481, at which the peer ends the call; here they wait for that response.
/// </summary>
internal sealed class EarlyRequests
{
    private static readonly Limit Most = new("requests ahead of their dialog", 8);
    private readonly List<ServerTransaction> _waiting = new(1);

    /// <summary>Keeps one; false when too many wait already.</summary>
    public bool TryAdd(ServerTransaction transaction)
    {
        if (!Most.Allows(_waiting.Count + 1))
        {
            return false;
        }

        _waiting.Add(transaction);
        return true;
    }

    /// <summary>Takes out those of a peer, in order; of all peers for null.</summary>
    public IReadOnlyList<ServerTransaction> Take(string? peerTag)
    {
        ServerTransaction[] taken = [.. _waiting.Where(waiting => peerTag is null || peerTag.Equals(waiting.Request.From!.Tag, StringComparison.OrdinalIgnoreCase))];
        _waiting.RemoveAll(waiting => Array.IndexOf(taken, waiting) >= 0);
        return taken;
    }
}
