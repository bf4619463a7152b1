namespace UcSdk.Media;

/// <summary>The codecs to offer and to accept, in order of preference.</summary>
internal sealed class CodecRegistry(IReadOnlyList<CodecDescription> codecs)
{
    /// <summary>The sure common set of all peers: PCMU, then PCMA (RFC 3551 §4.5.14).</summary>
    public static readonly CodecRegistry Default = new(
    [
        new("PCMU", AudioClock.SampleRate, AudioClock.SampleRate, 1, 0, static () => new G711Codec(G711Law.Mu)),
        new("PCMA", AudioClock.SampleRate, AudioClock.SampleRate, 1, 8, static () => new G711Codec(G711Law.A)),
    ]);

    public IReadOnlyList<CodecDescription> Codecs => codecs;

    public CodecDescription? Find(RtpMap map)
    {
        foreach (var codec in codecs)
        {
            if (codec.Matches(map))
            {
                return codec;
            }
        }

        return null;
    }

    public CodecDescription? FindStatic(int payloadType)
    {
        foreach (var codec in codecs)
        {
            if (codec.StaticPayloadType == payloadType)
            {
                return codec;
            }
        }

        return null;
    }
}
