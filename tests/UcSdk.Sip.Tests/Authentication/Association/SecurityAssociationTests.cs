using System.Text;
using System.Text.RegularExpressions;
using UcSdk.Core;
using UcSdk.Shared;

namespace UcSdk.Sip.Tests;

/// <summary>Two ends of one association, and whoever stands between them.</summary>
public sealed class SecurityAssociationTests
{
    private static readonly AssociationTerms Terms = new(ChallengeKind.UserAgent, "NTLM", "SIP Communications Service", "fe.contoso.com", 4);

    private readonly SecurityAssociation _client = Client();
    private readonly SecurityAssociation _server = Server();

    [Fact]
    public void A_client_signs_requests_and_responses_in_Authorization_and_counts_them()
    {
        var request = Signed(_client, Request());
        Assert.Matches(
            "^NTLM qop=\"auth\", opaque=\"1A2B3C4D\", realm=\"SIP Communications Service\", targetname=\"fe\\.contoso\\.com\", crand=\"[0-9a-f]{8}\", cnum=\"1\", response=\"[0-9a-f]{64}\"$",
            request.Headers[HeaderName.Authorization]);
        Assert.Equal(AssociationOutcome.Accepted, _server.Check(request));
        var response = Signed(_client, Response());
        Assert.Contains("cnum=\"2\"", response.Headers[HeaderName.Authorization], StringComparison.Ordinal);
        Assert.Equal(AssociationOutcome.Accepted, _server.Check(response));
    }

    [Fact]
    public void A_server_signs_in_Authentication_Info_and_tells_its_version()
    {
        var response = Signed(_server, Response());
        Assert.Matches(
            "^NTLM qop=\"auth\", opaque=\"1A2B3C4D\", srand=\"[0-9a-f]{8}\", snum=\"1\", rspauth=\"[0-9a-f]{64}\", targetname=\"fe\\.contoso\\.com\", realm=\"SIP Communications Service\", version=4$",
            response.Headers[HeaderName.AuthenticationInfo]);
        Assert.Equal(AssociationOutcome.Accepted, _client.Check(response));
        Assert.Equal(AssociationOutcome.Accepted, _client.Check(Signed(_server, Request())));
    }

    [Fact]
    public void A_proxy_and_its_client_use_the_proxy_headers()
    {
        var terms = new AssociationTerms(ChallengeKind.Proxy, "NTLM", "r", "t", 2);
        using var client = new SecurityAssociation(AssociationRole.Client, terms, new KeyedContext("c", "s"), Random(), "o");
        using var server = new SecurityAssociation(AssociationRole.Server, terms, new KeyedContext("s", "c"), Random(), "o");
        var request = Signed(client, Request());
        Assert.False(request.Headers.Contains(HeaderName.Authorization));
        Assert.Equal(AssociationOutcome.Accepted, server.Check(request));
        var response = Signed(server, Response());
        Assert.DoesNotContain("version", response.Headers[HeaderName.ProxyAuthenticationInfo], StringComparison.Ordinal);
        Assert.Equal(AssociationOutcome.Accepted, client.Check(response));
    }

