namespace UcSdk.Sip;

/// <summary>The targets of one request that are still to be tried (RFC 3261 §16.5): no URI twice, the highest q first.</summary>
internal sealed class TargetSet(int capacity)
{
    // Mostly there is one, and as long as it lives.
    private readonly List<(ProxyTarget Target, bool IsWaiting)> _all = new(1);
    private int _waiting;

    public bool IsEmpty => _waiting == 0;

    /// <summary>Adds a target unless it has been one already, or there are too many.</summary>
    public bool TryAdd(ProxyTarget target)
    {
        if (_all.Count >= capacity)
        {
            return false;
        }

        foreach (var (known, _) in _all)
        {
            if (known.Flow == target.Flow && known.Uri.IsEquivalentTo(target.Uri))
            {
                return false;
            }
        }

        _all.Add((target, true));
        _waiting++;
        return true;
    }

    /// <summary>True when the URI has been a target, whatever its flow: a redirection to it leads nowhere new (§16.7 step 4).</summary>
    public bool Knows(SipUri uri) => _all.Exists(known => known.Target.Uri.IsEquivalentTo(uri));

    /// <summary>Takes those that are to be tried next, at once, at most so many; one at least is waiting.</summary>
    public IReadOnlyList<ProxyTarget> TakeGroup(int most)
    {
        var best = double.MinValue;
        var equal = 0;
        foreach (var (target, isWaiting) in _all)
        {
            if (isWaiting && target.Q >= best)
            {
                equal = target.Q > best ? 1 : equal + 1;
                best = target.Q;
            }
        }

        var group = new ProxyTarget[Math.Min(equal, most)];
        for (int at = 0, taken = 0; taken < group.Length; at++)
        {
            if (_all[at] is { IsWaiting: true, Target: var next } && next.Q >= best)
            {
                group[taken++] = next;
                _all[at] = (next, false);
            }
        }

        _waiting -= group.Length;
        return group;
    }

    public void Clear()
    {
        for (var at = 0; _waiting > 0 && at < _all.Count; at++)
        {
            _waiting -= _all[at].IsWaiting ? 1 : 0;
            _all[at] = (_all[at].Target, false);
        }
    }
}
