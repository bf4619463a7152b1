using System.Net;
using System.Text;

namespace UcSdk.Media.Tests.Sdp;

public sealed class SessionDescriptionTests
{
    // RFC 4566 §5, the example at its end.
    private const string SeminarExample =
        "v=0\r\no=jdoe 2890844526 2890842807 IN IP4 10.47.16.5\r\ns=SDP Seminar\r\ni=A Seminar on the session description protocol\r\n"
        + "u=http://www.example.com/seminars/sdp.pdf\r\ne=j.doe@example.com (Jane Doe)\r\nc=IN IP4 224.2.17.12/127\r\n"
        + "t=2873397496 2873404696\r\na=recvonly\r\nm=audio 49170 RTP/AVP 0\r\nm=video 51372 RTP/AVP 99\r\na=rtpmap:99 h263-1998/90000\r\n";

    // RFC 5118 §4.6, the body of the message.
    private const string Ipv6Example =
        "v=0\r\no=assistant 971731711378798081 0 IN IP6 2001:db8::20\r\ns=Live video feed for today's meeting\r\nc=IN IP6 2001:db8::20\r\n"
        + "t=3338481189 3370017201\r\nm=audio 6000 RTP/AVP 2\r\na=rtpmap:2 G726-32/8000\r\nm=video 6024 RTP/AVP 107\r\na=rtpmap:107 H263-1998/90000\r\n";

    // RFC 5118 §4.7, the body of the message.
    private const string TwoFamiliesExample =
        "v=0\r\no=bob 280744730 28977631 IN IP4 host.example.com\r\ns=\r\nt=0 0\r\nm=audio 22334 RTP/AVP 0\r\nc=IN IP4 192.0.2.1\r\n"
        + "m=video 6024 RTP/AVP 107\r\nc=IN IP6 2001:db8::1\r\na=rtpmap:107 H263-1998/90000\r\n";

    // [MS-SDPEXT] §4, the beginning of the first example.
    private const string LyncExample =
        "v=0\r\no=- 0 0 IN IP4 172.24.32.152\r\ns=session\r\nc=IN IP4 172.24.32.152\r\nb=CT:99980\r\nt=0 0\r\n"
        + "a=x-mediabw:main-video send=585;recv=1416\r\na=x-devicecaps:audio:send,recv;video:send,recv\r\n"
        + "m=audio 50005 RTP/AVP 117 114 9 111 112 115 116 8 0 97 13 118 101\r\na=rtcp-fb:* x-message app send:dsh recv:dsh\r\na=rtcp-rsize\r\n"
        + "a=ice-ufrag: 6nxO\r\na=ice-pwd: G6rUJNNaobz8IdDZrAbyFDoO\r\na=candidate:1 1 UDP 2130706431 172.24.32.152 50005 typ host\r\n";

    [Theory]
    [InlineData(SeminarExample)]
    [InlineData(Ipv6Example)]
    [InlineData(TwoFamiliesExample)]
    [InlineData(LyncExample)]
    public void Published_descriptions_come_back_byte_for_byte(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);

        Assert.True(SessionDescription.TryParse(bytes.AsMemory(), out var description, out var error), error.ToString());