    [Theory]
    [InlineData("Call-ID: c1", "Call-ID: c2")]
    [InlineData("CSeq: 7 ", "CSeq: 8 ")]
    [InlineData("7 MESSAGE", "7 MESSAGEX")]
    [InlineData("From: \"A\" <sip:a@contoso.com>", "From: \"A\" <sip:b@contoso.com>")]
    [InlineData("tag=f1", "tag=f2")]
    [InlineData("To: <sip:b@contoso.com>", "To: <sip:B@contoso.com>")]
    [InlineData("tag=t1", "tag=T1")]
    [InlineData("<sip:a@contoso.com>, <tel:+1>", "<sip:z@contoso.com>, <tel:+1>")]
    [InlineData("<tel:+1>", "<tel:+2>")]
    [InlineData("Expires: 60", "Expires: 61")]
    [InlineData("200 OK", "202 OK")]
    [InlineData("crand=\"", "crand=\"0")]
    [InlineData("cnum=\"1\"", "cnum=\"2\"")]
    [InlineData("response=\"", "response=\"00")]
    public void Whatever_is_signed_cannot_be_changed(string from, string to)
    {
        foreach (var message in new[] { Signed(_client, Request()), Signed(_client, Response()) })
        {
            var text = Encoding.UTF8.GetString(message.ToBytes());
            if (text.Contains(from, StringComparison.Ordinal) && Changed(message, from, to) is { } changed)
            {
                Assert.Equal(AssociationOutcome.Wrong, Server().Check(changed));
            }

            from = from.Replace("cnum=\"1\"", "cnum=\"2\"", StringComparison.Ordinal);
            to = to.Replace("cnum=\"2\"", "cnum=\"3\"", StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Max-Forwards: 70", "Max-Forwards: 69")]
    [InlineData("From: \"A\" <", "From: \"Alice\" <")]
    [InlineData("epid=e1", "epid=e2")]
    [InlineData("Content-Length: 2\r\n\r\nhi", "Content-Length: 2\r\n\r\nho")]
    [InlineData("Subject: x", "Subject: y")]
    [InlineData("OK", "Fine")]
    public void What_is_not_signed_can(string from, string to)
    {
        foreach (var message in new[] { Signed(_client, Request()), Signed(_client, Response()) })
        {
            if (Encoding.UTF8.GetString(message.ToBytes()).Contains(from, StringComparison.Ordinal))
            {
                Assert.Equal(AssociationOutcome.Accepted, Server().Check(Changed(message, from, to)));
            }
        }
    }

    [Fact]
    public void No_flipped_bit_of_the_signed_header_is_taken_for_another_signature()
    {
        var bytes = Signed(_client, Request()).ToBytes();
        var text = Encoding.UTF8.GetString(bytes);
        var start = text.IndexOf("NTLM qop", StringComparison.Ordinal);
        var end = text.IndexOf("\r\n", start, StringComparison.Ordinal);
        for (var at = start; at < end; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var flipped = bytes.ToArray();
                flipped[at] ^= (byte)(1 << bit);
                if (SipMessage.TryParse(flipped, SipLimits.Default, out var message, out _) && Server().Check(message!) == AssociationOutcome.Accepted)
                {
                    // The case of a hexadecimal digit of the signature, of the scheme, the host or a name says nothing, nor do the names of what may be absent.
                    var isOptional = at < text.IndexOf("realm", start, StringComparison.Ordinal) && text[start..at].Count(letter => letter == '"') % 2 == 0;
                    Assert.True(isOptional || (bit == 5 && char.IsAsciiLetter(text[at])), $"{text[start..at]}[{(char)flipped[at]}]");
                }
            }
        }
    }

    [Fact]
    public void Numbers_may_overtake_one_another_within_the_window_and_come_once()
    {
        var messages = Enumerable.Range(0, SecurityAssociation.ReplayWindow + 2).Select(_ => Signed(_client, Request())).ToArray();
        Assert.Equal(AssociationOutcome.Accepted, _server.Check(messages[^1]));
        Assert.Equal(AssociationOutcome.Replayed, _server.Check(messages[^1]));
        Assert.Equal(AssociationOutcome.Accepted, _server.Check(messages[2]));
        Assert.Equal(AssociationOutcome.Replayed, _server.Check(messages[2]));
        Assert.Equal(AssociationOutcome.Replayed, _server.Check(messages[1]));
        Assert.Equal(AssociationOutcome.Accepted, _server.Check(messages[3]));
        var response = Signed(_server, Response());
        Assert.Equal((AssociationOutcome.Accepted, AssociationOutcome.Replayed), (_client.Check(response), _client.Check(response)));
    }

    [Fact]
    public void A_wrong_signature_uses_no_number_up()
    {
        var right = Signed(_client, Request());
        Assert.Equal(AssociationOutcome.Wrong, _server.Check(Changed(right, "Expires: 60", "Expires: 6")));
        Assert.Equal(AssociationOutcome.Accepted, _server.Check(right));
    }

    [Theory]
    [InlineData("opaque=\"1A2B3C4D\"", "opaque=\"1A2B3C4E\"", AssociationOutcome.Foreign)]
    [InlineData("opaque=\"1A2B3C4D\", ", "", AssociationOutcome.Accepted)]
    [InlineData("targetname=\"fe.", "targetname=\"xe.", AssociationOutcome.Foreign)]
    [InlineData("NTLM qop", "Kerberos qop", AssociationOutcome.Missing)]
    [InlineData("realm=\"SIP ", "realm=\"sip ", AssociationOutcome.Missing)]
    [InlineData("qop=\"auth\"", "qop=\"auth-conf\"", AssociationOutcome.Malformed)]
    [InlineData("cnum=\"1\"", "cnum=\"0\"", AssociationOutcome.Malformed)]
    [InlineData("cnum=\"1\"", "cnum=\"2147483648\"", AssociationOutcome.Malformed)]
    [InlineData("cnum=\"1\"", "cnum=\"-1\"", AssociationOutcome.Malformed)]
    [InlineData("cnum=\"1\", ", "", AssociationOutcome.Malformed)]
    [InlineData("crand=\"", "x=\"", AssociationOutcome.Malformed)]
    [InlineData("response=\"", "response=\"g", AssociationOutcome.Malformed)]
    [InlineData("response=\"", "response=\"0", AssociationOutcome.Malformed)]
    [InlineData("response=\"", "x=\"", AssociationOutcome.Missing)]
    [InlineData("cnum=\"1\"", "cnum=\"1\", cnum=\"1\"", AssociationOutcome.Malformed)]
    [InlineData("qop=\"auth\"", "qop=\"auth", AssociationOutcome.Malformed)]
    [InlineData("NTLM qop", "NTLM, qop", AssociationOutcome.Malformed)]
    [InlineData("Authorization: NTLM", "Authorization:", AssociationOutcome.Malformed)]
    [InlineData("Authorization", "Proxy-Authorization", AssociationOutcome.Missing)]
    public void What_is_not_a_signature_of_this_association_is_named(string from, string to, object outcome) =>
        Assert.Equal((AssociationOutcome)outcome, _server.Check(Changed(Signed(_client, Request()), from, to)));

    [Fact]
    public void A_signature_of_the_largest_size_is_looked_at_and_a_larger_one_is_malformed()
    {
        var digits = new string('0', 2 * SecurityAssociation.MaxSignatureBytes);
        var message = Signed(_client, Request());
        Assert.Equal(AssociationOutcome.Wrong, _server.Check(WithCode(digits)));
        Assert.Equal(AssociationOutcome.Malformed, _server.Check(WithCode(digits + "00")));

        SipMessage WithCode(string code)
        {
            var value = Regex.Replace(message.Headers[HeaderName.Authorization]!, "response=\"[0-9a-f]+\"", $"response=\"{code}\"");
            var changed = ((SipRequest)message).Clone();
            changed.Headers[HeaderName.Authorization] = value;
            return SignatureTextTests.Parse(Encoding.UTF8.GetString(changed.ToBytes()));
        }
    }

    [Theory]
    [InlineData("SIP/2.0 401 Unauthorized\nCSeq: 2 INVITE", true, true)]
    [InlineData("SIP/2.0 407 Proxy\nCSeq: 2 INVITE", true, true)]
    [InlineData("SIP/2.0 100 Trying\nCSeq: 2 INVITE", true, true)]
    [InlineData("SIP/2.0 403 Forbidden\nCSeq: 2 REGISTER", true, false)]
    [InlineData("SIP/2.0 200 OK\nCSeq: 2 REGISTER", false, false)]
    [InlineData("SIP/2.0 180 Ringing\nCSeq: 2 INVITE", false, false)]
    [InlineData("SIP/2.0 403 Forbidden\nCSeq: 2 INVITE", false, false)]
    [InlineData("NOTIFY sip:x SIP/2.0\nCSeq: 2 NOTIFY", false, false)]
    public void What_a_client_takes_without_a_signature(string text, bool duringHandshake, bool afterwards)
    {
        var message = SignatureTextTests.Parse(text);
        var outcome = _client.Check(message);
        Assert.Equal(duringHandshake, AssociationVerdict.Of(Terms, outcome, message, isHandshaking: true).Kind == FlowVerdictKind.Accept);
        Assert.Equal(afterwards, AssociationVerdict.Of(Terms, outcome, message, isHandshaking: false).Kind == FlowVerdictKind.Accept);
    }

    [Fact]
    public void What_others_said_stays_and_what_was_said_for_the_same_realm_is_replaced()
    {
        var request = (SipRequest)Request();
        request.Headers.Add(HeaderName.Authorization, "Digest username=\"a\", realm=\"other\", nonce=\"n\", uri=\"sip:x\", response=\"0\"");
        request.Headers.Add(HeaderName.Authorization, "NTLM qop=\"auth\", realm=\"SIP Communications Service\", targetname=\"old\"");
        var signed = Signed(_client, request);
        Assert.Equal(["Digest", "NTLM"], signed.Headers.GetAll(HeaderName.Authorization).Select(text => text.Split(' ')[0]));
        Assert.Equal(AssociationOutcome.Accepted, _server.Check(signed));
    }

    [Fact]
    public void The_client_learns_the_name_of_the_association_with_the_first_signature()
    {
        using var client = new SecurityAssociation(AssociationRole.Client, Terms, new KeyedContext("client", "server"), Random());
        Assert.DoesNotContain("opaque", Signed(client, Request()).Headers[HeaderName.Authorization], StringComparison.Ordinal);
        Assert.Equal(AssociationOutcome.Accepted, client.Check(Signed(_server, Response())));
        Assert.Equal("1A2B3C4D", client.Opaque);
        Assert.Contains("opaque=\"1A2B3C4D\"", Signed(client, Request()).Headers[HeaderName.Authorization], StringComparison.Ordinal);
    }

    [Fact]
    public void After_the_last_number_nothing_is_signed()
    {
        using var client = new SecurityAssociation(
            AssociationRole.Client, Terms, new KeyedContext("client", "server"), Random(), "1A2B3C4D", SecurityAssociation.MaxCount - 1);
        Assert.Equal(AssociationOutcome.Accepted, _server.Check(Signed(client, Request())));
        Assert.False(Signed(client, Request()).Headers.Contains(HeaderName.Authorization));
    }

    [Fact]
    public void A_realm_with_a_quote_is_signed_as_it_is_written()
    {
        var terms = new AssociationTerms(ChallengeKind.UserAgent, "NTLM", "a \"b\" \\", "t", 4);
        using var client = new SecurityAssociation(AssociationRole.Client, terms, new KeyedContext("c", "s"), Random());
        using var server = new SecurityAssociation(AssociationRole.Server, terms, new KeyedContext("s", "c"), Random());
        var signed = Signed(client, Request());
        Assert.Contains("realm=\"a \\\"b\\\" \\\\\"", signed.Headers[HeaderName.Authorization], StringComparison.Ordinal);
        Assert.Equal(AssociationOutcome.Accepted, server.Check(signed));
    }

    [Fact]
    public void Signing_allocates_the_header_and_verifying_nothing()
    {
        var (plain, signed) = (Request(), Signed(_client, Request()));
        var (client, server) = (new SecurityAssociation(AssociationRole.Client, Terms, new Silent(), Random(), "1A2B3C4D"), Server(new Silent()));
        client.Protect(plain);
        server.Check(signed);
        plain.Headers.Remove(HeaderName.Authorization);
        Assert.Equal(0, Allocated.Least(() => server.Check(signed)));
        var signing = Allocated.Least(() =>
        {
            plain.Headers.Remove(HeaderName.Authorization);
            client.Protect(plain);
        });
        Assert.InRange(signing, 0, (2 * plain.Headers[HeaderName.Authorization]!.Length) + 32);
    }

    private static SeededRandomSource Random() => new SeededRandomSource(1);

    private static SecurityAssociation Client() => new(AssociationRole.Client, Terms, new KeyedContext("client", "server"), Random(), "1A2B3C4D");

    private static SecurityAssociation Server(ISecurityContext? context = null) =>
        new(AssociationRole.Server, Terms, context ?? new KeyedContext("server", "client"), Random(), "1A2B3C4D");

    private static SipMessage Request() => SignatureTextTests.Parse(
        """
        MESSAGE sip:b@contoso.com SIP/2.0
        Max-Forwards: 70
        From: "A" <sip:a@contoso.com>;tag=f1;epid=e1
        To: <sip:b@contoso.com>;tag=t1
        Call-ID: c1
        CSeq: 7 MESSAGE
        P-Preferred-Identity: <sip:a@contoso.com>, <tel:+1>
        Subject: x
        Expires: 60
        """);

    private static SipMessage Response() => SignatureTextTests.Parse(
        """
        SIP/2.0 200 OK
        From: "A" <sip:a@contoso.com>;tag=f1;epid=e1
        To: <sip:b@contoso.com>;tag=t1
        Call-ID: c1
        CSeq: 7 MESSAGE
        P-Asserted-Identity: <sip:a@contoso.com>, <tel:+1>
        Expires: 60
        """);

    private static SipMessage Signed(SecurityAssociation by, SipMessage message)
    {
        by.Protect(message);
        return SignatureTextTests.Parse(Encoding.UTF8.GetString(message.ToBytes()));
    }

    private static SipMessage Changed(SipMessage message, string from, string to)
    {
        var text = Encoding.UTF8.GetString(message.ToBytes());
        Assert.Contains(from, text, StringComparison.Ordinal);
        return SignatureTextTests.Parse(text.Replace(from, to, StringComparison.Ordinal));
    }

    /// <summary>Keys that cost nothing, so that only what stands around them is measured.</summary>
    private sealed class Silent : ISecurityContext
    {
        public bool MayBlock => false;

        public bool IsEstablished => true;

        public DateTimeOffset? Expires => null;

        public string? Peer => null;

        public SecurityContextStep Advance(ReadOnlyMemory<byte> token) => default;

        public void Sign(ReadOnlySpan<byte> text, System.Buffers.IBufferWriter<byte> signature)
        {
            signature.GetSpan(16)[..16].Fill(0x11);
            signature.Advance(16);
        }

        public bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) => true;

        public void Dispose()
        {
        }
    }
}
