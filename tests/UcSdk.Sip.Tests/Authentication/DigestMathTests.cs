using System.Text;

namespace UcSdk.Sip.Tests;

/// <summary>The hashes of Digest, against examples that were published.</summary>
public sealed class DigestMathTests
{
    // The body of draft-smith-sipping-auth-examples-01 §3.5; its MD5 is given there as c1ed018b8ec4a3b170c0921f5b564e48.
    private const string Sdp =
        "v=0\r\no=bob 2890844526 2890844526 IN IP4 media.biloxi.com\r\ns=-\r\nc=IN IP4 media.biloxi.com\r\nt=0 0\r\n"
        + "m=audio 49170 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\nm=video 51372 RTP/AVP 31\r\na=rtpmap:31 H261/90000\r\n"
        + "m=video 53000 RTP/AVP 32\r\na=rtpmap:32 MPV/90000\r\n";

    [Theory]
    // RFC 2617 §3.5 (as corrected by its erratum 1649: "Circle Of Life").
    [InlineData("GET", "Circle Of Life", "", "Digest username=\"Mufasa\", realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", uri=\"/dir/index.html\", qop=auth, nc=00000001, cnonce=\"0a4f113b\", response=\"6629fae49393a05397450978507c4ef1\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"")]
    // RFC 7616 §3.9.1, both answers.
    [InlineData("GET", "Circle of Life", "", "Digest username=\"Mufasa\", realm=\"http-auth@example.org\", uri=\"/dir/index.html\", algorithm=MD5, nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", nc=00000001, cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\", qop=auth, response=\"8ca523f5e9506fed4657c9700eebdbec\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"")]
    [InlineData("GET", "Circle of Life", "", "Digest username=\"Mufasa\", realm=\"http-auth@example.org\", uri=\"/dir/index.html\", algorithm=SHA-256, nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", nc=00000001, cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\", qop=auth, response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"")]
    // draft-smith-sipping-auth-examples-01 §§3.1–3.6: SIP, all forms of MD5.
    [InlineData("INVITE", "zanzibar", "", "Digest username=\"bob\", realm=\"biloxi.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", uri=\"sip:bob@biloxi.com\", response=\"bf57e4e0d0bffc0fbaedce64d59add5e\"")]
    [InlineData("INVITE", "zanzibar", "", "Digest username=\"bob\", realm=\"biloxi.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", uri=\"sip:bob@biloxi.com\", qop=auth, nc=00000001, cnonce=\"0a4f113b\", response=\"89eb0059246c02b2f6ee02c7961d5ea3\"")]
    [InlineData("INVITE", "zanzibar", Sdp, "Digest username=\"bob\", realm=\"biloxi.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", uri=\"sip:bob@biloxi.com\", algorithm=MD5-sess, qop=auth, nc=00000001, cnonce=\"0a4f113b\", response=\"e4e4ea61d186d07a92c9e1f6919902e9\"")]
    [InlineData("INVITE", "zanzibar", Sdp, "Digest username=\"bob\", realm=\"biloxi.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", uri=\"sip:bob@biloxi.com\", algorithm=MD5, qop=auth-int, nc=00000001, cnonce=\"0a4f113b\", response=\"bdbeebb2da6adb6bca02599c2239e192\"")]
    [InlineData("INVITE", "zanzibar", Sdp, "Digest username=\"bob\", realm=\"biloxi.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", uri=\"sip:bob@biloxi.com\", algorithm=MD5-sess, qop=auth-int, nc=00000001, cnonce=\"0a4f113b\", response=\"91984da2d8663716e91554859c22ca70\"")]
    public void A_published_answer_is_the_digest_of_its_password(string method, string password, string body, string authorization)
    {
        Assert.True(AuthField.TryParse(authorization, out var field));
        Assert.True(DigestAnswer.TryRead(field, out var answer));
        var math = new DigestMath();
        var secret = math.SecretOf(answer.Algorithm, answer.UserName, answer.Realm, Encoding.UTF8.GetBytes(password));
        var digest = math.DigestOf(answer, secret, method, Encoding.UTF8.GetBytes(body));
        Assert.Equal(field["response"], Encoding.ASCII.GetString(digest));
        Assert.True(DigestMath.AreEqual(digest, field["response"]!.ToUpperInvariant()));
        Assert.False(DigestMath.AreEqual(digest, field["response"]![..^1] + "g"));
        Assert.False(DigestMath.AreEqual(digest, field["response"] + "0"));
    }

    [Fact]
    public void Sha_256_sess_and_the_hashed_user_are_what_another_program_computes()
    {
        // No RFC has an example of these; the values are those of sha256sum.
        var math = new DigestMath();
        var answer = new DigestAnswer
        {
            UserName = "bob",
            Realm = "biloxi.com",
            Nonce = "dcd98b7102dd2f0e8b11d0f600bfb0c093",
            Uri = "sip:bob@biloxi.com",
            Algorithm = DigestAlgorithm.Sha256Session,
            Protection = DigestProtection.Authentication,
            CNonce = "0a4f113b",
            CountText = "00000001",
        };
        var secret = math.SecretOf(answer.Algorithm, "bob", "biloxi.com", "zanzibar"u8.ToArray());
        Assert.Equal("5da59c9ca40954be9d5063a15a174066c8251be2c10cf47c144c366dc7daf792", Encoding.ASCII.GetString(math.DigestOf(answer, secret, "INVITE", default)));
        Assert.Equal("5a1a8a47df5c298551b9b42ba9b05835174a5bd7d511ff7fe9191d8e946fc4e7", math.UserHashOf(DigestAlgorithm.Sha256, "Jäsøn Doe", "api@example.org"));
    }
}
