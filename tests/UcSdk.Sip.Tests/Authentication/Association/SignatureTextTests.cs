using System.Text;

namespace UcSdk.Sip.Tests;

/// <summary>The text of signatures: of a captured exchange of Office Communicator with OCS 2007 R2, of traces of Lync 2013 and LCS, and by the rules of [MS-SIPAE] §3.2.5.2.</summary>
public sealed class SignatureTextTests
{
    public const string Register = """
        REGISTER sip:cosmo.local SIP/2.0
        Via: SIP/2.0/TLS 192.168.172.6:12723
        Max-Forwards: 70
        From: <sip:user@cosmo.local>;tag=3e49177a52;epid=c8ca638a15
        To: <sip:user@cosmo.local>
        Call-ID: 4037df9284354df39065195bd57a4b14
        CSeq: 3 REGISTER
        Contact: <sip:192.168.172.6:12723;transport=tls;ms-opaque=fb31f75c3f>;methods="INVITE"
        Content-Length: 0
        """;

    public const string Registered = """
        SIP/2.0 200 OK
        ms-keep-alive: UAS; tcp=no; hop-hop=yes; end-end=no; timeout=300
        From: <sip:user@cosmo.local>;tag=3e49177a52;epid=c8ca638a15
        To: <sip:user@cosmo.local>;tag=5E61CCD925D17E043D9A74835A88F664
        Call-ID: 4037df9284354df39065195bd57a4b14
        CSeq: 3 REGISTER
        Via: SIP/2.0/TLS 192.168.172.6:12723;ms-received-port=12723;ms-received-cid=2600
        Expires: 7200
        Content-Length: 0
        """;

    private const string Realm = "SIP Communications Service";

    [Fact]
    public void A_request_of_the_captured_exchange() => Assert.Equal(
        "<NTLM><13317733><1><SIP Communications Service><cosmo-ocs-r2.cosmo.local><4037df9284354df39065195bd57a4b14><3><REGISTER><sip:user@cosmo.local><3e49177a52><sip:user@cosmo.local><><><><>",
        TextOf(Register, 4, "NTLM", "13317733", "1", Realm, "cosmo-ocs-r2.cosmo.local"));

    [Fact]
    public void A_response_of_the_captured_exchange() => Assert.Equal(
        "<NTLM><9616454F><1><SIP Communications Service><cosmo-ocs-r2.cosmo.local><4037df9284354df39065195bd57a4b14><3><REGISTER><sip:user@cosmo.local><3e49177a52><sip:user@cosmo.local><5E61CCD925D17E043D9A74835A88F664><><><7200><200>",
        TextOf(Registered, 4, "NTLM", "9616454F", "1", Realm, "cosmo-ocs-r2.cosmo.local"));

    [Fact]
    public void A_180_with_an_asserted_identity_whose_scheme_is_in_capitals() => Assert.Equal(
        "<NTLM><1B6D47A1><11><SIP Communications Service><LOC-COMPANYT-FE03.COMPANY.COM><41CEg82ECa0AC8i3DD7mE673t9CF4b19DAxF780x><1><INVITE><sip:sender@company.com><2420628112><sip:recipient@company.com><7aee15546a><SIP:recipient@company.com><><><180>",
        TextOf(
            """
            SIP/2.0 180 Ringing
            FROM: "Sender"<sip:sender@company.com>;tag=2420628112;epid=54392bdbf51b
            TO: "Recipient"<sip:recipient@company.com>;tag=7aee15546a;epid=3102EB8BD1
            CSEQ: 1 INVITE
            CALL-ID: 41CEg82ECa0AC8i3DD7mE673t9CF4b19DAxF780x
            P-ASSERTED-IDENTITY: "Recipient"<SIP:recipient@company.com>
            CONTENT-LENGTH: 0
            """, 4, "NTLM", "1B6D47A1", "11", Realm, "LOC-COMPANYT-FE03.COMPANY.COM"));

    [Fact]
    public void A_response_in_version_2_has_neither_the_uri_of_To_nor_an_identity() => Assert.Equal(
        "<NTLM><0878F41B><1><SIP Communications Service><ocs1.ocs.provo.novell.com><8592g5DCBa1694i5887m0D0Bt2247b3F38xAE9Fx><3><REGISTER><sip:gabriel@ocs.provo.novell.com><2947328781><B816D65C2300A32CFA6D371F2AF537FD><900><200>",
        TextOf(
            """
            SIP/2.0 200 OK
            From: <sip:gabriel@ocs.provo.novell.com>;tag=2947328781;epid=1234567890
            To: <sip:gabriel@ocs.provo.novell.com>;tag=B816D65C2300A32CFA6D371F2AF537FD
            Call-ID: 8592g5DCBa1694i5887m0D0Bt2247b3F38xAE9Fx
            CSeq: 3 REGISTER
            P-Asserted-Identity: <sip:gabriel@ocs.provo.novell.com>
            Expires: 900
            Content-Length: 0
            """, 2, "NTLM", "0878F41B", "1", Realm, "ocs1.ocs.provo.novell.com"));

