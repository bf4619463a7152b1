using System.Net;

namespace UcSdk.Media.Tests.Sdp;

public sealed class AttributeTests
{
    private const string Key = "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz";

    [Fact]
    public void A_key_line_with_a_key_identifier_is_read_and_written_back()
    {
        // RFC 4568 §5.1.1 has this key, lifetime and identifier.
        const string value = $"1 AES_CM_128_HMAC_SHA1_80 inline:{Key}|2^20|1:4";

        Assert.True(CryptoAttribute.TryParse(value, out var crypto));

        Assert.Equal(1, crypto.Tag);
        Assert.Equal(CryptoAttribute.AesCm128HmacSha180, crypto.Suite);
        Assert.Equal("2^20", crypto.Key.Lifetime);
        Assert.Equal(1u, crypto.Key.Mki);
        Assert.Equal(4, crypto.Key.MkiLength);
        Assert.Equal(value, crypto.ToText());
        var bytes = new byte[30];
        crypto.Key.CopyKeyAndSalt(bytes);
        Assert.Equal(Convert.FromBase64String(Key), bytes);
    }

    [Theory]
    [InlineData($"3 AES_CM_128_HMAC_SHA1_80 inline:{Key}|2^31")]
    [InlineData($"3 AES_CM_128_HMAC_SHA1_80 inline:{Key}")]
    [InlineData($"3 AES_CM_128_HMAC_SHA1_80 inline:{Key}|1:1")]
    [InlineData($"3 AES_CM_128_HMAC_SHA1_32 inline:{Key}|2^31|255:1")]
    public void Key_lines_come_back_as_they_were(string value)
    {
        Assert.True(CryptoAttribute.TryParse(value, out var crypto));
        Assert.Equal(value, crypto.ToText());
    }

    [Theory]
    [InlineData("")]
    [InlineData("x AES_CM_128_HMAC_SHA1_80 inline:" + Key)]
    [InlineData("1000000000 AES_CM_128_HMAC_SHA1_80 inline:" + Key)]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 uri:" + Key)]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:AAAA|2^31")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:" + Key + "AAAA")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:!" + Key)]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:" + Key + "|2^31|256:1")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:" + Key + "|2^31|1:5")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:" + Key + "|2^31|1:0")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:" + Key + "|2^31|1:1|2:1")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:" + Key + "|2^31 UNENCRYPTED_SRTCP")]
    public void Key_lines_that_cannot_be_used_are_refused(string value) => Assert.False(CryptoAttribute.TryParse(value, out _));

    [Fact]
    public void A_Scale_SRTP_line_is_read_and_written_back()
    {
        const string value = $"1 client AES_CM_128_HMAC_SHA1_80 inline:{Key}|2^31|1:1";

        Assert.True(CryptoScaleAttribute.TryParse(value, out var scale));

        Assert.Equal(("client", 1), (scale.Role, scale.Tag));
        Assert.Equal(value, scale.ToText());
        Assert.False(CryptoScaleAttribute.TryParse(value.Replace("client", "peer", StringComparison.Ordinal), out _));
    }

    [Theory]
    [InlineData("0 PCMU/8000", 0, "PCMU", 8000, 1)]
    [InlineData("117 G722/8000/2", 117, "G722", 8000, 2)]
    public void Format_maps_come_back_as_they_were(string value, int type, string name, int rate, int channels)
    {
        Assert.True(RtpMap.TryParse(value, out var map));
        Assert.Equal(new RtpMap(type, name, rate, channels), map);
        Assert.Equal(value, map.ToString());
    }

    [Theory]
    [InlineData("128 PCMU/8000")]
    [InlineData("0 PCMU")]
    [InlineData("0 /8000")]
    [InlineData("0 PCMU/0")]
    [InlineData("0 PCMU/8000/0")]
    [InlineData("PCMU/8000")]
    public void Malformed_format_maps_are_refused(string value) => Assert.False(RtpMap.TryParse(value, out _));

    [Fact]
    public void The_RTCP_line_of_RFC_3605_is_read_with_and_without_address()
    {
        // RFC 3605 §2.1, the three examples.
        Assert.True(RtcpAttribute.TryParse("53020", out var port));
        Assert.Equal(new RtcpAttribute(53020), port);
        Assert.True(RtcpAttribute.TryParse("53020 IN IP4 126.16.64.4", out var four));
        Assert.Equal(new RtcpAttribute(53020, IPAddress.Parse("126.16.64.4")), four);
        Assert.True(RtcpAttribute.TryParse("53020 IN IP6 2001:2345:6789:ABCD:EF01:2345:6789:ABCD", out var six));
        Assert.Equal(IPAddress.Parse("2001:2345:6789:ABCD:EF01:2345:6789:ABCD"), six.Address);
        Assert.Equal("53020 IN IP4 126.16.64.4", four.ToString());
        Assert.False(RtcpAttribute.TryParse("0", out _));
        Assert.False(RtcpAttribute.TryParse("53020 IN IP4 host.example.com", out _));
    }

    [Theory]
    [InlineData("1-1", true)]
    [InlineData("1-100", true)]
    [InlineData("1-4294967040", true)]
    [InlineData("1-4294967041", false)]
    [InlineData("0-1", false)]
    [InlineData("2-1", false)]
    [InlineData("1", false)]
    public void Source_ranges_lie_within_what_is_allowed(string value, bool isValid)
    {
        Assert.Equal(isValid, SsrcRange.TryParse(value, out var range));
        Assert.True(!isValid || range.ToString() == value);
    }

    [Fact]
    public void A_source_range_holds_both_its_ends()
    {
        var range = new SsrcRange(10, 12);

        Assert.Equal([false, true, true, false], new uint[] { 9, 10, 12, 13 }.Select(range.Contains));
    }

    [Fact]
    public void A_media_line_shows_its_attributes_typed()
    {
        var media = SessionDescriptionTests.Parse(
            "v=0\r\nm=audio 5000 RTP/AVP 0 101\r\na=label:main-audio\r\na=ptime:20\r\na=x-ssrc-range:7-7\r\na=rtcp:5001\r\na=inactive\r\n"
            + "a=rtpmap:broken\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\n").Media[0];

        Assert.Equal("main-audio", media.Label);
        Assert.Equal(20, media.PacketMilliseconds);
        Assert.Equal(new SsrcRange(7, 7), media.SsrcRange);
        Assert.Equal(5001, media.Rtcp?.Port);
        Assert.Equal(MediaDirection.Inactive, media.Direction);
        Assert.Equal("0-16", media.FindFormatParameters("101"));
        Assert.Null(media.FindFormatParameters("0"));
        Assert.Single(media.RtpMaps);
    }
}
