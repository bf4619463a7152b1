using UcSdk.Core;

namespace UcSdk.Media;

/// <summary>What a media core is given besides the agreement.</summary>
/// <param name="Ssrc">The SSRC to send with, as announced.</param>
/// <param name="JitterDepth">How much audio is held back.</param>
/// <param name="PeerTimeout">How long the peer may be silent.</param>
/// <param name="OriginTime">A moment on the monotonic clock …</param>
/// <param name="OriginWallClock">… and the same moment on the wall clock, for sender reports.</param>
internal sealed record MediaCoreSettings(
    uint Ssrc, TimeSpan JitterDepth, TimeSpan PeerTimeout, Timestamp OriginTime, DateTimeOffset OriginWallClock)
{
    public DateTimeOffset ToWallClock(Timestamp now) => OriginWallClock + (now - OriginTime);
}
