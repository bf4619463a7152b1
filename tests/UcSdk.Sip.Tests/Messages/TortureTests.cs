using System.Text;

namespace UcSdk.Sip.Tests;

/// <summary>RFC 4475 and RFC 5118, each message with the verdict that its section gives, as far as this floor judges it.</summary>
public sealed class TortureTests
{
    /// <summary>Messages that must be taken: read, valid, and the same after being written and read again.</summary>
    public static TheoryData<string> Valid =>
    [
        "rfc4475/wsinv.dat", // §3.1.1.1 a short tortuous INVITE
        "rfc4475/intmeth.dat", // §3.1.1.2 wide range of valid characters
        "rfc4475/esc01.dat", // §3.1.1.3 valid use of the % escaping mechanism
        "rfc4475/escnull.dat", // §3.1.1.4 escaped nulls in URIs
        "rfc4475/esc02.dat", // §3.1.1.5 use of % when it is not an escape
        "rfc4475/lwsdisp.dat", // §3.1.1.6 no LWS between display name and <
        "rfc4475/longreq.dat", // §3.1.1.7 long values in header fields
        "rfc4475/dblreq.dat", // §3.1.1.8 extra trailing octets in a UDP datagram
        "rfc4475/semiuri.dat", // §3.1.1.9 semicolon-separated parameters in the user part
        "rfc4475/transports.dat", // §3.1.1.10 varied and unknown transport types
        "rfc4475/mpart01.dat", // §3.1.1.11 multipart MIME message
        "rfc4475/unreason.dat", // §3.1.1.12 unusual reason phrase
        "rfc4475/noreason.dat", // §3.1.1.13 empty reason phrase
        "rfc4475/baddate.dat", // §3.1.2.12 a Date that is not GMT may be ignored
        "rfc4475/badaspec.dat", // §3.1.2.14 the spaces within the angle brackets may be ignored
        "rfc4475/badbranch.dat", // §3.2.1 missing transaction identifier: the transaction layer's affair
        "rfc4475/unkscm.dat", // §3.3.2 Request-URI with unknown scheme: 416, not 400
        "rfc4475/novelsc.dat", // §3.3.3 Request-URI with known but atypical scheme
        "rfc4475/unksm2.dat", // §3.3.4 unknown URI schemes in header fields
        "rfc4475/bext01.dat", // §3.3.5 Proxy-Require and Require
        "rfc4475/invut.dat", // §3.3.6 unknown Content-Type
        "rfc4475/regaut01.dat", // §3.3.7 unknown authorization scheme
        "rfc4475/bcast.dat", // §3.3.10 200 OK response with broadcast Via
        "rfc4475/zeromf.dat", // §3.3.11 Max-Forwards of zero
        "rfc4475/cparam01.dat", // §3.3.12 REGISTER with a Contact header parameter
        "rfc4475/cparam02.dat", // §3.3.13 REGISTER with a url-parameter
        "rfc4475/regescrt.dat", // §3.3.14 REGISTER with a URL escaped header
        "rfc4475/sdp01.dat", // §3.3.15 unacceptable Accept offering
        "rfc4475/inv2543.dat", // §3.4.1 INVITE with RFC 2543 syntax
        "rfc5118/ipv6-good", // §4.1 valid SIP message with an IPv6 reference
        "rfc5118/port-ambiguous", // §4.3 port ambiguous in a SIP URI: part of the address
        "rfc5118/port-unambiguous", // §4.4 port unambiguous in a SIP URI
        "rfc5118/via-received-param-with-delim", // §4.5 IPv6 reference delimiters in Via
        "rfc5118/via-received-param-no-delim", // §4.5, taken as well
        "rfc5118/ipv6-in-sdp", // §4.6 SIP request with IPv6 addresses in the SDP body
        "rfc5118/mult-ip-in-header", // §4.7 multiple IP addresses in SIP headers
        "rfc5118/mult-ip-in-sdp", // §4.8 multiple IP addresses in SDP
        "rfc5118/ipv4-mapped-ipv6", // §4.9 IPv4-mapped IPv6 addresses
        "rfc5118/ipv6-bug-abnf-3-colons", // §4.10 the third colon may be ignored
        "rfc5118/ipv6-correct-abnf-2-colons", // §4.10
    ];

    /// <summary>Messages that cannot be read at all, and the rule they break.</summary>
    public static TheoryData<string, string> Unreadable => new()
    {
        { "rfc4475/clerr.dat", "Content-Length" }, // §3.1.2.2 Content-Length larger than the message
        { "rfc4475/ncl.dat", "Content-Length" }, // §3.1.2.3 negative Content-Length
        { "rfc4475/trws.dat", "start-line" }, // §3.1.2.10 trailing spaces in the request line
        { "rfc4475/badvers.dat", "start-line" }, // §3.1.2.16 unknown protocol version
        { "rfc4475/bigcode.dat", "start-line" }, // §3.1.2.19 overlarge response code
        { "rfc4475/mcl01.dat", "Content-Length" }, // §3.3.9 multiple Content-Length values
    };

