namespace UcSdk.Media;

/// <summary>The two deadlines of a media core.</summary>
internal enum MediaCoreTimer
{
    Report,
    Peer,
}
