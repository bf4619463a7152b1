using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>Changing the contact list: SOAP in SERVICE against the number of the list ([MS-SIP] §2.2.4.2, §3.7.4), and what another endpoint does meanwhile.</summary>
public sealed class ContactListEditorTests
{
    private readonly Lab _lab = new();
    private readonly ContactListScript _script;

    public ContactListEditorTests() => _script = new(_lab);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_group_is_there_when_the_list_shows_it_whichever_comes_first_the_answer_or_the_change(bool notifiesFirst) => _lab.Run(async () =>
    {
        var manager = await SignInAsync();
        _script.Take(
            "addGroup",
            request => $"<contactDelta deltaNum=\"8\" prevDeltaNum=\"7\"><addedGroup id=\"3\" name=\"{ContactListScript.Said(request, "name")}\" externalURI=\"\"/></contactDelta>",
            "Content-Type: application/SOAP+xml\r\n\r\n<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><m:addGroup xmlns:m=\"http://schemas.microsoft.com/winrtc/2002/11/sip\">"
            + "<m:groupID>3</m:groupID></m:addGroup></s:Body></s:Envelope>",
            notifiesFirst);

        var group = await manager.AddGroupAsync("Friends");

        Assert.Equal(("Friends", 3u), (group.Name, group.Id));
        Assert.Same(group, manager.Groups[2]);
        var service = _lab.Server.Last("SERVICE addGroup");
        Assert.Equal(("sip:alice@contoso.com", "application/soap+xml", "7"), (service.UriText, service.ContentType, ContactListScript.Said(service, "deltaNum")));
    });

    [Fact]
    public void Contacts_are_added_moved_and_removed_by_naming_all_their_groups() => _lab.Run(async () =>
    {
        var manager = await SignInAsync();
        var (all, work) = (manager.Groups[0], manager.Groups[1]);
        var number = 7;
        _script.Take("setContact", request =>
            $"<contactDelta deltaNum=\"{++number}\" prevDeltaNum=\"{number - 1}\"><modifiedContact uri=\"{ContactListScript.Said(request, "URI")}\" name=\"{ContactListScript.Said(request, "displayName")}\" "
            + $"groups=\"{ContactListScript.Said(request, "groups")}\" subscribed=\"true\" externalURI=\"\"/></contactDelta>");
        _script.Take("deleteContact", request =>
            $"<contactDelta deltaNum=\"{++number}\" prevDeltaNum=\"{number - 1}\"><deletedContact uri=\"{ContactListScript.Said(request, "URI")}\"/></contactDelta>");
        var (bob, carol, dave) = (manager.GetContactByUri("bob@contoso.com"), manager.GetContactByUri("carol@contoso.com"), manager.GetContactByUri("dave@contoso.com"));

        await work.AddContactAsync(dave);
        Assert.Equal("sip:dave@contoso.com in 2 against 7", Last("setContact"));
        await all.AddContactAsync(carol);
        Assert.Equal("sip:carol@contoso.com in 2 1 against 8", Last("setContact"));
        await carol.MoveToGroupAsync(all, work);
        Assert.Equal("sip:carol@contoso.com in 1 against 9", Last("setContact"));
        await work.RemoveContactAsync(bob);
        Assert.Equal("sip:bob@contoso.com in 1 against 10", Last("setContact"));
        Assert.Equal("Carol C", ContactListScript.Said(_lab.Server.Requests.First(request => request.Name == "SERVICE setContact" && request.Request.BodyText.Contains("carol")).Request, "displayName"));
        Assert.Equal([work], dave.Groups);
        await work.RemoveContactAsync(dave);
        Assert.False(dave.IsListed);
        await manager.RemoveContactFromAllGroupsAsync(carol);
        Assert.Equal([bob], all.Contacts);
        var sent = _lab.Server.Requests.Count;
        await all.AddContactAsync(bob);
        await work.RemoveContactAsync(bob);
        await manager.RemoveContactFromAllGroupsAsync(carol);
        Assert.Equal(sent, _lab.Server.Requests.Count);
    });

