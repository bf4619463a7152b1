using System.Text;

namespace UcSdk.Sip.Tests;

public sealed class SecretMaskTests
{
    [Theory]
    [InlineData("Authorization: Digest username=\"bob\", realm=\"x.test\", nonce=\"ab,c\", nc=00000001, response=\"0123\"", "Authorization: Digest username=\"bob\", realm=\"x.test\", nonce=\"xxxx\", nc=00000001, response=\"xxxx\"")]
    [InlineData("proxy-authorization:Digest  response = \"01\\\"23\" , uri=\"sip:a,b\"", "proxy-authorization:Digest  response = \"xxxxxx\" , uri=\"sip:a,b\"")]
    [InlineData("Authorization: Basic Ym9iOnB3==", "Authorization: Basic xxxxxxxx==")]
    [InlineData("Authorization: Bearer abc.def", "Authorization: Bearer xxxxxxx")]
    [InlineData("Authorization: NTLM qop=\"auth\", gssapi-data=\"TlRM+/==\", targetname=\"s\", version=4", "Authorization: NTLM qop=\"auth\", gssapi-data=\"xxxxxx==\", targetname=\"s\", version=4")]
    [InlineData("Authentication-Info: nextnonce=\"abc\", qop=auth, rspauth=\"12\"", "Authentication-Info: nextnonce=\"xxx\", qop=auth, rspauth=\"xx\"")]
    [InlineData("WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", opaque=\"o\", stale=true", "WWW-Authenticate: Digest realm=\"r\", nonce=\"x\", opaque=\"x\", stale=true")]
    [InlineData("Authorization: Digest realm=\"r\",\r\n response=\"0123\",\r\n\tunheard=of", "Authorization: Digest realm=\"r\",\r\n response=\"xxxx\",\r\n\txxxxxxx=xx")]
    [InlineData("Authorization: Digest realm=\"r\", response=\"01\r\n 23\"", "Authorization: Digest realm=\"r\", response=\"xx\r\n xx\"")]
    [InlineData("Subject: response=\"0123\"", "Subject: response=\"0123\"")]
    public void Credentials_go_and_what_says_how_stays(string field, string expected) =>
        Assert.Equal($"OPTIONS sip:a SIP/2.0\r\n{expected}\r\nTo: b\r\n\r\n", Hide($"OPTIONS sip:a SIP/2.0\r\n{field}\r\nTo: b\r\n\r\n"));

    [Theory]
    [InlineData("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:abc|2^31", "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:xxxxxxxx")]
    [InlineData("a=ice-pwd:abc", "a=ice-pwd:xxx")]
    [InlineData("a=candidate:1 1 UDP 1 192.0.2.1 5 typ host", "a=candidate:1 1 UDP 1 192.0.2.1 5 typ host")]
    [InlineData("a=candidate:user 1 pwd UDP", "a=candidate:xxxx x xxx xxx")]
    [InlineData("<login><password>abc</password><b c=\"d\"/></login>", "<login><password>xxx</password><b c=\"x\"/></login>")]
    [InlineData("<login password='a\"c' name=\"n\">t</login>", "<login password='xxx' name=\"x\">x</login>")]
    [InlineData("<token><![CDATA[a]]></token>", "<token><xxxxxxxxxxx></token>")]
    [InlineData("the token is abc <b>", "the token xx xxx <b>")]
    [InlineData("{\"Password\": \"abc\"}", "{\"Passwordxx xxxxxx")]
    [InlineData("m=audio 5 RTP/AVP 8", "m=audio 5 RTP/AVP 8")]
    public void Keys_and_passwords_of_a_body_go(string line, string expected) =>
        Assert.Equal($"SIP/2.0 200 OK\r\n\r\nv=0\r\n{expected}\r\nend", Hide($"SIP/2.0 200 OK\r\n\r\nv=0\r\n{line}\r\nend"));

    [Fact]
    public void A_message_without_secrets_is_not_copied()
    {
        ReadOnlyMemory<byte> message = "OPTIONS sip:a SIP/2.0\r\nTo: b\r\n\r\nbody"u8.ToArray();
        Assert.Equal(message, SecretMask.Hide(message));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n")]
    [InlineData(":")]
    [InlineData("Authorization:")]
    [InlineData("Authorization: \"")]
    [InlineData("Authorization: Digest a=\"\\")]
    [InlineData(" Authorization: Digest a")]
    public void What_is_no_message_is_no_fault(string text) => Assert.Equal(text.Length, Hide(text).Length);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Whatever_the_octets_are_nothing_is_thrown_and_no_length_changes(int seed)
    {
        string[] pieces =
        [
            "Authorization: Digest ", "response=", "\"", "\\", ",", "=", " ", "\t", "\r\n", "\n", "\r", ":", "a=crypto:", "inline:", "a=candidate:", "<", ">", "<!", "'", "token", "password",
            "Authentication-Info:", "realm=\"r\"", "\0", "ÿ", "x",
        ];
        var random = new UcSdk.Core.SeededRandomSource((ulong)seed);
        for (var count = 0; count < 2000; count++)
        {
            var text = string.Concat(Enumerable.Range(0, 40).Select(_ => pieces[(int)(random.NextUInt64() % (ulong)pieces.Length)]));
            var octets = Encoding.UTF8.GetBytes(text);
            Assert.Equal(octets.Length, SecretMask.Hide(octets).Length);
        }
    }

    private static string Hide(string message) => Encoding.UTF8.GetString(SecretMask.Hide(Encoding.UTF8.GetBytes(message)).Span);
}
