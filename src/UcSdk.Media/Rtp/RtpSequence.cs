namespace UcSdk.Media;

/// <summary>A sequence number together with how often it has rolled over: one value that only grows (RFC 3550 appendix A.1).</summary>
internal readonly record struct RtpSequence(long Extended)
{
    private const long Cycle = 1 << 16;

    /// <summary>The number in the packet.</summary>
    public ushort Number => (ushort)Extended;

    public RtpSequence Next => new(Extended + 1);

    /// <summary>The value for a number in a packet that lies nearest to this one: at most half a cycle before or after it.</summary>
    public RtpSequence Nearest(ushort number)
    {
        var ahead = (ushort)(number - Number);
        return new(ahead < Cycle / 2 ? Extended + ahead : Extended + ahead - Cycle);
    }
}
