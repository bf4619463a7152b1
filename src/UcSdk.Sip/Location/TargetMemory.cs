using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>Targets that failed lately (RFC 3263 §4.3): tried last until their time is over or they have answered. Sans-IO.</summary>
internal sealed class TargetMemory(TimeSpan rest)
{
    private const int MaxRemembered = 1000;

    private readonly Dictionary<SipTransportAddress, Timestamp> _badUntil = [];

    /// <summary>The target gave no answer, or 503.</summary>
    /// <param name="target">The target.</param>
    /// <param name="now">The moment.</param>
    /// <param name="retryAfter">What it asked for itself; null for the usual rest.</param>
    public void Failed(SipTransportAddress target, Timestamp now, TimeSpan? retryAfter = null)
    {
        if (_badUntil.Count >= MaxRemembered)
        {
            foreach (var (known, until) in _badUntil.ToArray())
            {
                if (until <= now || _badUntil.Count >= MaxRemembered)
                {
                    _badUntil.Remove(known);
                }
            }
        }

        _badUntil[target] = now + (retryAfter ?? rest);
    }

    public void Answered(SipTransportAddress target) => _badUntil.Remove(target);

    /// <summary>The same targets, those that are to be avoided last, otherwise in their order.</summary>
    public IReadOnlyList<SipTransportAddress> Arrange(IReadOnlyList<SipTransportAddress> targets, Timestamp now) =>
        _badUntil.Count == 0 ? targets : [.. targets.OrderBy(target => _badUntil.TryGetValue(target, out var until) && now < until)];
}
