namespace UcSdk.Media;

/// <summary>What moves a media session.</summary>
internal enum MediaSessionTrigger
{
    Offer,
    Answer,
    Agree,
    Disagree,
    LackPorts,
    HearPacket,
    HearBye,
    TimeOut,
    Close,
}
