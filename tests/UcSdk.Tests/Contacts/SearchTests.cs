using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>Searching for people in the list and in the directory: SOAP in SERVICE to the domain ([MS-PRES] §2.2.1).</summary>
public sealed class SearchTests
{
    private readonly Lab _lab = new();

    public SearchTests() => _ = new ContactListScript(_lab);

    [Fact]
    public void A_search_asks_the_directory_for_each_field_and_finds_each_person_once() => _lab.Run(async () =>
    {
        Found("bob", "dave");
        var manager = await SignInAsync();
        Assert.Equal(SearchProviderStatusType.SyncNotStarted, manager.GetSearchProviderStatus(SearchProviders.GlobalAddressList));

        var results = await manager.SearchAsync("Bo Da");

        Assert.Equal(["sip:bob@contoso.com", "sip:dave@contoso.com"], results.Contacts.Select(contact => contact.Uri));
        Assert.True(results.IsMoreAvailable);
        var asked = Sent().ToArray();
        Assert.All(asked, request => Assert.Equal(("sip:contoso.com", "application/soap+xml"), (request.UriText, request.ContentType)));
        Assert.Equal(
            [
                "displayName=Bo Da", "givenName=Bo Da", "sn=Bo Da", "company=Bo Da", "mail=Bo Da", "msRTCSIP-PrimaryUserAddress=sip:Bo Da", "telephoneNumber=Bo Da", "mobile=Bo Da",
                "homePhone=Bo Da", "otherTelephone=Bo Da", "givenName=Bo sn=Da",
            ],
            asked.Select(Terms));
        Assert.Contains("100</", asked[0].BodyText);
        var dave = results.Contacts[1];
        Assert.Equal(("dave Found", "Tester", "dave@mail.example"), (dave.DisplayName, dave.Information.Title, dave.Information.PrimaryEmailAddress));
        Assert.Equal(["sip:dave@contoso.com", "tel:+15551"], dave.ContactEndpoints.Select(endpoint => endpoint.Uri));
        Assert.Equal(SearchProviderStatusType.SyncSucceeded, manager.GetSearchProviderStatus(SearchProviders.GlobalAddressList));
    });

    [Fact]
    public void The_contact_list_is_searched_without_the_server_groups_too() => _lab.Run(async () =>
    {
        var manager = await SignInAsync();
        var results = await manager.SearchAsync("car", SearchProviders.OtherContacts, SearchFields.DisplayName, SearchOptions.Default, 10);
        Assert.Equal(["sip:carol@contoso.com"], results.Contacts.Select(contact => contact.Uri));
        Assert.Equal(["Work"], (await manager.SearchAsync("wor", SearchProviders.OtherContacts, SearchFields.AllFields, SearchOptions.Default, 10)).Groups.Select(group => group.Name));
        Assert.Empty((await manager.SearchAsync("wor", SearchProviders.OtherContacts, SearchFields.AllFields, SearchOptions.ContactsOnly, 10)).AllResults);
        Assert.Empty((await manager.SearchAsync("car", SearchProviders.OtherContacts, SearchFields.DisplayName, SearchOptions.MatchWholeWord, 10)).Contacts);
        Assert.Single((await manager.SearchAsync("carol", SearchProviders.OtherContacts, SearchFields.DisplayName, SearchOptions.MatchWholeWord, 10)).Contacts);
        var cut = await manager.SearchAsync("contoso", SearchProviders.OtherContacts, SearchFields.Alias, SearchOptions.Default, 1);
        Assert.Equal((1, true), (cut.Contacts.Count, cut.IsMoreAvailable));
        Assert.Empty((await manager.SearchAsync("bob", SearchProviders.ExchangeService, SearchFields.AllFields, SearchOptions.Default, 1)).AllResults);
        Assert.Empty(Sent());
    });

    [Fact]
    public void What_is_found_is_watched_as_anybody_and_then_presence_tells_the_card() => _lab.Run(async () =>
    {
        Found("dave");
        var presence = new PresenceScript(_lab);
        presence.Known["sip:dave@contoso.com"] = PresenceScript.Card("<title>Director</title>");
        var manager = await SignInAsync();
        var dave = Assert.Single((await manager.SearchAsync("dave", SearchProviders.GlobalAddressList, SearchFields.DisplayName, SearchOptions.Default, 10)).Contacts);
        Assert.Equal("Tester", dave.Information.Title);
        var subscription = manager.CreateSubscription();
        subscription.AddContact(dave);
        subscription.Subscribe(ContactSubscriptionRefreshRate.High, ContactInformationType.Title);
        await _lab.DelayAsync(1);
        Assert.Equal("Director", dave.Information.Title);
    });

