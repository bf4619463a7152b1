using System.Text;

namespace UcSdk.Documents.Tests;

/// <summary>Web tickets, metadata and headers of web services: as clients of the field write and read them, whole and damaged.</summary>
public sealed class WebServiceDocumentsTests
{
    private const string Assertion =
        "<saml:Assertion MajorVersion=\"1\" AssertionID='a-1'  xmlns:saml=\"urn:oasis:names:tc:SAML:1.0:assertion\"><!-- kept --><saml:Conditions/>\r\n<ds:X xmlns:ds=\"urn:ds\">&#x41;</ds:X></saml:Assertion >";

    private const string Header =
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:u=\"http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd\"><s:Body>"
        + "<trust:RequestSecurityTokenResponseCollection xmlns:trust=\"http://docs.oasis-open.org/ws-sx/ws-trust/200512\"><trust:RequestSecurityTokenResponse Context=\"c\">";

    // The envelope as WCF writes it, which the servers are built on.
    private const string Answer =
        Header + "<!-- <Assertion>no</Assertion> --><trust:Lifetime><u:Created>2010-01-01T10:00:00.123Z</u:Created><u:Expires>2010-01-01T18:00:00.123Z</u:Expires></trust:Lifetime>"
        + "<trust:RequestedSecurityToken>" + Assertion + "</trust:RequestedSecurityToken><trust:Entropy><trust:BinarySecret>AQI=</trust:BinarySecret></trust:Entropy><x/>"
        + "</trust:RequestSecurityTokenResponse></trust:RequestSecurityTokenResponseCollection></s:Body></s:Envelope>";

    [Fact]
    public void A_ticket_is_taken_out_of_its_answer_to_the_character()
    {
        Assert.True(WebTicketResponse.TryRead(Encoding.UTF8.GetBytes(Answer), out var response, out var error), error.ToString());
        Assert.Equal((Assertion, "c"), (response.Ticket.Assertion, response.Context));
        Assert.Equal(TimeSpan.FromHours(8), response.Ticket.Expires - response.Ticket.Created);
        Assert.Equal([1, 2], response.Entropy);
        Assert.Equal("x", Assert.Single(response.Extensions).Name);
        Assert.Contains(Assertion, TestDocuments.Text(response.ToBytes()), StringComparison.Ordinal);
        Assert.True(WebTicketResponse.TryRead(response.ToBytes(), out var again, out _));
        Assert.Equal(response.Ticket.Assertion, again.Ticket.Assertion);
        Assert.Equal(("[redacted]", "RequestSecurityTokenResponse"), (response.Ticket.ToString(), response.ToString()));

        // And by itself, as older servers send it.
        var alone = Answer.Replace("RequestSecurityTokenResponseCollection", "x", StringComparison.Ordinal);
        Assert.False(WebTicketResponse.TryRead(Encoding.UTF8.GetBytes(alone), out _, out _));
    }

    [Theory]
    [InlineData("<u:Assertion/>", "Envelope/Body/RequestSecurityTokenResponse/RequestedSecurityToken/Assertion")] // hangs on a prefix from outside
    [InlineData("<a:Assertion xmlns:a=\"urn:a\"><b/></a:Assertion>", "Envelope/Body/RequestSecurityTokenResponse/RequestedSecurityToken/Assertion")] // would change its namespace elsewhere
    [InlineData("", "Envelope/Body/RequestSecurityTokenResponse/RequestedSecurityToken/Assertion")]
    public void An_assertion_that_does_not_stand_by_itself_is_none(string assertion, string where)
    {
        Assert.False(WebTicketResponse.TryRead(Encoding.UTF8.GetBytes(Answer.Replace(Assertion, assertion, StringComparison.Ordinal)), out _, out var error));
        Assert.Equal(where, error.Where);
    }

    [Fact]
    public void An_assertion_inside_an_assertion_belongs_to_it()
    {
        const string Outer = "<a:Assertion xmlns:a=\"urn:a\"><a:Advice><a:Assertion><a:Assertion/></a:Assertion></a:Advice></a:Assertion>";
        Assert.True(WebTicketResponse.TryRead(Encoding.UTF8.GetBytes(Answer.Replace(Assertion, Outer, StringComparison.Ordinal)), out var response, out _));
        Assert.Equal(Outer, response.Ticket.Assertion);
    }

