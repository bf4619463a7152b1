namespace UcSdk.Media;

/// <summary>What moves a media session.</summary>
internal enum MediaSessionTrigger
{
    Offer,
    Answer,
    Fail,
    HearPacket,
    HearBye,
    TimeOut,
    Close,
}
