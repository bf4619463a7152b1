using System.Diagnostics.CodeAnalysis;
using UcSdk.Core;

namespace UcSdk.Media;

/// <summary>The answerer's half of one offer and answer about one audio stream (RFC 3264 §6).</summary>
internal sealed class AudioAnswer
{
    private AudioAnswer(SessionDescription description, NegotiatedAudio agreed)
    {
        Description = description;
        Agreed = agreed;
    }

    public SessionDescription Description { get; }

    public NegotiatedAudio Agreed { get; }

    /// <summary>Takes the first audio line that can be agreed; all other media are refused in their places.</summary>
    public static bool TryCreate(
        SessionDescription offer,
        AudioAgreement local,
        RandomSource random,
        [NotNullWhen(true)] out AudioAnswer? answer,
        out MediaNegotiationFailure failure)
    {
        answer = null;
        failure = MediaNegotiationFailure.NoAudio;
        MediaNegotiationFailure? first = null;
        for (var i = 0; i < offer.Media.Count; i++)
        {
            if (!RemoteAudio.IsCandidate(offer.Media[i]))
            {
                continue;
            }

            if (TryAgree(offer, offer.Media[i], local, random, out var media, out var agreed, out failure))
            {
                var all = offer.Media.Select((one, at) => at == i ? media : one.Reject());
                answer = new(new(local.SessionLines(version: 1), all), agreed);
                return true;
            }

            first ??= failure;
        }

        failure = first ?? failure;
        return false;
    }

    private static bool TryAgree(
        SessionDescription offer,
        MediaDescription offered,
        AudioAgreement local,
        RandomSource random,
        [NotNullWhen(true)] out MediaDescription? media,
        [NotNullWhen(true)] out NegotiatedAudio? agreed,
        out MediaNegotiationFailure failure)
    {
        media = null;
        agreed = null;
        if (!RemoteAudio.TryRead(offer, offered, local, out var remote, out failure)
            || !TryChooseKey(remote, local.Encryption, out var chosen, out failure))
        {
            return false;
        }

        var own = chosen is null ? null : chosen with { Key = AudioOffer.NewKey(random, chosen.Key.Mki is null ? null : 1) };
        agreed = remote.Agree(own is null ? null : new(own.Key, chosen!.Key), remote.Formats);
        media = local.AudioMedia(
            own is null ? AudioAgreement.Plain : AudioAgreement.Encrypted,
            own is null ? [] : [SdpLine.Attribute("crypto", own.ToText())],
            remote.Formats,
            agreed.Direction);
        return true;
    }

    // RTP/AVP with keys is the offer of optional encryption: who can encrypt answers RTP/SAVP ([MS-SDPEXT] §3.1.5.1).
    private static bool TryChooseKey(
        RemoteAudio remote, EncryptionPolicy policy, out CryptoAttribute? chosen, out MediaNegotiationFailure failure)
    {
        chosen = null;
        failure = default;
        if (policy == EncryptionPolicy.Off)
        {
            failure = MediaNegotiationFailure.EncryptionNotSupported;
            return !remote.IsEncryptedProfile;
        }

        var usable = remote.Media.Cryptos.Where(line => line.Suite == CryptoAttribute.AesCm128HmacSha180);
        chosen = usable.FirstOrDefault(line => line.Key.Mki is null) ?? usable.FirstOrDefault();
        if (chosen is not null)
        {
            return true;
        }

        failure = remote.HasKeys ? MediaNegotiationFailure.NoUsableKey : MediaNegotiationFailure.EncryptionRequired;
        return policy == EncryptionPolicy.Supported && !remote.IsEncryptedProfile;
    }
}
