namespace UcSdk.Media;

/// <summary>What a media session counts.</summary>
internal sealed class MediaCounters
{
    private static readonly MediaDropReason[] Reasons = Enum.GetValues<MediaDropReason>();

    private readonly long[] _dropped = new long[Reasons.Length];

    public long PacketsReceived { get; set; }

    public long BytesReceived { get; set; }

    public long ReportsSent { get; set; }

    public long ReportsReceived { get; set; }

    public void Drop(MediaDropReason reason) => _dropped[(int)reason]++;

    public Dictionary<MediaDropReason, long> ToDropped()
    {
        var dropped = new Dictionary<MediaDropReason, long>();
        foreach (var reason in Reasons)
        {
            if (_dropped[(int)reason] > 0)
            {
                dropped[reason] = _dropped[(int)reason];
            }
        }

        return dropped;
    }
}