    /// <summary>Requests that can be read but not acted on, and what the 400 complains of.</summary>
    public static TheoryData<string, string> Refused => new()
    {
        { "rfc4475/badinv01.dat", "a readable Via" }, // §3.1.2.1 extraneous header field separators
        { "rfc4475/scalar02.dat", "a readable CSeq" }, // §3.1.2.4 overlarge values
        { "rfc4475/quotbal.dat", "a readable To" }, // §3.1.2.6 unterminated quoted string in a display name
        { "rfc4475/ltgtruri.dat", "a Request-URI" }, // §3.1.2.7 <> enclosing the Request-URI
        { "rfc4475/lwsruri.dat", "a Request-URI" }, // §3.1.2.8 LWS within the Request-URI
        { "rfc4475/lwsstart.dat", "a Request-URI" }, // §3.1.2.9 multiple SP in the request line
        { "rfc4475/escruri.dat", "a Request-URI without headers" }, // §3.1.2.11 escaped headers in the Request-URI
        { "rfc4475/regbadct.dat", "a readable Contact" }, // §3.1.2.13 ambiguous Contact
        { "rfc4475/baddn.dat", "a readable From" }, // §3.1.2.15 non-token characters in a display name
        { "rfc4475/mismatch01.dat", "CSeq method OPTIONS" }, // §3.1.2.17 start line and CSeq method mismatch
        { "rfc4475/mismatch02.dat", "CSeq method NEWMETHOD" }, // §3.1.2.18 unknown method with CSeq mismatch
        { "rfc4475/insuf.dat", "a readable From" }, // §3.3.1 missing required header fields
        { "rfc4475/multi01.dat", "one From" }, // §3.3.8 multiple values in single-value fields
        { "rfc5118/ipv6-bad", "a Request-URI" }, // §4.2 IPv6 reference without brackets
    };

    [Theory]
    [MemberData(nameof(Valid))]
    public void A_valid_message_is_taken_and_survives_being_written(string name)
    {
        var message = Corpus.Parse(name);
        Assert.NotNull(message.TopVia);
        Assert.NotNull(message.From);
        Assert.NotNull(message.To);
        Assert.NotNull(message.CSeq);
        if (message is SipRequest request)
        {
            Assert.True(request.TryValidate(out var error), error.ToString());
        }

        Assert.True(SipMessage.TryParse(message.ToBytes(), SipLimits.Default, out var again, out _));
        Assert.Equal(message.ToString(), again!.ToString());
        Assert.Equal(message.Headers, again.Headers);
        Assert.Equal(message.Body.ToArray(), again.Body.ToArray());
    }

