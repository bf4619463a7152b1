namespace UcSdk.Documents.Tests;

public sealed class ContactListTests
{
    private static ContactList List => Read<ContactList>(TestDocuments.Text(TestDocuments.Read("client-contactList.xml")));

    [Fact]
    public void A_whole_list_is_understood()
    {
        var list = List;
        Assert.Equal((7u, 3, 2), (list.DeltaNumber, list.Groups.Count, list.Contacts.Count));
        Assert.True(list.Groups[0].IsDefault);
        Assert.Same(list.Groups[0], list.DefaultGroup);
        Assert.Equal("Work", list.Group(2)!.Name);
        Assert.Null(list.Group(9));
        var bob = list.Contact("SIP:Bob@contoso.com")!;
        Assert.Equal(("sip:bob@contoso.com", "", true), (bob.Uri, bob.Name, bob.IsSubscribed));
        Assert.Equal([1u, 2u], bob.GroupIds);
        Assert.Equal("00aa0000-0000-4000-8000-0000000000bb", bob.Settings!.ContactId);
        var carol = list.Contact("carol@contoso.com")!;
        Assert.Equal(("Carol (home)", false, "ldap://x", 0), (carol.Name, carol.IsSubscribed, carol.ExternalUri, carol.GroupIds.Count));
        Assert.Null(carol.Settings);
        Assert.Null(list.UcsMode);
    }

    [Fact]
    public void A_list_is_written_as_it_was_read_with_what_is_not_known()
    {
        var text = TestDocuments.Text(TestDocuments.Read("client-contactList.xml"));
        Assert.Equal(TestDocuments.Tree(text), TestDocuments.Tree(TestDocuments.Text(List.ToBytes())));
    }

    [Fact]
    public void A_group_may_be_one_of_the_directory()
    {
        var group = List.Group(3)!;
        Assert.Equal(("dg", "sales@contoso.com"), (group.Extension!.Kind, group.Extension.Email));
        Assert.Equal(group.ExternalUri, group.Extension.ToExternalUri());
        Assert.Null(List.Group(2)!.Extension);
    }

    [Theory]
    [InlineData("ldap://x")]
    [InlineData("<groupExtension/>")]
    [InlineData("<other groupType='dg'/>")]
    [InlineData("<groupExtension groupType='dg'>")]
    public void What_is_no_extension_of_a_group_is_none(string externalUri)
    {
        Assert.False(GroupExtension.TryParse(externalUri, out _));
    }

    [Fact]
    public void Settings_of_a_contact_change_without_losing_what_else_clients_keep()
    {
        var bob = List.Contact("bob@contoso.com")!;
        var changed = bob.WithSettings(bob.Settings! with { ContactId = "new" });

        Assert.Equal("new", changed.Settings!.ContactId);
        Assert.Single(changed.Settings.Extensions);
        Assert.NotNull(changed.Extension!.Child("other"));
        Assert.Equal("first", new ContactListContact("sip:x@y").WithSettings(new ContactSettings { ContactId = "first" }).Settings!.ContactId);
    }

    [Fact]
    public void A_list_that_has_moved_to_the_mailbox_says_so()
    {
        Assert.Equal("migrated", Read<ContactList>("<contactList deltaNum='1' ucsMode='migrated'/>").UcsMode);
    }

    [Fact]
    public void A_delta_has_six_kinds_of_changes_in_the_order_of_the_specification()
    {
        var delta = new ContactDelta(8, 7)
        {
            DeletedContacts = ["sip:dan@contoso.com"],
            DeletedGroups = [2],
            ModifiedContacts = [new("sip:carol@contoso.com") { GroupIds = [1] }],
            AddedContacts = [new("sip:eve@contoso.com") { Name = "Eve", GroupIds = [1, 4], IsSubscribed = false }],
            ModifiedGroups = [new(3, "Three")],
            AddedGroups = [new(4, "Four")],
        };

        Assert.Equal(
            """<contactDelta deltaNum="8" prevDeltaNum="7"><addedGroup id="4" name="Four" externalURI=""/><modifiedGroup id="3" name="Three" externalURI=""/><addedContact uri="sip:eve@contoso.com" name="Eve" groups="1 4" subscribed="false" externalURI=""/><modifiedContact uri="sip:carol@contoso.com" name="" groups="1" subscribed="true" externalURI=""/><deletedGroup id="2"/><deletedContact uri="sip:dan@contoso.com"/></contactDelta>""",
            TestDocuments.Text(delta.ToBytes()));
        Assert.Equal(delta, Read<ContactDelta>(TestDocuments.Text(delta.ToBytes())));
    }