    [Fact]
    public void A_group_is_emptied_before_it_goes_and_nobody_is_lost() => _lab.Run(async () =>
    {
        var manager = await SignInAsync();
        var number = 7;
        _script.Take("setContact", request =>
            $"<contactDelta deltaNum=\"{++number}\" prevDeltaNum=\"{number - 1}\"><modifiedContact uri=\"{ContactListScript.Said(request, "URI")}\" groups=\"{ContactListScript.Said(request, "groups")}\"/></contactDelta>");
        _script.Take("deleteGroup", request =>
            $"<contactDelta deltaNum=\"{++number}\" prevDeltaNum=\"{number - 1}\"><deletedGroup id=\"{ContactListScript.Said(request, "groupID")}\"/></contactDelta>");

        await manager.RemoveGroupAsync(manager.Groups[1]);

        Assert.Equal(["SERVICE setContact", "SERVICE setContact", "SERVICE deleteGroup"], _lab.Server.Requests.Select(request => request.Name).Where(name => name.StartsWith("SERVICE", StringComparison.Ordinal)));
        Assert.Equal(["sip:bob@contoso.com", "sip:carol@contoso.com"], Assert.Single(manager.Groups).Contacts.Select(contact => contact.Uri));
    });

    [Theory]
    [InlineData(409)]
    [InlineData(400)]
    public void When_another_endpoint_was_quicker_the_list_is_read_anew_and_the_command_made_again(int status) => _lab.Run(async () =>
    {
        var manager = await SignInAsync();
        var group = (CustomGroup)manager.Groups[1];
        _lab.Server.Answers["SERVICE modifyGroup"] = request =>
        {
            _script.List = "<contactList deltaNum=\"11\"><group id=\"1\" name=\"~\"/><group id=\"2\" name=\"Werk\"/></contactList>";
            _script.Take("modifyGroup", _ => "<contactDelta deltaNum=\"12\" prevDeltaNum=\"11\"><modifiedGroup id=\"2\" name=\"Office\"/></contactDelta>");
            return _lab.Server.Reply(request, status);
        };

        await group.RenameAsync("Office");

        Assert.Equal("Office", group.Name);
        Assert.Equal(["7", "11"], Sent("modifyGroup").Select(request => ContactListScript.Said(request, "deltaNum")));
        Assert.Equal(2, _script.Subscriptions);
    });

    [Fact]
    public void A_command_that_is_refused_for_another_reason_fails_with_the_servers_words() => _lab.Run(async () =>
    {
        var manager = await SignInAsync();
        _lab.Server.Answers["SERVICE addGroup"] = request => _lab.Server.Reply(request, 400, "ms-diagnostics: 4001;reason=\"Too many groups\"\r\n");
        var failure = await Assert.ThrowsAsync<ServerRequestException>(() => manager.AddGroupAsync("Friends"));
        Assert.Equal((400, "AddGroupAsync"), (failure.StatusCode, failure.Operation));
        Assert.Single(Sent("addGroup"));

        _lab.Server.Answers["SERVICE addGroup"] = request => _lab.Server.Reply(request, 403);
        Assert.Equal(403, (await Assert.ThrowsAsync<ServerRequestException>(() => manager.AddGroupAsync("Friends"))).StatusCode);
        Assert.Equal(2, manager.Groups.Count);
    });

    [Fact]
    public void Who_is_never_quick_enough_learns_it() => _lab.Run(async () =>
    {
        var manager = await SignInAsync();
        _lab.Server.Answers["SERVICE addGroup"] = request => _lab.Server.Reply(request, 409);
        Assert.Equal(409, (await Assert.ThrowsAsync<ServerRequestException>(() => manager.AddGroupAsync("Friends"))).StatusCode);
        Assert.Equal(5, Sent("addGroup").Count());
    });

    [Fact]
    public void A_change_that_is_taken_and_never_told_is_looked_for_in_the_whole_list() => _lab.Run(async () =>
    {
        var manager = await SignInAsync();
        _lab.Server.Answers["SERVICE modifyGroup"] = request =>
        {
            _script.List = "<contactList deltaNum=\"8\"><group id=\"1\" name=\"~\"/><group id=\"2\" name=\"Office\"/></contactList>";
            return _lab.Server.Reply(request, 200);
        };
        await ((CustomGroup)manager.Groups[1]).RenameAsync("Office");
        Assert.Equal((2, "Office"), (_script.Subscriptions, manager.Groups[1].Name));
    });

    [Fact]
    public void Wishes_at_once_go_out_one_after_another_each_against_the_list_that_the_last_one_left() => _lab.Run(async () =>
    {
        var manager = await SignInAsync();
        var number = 7;
        _script.Take("addGroup", request =>
            $"<contactDelta deltaNum=\"{++number}\" prevDeltaNum=\"{number - 1}\"><addedGroup id=\"{number}\" name=\"{ContactListScript.Said(request, "name")}\"/></contactDelta>");
        var groups = await Task.WhenAll(Enumerable.Range(1, 5).Select(n => manager.AddGroupAsync($"G{n}")));
        Assert.Equal(["G1", "G2", "G3", "G4", "G5"], groups.Select(group => group.Name));
        Assert.Equal(["7", "8", "9", "10", "11"], Sent("addGroup").Select(request => ContactListScript.Said(request, "deltaNum")));
        Assert.Equal(1, _script.Subscriptions);
    });

