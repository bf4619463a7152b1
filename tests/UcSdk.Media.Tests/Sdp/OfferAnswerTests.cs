using System.Net;
using UcSdk.Core;
using static UcSdk.Media.MediaNegotiationFailure;

namespace UcSdk.Media.Tests.Sdp;

public sealed class OfferAnswerTests
{
    private const string KeyA = "T1EEGzmyDXu8BLLX6Elp/ZH2p00z1SsvYA/sW/g8";
    private const string KeyB = "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz";
    private const string Suite = "AES_CM_128_HMAC_SHA1_80";

    private readonly SeededRandomSource _random = new(1);

    [Fact]
    public void An_offer_is_written_as_Lync_peers_expect_it()
    {
        var offer = Offer(EncryptionPolicy.Required).Description;

        var keys = string.Concat(
            offer.Media[0].CryptoScales.Select(line => $"a=cryptoscale:{line.ToText()}\r\n")
                .Concat(offer.Media[0].Cryptos.Select(line => $"a=crypto:{line.ToText()}\r\n")));
        Assert.Equal(
            "v=0\r\no=- 0 0 IN IP4 10.0.0.5\r\ns=session\r\nc=IN IP4 10.0.0.5\r\nb=CT:99980\r\nt=0 0\r\n"
            + "m=audio 5000 RTP/SAVP 0 8\r\nc=IN IP4 10.0.0.5\r\n" + keys
            + "a=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\na=rtcp:5001\r\na=label:main-audio\r\na=x-ssrc-range:77-77\r\na=ptime:20\r\n",
            offer.ToText());
    }

    [Fact]
    public void An_offer_has_one_Scale_SRTP_line_one_key_with_and_one_without_identifier_all_different()
    {
        var media = Offer(EncryptionPolicy.Required).Description.Media[0];

        var scale = Assert.Single(media.CryptoScales);
        Assert.Equal((1, "client", "2^31", 1u, 1), (scale.Tag, scale.Role, scale.Key.Lifetime, scale.Key.Mki, scale.Key.MkiLength));
        Assert.Equal([(2, "2^31", 1u), (3, "2^31", null)], media.Cryptos.Select(line => (line.Tag, line.Key.Lifetime!, line.Key.Mki)));
        Assert.Equal(3, media.Cryptos.Select(line => line.Key.ToText()[..47]).Append(scale.Key.ToText()[..47]).Distinct().Count());
    }

    [Fact]
    public void Optional_encryption_is_offered_as_plain_RTP_with_keys_and_none_without()
    {
        var optional = Offer(EncryptionPolicy.Supported).Description.Media[0];
        var off = Offer(EncryptionPolicy.Off).Description.Media[0];

        Assert.Equal(("RTP/AVP", 2), (optional.Protocol, optional.Cryptos.Count));
        Assert.Equal(("RTP/AVP", 0, 0), (off.Protocol, off.Cryptos.Count, off.CryptoScales.Count));
    }

