namespace UcSdk.Media;

/// <summary>Wall clock in the 64-bit form of RTCP (RFC 3550 §4).</summary>
internal static class NtpTime
{
    private static readonly DateTimeOffset Epoch = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static ulong Of(DateTimeOffset time)
    {
        var ticks = (UInt128)(ulong)(time - Epoch).Ticks;
        return (ulong)((ticks << 32) / TimeSpan.TicksPerSecond);
    }

    /// <summary>The middle 32 bits, in 1/65536 s.</summary>
    public static uint Middle(ulong time) => (uint)(time >> 16);

    /// <summary>A time span in 1/65536 s.</summary>
    public static uint Units(TimeSpan time) => (uint)((time.Ticks << 16) / TimeSpan.TicksPerSecond);

    /// <summary>A time span from 1/65536 s.</summary>
    public static TimeSpan FromUnits(uint units) => new((units * TimeSpan.TicksPerSecond) >> 16);
}
