using UcSdk.Core;
using UcSdk.Media;

namespace UcSdk.Server;

/// <summary>Spoils the MCU's answers where a test has asked for it; without seams, answers pass unchanged.</summary>
internal static class SeamedAnswers
{
    // QCELP (RFC 3551 §6): a static payload type that no client here offers.
    private const string UnofferedFormat = "12";

    public static SessionDescription Apply(ServerSeams seams, SessionDescription answer, RandomSource random)
    {
        if (!seams.AnswersWithWrongKey && !seams.AnswersWithoutCommonCodec)
        {
            return answer;
        }

        return new SessionDescription(answer.Lines, answer.Media.Select(media => media.Port == 0 ? media : Spoil(seams, media, random)));
    }

    private static MediaDescription Spoil(ServerSeams seams, MediaDescription media, RandomSource random)
    {
        var formats = seams.AnswersWithoutCommonCodec ? [UnofferedFormat] : media.Formats;
        var lines = media.Lines.Where(line => !seams.AnswersWithoutCommonCodec || !IsAttribute(line, "rtpmap"));
        if (seams.AnswersWithWrongKey)
        {
            lines = lines.Select(line => IsAttribute(line, "crypto") ? new SdpLine('a', "crypto:" + OtherKey(media.Cryptos[0], random)) : line);
        }

        return new MediaDescription(media.Kind, media.Port, media.Protocol, formats, lines, media.PortCount);
    }

    private static bool IsAttribute(SdpLine line, string name) => line.Type == 'a' && line.Value.StartsWith(name + ":", StringComparison.Ordinal);

    private static string OtherKey(CryptoAttribute crypto, RandomSource random)
    {
        var key = new byte[InlineKey.KeyAndSaltLength];
        random.Fill(key);
        return (crypto with { Key = InlineKey.Create(key, crypto.Key.Lifetime, crypto.Key.Mki) }).ToText();
    }
}
