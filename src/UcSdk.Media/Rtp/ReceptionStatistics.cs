namespace UcSdk.Media;

/// <summary>What is counted about one source (RFC 3550 §6.4.1 and appendices A.1, A.3, A.8).</summary>
internal sealed class ReceptionStatistics(uint ssrc, ushort firstNumber)
{
    // RFC 3550 appendix A.1: a jump beyond these is a restart of the sender if the next packet goes on from there.
    private const int MaxDropout = 3000;
    private const int MaxMisorder = 100;

    private RtpSequence _base = new(firstNumber);
    private RtpSequence _highest = new(firstNumber);
    private ushort? _restartsAt;
    private long _received;
    private long _expectedBefore;
    private long _receivedBefore;
    private long? _transit;
    private double _jitter;

    public uint Ssrc => ssrc;

    /// <summary>Interarrival jitter in timestamp units.</summary>
    public uint Jitter => (uint)_jitter;

    public long Lost => Expected - _received;

    private long Expected => _highest.Extended - _base.Extended + 1;

    /// <summary>Counts a packet that arrived at <paramref name="arrival"/>, in timestamp units of any origin.</summary>
    public void Count(ushort number, uint timestamp, long arrival)
    {
        var sequence = _highest.Nearest(number);
        var ahead = sequence.Extended - _highest.Extended;
        if (_received > 0 && ahead is > MaxDropout or < -MaxMisorder)
        {
            if (_restartsAt != number)
            {
                _restartsAt = (ushort)(number + 1);
                return;
            }

            Restart(number);
        }

        _restartsAt = null;
        _received++;
        _highest = new(Math.Max(_highest.Extended, sequence.Extended));
        CountJitter(timestamp, arrival);
    }

    /// <summary>The report about this source; the fraction lost counts from the report before.</summary>
    public RtcpReportBlock TakeReport(uint lastSenderReport, uint delaySinceIt)
    {
        var expected = Expected - _expectedBefore;
        var lost = expected - (_received - _receivedBefore);
        _expectedBefore = Expected;
        _receivedBefore = _received;
        var fraction = expected <= 0 || lost <= 0 ? 0 : Math.Min(255, (lost << 8) / expected);
        return new(ssrc, (byte)fraction, (int)Math.Clamp(Lost, -0x800000, 0x7FFFFF), (uint)_highest.Extended, Jitter, lastSenderReport, delaySinceIt);
    }

    private void Restart(ushort number)
    {
        _base = _highest = new(number);
        _received = _expectedBefore = _receivedBefore = 0;
        _transit = null;
    }

    // Unsigned differences are taken modulo 2^32, so it does not matter that timestamps roll over.
    private void CountJitter(uint timestamp, long arrival)
    {
        var transit = (uint)arrival - timestamp;
        if (_transit is { } before)
        {
            var difference = Math.Abs((double)(int)(transit - (uint)before));
            _jitter += (difference - _jitter) / 16;
        }

        _transit = transit;
    }
}
