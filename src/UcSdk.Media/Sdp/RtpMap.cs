namespace UcSdk.Media;

/// <summary>An <c>a=rtpmap</c> line: <c>a=rtpmap:payload-type name/clock[/channels]</c> (RFC 4566 §6).</summary>
/// <param name="PayloadType">The payload type, 0…127.</param>
/// <param name="Name">The encoding name; compared without case.</param>
/// <param name="ClockRate">Units per second of the RTP timestamp.</param>
/// <param name="Channels">Channels; 1 when not given.</param>
public sealed record RtpMap(int PayloadType, string Name, int ClockRate, int Channels = 1)
{
    /// <summary>Reads the value of the attribute.</summary>
    /// <param name="value">The text after the colon.</param>
    /// <param name="map">The map.</param>
    /// <returns>True when it is well-formed.</returns>
    public static bool TryParse(string value, out RtpMap map)
    {
        map = null!;
        var rest = value.AsSpan();
        if (!SdpText.TryTakeWord(ref rest, out var type) || !SdpText.TryParseNumber(type, 127, out var payloadType)
            || !SdpText.TryTakeWord(ref rest, out var encoding))
        {
            return false;
        }

        var slash = encoding.IndexOf('/');
        if (slash <= 0)
        {
            return false;
        }

        var name = encoding[..slash];
        var clock = encoding[(slash + 1)..];
        slash = clock.IndexOf('/');
        long channels = 1;
        if ((slash >= 0 && !SdpText.TryParseNumber(clock[(slash + 1)..], 255, out channels)) || channels == 0
            || !SdpText.TryParseNumber(slash < 0 ? clock : clock[..slash], 1_000_000, out var rate) || rate == 0)
        {
            return false;
        }

        map = new((int)payloadType, name.ToString(), (int)rate, (int)channels);
        return true;
    }

    /// <summary>The value of the attribute.</summary>
    /// <returns>The text after the colon.</returns>
    public override string ToString() => Channels == 1
        ? $"{SdpText.Number(PayloadType)} {Name}/{SdpText.Number(ClockRate)}"
        : $"{SdpText.Number(PayloadType)} {Name}/{SdpText.Number(ClockRate)}/{SdpText.Number(Channels)}";
}
