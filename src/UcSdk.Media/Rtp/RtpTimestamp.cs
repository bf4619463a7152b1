namespace UcSdk.Media;

/// <summary>RTP timestamps roll over; inside one stream they are unrolled to a value that only grows.</summary>
internal static class RtpTimestamp
{
    /// <summary>The unrolled value of a timestamp in a packet that lies nearest to the reference.</summary>
    public static long Nearest(long reference, uint timestamp) => reference + (int)(timestamp - (uint)reference);
}
