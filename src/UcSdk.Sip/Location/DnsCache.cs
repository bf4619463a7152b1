using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>Answers that are still good, by question.</summary>
internal sealed class DnsCache(DnsResolverOptions options)
{
    private readonly Dictionary<(string Name, DnsRecordType Type), (DnsAnswer Answer, Timestamp Until)> _answers = [];
    private readonly Queue<(string, DnsRecordType)> _byAge = new();

    public DnsAnswer? Find(string name, DnsRecordType type, Timestamp now) =>
        _answers.TryGetValue((name, type), out var kept) && now < kept.Until ? kept.Answer : null;

    public void Keep(string name, DnsRecordType type, DnsAnswer answer, Timestamp now)
    {
        // What went wrong is asked again; only answers are kept.
        if (options.MaxCached == 0 || answer.Status is not (DnsStatus.NoError or DnsStatus.NameError) || LifeOf(answer) is not { Ticks: > 0 } life)
        {
            return;
        }

        if (!_answers.ContainsKey((name, type)))
        {
            if (_answers.Count >= options.MaxCached && _byAge.TryDequeue(out var oldest))
            {
                _answers.Remove(oldest);
            }

            _byAge.Enqueue((name, type));
        }

        _answers[(name, type)] = (answer, now + life);
    }

    // RFC 2308 §5: a negative answer lives as long as the SOA and its minimum say, whichever is less.
    private TimeSpan LifeOf(DnsAnswer answer)
    {
        var positive = answer.Records.Where(record => record is not DnsRecord.Authority).ToArray();
        var life = positive.Length > 0
            ? positive.Min(record => record.TimeToLive)
            : answer.Records.OfType<DnsRecord.Authority>().FirstOrDefault() is { } zone
                ? zone.Minimum < zone.TimeToLive ? zone.Minimum : zone.TimeToLive
                : options.NegativeTimeToLive;
        return life < options.MaxTimeToLive ? life : options.MaxTimeToLive;
    }
}
