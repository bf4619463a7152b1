namespace UcSdk.Media;

/// <summary>The RTCP packet types that are read here (RFC 3550 §12.1); others are stepped over.</summary>
internal enum RtcpPacketType : byte
{
    SenderReport = 200,
    ReceiverReport = 201,
    SourceDescription = 202,
    Bye = 203,
}