    [Theory]
    [InlineData("bob@contoso.com", "sip:bob@contoso.com")]
    [InlineData("bob@mail.example", "sip:bob@contoso.com")]
    [InlineData("bob found", "sip:bob@contoso.com")]
    [InlineData("+1 555 1", "sip:bob@contoso.com")]
    [InlineData("zoe@fabrikam.com", "sip:zoe@fabrikam.com")]
    [InlineData("+49 30 12", "tel:+493012")]
    [InlineData("Zoe Unknown", null)]
    public void One_contact_is_looked_up_by_address_number_or_name(string text, string? uri) => _lab.Run(async () =>
    {
        Found("bob");
        Assert.Equal(uri, (await (await SignInAsync()).LookupAsync(text))?.Uri);
    });

    [Fact]
    public void Several_are_resolved_at_once_a_few_at_a_time_and_each_text_once() => _lab.Run(async () =>
    {
        Found("bob");
        var manager = await SignInAsync();
        var resolved = await manager.ResolveAsync(["bob@contoso.com", "bob found", "nobody", "bob@contoso.com", .. Enumerable.Range(0, 30).Select(n => $"u{n}@fabrikam.com")]);
        Assert.Equal(33, resolved.Count);
        Assert.Equal(("sip:bob@contoso.com", null, "sip:u7@fabrikam.com"), (resolved["bob found"]!.Uri, resolved["nobody"]?.Uri, resolved["u7@fabrikam.com"]!.Uri));
        Assert.Equal((32 * 2) + 2 - 1 - 1, Sent().Count());
    });

    [Fact]
    public void A_directory_that_refuses_or_makes_no_sense_fails_the_search() => _lab.Run(async () =>
    {
        var manager = await SignInAsync();
        _lab.Server.Answers["SERVICE directorySearch"] = request => _lab.Server.Reply(request, 404);
        Assert.Equal(404, (await Assert.ThrowsAsync<ServerRequestException>(() => manager.SearchAsync("bob"))).StatusCode);
        Assert.Equal(SearchProviderStatusType.OtherFailure, manager.GetSearchProviderStatus(SearchProviders.GlobalAddressList));
        _lab.Server.Answers["SERVICE directorySearch"] = request => _lab.Server.Reply(request, 200, "Content-Type: application/SOAP+xml\r\n\r\n<what/>");
        await Assert.ThrowsAsync<ServerRequestException>(() => manager.SearchAsync("bob"));
        _lab.Server.Answers["SERVICE directorySearch"] = request => _lab.Server.Reply(request, 200);
        Assert.Equal(["sip:bob@contoso.com"], (await manager.SearchAsync("bob")).Contacts.Select(contact => contact.Uri));
        await Assert.ThrowsAsync<ArgumentException>(() => manager.SearchAsync(" "));
        await Assert.ThrowsAsync<ArgumentException>(() => manager.SearchAsync("x", SearchProviders.Default, SearchFields.None, SearchOptions.Default, 1));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => manager.SearchAsync("x", SearchProviders.Default, SearchFields.Alias, SearchOptions.Default, 0));
        await Assert.ThrowsAsync<NotSignedInException>(() => _lab.CreateClient("zoe").ContactManager.SearchAsync("x"));
        Assert.Throws<ArgumentException>(() => manager.GetSearchProviderStatus(SearchProviders.Default));
        Assert.Equal(SearchProviderStatusType.NotConfigured, manager.GetSearchProviderStatus(SearchProviders.ExchangeService));
    });

    // Rows as in [MS-PRES] §4.7.
    private void Found(params string[] names) => _lab.Server.Answers["SERVICE directorySearch"] = request => _lab.Server.Reply(
        request,
        200,
        "Content-Type: application/SOAP+xml\r\n\r\n<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:m=\"http://schemas.microsoft.com/winrtc/2002/11/sip\"><s:Body>"
        + "<m:directorySearch><m:value m:href=\"#searchArray\"/><m:moreAvailable>true</m:moreAvailable></m:directorySearch><m:Array m:id=\"searchArray\">"
        + string.Concat(names.Select(name =>
            $"<m:row m:uri=\"sip:{name}@contoso.com\" m:displayName=\"{name} Found\" m:title=\"Tester\" m:office=\"\" m:phone=\"+1 555 1\" m:company=\"Contoso\" m:city=\"\" m:state=\"\" "
            + $"m:country=\"\" m:email=\"{name}@mail.example\"/>"))
        + "</m:Array></s:Body></s:Envelope>");

    private IEnumerable<SipRequest> Sent() => _lab.Server.Requests.Where(request => request.Name == "SERVICE directorySearch").Select(request => request.Request);

    private static string Terms(SipRequest request) => string.Join(' ', request.BodyText.Split("attrib=\"").Skip(1).Select(part =>
        $"{part[..part.IndexOf('"')]}={part.Split("value=\"")[1].Split('"')[0]}"));

    private async Task<ContactManager> SignInAsync()
    {
        var client = await _lab.SignInAsync("alice");
        await _lab.DelayAsync(1);
        return client.ContactManager;
    }
}
