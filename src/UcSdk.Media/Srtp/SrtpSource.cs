namespace UcSdk.Media;

/// <summary>What a receiver remembers about one source: a packet is added only after its tag proved right.</summary>
internal sealed class SrtpSource
{
    public ReplayWindow Rtp;

    public ReplayWindow Rtcp;

    public bool HasRtp { get; set; }
}
