namespace UcSdk.Sip.Tests;

/// <summary>Refer-To, Referred-By and Replaces, anchored to the examples of their RFCs.</summary>
public sealed class ReferValueTests
{
    // RFC 3891 §6.1.
    [Theory]
    [InlineData("98732@sip.example.com;from-tag=r33th4x0r;to-tag=ff87ff", "98732@sip.example.com", "ff87ff", "r33th4x0r", false)]
    [InlineData("12adf2f34456gs5;to-tag=12345;from-tag=54321", "12adf2f34456gs5", "12345", "54321", false)]
    [InlineData("87134@171.161.34.23;to-tag=24796;from-tag=0", "87134@171.161.34.23", "24796", "0", false)]
    [InlineData("425928@bobster.example.org ; to-tag=7743 ;from-tag=6472;early-only;x=y", "425928@bobster.example.org", "7743", "6472", true)]
    public void Replaces_is_read(string text, string callId, string toTag, string fromTag, bool early)
    {
        Assert.True(Replaces.TryParse(text, out var value));
        Assert.Equal(new Replaces(callId, toTag, fromTag, early), value);
        Assert.True(Replaces.TryParse(value.ToString(), out var again));
        Assert.Equal(value, again);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("call")]
    [InlineData("call;to-tag=1")]
    [InlineData("call;from-tag=1")]
    [InlineData(";to-tag=1;from-tag=2")]
    [InlineData("a b;to-tag=1;from-tag=2")]
    [InlineData("call;to-tag=1;to-tag=2;from-tag=2")]
    [InlineData("call;to-tag=\"a\r\nb\";from-tag=2")]
    [InlineData("a;to-tag=1;from-tag=2, b;to-tag=1;from-tag=2")]
    public void What_is_no_Replaces_is_refused(string? text) => Assert.False(Replaces.TryParse(text, out _));

    // RFC 3515 §2.1.
    [Theory]
    [InlineData("sip:alice@atlanta.example.com", "sip:alice@atlanta.example.com", "INVITE", 0)]
    [InlineData("<sip:bob@biloxi.example.net?Accept-Contact=sip:bobsdesk.biloxi.example.net&Call-ID%3D55432%40alicepc.atlanta.example.com>", "sip:bob@biloxi.example.net", "INVITE", 2)]
    [InlineData("<sip:dave@denver.example.org?Replaces=12345%40192.168.118.3%3Bto-tag%3D12345%3Bfrom-tag%3D5FFE-3994>", "sip:dave@denver.example.org", "INVITE", 1)]
    [InlineData("<sip:carol@cleveland.example.org;method=SUBSCRIBE>", "sip:carol@cleveland.example.org", "SUBSCRIBE", 0)]
    [InlineData("<http://www.ietf.org>", "http://www.ietf.org", "INVITE", 0)]
    [InlineData("<sip:a?b@x.test?Subject=c>", "sip:a?b@x.test", "INVITE", 1)]
    public void Refer_To_is_read(string text, string target, string method, int headers)
    {
        Assert.True(ReferTo.TryParse(text, out var value));
        Assert.Equal((target, method, headers), (value.Target.Text, value.Method.Name, value.Headers.Count));
    }

    [Fact]
    public void The_dialog_to_replace_is_read_from_the_URI()
    {
        Assert.True(ReferTo.TryParse("<sip:dave@denver.example.org?Replaces=12345%40192.168.118.3%3Bto-tag%3D12345%3Bfrom-tag%3D5FFE-3994>", out var value));
        Assert.Equal(new Replaces("12345@192.168.118.3", "12345", "5FFE-3994"), value.Replaces);
        Assert.Equal(
            "<sip:dave@denver.example.org?Replaces=12345%40192.168.118.3%3Bto-tag%3D12345%3Bfrom-tag%3D5FFE-3994>",
            ReferTo.To(value.Target, value.Replaces!).ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("carol")]
    [InlineData("<sip:carol@x.test?Replaces=call>")]
    [InlineData("<sip:carol@x.test;method=>")]
    [InlineData("<sip:carol@x.test>, <sip:dave@x.test>")]
    public void What_is_no_Refer_To_is_refused(string? text) => Assert.False(ReferTo.TryParse(text, out _));

    // RFC 3892 §3.
    [Fact]
    public void Referred_By_is_read_with_the_name_of_its_token()
    {
        Assert.True(ReferredBy.TryParse("<sip:r@ref.example>;cid=\"2UWQFN309shb3@ref.example\"", out var value));
        Assert.Equal(("sip:r@ref.example", "2UWQFN309shb3@ref.example"), (value.Referrer.Uri.Text, value.ContentId));
        Assert.Equal("<sip:r@ref.example>;cid=\"2UWQFN309shb3@ref.example\"", value.ToString());
        Assert.True(ReferredBy.TryParse("\"Referrer\" <sip:r@ref.example>", out var bare));
        Assert.Equal((null, "\"Referrer\" <sip:r@ref.example>"), (bare.ContentId, bare.ToString()));
        Assert.False(ReferredBy.TryParse("nobody", out _));
    }
}
