using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// When what lives for a while at a server (a binding, a subscription, published state) is refreshed, and when a refresh that failed in passing goes
/// again. Servers that recover must not meet all their clients at once, so the repetitions back off with chance.
/// </summary>
internal sealed class RefreshSchedule(RandomSource random)
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(2);

    private readonly ReconnectBackoff _backoff = new(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1), random);

    /// <summary>
    /// Early enough that refreshes that fail can be repeated: two minutes before the end, or at half time of a life of four minutes or less; and earlier by chance, up to
    /// <see cref="SipTimings.RefreshJitter"/>, so that those who came back together do not stay in step.
    /// </summary>
    public static TimeSpan DelayOf(TimeSpan life, CoreContext context)
    {
        var delay = life > 2 * Margin ? life - Margin : life / 2;
        var jitter = context.Timings.RefreshJitter;
        return jitter > 0 ? delay - (delay * (jitter * context.Random.NextDouble())) : delay;
    }

    /// <summary>True for refusals that say nothing about what was asked: the same may work in a moment (RFC 3261 §§21.4.9, 21.5).</summary>
    public static bool IsPassing(int status) => status is StatusCode.RequestTimeout or StatusCode.ServerInternalError or 502 or StatusCode.ServiceUnavailable
        or StatusCode.ServerTimeout;

    /// <summary>The refresh worked.</summary>
    public void Succeeded() => _backoff.Reset();

    /// <summary>The refresh failed in passing: when it goes again; null when that would be after the end.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="end">When the life ends; null when nobody knows.</param>
    /// <param name="retryAfter">What the server asks for; null when it does not say.</param>
    public Timestamp? NextAfterFailure(Timestamp now, Timestamp? end, TimeSpan? retryAfter)
    {
        var pause = _backoff.Next();
        var due = now + (retryAfter is { } asked && asked > pause ? asked : pause);
        return end is { } last && due >= last ? null : due;
    }
}
