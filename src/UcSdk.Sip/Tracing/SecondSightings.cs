namespace UcSdk.Sip;

/// <summary>
/// Endpoints that share a trace see a message twice: once sent, once received. The sending stands for both. What is on its way is kept by
/// its hash, and on a way whose other end never shows only for the first few messages.
/// </summary>
internal sealed class SecondSightings
{
    /// <summary>After so many sendings without a reception the other end is taken to be elsewhere.</summary>
    public const int MaxUnanswered = 64;

    /// <summary>The most messages kept that are on their way between two ends that both trace; the oldest count as lost.</summary>
    public const int MaxUnderWay = 1024;

    private readonly Dictionary<(SipTransportAddress From, SipTransportAddress To), Way> _ways = [];

    /// <summary>True for the reception of a message whose sending was seen.</summary>
    public bool Contains(SipTraceEntry entry)
    {
        var key = (entry.From, entry.To);
        if (entry.Direction == SipTraceDirection.Received)
        {
            return _ways.TryGetValue(key, out var known) && known.TryArrive(HashOf(entry));
        }

        if (!_ways.TryGetValue(key, out var way))
        {
            _ways.Add(key, way = new Way());
        }

        way.Leave(HashOf(entry));
        return false;
    }

    /// <summary>The flow is no more; what was on its way there never arrives.</summary>
    public void Forget(SipFlow flow)
    {
        _ways.Remove((flow.Local, flow.Remote));
        _ways.Remove((flow.Remote, flow.Local));
    }

    // FNV-1a of 64 bits: equal for equal messages in every run, unlike the platform's hash codes.
    internal static ulong HashOf(SipTraceEntry entry)
    {
        var hash = 14695981039346656037UL;
        foreach (var octet in entry.Bytes.Span)
        {
            hash = (hash ^ octet) * 1099511628211UL;
        }

        return hash;
    }

    private sealed class Way
    {
        private readonly List<ulong> _underWay = [];
        private bool _isOneSided;
        private bool _isTwoSided;

        public void Leave(ulong hash)
        {
            if (_isOneSided)
            {
                return;
            }

            if (_underWay.Count == (_isTwoSided ? MaxUnderWay : MaxUnanswered))
            {
                if (!_isTwoSided)
                {
                    _isOneSided = true;
                    _underWay.Clear();
                    return;
                }

                _underWay.RemoveAt(0);
            }

            _underWay.Add(hash);
        }

        public bool TryArrive(ulong hash)
        {
            var isKnown = _underWay.Remove(hash);
            _isTwoSided |= isKnown;
            return isKnown;
        }
    }
}