    [Fact]
    public void The_answer_takes_the_key_without_identifier_copies_its_tag_and_gives_a_key_of_its_own()
    {
        var offer = Offer(EncryptionPolicy.Required).Description;

        var answer = Answer(offer, EncryptionPolicy.Required);

        var media = answer.Description.Media[0];
        var crypto = Assert.Single(media.Cryptos);
        Assert.Empty(media.CryptoScales);
        Assert.Equal((3, null, "2^31"), (crypto.Tag, crypto.Key.Mki, crypto.Key.Lifetime));
        Assert.NotEqual(offer.Media[0].Cryptos[1].Key, crypto.Key);
        Assert.Equal(crypto.Key, answer.Agreed.Keys!.Local);
        Assert.Equal(offer.Media[0].Cryptos[1].Key, answer.Agreed.Keys.Remote);
        Assert.Equal("RTP/SAVP", media.Protocol);
        Assert.StartsWith("v=0\r\no=- 0 1 IN IP4 10.0.0.5\r\n", answer.Description.ToText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(EncryptionPolicy.Required, EncryptionPolicy.Required, true)]
    [InlineData(EncryptionPolicy.Required, EncryptionPolicy.Supported, true)]
    [InlineData(EncryptionPolicy.Supported, EncryptionPolicy.Required, true)]
    [InlineData(EncryptionPolicy.Supported, EncryptionPolicy.Supported, true)]
    [InlineData(EncryptionPolicy.Supported, EncryptionPolicy.Off, false)]
    [InlineData(EncryptionPolicy.Off, EncryptionPolicy.Supported, false)]
    [InlineData(EncryptionPolicy.Off, EncryptionPolicy.Off, false)]
    public void Two_policies_that_fit_agree_on_the_best_that_both_can(EncryptionPolicy offerer, EncryptionPolicy answerer, bool isEncrypted)
    {
        var offer = Offer(offerer);
        var answer = Answer(offer.Description, answerer);

        Assert.True(offer.TryAccept(answer.Description, out var agreed, out var failure), failure.ToString());

        Assert.Equal(isEncrypted ? "RTP/SAVP" : "RTP/AVP", answer.Description.Media[0].Protocol);
        Assert.Equal(isEncrypted, agreed.Keys is not null);
        Assert.Equal(answer.Agreed.Keys?.Local, agreed.Keys?.Remote);
        Assert.Equal(answer.Agreed.Keys?.Remote, agreed.Keys?.Local);
    }

    [Theory]
    [InlineData("m=audio 0 RTP/SAVP 0\r\n", EncryptionPolicy.Required, NoAudio)]
    [InlineData("m=video 6000 RTP/SAVP 34\r\n", EncryptionPolicy.Required, NoAudio)]
    [InlineData("m=audio 6000 TCP/RTP/SAVP 0\r\n", EncryptionPolicy.Required, NoAudio)]
    [InlineData("m=audio 6000 RTP/AVP 114\r\na=rtpmap:114 x-msrta/16000\r\n", EncryptionPolicy.Off, NoCommonCodec)]
    [InlineData("m=audio 6000 RTP/AVP 0\r\na=rtpmap:0 SILK/8000\r\n", EncryptionPolicy.Off, NoCommonCodec)]
    [InlineData("m=audio 6000 RTP/AVP 0\r\n", EncryptionPolicy.Required, EncryptionRequired)]
    [InlineData("m=audio 6000 RTP/SAVP 0\r\n", EncryptionPolicy.Supported, EncryptionRequired)]
    [InlineData($"m=audio 6000 RTP/SAVP 0\r\na=crypto:1 {Suite} inline:{KeyA}\r\n", EncryptionPolicy.Off, EncryptionNotSupported)]
    [InlineData($"m=audio 6000 RTP/SAVP 0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_32 inline:{KeyA}\r\n", EncryptionPolicy.Required, NoUsableKey)]
    [InlineData($"m=audio 6000 RTP/SAVP 0\r\na=cryptoscale:1 client {Suite} inline:{KeyA}|2^31|1:1\r\n", EncryptionPolicy.Supported, NoUsableKey)]
    [InlineData($"m=audio 6000 RTP/SAVP 0\r\na=crypto:1 {Suite} inline:short\r\n", EncryptionPolicy.Required, NoUsableKey)]
    [InlineData("m=audio 6000 RTP/AVP 0\r\nc=IN IP4 host.example.com\r\n", EncryptionPolicy.Off, UnusableAddress)]
    [InlineData("m=audio 6000 RTP/AVP 0\r\nc=IN IP6 2001:db8::1\r\n", EncryptionPolicy.Off, UnusableAddress)]
    public void An_offer_that_cannot_be_taken_is_refused_with_its_reason(string media, EncryptionPolicy policy, MediaNegotiationFailure expected)
    {
        var offer = SessionDescriptionTests.Parse("v=0\r\nc=IN IP4 10.0.0.6\r\n" + media);

        Assert.False(AudioAnswer.TryCreate(offer, Local(policy), _random, out _, out var failure));

        Assert.Equal(expected, failure);
    }

    [Theory]
    [InlineData("", EncryptionPolicy.Required, AnswerDoesNotMatch)]
    [InlineData("m=video 6000 RTP/SAVP 34\r\n", EncryptionPolicy.Required, AnswerDoesNotMatch)]
    [InlineData("m=audio 6000 RTP/AVP 0\r\nm=video 0 RTP/AVP 34\r\n", EncryptionPolicy.Off, AnswerDoesNotMatch)]
    [InlineData("m=audio 0 RTP/SAVP 0\r\n", EncryptionPolicy.Required, NoAudio)]
    [InlineData("m=audio 6000 RTP/AVP 13\r\n", EncryptionPolicy.Off, NoCommonCodec)]
    [InlineData("m=audio 6000 RTP/AVP 0\r\n", EncryptionPolicy.Required, EncryptionRequired)]
    [InlineData("m=audio 6000 RTP/SAVP 0\r\n", EncryptionPolicy.Supported, EncryptionRequired)]
    [InlineData($"m=audio 6000 RTP/SAVP 0\r\na=crypto:1 {Suite} inline:{KeyA}|2^31\r\n", EncryptionPolicy.Required, NoUsableKey)]
    [InlineData($"m=audio 6000 RTP/SAVP 0\r\na=cryptoscale:1 server {Suite} inline:{KeyA}|2^31|1:1\r\n", EncryptionPolicy.Required, NoUsableKey)]
    [InlineData($"m=audio 6000 RTP/SAVP 0\r\na=crypto:3 {Suite} inline:{KeyA}\r\n", EncryptionPolicy.Off, EncryptionNotSupported)]
    public void An_answer_that_cannot_be_taken_is_refused_with_its_reason(string media, EncryptionPolicy policy, MediaNegotiationFailure expected)
    {
        var answer = SessionDescriptionTests.Parse("v=0\r\nc=IN IP4 10.0.0.6\r\n" + media);

        Assert.False(Offer(policy).TryAccept(answer, out _, out var failure));

        Assert.Equal(expected, failure);
    }

    [Theory]
    [InlineData(2, "|2^31|1:1")]
    [InlineData(3, "|2^31")]
    public void The_tag_of_the_answer_says_which_of_the_offered_keys_is_used(int tag, string rest)
    {
        var offer = Offer(EncryptionPolicy.Required);
        var answer = SessionDescriptionTests.Parse(
            $"v=0\r\nc=IN IP4 10.0.0.6\r\nm=audio 6000 RTP/SAVP 0\r\na=crypto:{tag} {Suite} inline:{KeyA}{rest}\r\n");

        Assert.True(offer.TryAccept(answer, out var agreed, out _));

        Assert.Equal(offer.Description.Media[0].Cryptos.Single(line => line.Tag == tag).Key, agreed.Keys!.Local);
        Assert.Contains(KeyA, agreed.Keys.Remote.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_with_identifier_is_taken_when_there_is_no_other()
    {
        var answer = Answer(
            SessionDescriptionTests.Parse(
                $"v=0\r\nc=IN IP4 10.0.0.6\r\nm=audio 6000 RTP/SAVP 0\r\na=crypto:9 {Suite} inline:{KeyB}|2^31|1:1\r\n"),
            EncryptionPolicy.Required);

        var crypto = Assert.Single(answer.Description.Media[0].Cryptos);
        Assert.Equal((9, 1u, 1), (crypto.Tag, crypto.Key.Mki, crypto.Key.MkiLength));
    }

    [Fact]
    public void All_media_but_the_first_usable_audio_are_refused_in_their_places()
    {
        var answer = Answer(
            SessionDescriptionTests.Parse(
                "v=0\r\nc=IN IP4 10.0.0.6\r\nm=video 6000 RTP/AVP 34\r\nm=audio 6002 RTP/AVP 114\r\na=rtpmap:114 x-msrta/16000\r\n"
                + "m=audio 6004 RTP/AVP 8\r\nm=x-unknown 6006 foo bar baz\r\n"),
            EncryptionPolicy.Off).Description;

        Assert.Equal(
            ["video 0 RTP/AVP 34", "audio 0 RTP/AVP 114", "audio 5000 RTP/AVP 8", "x-unknown 0 foo bar baz"],
            answer.Media.Select(media => $"{media.Kind} {media.Port} {media.Protocol} {string.Join(' ', media.Formats)}"));
    }

    [Fact]
    public void Payload_types_mean_what_the_received_description_binds_them_to()
    {
        var answer = Answer(
            SessionDescriptionTests.Parse(
                "v=0\r\nc=IN IP4 10.0.0.6\r\nm=audio 6000 RTP/AVP 117 103 0\r\na=rtpmap:117 G722/8000/2\r\na=rtpmap:103 pcma/8000\r\na=rtpmap:0 PCMU/8000\r\n"
                + "a=fmtp:103 x=1\r\n"),
            EncryptionPolicy.Off);

        Assert.Equal(new AudioFormat("PCMA", 103, 8000, 8000, 1, "x=1"), answer.Agreed.SendFormat);
        Assert.Equal(["103", "0"], answer.Description.Media[0].Formats);
        Assert.Equal("PCMA", answer.Agreed.ReceiveCodecs[103].Name);
        Assert.Contains(new RtpMap(103, "PCMA", 8000), answer.Description.Media[0].RtpMaps);
    }

    [Theory]
    [InlineData("a=sendonly", MediaDirection.ReceiveOnly)]
    [InlineData("a=recvonly", MediaDirection.SendOnly)]
    [InlineData("a=inactive", MediaDirection.Inactive)]
    [InlineData("a=sendrecv", MediaDirection.SendReceive)]
    [InlineData("a=x-other", MediaDirection.SendReceive)]
    public void The_answer_mirrors_the_direction(string attribute, MediaDirection expected)
    {
        var answer = Answer(
            SessionDescriptionTests.Parse($"v=0\r\nc=IN IP4 10.0.0.6\r\nm=audio 6000 RTP/AVP 0\r\n{attribute}\r\n"), EncryptionPolicy.Off);

        Assert.Equal(expected, answer.Agreed.Direction);
        Assert.Equal(expected, answer.Description.Media[0].Direction ?? MediaDirection.SendReceive);
    }

    [Theory]
    [InlineData("", "10.0.0.6:6000", "10.0.0.6:6001")]
    [InlineData("a=rtcp:7000\r\n", "10.0.0.6:6000", "10.0.0.6:7000")]
    [InlineData("a=rtcp:7000 IN IP4 10.0.0.9\r\n", "10.0.0.6:6000", "10.0.0.9:7000")]
    [InlineData("c=IN IP4 10.0.0.8\r\n", "10.0.0.8:6000", "10.0.0.8:6001")]
    [InlineData("c=IN IP4 0.0.0.0\r\n", null, null)]
    public void Media_goes_to_the_signalled_addresses(string lines, string? rtp, string? rtcp)
    {
        var agreed = Answer(
            SessionDescriptionTests.Parse("v=0\r\nc=IN IP4 10.0.0.6\r\nm=audio 6000 RTP/AVP 0\r\n" + lines), EncryptionPolicy.Off).Agreed;

        Assert.Equal(rtp, agreed.RemoteRtp?.ToString());
        Assert.Equal(rtcp, agreed.RemoteRtcp?.ToString());
    }

    private static AudioAgreement Local(EncryptionPolicy policy) => new(
        IPEndPoint.Parse("10.0.0.5:5000"), IPEndPoint.Parse("10.0.0.5:5001"), 77, policy, CodecRegistry.Default);

    private AudioOffer Offer(EncryptionPolicy policy) => new(Local(policy), _random);

    private AudioAnswer Answer(SessionDescription offer, EncryptionPolicy policy)
    {
        Assert.True(AudioAnswer.TryCreate(offer, Local(policy), _random, out var answer, out var failure), failure.ToString());
        return answer;
    }
}
