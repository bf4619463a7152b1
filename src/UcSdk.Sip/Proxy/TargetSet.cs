namespace UcSdk.Sip;

/// <summary>The targets of one request that are still to be tried (RFC 3261 §16.5): no URI twice, the highest q first.</summary>
internal sealed class TargetSet(int capacity)
{
    // Those that were tried, in order, and behind them those that wait, the highest q first. Mostly there is one: the array has as many places as there are.
    private ProxyTarget[] _all = [];
    private int _tried;

    public bool IsEmpty => _tried == _all.Length;

    /// <summary>Adds a target unless it has been one already, or there are too many.</summary>
    public bool TryAdd(ProxyTarget target)
    {
        if (_all.Length >= capacity)
        {
            return false;
        }

        foreach (var known in _all)
        {
            if (known.Flow == target.Flow && known.Uri.IsEquivalentTo(target.Uri))
            {
                return false;
            }
        }

        var at = _tried;
        while (at < _all.Length && _all[at].Q >= target.Q)
        {
            at++;
        }

        _all = [.. _all.AsSpan(0, at), target, .. _all.AsSpan(at)];
        return true;
    }

    /// <summary>True when the URI has been a target, whatever its flow: a redirection to it leads nowhere new (§16.7 step 4).</summary>
    public bool Knows(SipUri uri) => Array.Exists(_all, known => known.Uri.IsEquivalentTo(uri));

    /// <summary>Takes those that are to be tried next, at once, at most so many; one at least is waiting. What is added later does not change what was taken.</summary>
    public ArraySegment<ProxyTarget> TakeGroup(int most)
    {
        var count = 1;
        while (count < most && _tried + count < _all.Length && _all[_tried + count].Q >= _all[_tried].Q)
        {
            count++;
        }

        _tried += count;
        return new(_all, _tried - count, count);
    }

    /// <summary>Nothing waits any more.</summary>
    public void Clear() => _tried = _all.Length;
}