    [Fact]
    public void A_wish_that_the_connection_takes_away_fails() => _lab.Run(async () =>
    {
        var manager = await SignInAsync();
        _lab.Server.Answers["SERVICE addGroup"] = _ => Task.FromResult<SipResponse?>(null);
        var adding = manager.AddGroupAsync("Friends");
        var waiting = manager.AddGroupAsync("Foes");
        await _lab.DelayAsync(0.1);
        await _lab.Server.CloseFlowAsync("alice");
        await Assert.ThrowsAsync<ServerRequestException>(() => adding);
        await Assert.ThrowsAsync<InvalidStateException>(() => waiting);
    });

    [Fact]
    public void A_tag_and_a_name_of_the_users_own_are_kept_in_the_list_beside_what_other_clients_keep_there() => _lab.Run(async () =>
    {
        _script.List = _script.List.Replace(
            "name=\"Carol C\" groups=\"2\" subscribed=\"true\" externalURI=\"\"/>",
            "name=\"Carol C\" groups=\"2\"><contactExtension><contactSettings contactId=\"77\"/><other xmlns=\"urn:o\"/></contactExtension></contact>",
            StringComparison.Ordinal);
        var manager = await SignInAsync();
        var carol = manager.GetContactByUri("carol@contoso.com");
        _script.Take("setContact", request =>
            $"<contactDelta deltaNum=\"8\" prevDeltaNum=\"7\"><modifiedContact uri=\"sip:carol@contoso.com\" name=\"{ContactListScript.Said(request, "displayName")}\" groups=\"2\">"
            + "<contactExtension><contactSettings contactId=\"77\" tag=\"true\"/></contactExtension></modifiedContact></contactDelta>");
        await carol.SetTaggedAsync(true);
        Assert.True(carol.IsTagged);
        var sent = Sent("setContact").Single().BodyText;
        Assert.Contains("contactId=\"77\" tag=\"true\"", sent);
        Assert.Contains("urn:o", sent);
        await carol.SetTaggedAsync(true);
        Assert.Single(Sent("setContact"));
        _script.Take("setContact", request =>
            $"<contactDelta deltaNum=\"9\" prevDeltaNum=\"8\"><modifiedContact uri=\"sip:carol@contoso.com\" name=\"{ContactListScript.Said(request, "displayName")}\" groups=\"2\"/></contactDelta>");
        await carol.SetListNameAsync("Caz");
        Assert.Equal(("Caz", false), (carol.DisplayName, carol.IsTagged));
        await Assert.ThrowsAsync<InvalidStateException>(() => manager.GetContactByUri("dave@contoso.com").SetTaggedAsync(true));
    });

    [Fact]
    public void What_cannot_be_is_the_callers_mistake() => _lab.Run(async () =>
    {
        var manager = await SignInAsync();
        var other = await _lab.SignInAsync("bob");
        await Assert.ThrowsAsync<ArgumentException>(() => manager.AddGroupAsync("~"));
        await Assert.ThrowsAsync<ArgumentException>(() => manager.Groups[1].AddContactAsync(other.ContactManager.GetContactByUri("sip:x@y.z")));
        await Assert.ThrowsAsync<InvalidStateException>(() => ((CustomGroup)manager.Groups[0]).RenameAsync("All"));
        Assert.Throws<ArgumentException>(() => manager.GetContactByUri("http://contoso.com"));
        Assert.Equal("tel:+15551234", manager.GetContactByUri("tel:+1 (555) 12-34").Uri);
        Assert.Equal("mailto:dave@contoso.com", manager.GetContactByUri("mailto:Dave@Contoso.com").Uri);
        await Assert.ThrowsAsync<InvalidStateException>(() => _lab.CreateClient("carol").ContactManager.AddGroupAsync("Friends"));
    });

    private IEnumerable<SipRequest> Sent(string command) => _lab.Server.Requests.Where(request => request.Name == "SERVICE " + command).Select(request => request.Request);

    private string Last(string command)
    {
        var request = _lab.Server.Last("SERVICE " + command);
        return $"{ContactListScript.Said(request, "URI")} in {ContactListScript.Said(request, "groups")} against {ContactListScript.Said(request, "deltaNum")}";
    }

    private async Task<ContactManager> SignInAsync()
    {
        var client = await _lab.SignInAsync("alice");
        await _lab.DelayAsync(1);
        return client.ContactManager;
    }
}