        Assert.Equal(bytes, description.ToBytes());
    }

    [Fact]
    public void The_seminar_of_RFC_4566_is_understood()
    {
        var description = Parse(SeminarExample);

        Assert.Equal(IPAddress.Parse("224.2.17.12"), description.ConnectionAddress);
        Assert.Equal(MediaDirection.ReceiveOnly, description.Direction);
        Assert.Equal(["audio", "video"], description.Media.Select(media => media.Kind));
        Assert.Equal(49170, description.Media[0].Port);
        Assert.Equal("RTP/AVP", description.Media[1].Protocol);
        Assert.Equal(["99"], description.Media[1].Formats);
        Assert.Equal(new RtpMap(99, "h263-1998", 90000), Assert.Single(description.Media[1].RtpMaps));
    }

    [Fact]
    public void Each_media_of_RFC_5118_has_the_address_of_its_own_family()
    {
        var description = Parse(TwoFamiliesExample);

        Assert.Null(description.ConnectionAddress);
        Assert.Equal(IPAddress.Parse("192.0.2.1"), description.Media[0].ConnectionAddress);
        Assert.Equal(IPAddress.Parse("2001:db8::1"), description.Media[1].ConnectionAddress);
        Assert.Equal(IPAddress.Parse("2001:db8::20"), Parse(Ipv6Example).ConnectionAddress);
    }

    [Fact]
    public void Line_feeds_alone_and_trailing_blanks_are_read_and_written_properly()
    {
        var description = Parse("v=0\no=- 0 0 IN IP4 10.0.0.5 \t\ns=session\n\nt=0 0\nm=audio  5000   RTP/AVP 0  8\na=sendonly ");

        Assert.Equal("v=0\r\no=- 0 0 IN IP4 10.0.0.5\r\ns=session\r\nt=0 0\r\nm=audio 5000 RTP/AVP 0 8\r\na=sendonly\r\n", description.ToText());
    }

    [Theory]
    [InlineData("", 0, "RFC 4566 §5.1 v=")]
    [InlineData("o=- 0 0 IN IP4 1.2.3.4\r\n", 0, "RFC 4566 §5.1 v=")]
    [InlineData("v=1\r\n", 0, "RFC 4566 §5.1 v=")]
    [InlineData("v=0\r\nhello\r\n", 5, "RFC 4566 §5")]
    [InlineData("v=0\r\n1=x\r\n", 5, "RFC 4566 §5")]
    [InlineData("v=0\r\ns=a\0b\r\n", 5, "RFC 4566 §9 byte-string")]
    [InlineData("v=0\r\nm=audio\r\n", 5, "RFC 4566 §5.14 m=")]
    [InlineData("v=0\r\nm=audio 5000 RTP/AVP\r\n", 5, "RFC 4566 §5.14 m=")]
    [InlineData("v=0\r\nm=audio 65536 RTP/AVP 0\r\n", 5, "RFC 4566 §5.14 m=")]
    [InlineData("v=0\r\nm=audio -1 RTP/AVP 0\r\n", 5, "RFC 4566 §5.14 m=")]
    [InlineData("v=0\r\nm=audio 5000/0 RTP/AVP 0\r\n", 5, "RFC 4566 §5.14 m=")]
    public void What_is_no_description_is_refused_with_its_place_and_rule(string text, int offset, string rule)
    {
        Assert.False(SessionDescription.TryParse(text, out var description, out var error));

        Assert.Null(description);
        Assert.Equal(offset, error.Offset);
        Assert.Equal(rule, error.Rule);
    }

    [Fact]
    public void The_length_is_limited()
    {
        const string start = "v=0\r\n";
        var line = "a=" + new string('x', 8190 - 2) + "\r\n";
        var full = start + string.Concat(Enumerable.Repeat(line, 7));
        var atLimit = full + "a=" + new string('y', 65536 - full.Length - 4) + "\r\n";

        Assert.Equal(65536, atLimit.Length);
        Assert.True(SessionDescription.TryParse(atLimit, out _, out _));
        AssertLimit(atLimit + "\n", "SDP.MaxLength");
        Assert.False(SessionDescription.TryParse(Encoding.UTF8.GetBytes(atLimit + "\n").AsMemory(), out _, out var error));
        Assert.Equal("SDP.MaxLength", error.Rule);
    }

    [Fact]
    public void The_length_of_a_line_is_limited()
    {
        var atLimit = "v=0\r\na=" + new string('x', 8190) + "\r\n";

        Assert.True(SessionDescription.TryParse(atLimit, out _, out _));
        AssertLimit(atLimit.Replace("a=", "a=x", StringComparison.Ordinal), "SDP.MaxLineLength");
    }

    [Fact]
    public void The_number_of_lines_is_limited()
    {
        var atLimit = "v=0\n" + string.Concat(Enumerable.Repeat("a=x\n", 1023));

        Assert.True(SessionDescription.TryParse(atLimit, out _, out _));
        AssertLimit(atLimit + "a=x\n", "SDP.MaxLines");
    }

    [Fact]
    public void The_number_of_media_is_limited()
    {
        var atLimit = "v=0\n" + string.Concat(Enumerable.Repeat("m=audio 0 RTP/AVP 0\n", 32));

        Assert.True(SessionDescription.TryParse(atLimit, out _, out _));
        AssertLimit(atLimit + "m=audio 0 RTP/AVP 0\n", "SDP.MaxMedia");
    }

    [Fact]
    public void Keys_are_written_to_the_wire_and_never_to_logs()
    {
        const string key = "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz";
        var text = "v=0\r\nm=audio 5000 RTP/SAVP 0\r\n"
            + $"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:{key}|2^20\r\na=cryptoscale:2 client AES_CM_128_HMAC_SHA1_80 inline:{key}|2^31|1:1\r\n"
            + $"a=ice-pwd:{key}\r\nk=clear:{key}\r\n";
        var description = Parse(text);

        Assert.Equal(text, description.ToText());
        Assert.DoesNotContain(key, description.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(key, description.Media[0].ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(key, description.Media[0].Cryptos[0].ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(key, description.Media[0].Cryptos[0].Key.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(key, description.Media[0].CryptoScales[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_that_would_not_read_back_are_refused_when_they_are_put_together()
    {
        Assert.Throws<ArgumentException>(() => new SessionDescription([], []));
        Assert.Throws<ArgumentException>(() => new SessionDescription([new('v', "0"), new('a', "x\r\nm=audio 1 RTP/AVP 0")], []));
        Assert.Throws<ArgumentException>(() => new SessionDescription([new('v', "0"), new('m', "audio 1 RTP/AVP 0")], []));
        Assert.Throws<ArgumentException>(() => new MediaDescription("audio", 1, "RTP/AVP", [], []));
        Assert.Throws<ArgumentException>(() => new MediaDescription("audio", 1, "RTP AVP", ["0"], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MediaDescription("audio", 65536, "RTP/AVP", ["0"], []));
    }

    internal static SessionDescription Parse(string text)
    {
        Assert.True(SessionDescription.TryParse(text, out var description, out var error), error.ToString());
        return description;
    }

    private static void AssertLimit(string text, string name)
    {
        Assert.False(SessionDescription.TryParse(text, out _, out var error));
        Assert.Equal(name, error.Rule);
    }
}
