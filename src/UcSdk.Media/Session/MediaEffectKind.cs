namespace UcSdk.Media;

/// <summary>What a media core asks its edge to do or to know.</summary>
internal enum MediaEffectKind
{
    SendRtp,
    SendRtcp,
    PacketHeard,
    ByeHeard,
    PeerTimedOut,
}
