namespace UcSdk.Documents.Tests;

public sealed class AddressBookTests
{
    [Fact]
    public void A_search_by_attributes_is_written_as_clients_write_it()
    {
        var request = new SearchAbEntryRequest(new AddressBookAttributeSearch([new(DirectoryAttributes.GivenName, "Al"), new(DirectoryAttributes.Company, "A & B")]))
        {
            MaxResults = 7,
            ReturnedAttributes = [DirectoryAttributes.DisplayName, DirectoryAttributes.Mail],
        };

        Assert.Equal(
            """<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/" xmlns:q1="DistributionListExpander" xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/"><Body><q1:SearchAbEntry><q1:AbEntryRequest><q1:ChangeSearch soapenc:arrayType="q1:AbEntryRequest.ChangeSearchQuery[2]"><q1:AbEntryRequest.ChangeSearchQuery><q1:SearchOn>givenName</q1:SearchOn><q1:Value>Al</q1:Value></q1:AbEntryRequest.ChangeSearchQuery><q1:AbEntryRequest.ChangeSearchQuery><q1:SearchOn>company</q1:SearchOn><q1:Value>A &amp; B</q1:Value></q1:AbEntryRequest.ChangeSearchQuery></q1:ChangeSearch><q1:Metadata><q1:FromDialPad>false</q1:FromDialPad><q1:MaxResultNum>7</q1:MaxResultNum><q1:ReturnList>displayName,mail</q1:ReturnList></q1:Metadata></q1:AbEntryRequest></q1:SearchAbEntry></Body></Envelope>""",
            TestDocuments.Text(request.ToBytes()));
        Assert.True(SearchAbEntryRequest.TryRead(request.ToBytes(), out var again, out var error), error.ToString());
        Assert.Equal(request, again);
        Assert.Equal("SearchAbEntry AddressBookAttributeSearch", again.ToString());
    }

    [Fact]
    public void A_search_by_one_value_carries_the_ticket_in_front()
    {
        var request = new SearchAbEntryRequest(new AddressBookBasicSearch([DirectoryAttributes.Mail, DirectoryAttributes.Surname], "smi")) { IsFromDialPad = true };
        var bytes = request.ToBytes(new WebServiceHeader { To = "https://fe.contoso.test/x", Action = SearchAbEntryRequest.SoapAction, Ticket = new("<t:Assertion  xmlns:t='urn:t' />") });

        Assert.Contains(
            "<Header><wsa:To>https://fe.contoso.test/x</wsa:To><wsa:ReplyTo><wsa:Address>http://www.w3.org/2005/08/addressing/anonymous</wsa:Address></wsa:ReplyTo>"
            + "<wsa:Action>DistributionListExpander/IAddressBook/SearchAbEntry</wsa:Action><wsse:Security><wsu:Timestamp wsu:Id=\"timestamp\"/><t:Assertion  xmlns:t='urn:t' /></wsse:Security></Header><Body>",
            TestDocuments.Text(bytes),
            StringComparison.Ordinal);
        Assert.Contains("<q1:SearchList>mail,sn</q1:SearchList><q1:Value>smi</q1:Value><q1:Verb>BeginsWith</q1:Verb>", TestDocuments.Text(bytes), StringComparison.Ordinal);
        Assert.True(SearchAbEntryRequest.TryRead(bytes, out var again, out _));
        Assert.Equal(request, again);
    }

    [Theory]
    [InlineData("<other/>", "Envelope/Body/other")]
    [InlineData("<SearchAbEntry/>", "Envelope/Body/SearchAbEntry/AbEntryRequest")]
    [InlineData("<SearchAbEntry><AbEntryRequest><ChangeSearch/></AbEntryRequest></SearchAbEntry>", "Envelope/Body/SearchAbEntry/AbEntryRequest")]
    public void A_search_for_nothing_is_refused_with_the_place(string text, string where)
    {
        Assert.False(SearchAbEntryRequest.TryRead(TestDocuments.Utf8($"<Envelope><Body>{text}</Body></Envelope>"), out _, out var error));
        Assert.Equal(where, error.Where);
    }

    [Fact]
    public void An_answer_has_attributes_with_one_value_or_several()
    {
        const string Text = """
            <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><SearchAbEntryResponse xmlns="DistributionListExpander"><SearchAbEntryResult><Items>
            <AbEntry><Attributes>
            <Attribute><Name>msrtcsip-primaryuseraddress</Name><Value>sip:bob@contoso.com</Value><Values/></Attribute>
            <Attribute><Name>otherTelephone</Name><Values><string>tel:+1</string><string>tel:+2</string></Values></Attribute>
            <Attribute><Name>title</Name><Value/></Attribute>
            </Attributes></AbEntry></Items></SearchAbEntryResult></SearchAbEntryResponse></s:Body></s:Envelope>
            """;
        Assert.True(SearchAbEntryResult.TryRead(TestDocuments.Utf8(Text), out var result, out var error), error.ToString());

        var entry = Assert.Single(result.Entries);
        Assert.Equal(("sip:bob@contoso.com", "tel:+1", null, null), (entry.SipAddress, entry["OtherTelephone"], entry["title"], entry["mail"]));
        Assert.Equal(2, entry.Attributes[1].Values.Count);
        Assert.True(SearchAbEntryResult.TryRead(result.ToBytes(), out var again, out _));
        Assert.Equal(result, again);
        Assert.Equal("SearchAbEntryResponse: 1 entries", again.ToString());
    }

    [Fact]
    public void An_answer_without_entries_is_one_and_another_body_is_none()
    {
        Assert.True(SearchAbEntryResult.TryRead(TestDocuments.Utf8("<Envelope><Body><SearchAbEntryResponse/></Body></Envelope>"), out var result, out _));
        Assert.Empty(result.Entries);
        Assert.False(SearchAbEntryResult.TryRead(TestDocuments.Utf8("<Envelope><Body><Fault/></Body></Envelope>"), out _, out var error));
        Assert.Equal("Envelope/Body/Fault", error.Where);
    }
}
