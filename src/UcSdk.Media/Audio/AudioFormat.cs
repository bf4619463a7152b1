namespace UcSdk.Media;

/// <summary>
/// One audio format as two peers agree on it: a codec, the payload type that stands for it in this session and its clocks. The members
/// mean what they mean in SIPSorceryMedia.Abstractions, so that an adapter to its endpoints is one thin class.
/// </summary>
/// <param name="CodecName">The encoding name of the rtpmap line, e.g. <c>PCMU</c> (RFC 3551 §6); compared without case.</param>
/// <param name="PayloadType">The RTP payload type, 0…127. Dynamic numbers are bound per session and per direction (RFC 3264 §5.1).</param>
/// <param name="ClockRate">Samples per second and channel that the codec takes and gives.</param>
/// <param name="RtpClockRate">Units per second of the RTP timestamp; differs from <paramref name="ClockRate"/> for G.722 (RFC 3551 §4.5.2).</param>
/// <param name="ChannelCount">Channels, at least 1.</param>
/// <param name="Parameters">The text of the fmtp line, or null when there is none.</param>
public sealed record AudioFormat(
    string CodecName,
    int PayloadType,
    int ClockRate,
    int RtpClockRate,
    int ChannelCount = 1,
    string? Parameters = null);
