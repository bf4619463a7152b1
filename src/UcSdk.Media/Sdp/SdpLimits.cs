using UcSdk.Core;

namespace UcSdk.Media;

/// <summary>Bounds on a session description. Real ones stay far below: the longest of Lync, with video and ICE, has about 8 kB and 120 lines.</summary>
internal static class SdpLimits
{
    public static readonly Limit MaxLength = new("SDP.MaxLength", 65536);

    public static readonly Limit MaxLineLength = new("SDP.MaxLineLength", 8192);

    public static readonly Limit MaxLines = new("SDP.MaxLines", 1024);

    public static readonly Limit MaxMedia = new("SDP.MaxMedia", 32);
}