    [Fact]
    public void A_delta_changes_the_list_it_starts_from()
    {
        var delta = new ContactDelta(8, 7)
        {
            AddedGroups = [new(4, "Four")],
            ModifiedGroups = [new(2, "Office")],
            DeletedGroups = [3],
            AddedContacts = [new("sip:eve@contoso.com")],
            ModifiedContacts = [new("sip:BOB@contoso.com") { Name = "Bobby" }],
            DeletedContacts = ["sip:carol@contoso.com"],
        };

        Assert.True(delta.TryApply(List, out var changed));
        Assert.Equal(8u, changed.DeltaNumber);
        Assert.Equal([(1u, "~"), (2u, "Office"), (4u, "Four")], changed.Groups.Select(group => (group.Id, group.Name)));
        Assert.Equal(["Bobby", ""], changed.Contacts.Select(contact => contact.Name));
        Assert.NotNull(changed.Contact("eve@contoso.com"));
    }

    [Fact]
    public void A_delta_that_starts_elsewhere_changes_nothing()
    {
        var list = List;
        Assert.False(new ContactDelta(9, 8) { DeletedGroups = [1] }.TryApply(list, out var same));
        Assert.Same(list, same);
    }

    [Theory]
    [InlineData("<contactList/>", "contactList/@deltaNum")]
    [InlineData("<contactList deltaNum='x'/>", "contactList/@deltaNum")]
    [InlineData("<contactList deltaNum='1'><group name='g'/></contactList>", "contactList/group/@id")]
    [InlineData("<contactList deltaNum='1'><group id='-1'/></contactList>", "contactList/group/@id")]
    [InlineData("<contactList deltaNum='1'><contact name='g'/></contactList>", "contactList/contact/@uri")]
    [InlineData("<contactDelta deltaNum='1'/>", "contactDelta/@prevDeltaNum")]
    [InlineData("<contactDelta deltaNum='1' prevDeltaNum='0'><deletedGroup/></contactDelta>", "contactDelta/deletedGroup/@id")]
    [InlineData("<contactDelta deltaNum='1' prevDeltaNum='0'><deletedContact uri=''/></contactDelta>", "contactDelta/deletedContact/@uri")]
    [InlineData("<other/>", "other")]
    public void A_notification_that_lacks_what_it_must_say_is_refused_with_the_place(string text, string where)
    {
        Assert.False(ContactListNotification.TryRead(TestDocuments.Utf8(text), out _, out var error));
        Assert.Equal(where, error.Where);
    }

    [Theory]
    [InlineData("bob@contoso.com", "sip:bob@contoso.com", "bob@contoso.com")]
    [InlineData("bob@contoso.com:5070", "sip:bob@contoso.com:5070", "bob@contoso.com:5070")]
    [InlineData("sip:bob@contoso.com", "sip:bob@contoso.com", "bob@contoso.com")]
    [InlineData("SIP:bob@contoso.com", "SIP:bob@contoso.com", "SIP:bob@contoso.com")]
    [InlineData("tel:+1", "tel:+1", "tel:+1")]
    [InlineData("sip:", "sip:", "sip:")]
    [InlineData("sip:sip:bob", "sip:sip:bob", "sip:sip:bob")]
    [InlineData("sip:bob:secret@x", "sip:bob:secret@x", "sip:bob:secret@x")]
    public void An_address_gets_its_scheme_and_loses_it_only_where_a_reader_would_give_it_back(string written, string address, string rewritten)
    {
        var list = Read<ContactList>($"<contactList deltaNum='1'><contact uri='{written}'/></contactList>");
        Assert.Equal(address, list.Contacts[0].Uri);
        Assert.Contains($"uri=\"{rewritten}\"", TestDocuments.Text(list.ToBytes()), StringComparison.Ordinal);
        Assert.Equal(address, Read<ContactList>(TestDocuments.Text(list.ToBytes())).Contacts[0].Uri);
    }

    [Fact]
    public void A_group_that_is_no_number_is_none()
    {
        Assert.Equal([3u], Read<ContactList>("<contactList deltaNum='1'><contact uri='a@b' groups='x 3 3 -2'/></contactList>").Contacts[0].GroupIds);
    }

    [Fact]
    public void Nothing_shows_who_the_contacts_are()
    {
        Assert.Equal("contactList 7: 3 groups, 2 contacts", List.ToString());
        Assert.DoesNotContain("bob", List.Contacts[0].ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Work", List.Groups[1].ToString(), StringComparison.Ordinal);
        Assert.Equal("contactDelta 1 to 2", new ContactDelta(2, 1).ToString());
    }

    private static T Read<T>(string text)
        where T : ContactListNotification
    {
        Assert.True(ContactListNotification.TryRead(TestDocuments.Utf8(text), out var notification, out var error), error.ToString());
        return Assert.IsType<T>(notification);
    }
}