    [Theory]
    [MemberData(nameof(Unreadable))]
    public void An_unreadable_message_is_refused_by_its_rule(string name, string rule)
    {
        Assert.False(SipMessage.TryParse(Corpus.Read(name), SipLimits.Default, out var message, out var error));
        Assert.Null(message);
        Assert.EndsWith(rule, error.Rule, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_request_that_nobody_can_act_on_says_what_is_wrong(string name, string expected)
    {
        Assert.False(Corpus.ParseRequest(name).TryValidate(out var error));
        Assert.Equal(expected, error.Expected);
    }

    // RFC 4475 §3.1.2.5.
    [Fact]
    public void A_response_with_overlarge_numbers_has_no_readable_CSeq() => Assert.Null(Corpus.Parse("rfc4475/scalarlg.dat").CSeq);

    [Fact]
    public void Every_message_has_its_verdict()
    {
        string[] judged = [.. Valid.Select(row => row.Data), .. Unreadable.Select(row => row.Data.Item1), .. Refused.Select(row => row.Data.Item1), "rfc4475/scalarlg.dat"];
        Assert.Equal(Corpus.Names.Order(StringComparer.Ordinal), judged.Order(StringComparer.Ordinal));
    }

    public static TheoryData<string> All => [.. Corpus.Names];

    [Theory]
    [MemberData(nameof(All))]
    public void A_stream_may_be_cut_at_every_byte(string name)
    {
        var bytes = Corpus.Read(name);
        var whole = Frame(bytes);
        Assert.NotEmpty(whole);
        for (var cut = 1; cut < bytes.Length; cut++)
        {
            Assert.Equal(whole, Frame(bytes[..cut], bytes[cut..]));
        }
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public void A_stream_gives_a_valid_message_whole(string name) =>
        Assert.StartsWith(Frame(Corpus.Read(name))[0], Encoding.Latin1.GetString(Corpus.Read(name)), StringComparison.Ordinal);

    [Fact]
    public void Extra_octets_end_a_datagram_but_begin_the_next_message_of_a_stream()
    {
        Assert.Empty(Corpus.Parse("rfc4475/dblreq.dat").Body.ToArray());
        var frames = Frame(Corpus.Read("rfc4475/dblreq.dat"));
        Assert.Equal(["REGISTER", "INVITE"], frames.Take(2).Select(frame => frame.Split(' ')[0]));
    }

    [Fact]
    public void The_short_tortuous_INVITE_is_understood()
    {
        var request = Corpus.ParseRequest("rfc4475/wsinv.dat");
        Assert.Equal("sip:vivekg@chair-dnrc.example.com", request.To!.Uri.Text);
        Assert.Equal("1918181833n", request.To.Tag);
        Assert.Equal(("J Rosenberg \\\"", "98asjd8"), (request.From!.DisplayName, request.From.Tag));
        Assert.Equal(68, request.MaxForwards);
        Assert.Equal(new CSeq(9, SipMethod.Invite), request.CSeq);
        Assert.Equal("newfangled value continued newfangled value", request.Headers[HeaderName.Of("newfangledheader")]);
        Assert.Equal(";;,,;;,;", request.Headers[HeaderName.Of("UnknownHeaderWithUnusualValue")]);
        var vias = request.Headers.GetList(HeaderName.Via).Select(text => Via.TryParse(text, out var via) ? via : null).ToArray();
        Assert.Equal(["192.0.2.2", "spindle.example.com", "192.168.255.111"], vias.Select(via => via!.Host));
        Assert.Equal(["390skdjuw", "z9hG4bK9ikj8", "z9hG4bK30239"], vias.Select(via => via!.Branch));
        Assert.Equal("0.33", request.Contact!.Parameters["q"]);
        Assert.Equal("Quoted string \"\"", request.Contact.DisplayName);
        Assert.Equal("", request.Headers[HeaderName.Subject]);
        Assert.Equal("application/sdp", request.ContentType);
    }

    [Fact]
    public void Odd_but_valid_parts_are_read_as_they_stand()
    {
        Assert.Equal("!interesting-Method0123456789_*+`.%indeed'~", Corpus.ParseRequest("rfc4475/intmeth.dat").Method.Name);
        Assert.Equal("sips%3Auser%40example.com", Corpus.ParseRequest("rfc4475/esc01.dat").Uri!.User);
        Assert.Equal("user;par=u%40example.net", Corpus.ParseRequest("rfc4475/semiuri.dat").Uri!.User);
        Assert.Equal("RE%47IST%45R", Corpus.ParseRequest("rfc4475/esc02.dat").Method.Name);
        Assert.Equal("", ((SipResponse)Corpus.Parse("rfc4475/noreason.dat")).ReasonPhrase);
        Assert.Equal("= 2**3 * 5**2 но сто девяносто девять - простое", ((SipResponse)Corpus.Parse("rfc4475/unreason.dat")).ReasonPhrase);
        Assert.Equal("BEL:\a NUL:\0 DEL:\u007F", Corpus.ParseRequest("rfc4475/intmeth.dat").To!.DisplayName);
        Assert.Equal("caller", Corpus.ParseRequest("rfc4475/lwsdisp.dat").From!.DisplayName);
        Assert.False(Corpus.ParseRequest("rfc4475/badbranch.dat").TopVia!.HasMagicCookie);
        Assert.Equal("phone", Corpus.ParseRequest("rfc4475/inv2543.dat").To!.Parameters["user"]);
        Assert.Equal("", Corpus.ParseRequest("rfc4475/cparam01.dat").Contact!.Uri.Parameters.ToString());
        Assert.True(Corpus.ParseRequest("rfc4475/cparam02.dat").Contact!.Uri.Parameters.Contains("unknownparam"));
        Assert.Equal("Route=%3Csip:sip.example.com%3E", Corpus.ParseRequest("rfc4475/regescrt.dat").Contact!.Uri.Headers);
        Assert.Equal((null, "[2001:db8::10:5070]"), (Corpus.ParseRequest("rfc5118/port-ambiguous").Uri!.Port, Corpus.ParseRequest("rfc5118/port-ambiguous").Uri!.Host));
        Assert.Equal((5070, "[2001:db8::10]"), (Corpus.ParseRequest("rfc5118/port-unambiguous").Uri!.Port, Corpus.ParseRequest("rfc5118/port-unambiguous").Uri!.Host));
        Assert.Equal("[2001:db8::9:255]", Corpus.ParseRequest("rfc5118/via-received-param-with-delim").TopVia!.Parameters["received"]);
        Assert.Equal("2001:db8::9:255", Corpus.ParseRequest("rfc5118/via-received-param-no-delim").TopVia!.Parameters["received"]);
    }

    private static List<string> Frame(params byte[][] pieces)
    {
        var framer = new MessageFramer(SipLimits.Default);
        var frames = new List<string>();
        foreach (var piece in pieces)
        {
            framer.Append(piece);
            FrameKind kind;
            while ((kind = framer.TryRead(out var message)) is not (FrameKind.Incomplete or FrameKind.Broken))
            {
                if (!message.IsEmpty)
                {
                    frames.Add(Encoding.Latin1.GetString(message.Span));
                }
            }

            if (kind == FrameKind.Broken)
            {
                // Nothing behind the break is looked at.
                return [.. frames, "broken"];
            }
        }

        if (frames.Count == 0)
        {
            frames.Add("incomplete");
        }

        return frames;
    }
}
