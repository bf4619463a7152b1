namespace UcSdk.Documents.Tests;

public sealed class ContactListCommandTests
{
    private const string Open = """<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="http://schemas.microsoft.com/winrtc/2002/11/sip"><Body>""";
    private const string Close = "</Body></Envelope>";

    public static TheoryData<ContactListCommand, string> Commands => new()
    {
        { new AddGroupCommand(3, "Friends"), "<m:addGroup><m:name>Friends</m:name><m:externalURI/><m:deltaNum>3</m:deltaNum></m:addGroup>" },
        {
            new ModifyGroupCommand(4, 2, "Old & new") { ExternalUri = "x" },
            "<m:modifyGroup><m:groupID>2</m:groupID><m:name>Old &amp; new</m:name><m:externalURI>x</m:externalURI><m:deltaNum>4</m:deltaNum></m:modifyGroup>"
        },
        { new DeleteGroupCommand(5, 2), "<m:deleteGroup><m:groupID>2</m:groupID><m:deltaNum>5</m:deltaNum></m:deleteGroup>" },
        {
            new SetContactCommand(6, new ContactListContact("sip:bob@contoso.com") { Name = "Bob", GroupIds = [1, 2] }),
            "<m:setContact><m:displayName>Bob</m:displayName><m:groups>1 2</m:groups><m:subscribed>true</m:subscribed><m:URI>sip:bob@contoso.com</m:URI><m:externalURI/><m:deltaNum>6</m:deltaNum></m:setContact>"
        },
        { new DeleteContactCommand(7, "sip:bob@contoso.com"), "<m:deleteContact><m:URI>sip:bob@contoso.com</m:URI><m:deltaNum>7</m:deltaNum></m:deleteContact>" },
        { new SetAceCommand(8, "USER", "bob@contoso.com", "BD"), "<m:setACE><m:type>USER</m:type><m:mask>bob@contoso.com</m:mask><m:rights>BD</m:rights><m:deltaNum>8</m:deltaNum></m:setACE>" },
    };

    [Theory]
    [MemberData(nameof(Commands), DisableDiscoveryEnumeration = true)]
    public void A_command_is_written_and_read(ContactListCommand command, string text)
    {
        Assert.Equal(Open + text + Close, TestDocuments.Text(command.ToBytes()));
        Assert.True(SoapRequest.TryRead(command.ToBytes(), out var again, out var error), error.ToString());
        Assert.Equal(command, again);
        Assert.Equal(command.Name, again.ToString());
    }

    [Fact]
    public void The_specifications_request_is_understood_and_survives()
    {
        var bytes = TestDocuments.Read("ms-sip-4.6-setContact.xml");
        Assert.True(SoapRequest.TryRead(bytes, out var request, out var error), error.ToString());

        var command = Assert.IsType<SetContactCommand>(request);
        Assert.Equal((12u, "sip:user4@server.contoso.com", "buddy 1", true), (command.DeltaNumber, command.Contact.Uri, command.Contact.Name, command.Contact.IsSubscribed));
        Assert.Empty(command.Contact.GroupIds);
        Assert.Equal(TestDocuments.Tree(TestDocuments.Text(bytes)), TestDocuments.Tree(TestDocuments.Text(command.ToBytes())));
    }

    [Fact]
    public void What_clients_keep_with_a_contact_goes_from_the_request_into_the_list_unchanged()
    {
        const string Kept = """<contactSettings contactId="1"><x/></contactSettings>""";
        var text = Open.Replace(" xmlns=", " xmlns:s=", StringComparison.Ordinal).Replace("<", "<s:", StringComparison.Ordinal)
            + $"<m:setContact><m:URI>sip:bob@contoso.com</m:URI><m:contactExtension>{Kept}</m:contactExtension><m:deltaNum>1</m:deltaNum></m:setContact></s:Body></s:Envelope>";
        Assert.True(SoapRequest.TryRead(TestDocuments.Utf8(text), out var request, out var error), error.ToString());

        var command = Assert.IsType<SetContactCommand>(request);
        Assert.Equal("1", command.Contact.Settings!.ContactId);
        Assert.Contains($"<contactExtension>{Kept}</contactExtension>", TestDocuments.Text(new ContactList(1, [], [command.Contact]).ToBytes()), StringComparison.Ordinal);
        Assert.Contains($"<m:contactExtension>{Kept}</m:contactExtension>", TestDocuments.Text(command.ToBytes()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<m:addGroup><m:deltaNum>3</m:deltaNum></m:addGroup>", "Envelope/Body/addGroup/name")]
    [InlineData("<m:addGroup><m:name>n</m:name></m:addGroup>", "Envelope/Body/addGroup/deltaNum")]
    [InlineData("<m:addGroup><m:name>n</m:name><m:deltaNum>x</m:deltaNum></m:addGroup>", "Envelope/Body/addGroup/deltaNum")]
    [InlineData("<m:deleteGroup><m:groupID>-1</m:groupID><m:deltaNum>1</m:deltaNum></m:deleteGroup>", "Envelope/Body/deleteGroup/groupID")]
    [InlineData("<m:setContact><m:deltaNum>1</m:deltaNum></m:setContact>", "Envelope/Body/setContact/URI")]
    [InlineData("<m:deleteContact><m:URI/><m:deltaNum>1</m:deltaNum></m:deleteContact>", "Envelope/Body/deleteContact/URI")]
    public void A_command_that_lacks_what_it_must_say_is_refused_with_the_place(string text, string where)
    {
        Assert.False(SoapRequest.TryRead(TestDocuments.Utf8(Open + text + Close), out _, out var error));
        Assert.Equal(where, error.Where);
    }

    [Fact]
    public void The_address_may_come_in_small_letters_and_without_scheme()
    {
        Assert.True(SoapRequest.TryRead(TestDocuments.Utf8(Open + "<m:deleteContact><m:uri>bob@contoso.com</m:uri><m:deltaNum>1</m:deltaNum></m:deleteContact>" + Close), out var request, out _));
        Assert.Equal("sip:bob@contoso.com", Assert.IsType<DeleteContactCommand>(request).Uri);
    }

    [Fact]
    public void The_answer_to_addGroup_says_its_number()
    {
        var result = new AddGroupResult(5);
        Assert.Equal(Open + "<m:addGroup><m:groupID>5</m:groupID></m:addGroup>" + Close, TestDocuments.Text(result.ToBytes()));
        Assert.True(AddGroupResult.TryRead(result.ToBytes(), out var again, out _));
        Assert.Equal(result, again);
    }

    [Theory]
    [InlineData("<m:addGroup/>")]
    [InlineData("<m:addGroup><m:groupID>x</m:groupID></m:addGroup>")]
    [InlineData("<m:modifyGroup><m:groupID>1</m:groupID></m:modifyGroup>")]
    public void An_answer_without_number_is_refused(string text)
    {
        Assert.False(AddGroupResult.TryRead(TestDocuments.Utf8(Open + text + Close), out _, out var error));
        Assert.Equal("Envelope/Body/addGroup/groupID", error.Where);
    }
}