    [Theory]
    [InlineData("From: sip:a@b.test;tag=1;epid=e", "<sip:a@b.test><1>")]
    [InlineData("From: \"A, B <x> ;tag=9\" <sip:a@b.test;user=phone>;epid=e;tag=1", "<sip:a@b.test;user=phone><1>")]
    [InlineData("From: Alice Smith <sip:a%41@B.test>; TAG = 1 ;x", "<sip:a%41@B.test><1>")]
    [InlineData("From: <sip:a@b.test>;x=\";tag=9\";tag=1", "<sip:a@b.test><1>")]
    [InlineData("f: <sip:a@b.test>", "<sip:a@b.test><>")]
    [InlineData("From: <sip:a@b.test>;tags=2;tag;tag=1", "<sip:a@b.test><1>")]
    [InlineData("From: <sip:a@b.test>\n ;tag=1", "<sip:a@b.test><1>")]
    [InlineData("From: <sip:a@b.test", "<><>")]
    [InlineData("X: y", "<><>")]
    public void Addresses_give_their_uri_and_tag_as_they_are_written(string header, string expected) => Assert.Equal(
        $"<S><0><1><r><t><c><1><OPTIONS>{expected}<><><><><>", TextOf($"OPTIONS sip:x SIP/2.0\nCall-ID: c\nCSeq: 1 OPTIONS\n{header}", 4));

    [Theory]
    [InlineData("P-Asserted-Identity: \"A\" <sip:a@b.test>, <tel:+1;ext=2>", "<sip:a@b.test><tel:+1;ext=2>")]
    [InlineData("P-Asserted-Identity: <tel:+1>, <sip:a@b.test>", "<sip:a@b.test><tel:+1>")]
    [InlineData("P-Asserted-Identity: tel:+1, <sip:a@b.test>, <sip:c@b.test>, <tel:+2>", "<sip:a@b.test><tel:+1>")]
    [InlineData("P-Asserted-Identity: <tel:+1>\nP-Asserted-Identity: <sip:a@b.test>", "<sip:a@b.test><tel:+1>")]
    [InlineData("P-Preferred-Identity: <sip:p@b.test>", "<sip:p@b.test><>")]
    [InlineData("P-Preferred-Identity: <sip:p@b.test>\nP-Asserted-Identity: <tel:+1>", "<><tel:+1>")]
    [InlineData("P-Asserted-Identity: <mailto:a@b.test>, ,", "<><>")]
    public void Identity_is_the_first_sip_and_the_first_tel_uri_of_the_asserted_or_else_of_the_preferred_one(string headers, string expected) => Assert.Equal(
        $"<S><0><1><r><t><c><1><OPTIONS><><><><>{expected}<>", TextOf($"OPTIONS sip:x SIP/2.0\nCall-ID: c\nCSeq: 1 OPTIONS\n{headers}", 3));

    [Fact]
    public void What_is_built_gives_the_same_text_as_what_is_received()
    {
        var built = new SipRequest(SipMethod.Register, SipUri.Create("", "cosmo.local"));
        built.Headers.Add(HeaderName.From, "<sip:user@cosmo.local>;tag=3e49177a52;epid=c8ca638a15");
        built.Headers.Add(HeaderName.To, "<sip:user@cosmo.local>");
        built.Headers.Add(HeaderName.CallId, "4037df9284354df39065195bd57a4b14");
        built.Headers.Add(HeaderName.CSeq, "3 REGISTER");
        Assert.Equal(TextOf(Register, 4), TextOf(built, 4, "S", "0", "1", "r", "t"));
    }

    [Fact]
    public void A_text_larger_than_any_before_finds_room()
    {
        var id = new string('c', 10_000);
        Assert.Equal($"<S><0><1><r><t><{id}><1><OPTIONS><><><><><><><>", TextOf($"OPTIONS sip:x SIP/2.0\nCall-ID: {id}\nCSeq: 1 OPTIONS", 4));
    }

    public static SipMessage Parse(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n").TrimEnd() + "\r\n\r\n");
        Assert.True(SipMessage.TryParse(bytes, SipLimits.Default, out var message, out var error), error.ToString());
        return message!;
    }

    private static string TextOf(string message, int version, string scheme = "S", string salt = "0", string number = "1", string realm = "r", string target = "t") =>
        TextOf(Parse(message), version, scheme, salt, number, realm, target);

    private static string TextOf(SipMessage message, int version, string scheme, string salt, string number, string realm, string target)
    {
        SignatureField field = default;
        field.Scheme = Encoding.UTF8.GetBytes(scheme);
        field.Salt = Encoding.UTF8.GetBytes(salt);
        field.Number = Encoding.UTF8.GetBytes(number);
        field.Realm = Encoding.UTF8.GetBytes(realm);
        field.Target = Encoding.UTF8.GetBytes(target);
        var writer = new PooledWriter();
        SignatureText.Write(writer, field, message, version);
        return Encoding.UTF8.GetString(writer.Written);
    }
}