    [Fact]
    public void A_request_is_written_with_the_claims_that_servers_of_the_family_want()
    {
        var request = new WebTicketRequest("https://fe.contoso.test/x") { Context = "c", UserUri = "sip:alice@contoso.test", Entropy = [1, 2] };
        Assert.Equal(
            "<Envelope xmlns=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:wst=\"http://docs.oasis-open.org/ws-sx/ws-trust/200512\" xmlns:wsp=\"http://schemas.xmlsoap.org/ws/2004/09/policy\" "
            + "xmlns:wsa=\"http://www.w3.org/2005/08/addressing\" xmlns:auth=\"http://schemas.xmlsoap.org/ws/2006/12/authorization\"><Body><wst:RequestSecurityToken Context=\"c\">"
            + "<wst:TokenType>http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.1#SAMLV1.1</wst:TokenType><wst:RequestType>http://schemas.xmlsoap.org/ws/2005/02/trust/Issue</wst:RequestType>"
            + "<wsp:AppliesTo><wsa:EndpointReference><wsa:Address>https://fe.contoso.test/x</wsa:Address></wsa:EndpointReference></wsp:AppliesTo>"
            + "<wst:Claims Dialect=\"urn:component:Microsoft.Rtc.WebAuthentication.2010:authclaims\"><auth:ClaimType Uri=\"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/uri\" Optional=\"false\">"
            + "<auth:Value>sip:alice@contoso.test</auth:Value></auth:ClaimType></wst:Claims><wst:Entropy><wst:BinarySecret>AQI=</wst:BinarySecret></wst:Entropy>"
            + "<wst:KeyType>http://docs.oasis-open.org/ws-sx/ws-trust/200512/SymmetricKey</wst:KeyType></wst:RequestSecurityToken></Body></Envelope>",
            TestDocuments.Text(request.ToBytes()));
        Assert.True(WebTicketRequest.TryRead(request.ToBytes(), out var again, out _));
        Assert.Equal(request, again);
        Assert.DoesNotContain("alice", request.ToString(), StringComparison.Ordinal);
        Assert.False(WebTicketRequest.TryRead(Encoding.UTF8.GetBytes("<Envelope><Body><RequestSecurityToken><AppliesTo/></RequestSecurityToken></Body></Envelope>"), out _, out var error));
        Assert.Equal("Envelope/Body/RequestSecurityToken/EndpointReference", error.Where.Replace("AppliesTo/", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SignedSupportingTokens", false)]
    [InlineData("EndorsingSupportingTokens", true)]
    public void Metadata_tells_the_ports_and_whose_tickets_they_take(string tokens, bool requiresProof)
    {
        // The paths that SIPE goes: definitions/Policy[@Id]/ExactlyOne/All/…/Policy/IssuedToken/Issuer/Address, and service/port/address/@location.
        var text = "<wsdl:definitions xmlns:wsdl=\"http://schemas.xmlsoap.org/wsdl/\" xmlns:wsp=\"http://schemas.xmlsoap.org/ws/2004/09/policy\" xmlns:u=\"urn:u\">"
            + "<wsp:Policy u:Id=\"Other_policy\"/><wsp:Policy u:Id=\"P_policy\"><wsp:ExactlyOne><wsp:All><u:Transport/>"
            + $"<sp:{tokens} xmlns:sp=\"urn:sp\"><wsp:Policy><sp:IssuedToken><sp:Issuer><a:Address xmlns:a=\"urn:a\">https://fe/WebTicket</a:Address></sp:Issuer></sp:IssuedToken></wsp:Policy></sp:{tokens}>"
            + "</wsp:All></wsp:ExactlyOne></wsp:Policy><wsdl:types/>"
            + "<wsdl:service name=\"s\"><wsdl:port name=\"P\" binding=\"b\"><soap:address xmlns:soap=\"urn:soap\" location=\"https://fe/p\"/></wsdl:port><wsdl:port name=\"Q\"><x location=\"no\"/></wsdl:port></wsdl:service></wsdl:definitions>";
        foreach (var body in new[] { text, $"<MetadataX><MetadataSection>{text}</MetadataSection></MetadataX>" })
        {
            Assert.True(WebServiceMetadata.TryRead(Encoding.UTF8.GetBytes(body), out var metadata, out var error), error.ToString());
            var port = Assert.Single(metadata.Ports);
            Assert.Equal(("P", "https://fe/p", "https://fe/WebTicket", requiresProof), (port.Name, port.Location, port.TicketIssuer, port.RequiresProof));
            Assert.Same(port, metadata["p"]);
            Assert.True(WebServiceMetadata.TryRead(metadata.ToBytes(), out var again, out _));
            Assert.Equal(metadata.Ports, again.Ports);
        }

        Assert.False(WebServiceMetadata.TryRead("<html/>"u8.ToArray(), out _, out _));
    }

    [Fact]
    public void The_header_of_a_request_carries_the_ticket_to_the_character()
    {
        var header = new WebServiceHeader { To = "https://fe/p", Action = "urn:do", MessageId = "uuid:1", Ticket = new(Assertion) { Created = DateTimeOffset.UnixEpoch, Expires = DateTimeOffset.UnixEpoch.AddHours(1) } };
        var request = new DistributionListRequest("sales@contoso.test").ToBytes(header);
        Assert.True(WebServiceHeader.TryRead(request, out var again, out var error), error.ToString());
        Assert.Equal(header, again);
        Assert.True(DistributionListRequest.TryRead(request, out var read, out _));
        Assert.Equal("sales@contoso.test", read.GroupAddress);
        Assert.True(WebServiceHeader.TryRead("<Envelope><Body><x/></Body></Envelope>"u8.ToArray(), out var none, out _));
        Assert.Null(none.Ticket);
        Assert.False(WebServiceHeader.TryRead("<x/>"u8.ToArray(), out _, out _));
        Assert.DoesNotContain("a-1", header.ToString() + read, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ticket_travels_in_an_HTTP_field_too()
    {
        var ticket = new WebTicket("<Assertion/>");
        Assert.Equal("opaque=PEFzc2VydGlvbi8+", ticket.ToHeaderValue());
        Assert.Equal(ticket, WebTicket.OfHeaderValue(" Opaque=PEFzc2VydGlvbi8+ "));
        Assert.All([null, "", "opaque=", "opaque=!", "PEFzc2VydGlvbi8+"], value => Assert.Null(WebTicket.OfHeaderValue(value)));
    }

    [Fact]
    public void A_fault_tells_the_error_by_its_number()
    {
        // The shape of [MS-OCAUTHWS] §2.2.4.1, its elements in whatever namespace.
        const string Text = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><s:Fault><faultcode xmlns:a=\"urn:a\">a:FailedAuthentication</faultcode><faultstring>no</faultstring><detail>"
            + "<af:OCSDiagnosticsFault xmlns:af=\"urn:component:Microsoft.Rtc.WebAuthentication.2010\"><af:Ms-Diagnostics-Fault><af:ErrorId>28033</af:ErrorId><af:Reason>The web ticket has expired.</af:Reason>"
            + "<af:More/></af:Ms-Diagnostics-Fault></af:OCSDiagnosticsFault></detail></s:Fault></s:Body></s:Envelope>";
        Assert.True(SoapFault.TryRead(Encoding.UTF8.GetBytes(Text), out var fault, out _));
        var diagnostics = WebServiceDiagnostics.Of(fault);
        Assert.Equal((WebServiceErrors.TicketExpired, "The web ticket has expired.", 1), (diagnostics!.ErrorId, diagnostics.Reason, diagnostics.Extensions.Count));
        Assert.True(SoapFault.TryRead(diagnostics.ToFault("FailedAuthentication").ToBytes(), out var again, out _));
        Assert.Equal(diagnostics, WebServiceDiagnostics.Of(again));
        Assert.Null(WebServiceDiagnostics.Of(new SoapFault("Client", "")));
        Assert.All([28020u, 28032u, 28033u, 28077u], id => Assert.True(WebServiceErrors.AreCuredByNewTicket(id)));
        Assert.False(WebServiceErrors.AreCuredByNewTicket(WebServiceErrors.UserNotEnabled));
    }

    [Fact]
    public void Members_of_a_group_are_read_whatever_their_capitals_and_what_is_unknown_stays()
    {
        var result = new DistributionListResult(
            new() { IsGroup = true, Mail = "sales@contoso.test", DisplayName = "Sales" },
            [new() { SipUri = "sip:bob@contoso.test", Mail = "bob@mail.example", MailNickname = "bob", DisplayName = "Bob" }, new() { IsGroup = true, Mail = "west@contoso.test" }])
        {
            Description = "Who sells",
            Owner = new() { SipUri = "sip:carol@contoso.test" },
        };
        Assert.True(DistributionListResult.TryRead(result.ToBytes(), out var again, out var error), error.ToString());
        Assert.Equal(result, again);
        const string Text = "<Envelope><Body><QueryDistributionListResponse><QueryDistributionListResult><Members><Contact><sipUri>sip:a@b</sipUri><MAIL>a@b</MAIL><age>7</age></Contact></Members>"
            + "</QueryDistributionListResult></QueryDistributionListResponse></Body></Envelope>";
        Assert.True(DistributionListResult.TryRead(Encoding.UTF8.GetBytes(Text), out var lenient, out _));
        Assert.Equal(("sip:a@b", "a@b", "age"), (lenient.Members[0].SipUri, lenient.Members[0].Mail, lenient.Members[0].Extensions[0].Name));
        Assert.False(DistributionListResult.TryRead("<Envelope><Body><QueryDistributionListResponse/></Body></Envelope>"u8.ToArray(), out _, out _));
        Assert.False(DistributionListRequest.TryRead("<Envelope><Body><QueryDistributionList><groupMailAddress> </groupMailAddress></QueryDistributionList></Body></Envelope>"u8.ToArray(), out _, out _));
        Assert.DoesNotContain("bob", result + result.Members[0].ToString(), StringComparison.OrdinalIgnoreCase);
    }
}
