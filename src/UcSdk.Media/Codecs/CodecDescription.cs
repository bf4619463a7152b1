namespace UcSdk.Media;

/// <summary>A codec that this floor can negotiate and run.</summary>
/// <param name="Name">The encoding name of its rtpmap line.</param>
/// <param name="ClockRate">Samples per second.</param>
/// <param name="RtpClockRate">Units per second of its RTP timestamp, as the rtpmap line says it.</param>
/// <param name="Channels">Channels.</param>
/// <param name="StaticPayloadType">The payload type that needs no rtpmap line (RFC 3551 §6), or null.</param>
/// <param name="Create">Makes a codec for one stream and direction.</param>
internal sealed record CodecDescription(
    string Name,
    int ClockRate,
    int RtpClockRate,
    int Channels,
    int? StaticPayloadType,
    Func<IAudioCodec> Create)
{
    public bool Matches(RtpMap map) =>
        map.Name.Equals(Name, StringComparison.OrdinalIgnoreCase) && map.ClockRate == RtpClockRate && map.Channels == Channels;

    public AudioFormat ToFormat(int payloadType, string? parameters) => new(Name, payloadType, ClockRate, RtpClockRate, Channels, parameters);
}
