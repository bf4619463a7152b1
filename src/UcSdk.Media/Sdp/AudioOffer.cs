using System.Diagnostics.CodeAnalysis;
using UcSdk.Core;

namespace UcSdk.Media;

/// <summary>The offerer's half of one offer and answer about one audio stream (RFC 3264 §§5, 7).</summary>
internal sealed class AudioOffer
{
    // Lync clients offer one line for Scale-SRTP, one with and one without an MKI, each with a key of its own.
    private const int ScaleTag = 1;
    private const int MkiTag = 2;
    private const int PlainTag = 3;

    private readonly AudioAgreement _local;
    private readonly List<CryptoAttribute> _cryptos = [];
    private readonly List<(int PayloadType, CodecDescription Codec)> _formats;

    public AudioOffer(AudioAgreement local, RandomSource random)
    {
        _local = local;
        _formats = BindPayloadTypes(local.Codecs);
        var keys = new List<SdpLine>();
        if (local.Encryption != EncryptionPolicy.Off)
        {
            var scale = new CryptoScaleAttribute(ScaleTag, "client", CryptoAttribute.AesCm128HmacSha180, NewKey(random, mki: 1));
            keys.Add(SdpLine.Attribute("cryptoscale", scale.ToText()));
            _cryptos.Add(new(MkiTag, CryptoAttribute.AesCm128HmacSha180, NewKey(random, mki: 1)));
            _cryptos.Add(new(PlainTag, CryptoAttribute.AesCm128HmacSha180, NewKey(random, mki: null)));
            keys.AddRange(_cryptos.Select(crypto => SdpLine.Attribute("crypto", crypto.ToText())));
        }

        var protocol = local.Encryption == EncryptionPolicy.Required ? AudioAgreement.Encrypted : AudioAgreement.Plain;
        Description = new(local.SessionLines(version: 0), [local.AudioMedia(protocol, keys, _formats, MediaDirection.SendReceive)]);
    }

    public SessionDescription Description { get; }

    public bool TryAccept(SessionDescription answer, [NotNullWhen(true)] out NegotiatedAudio? agreed, out MediaNegotiationFailure failure)
    {
        agreed = null;
        failure = MediaNegotiationFailure.AnswerDoesNotMatch;
        if (answer.Media.Count != 1 || answer.Media[0].Kind != "audio")
        {
            return false;
        }

        var media = answer.Media[0];
        if (!RemoteAudio.IsCandidate(media))
        {
            failure = MediaNegotiationFailure.NoAudio;
            return false;
        }

        if (!RemoteAudio.TryRead(answer, media, _local, out var remote, out failure)
            || !TryAgreeOnKeys(remote, out var keys, out failure))
        {
            return false;
        }

        agreed = remote.Agree(keys, _formats);
        return true;
    }

    internal static InlineKey NewKey(RandomSource random, uint? mki)
    {
        Span<byte> bytes = stackalloc byte[InlineKey.KeyAndSaltLength];
        random.Fill(bytes);
        var key = InlineKey.Create(bytes, AudioAgreement.Lifetime, mki);
        bytes.Clear();
        return key;
    }

    private bool TryAgreeOnKeys(RemoteAudio remote, out SrtpKeyPair? keys, out MediaNegotiationFailure failure)
    {
        keys = null;
        failure = default;
        if (_local.Encryption == EncryptionPolicy.Off)
        {
            failure = MediaNegotiationFailure.EncryptionNotSupported;
            return !remote.IsEncryptedProfile;
        }

        foreach (var theirs in remote.Media.Cryptos)
        {
            // The tag says which of our lines the peer took, and so which of our keys it will decrypt with (RFC 4568 §5.1.2).
            if (_cryptos.Find(line => line.Tag == theirs.Tag && line.Suite == theirs.Suite) is { } ours)
            {
                keys = new(ours.Key, theirs.Key);
                return true;
            }
        }

        failure = remote.HasKeys ? MediaNegotiationFailure.NoUsableKey : MediaNegotiationFailure.EncryptionRequired;
        return _local.Encryption == EncryptionPolicy.Supported && !remote.IsEncryptedProfile && !remote.HasKeys;
    }

    private static List<(int PayloadType, CodecDescription Codec)> BindPayloadTypes(CodecRegistry codecs)
    {
        var dynamic = 96;
        return [.. codecs.Codecs.Select(codec => (codec.StaticPayloadType ?? dynamic++, codec))];
    }
}
