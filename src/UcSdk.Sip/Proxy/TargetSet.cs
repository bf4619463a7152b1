namespace UcSdk.Sip;

/// <summary>The targets of one request that are still to be tried (RFC 3261 §16.5): no URI twice, the highest q first.</summary>
internal sealed class TargetSet(int capacity)
{
    private readonly List<ProxyTarget> _waiting = [];
    private readonly List<ProxyTarget> _all = [];

    public bool IsEmpty => _waiting.Count == 0;

    /// <summary>Adds a target unless it has been one already, or there are too many.</summary>
    public bool TryAdd(ProxyTarget target)
    {
        if (_all.Count >= capacity || _all.Exists(known => known.Flow == target.Flow && known.Uri.IsEquivalentTo(target.Uri)))
        {
            return false;
        }

        _all.Add(target);
        _waiting.Add(target);
        return true;
    }

    /// <summary>True when the URI has been a target, whatever its flow: a redirection to it leads nowhere new (§16.7 step 4).</summary>
    public bool Knows(SipUri uri) => _all.Exists(known => known.Uri.IsEquivalentTo(uri));

    /// <summary>Takes those that are to be tried next, at once, at most so many.</summary>
    public IReadOnlyList<ProxyTarget> TakeGroup(int most)
    {
        var best = _waiting.Max(target => target.Q);
        ProxyTarget[] group = [.. _waiting.Where(target => target.Q >= best).Take(most)];
        _waiting.RemoveAll(group.Contains);
        return group;
    }

    public void Clear() => _waiting.Clear();
}
