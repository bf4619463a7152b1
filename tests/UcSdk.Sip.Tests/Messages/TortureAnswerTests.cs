using UcSdk.Core;

namespace UcSdk.Sip.Tests;

/// <summary>
/// What an element says to each message of RFC 4475 and RFC 5118: the answer that the section gives, from a user agent that takes SDP and answers 200 to what it is
/// asked, and asks those who register who they are. 0 is silence.
/// </summary>
public sealed class TortureAnswerTests
{
    private static readonly string[] Known = ["INVITE", "OPTIONS", "REGISTER", "MESSAGE"];

    public static TheoryData<string, int> Answers => new()
    {
        { "rfc4475/wsinv.dat", 481 }, // §3.1.1.1 a short tortuous INVITE: its To has a tag, and nobody here knows that dialog
        { "rfc4475/intmeth.dat", 501 }, // §3.1.1.2 wide range of valid characters: an unknown method
        { "rfc4475/esc01.dat", 200 }, // §3.1.1.3 valid use of the % escaping mechanism
        { "rfc4475/escnull.dat", 200 }, // §3.1.1.4 escaped nulls in URIs
        { "rfc4475/esc02.dat", 501 }, // §3.1.1.5 use of % when it is not an escape: RE%47IST%45R is not REGISTER
        { "rfc4475/lwsdisp.dat", 200 }, // §3.1.1.6 no LWS between display name and <
        { "rfc4475/longreq.dat", 200 }, // §3.1.1.7 long values in header fields
        { "rfc4475/dblreq.dat", 200 }, // §3.1.1.8 extra trailing octets in a UDP datagram: the second is dropped
        { "rfc4475/semiuri.dat", 200 }, // §3.1.1.9 semicolon-separated parameters in the user part
        { "rfc4475/transports.dat", 200 }, // §3.1.1.10 varied and unknown transport types
        { "rfc4475/mpart01.dat", 200 }, // §3.1.1.11 multipart MIME message
        { "rfc4475/unreason.dat", 0 }, // §3.1.1.12 unusual reason phrase: a response that belongs to nothing
        { "rfc4475/noreason.dat", 0 }, // §3.1.1.13 empty reason phrase: a response that belongs to nothing
        { "rfc4475/badinv01.dat", 400 }, // §3.1.2.1 extraneous header field separators
        { "rfc4475/clerr.dat", 400 }, // §3.1.2.2 Content-Length larger than the message
        { "rfc4475/ncl.dat", 400 }, // §3.1.2.3 negative Content-Length
        { "rfc4475/scalar02.dat", 400 }, // §3.1.2.4 overlarge values
        { "rfc4475/scalarlg.dat", 0 }, // §3.1.2.5 overlarge values in a response: dropped
        { "rfc4475/quotbal.dat", 400 }, // §3.1.2.6 unterminated quoted string in a display name
        { "rfc4475/ltgtruri.dat", 400 }, // §3.1.2.7 <> enclosing the Request-URI
        { "rfc4475/lwsruri.dat", 400 }, // §3.1.2.8 LWS within the Request-URI
        { "rfc4475/lwsstart.dat", 400 }, // §3.1.2.9 multiple SP in the request line
        { "rfc4475/trws.dat", 400 }, // §3.1.2.10 trailing spaces in the request line
        { "rfc4475/escruri.dat", 400 }, // §3.1.2.11 escaped headers in the Request-URI
        { "rfc4475/baddate.dat", 200 }, // §3.1.2.12 a Date that is not GMT may be ignored
        { "rfc4475/regbadct.dat", 400 }, // §3.1.2.13 ambiguous Contact
        { "rfc4475/badaspec.dat", 200 }, // §3.1.2.14 the spaces within the angle brackets may be ignored
        { "rfc4475/baddn.dat", 400 }, // §3.1.2.15 non-token characters in a display name
        { "rfc4475/badvers.dat", 505 }, // §3.1.2.16 unknown protocol version
        { "rfc4475/mismatch01.dat", 400 }, // §3.1.2.17 start line and CSeq method mismatch
        { "rfc4475/mismatch02.dat", 400 }, // §3.1.2.18 unknown method with CSeq mismatch
        { "rfc4475/bigcode.dat", 0 }, // §3.1.2.19 overlarge response code: dropped
        { "rfc4475/badbranch.dat", 200 }, // §3.2.1 missing transaction identifier: the transaction layer's affair
        { "rfc4475/insuf.dat", 400 }, // §3.3.1 missing required header fields: ideally 400; with the header fields that are there
        { "rfc4475/unkscm.dat", 416 }, // §3.3.2 Request-URI with unknown scheme: 416, not 400
        { "rfc4475/novelsc.dat", 416 }, // §3.3.3 Request-URI with known but atypical scheme
        { "rfc4475/unksm2.dat", 200 }, // §3.3.4 unknown URI schemes in header fields: for the registrar to judge
        { "rfc4475/bext01.dat", 420 }, // §3.3.5 Proxy-Require and Require
        { "rfc4475/invut.dat", 415 }, // §3.3.6 unknown Content-Type
        { "rfc4475/regaut01.dat", 401 }, // §3.3.7 unknown authorization scheme
        { "rfc4475/multi01.dat", 400 }, // §3.3.8 multiple values in single-value fields
        { "rfc4475/mcl01.dat", 400 }, // §3.3.9 multiple Content-Length values
        { "rfc4475/bcast.dat", 0 }, // §3.3.10 200 OK response with broadcast Via: a response that belongs to nothing
        { "rfc4475/zeromf.dat", 200 }, // §3.3.11 Max-Forwards of zero: a user agent answers, only a proxy says 483
        { "rfc4475/cparam01.dat", 200 }, // §3.3.12 REGISTER with a Contact header parameter
        { "rfc4475/cparam02.dat", 200 }, // §3.3.13 REGISTER with a url-parameter
        { "rfc4475/regescrt.dat", 200 }, // §3.3.14 REGISTER with a URL escaped header
        { "rfc4475/sdp01.dat", 406 }, // §3.3.15 unacceptable Accept offering
        { "rfc4475/inv2543.dat", 200 }, // §3.4.1 INVITE with RFC 2543 syntax
        { "rfc5118/ipv6-good", 200 }, // §4.1 valid SIP message with an IPv6 reference
        { "rfc5118/ipv6-bad", 400 }, // §4.2 IPv6 reference without brackets
        { "rfc5118/port-ambiguous", 200 }, // §4.3 port ambiguous in a SIP URI: part of the address
        { "rfc5118/port-unambiguous", 200 }, // §4.4 port unambiguous in a SIP URI
        { "rfc5118/via-received-param-no-delim", 200 }, // §4.5, taken as well
        { "rfc5118/via-received-param-with-delim", 481 }, // §4.5 IPv6 reference delimiters in Via: a BYE in no dialog
        { "rfc5118/ipv6-in-sdp", 200 }, // §4.6 SIP request with IPv6 addresses in the SDP body
        { "rfc5118/mult-ip-in-header", 481 }, // §4.7 multiple IP addresses in SIP headers: a BYE in no dialog
        { "rfc5118/mult-ip-in-sdp", 200 }, // §4.8 multiple IP addresses in SDP
        { "rfc5118/ipv4-mapped-ipv6", 200 }, // §4.9 IPv4-mapped IPv6 addresses
        { "rfc5118/ipv6-bug-abnf-3-colons", 200 }, // §4.10 the third colon may be ignored
        { "rfc5118/ipv6-correct-abnf-2-colons", 200 }, // §4.10
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void Each_message_gets_the_answer_of_its_section(string name, int status)
    {
        var wire = UserAgent();
        wire.SaysBytes(Corpus.Read(name));
        if (status == 0)
        {
            wire.ExpectNothing();
        }
        else
        {
            var response = wire.ExpectResponse(status);
            // By the Via of the request, readable or not.
            Assert.True(response.Headers.Contains(HeaderName.Via));
        }

        wire.ExpectNothing();
    }

    [Fact]
    public void Every_message_has_its_answer() =>
        Assert.Equal(Corpus.Names.Order(StringComparer.Ordinal), Answers.Select(row => row.Data.Item1).Order(StringComparer.Ordinal));

    private static PeerWire UserAgent()
    {
        var wire = PeerWire.Datagram(new() { ContentTypes = ["application/sdp", "multipart/mixed"] });
        var users = new FlowUsers();
        var authenticator = new DigestAuthenticator(new() { Realm = "example.com" }, users, new SeededRandomSource(5), () => wire.Now);
        wire.Endpoint.RequestReceived = request =>
        {
            if (request.Request.Method == SipMethod.Register && request.Request.Headers.Contains(HeaderName.Authorization))
            {
                authenticator.Authenticate(request);
            }
            else
            {
                request.Respond(Known.Contains(request.Request.Method.Name) ? 200 : 501);
            }
        };
        return wire;
    }
}
