using System.Net;
using UcSdk.Documents;

namespace UcSdk.Server.Web.Tests;

/// <summary>The client searches the directory by the web service, with a ticket, and by SIP where that does not work.</summary>
public sealed class AddressBookConversationTests : IDisposable
{
    private const string Mex = "GET /groupexpansion/service.svc/mex → 200";
    private const string TicketMex = "GET /WebTicket/WebTicketService.svc/mex → 200";
    private const string TicketPort = "POST /WebTicket/WebTicketService.svc/Auth Issue";
    private const string Search = "POST /groupexpansion/service.svc/WebTicket_Bearer SearchAbEntry";
    private static readonly string[] NewTicket = [Mex, TicketMex, $"{TicketPort} → 401", $"{TicketPort} NTLM → 401", $"{TicketPort} NTLM → 200"];

    private WebWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void A_search_gets_a_ticket_by_NTLM_and_the_next_one_uses_it() => _world.Run(async () =>
    {
        var alice = await _world.SignInAsync();
        Assert.Equal($"{WebWorld.Base}/groupexpansion/service.svc", alice.Settings.ServerConfiguration.ExpansionInternalUrl);

        var results = await alice.ContactManager.SearchAsync("smi");

        var bob = Assert.Single(results.Contacts);
        Assert.Equal(("sip:bob@contoso.test", "Bob Smith", "Manager", "bob@mail.example", false),
            (bob.Uri, bob.DisplayName, bob.Information.Title, bob.Information.PrimaryEmailAddress, results.IsMoreAvailable));
        Assert.Equal([.. NewTicket, $"{Search} → 200"], _world.Lines);
        Assert.Equal(SearchProviderStatusType.SyncSucceeded, alice.ContactManager.GetSearchProviderStatus(SearchProviders.GlobalAddressList));

        _world.Lines.Clear();
        Assert.Equal(["sip:bob@contoso.test"], (await alice.ContactManager.SearchAsync("Bob Smith")).Contacts.Select(contact => contact.Uri));
        Assert.Equal([$"{Search} → 200", $"{Search} → 200"], _world.Lines);
        Assert.Equal("sip:bob@contoso.test", (await alice.ContactManager.LookupAsync("+1 555 1"))?.Uri);
        Assert.Equal("sip:carol@contoso.test", (await alice.ContactManager.LookupAsync("carol@contoso.test"))?.Uri);
    });

    [Fact]
    public void Searches_at_once_wait_for_one_ticket() => _world.Run(async () =>
    {
        var alice = await _world.SignInAsync();
        var resolved = await alice.ContactManager.ResolveAsync(["bob@contoso.test", "Carol Jones", "nobody at all"]);
        Assert.Equal(("sip:bob@contoso.test", "sip:carol@contoso.test", null), (resolved["bob@contoso.test"]?.Uri, resolved["Carol Jones"]?.Uri, resolved["nobody at all"]?.Uri));
        Assert.Equal(NewTicket, _world.Lines.Where(line => !line.StartsWith(Search, StringComparison.Ordinal)));
    });

    [Fact]
    public void Groups_are_found_too_and_people_beyond_the_wanted_number_are_announced() => _world.Run(async () =>
    {
        var alice = await _world.SignInAsync();
        var results = await alice.ContactManager.SearchAsync("sales");
        Assert.Equal(["Sales", "Sales West"], results.Groups.Select(group => group.Name));
        Assert.Equal(["sales@contoso.test", "west@contoso.test"], results.Groups.Cast<DistributionGroup>().Select(group => group.EmailAddress));
        Assert.All(results.Groups, group => Assert.Equal((GroupType.DistributionGroup, 0u, false), (group.Type, group.Id, group.IsListed)));

        var listed = await alice.ContactManager.AddGroupAsync((DistributionGroup)results.Groups[0]);
        Assert.Same(listed, (await alice.ContactManager.SearchAsync("sales")).Groups[0]);

        var cut = await alice.ContactManager.SearchAsync("sip:", SearchProviders.GlobalAddressList, SearchFields.Alias, SearchOptions.Default, 2);
        Assert.Equal((2, true), (cut.Contacts.Count, cut.IsMoreAvailable));
        var whole = await alice.ContactManager.SearchAsync("sip:", SearchProviders.GlobalAddressList, SearchFields.Alias, SearchOptions.Default, 3);
        Assert.Equal((3, false), (whole.Contacts.Count, whole.IsMoreAvailable));
    });

    [Fact]
    public void A_wrong_password_for_the_web_leaves_the_search_by_SIP_and_the_web_is_tried_again_later() => _world.Run(async () =>
    {
        // The same account, whose password the server's web half does not take any more: it answers as if it were wrong.
        var alice = await _world.SignInAsync();
        _world.Instead = request => request.RequestUri!.AbsolutePath.EndsWith("/Auth", StringComparison.Ordinal)
            ? Refuse()
            : null;

        Assert.Equal(["sip:bob@contoso.test"], (await alice.ContactManager.SearchAsync("smi")).Contacts.Select(contact => contact.Uri));
        Assert.Equal([Mex, TicketMex, $"{TicketPort} → 401", $"{TicketPort} NTLM → 401"], _world.Lines);

        _world.Lines.Clear();
        Assert.Single((await alice.ContactManager.SearchAsync("smi")).Contacts);
        Assert.Empty(_world.Lines);
        await _world.DelayAsync(TimeSpan.FromMinutes(5));
        _world.Instead = _ => null;
        Assert.Single((await alice.ContactManager.SearchAsync("smi")).Contacts);
        Assert.Equal([.. NewTicket, $"{Search} → 200"], _world.Lines);

        static HttpResponseMessage Refuse()
        {
            var response = TapHandler.Answer(HttpStatusCode.Unauthorized);
            response.Headers.TryAddWithoutValidation("WWW-Authenticate", "NTLM");
            return response;
        }
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_server_that_is_away_or_silent_leaves_the_search_by_SIP(bool isSilent) => _world.Run(async () =>
    {
        var alice = await _world.SignInAsync();
        _world.Instead = _ => isSilent ? null : throw new HttpRequestException("away");
        if (isSilent)
        {
            await _world.Services.DisposeAsync();
        }

        Assert.Single((await alice.ContactManager.SearchAsync("smi")).Contacts);
        Assert.Single(_world.Lines);
    });

    [Fact]
    public void Who_does_not_want_the_web_searches_by_SIP() => _world.Run(async () =>
    {
        var alice = await _world.SignInAsync(configure: options => options with { Web = options.Web with { SearchesByWeb = false } });
        Assert.Single((await alice.ContactManager.SearchAsync("smi")).Contacts);
        Assert.Empty(_world.Lines);
    });

    [Fact]
    public void A_ticket_is_replaced_before_it_expires() => _world.Run(async () =>
    {
        var alice = await _world.SignInAsync();
        await alice.ContactManager.SearchAsync("smi");
        await _world.DelayAsync(TimeSpan.FromHours(8) - TimeSpan.FromSeconds(61));
        _world.Lines.Clear();
        await alice.ContactManager.SearchAsync("smi");
        Assert.Equal([$"{Search} → 200"], _world.Lines);
        await _world.DelayAsync(TimeSpan.FromSeconds(1));
        _world.Lines.Clear();
        await alice.ContactManager.SearchAsync("smi");
        Assert.Equal([.. NewTicket, $"{Search} → 200"], _world.Lines);
    });

    [Fact]
    public void A_ticket_that_the_service_does_not_take_any_more_is_replaced_in_the_middle_once() => _world.Run(async () =>
    {
        var alice = await _world.SignInAsync();
        await alice.ContactManager.SearchAsync("smi");
        _world.Lines.Clear();
        var refusals = 1;
        _world.Instead = request => request.RequestUri!.AbsolutePath.EndsWith("Bearer", StringComparison.Ordinal) && refusals-- > 0 ? Fault(WebServiceErrors.TicketExpired) : null;
        Assert.Single((await alice.ContactManager.SearchAsync("smi")).Contacts);
        Assert.Equal([$"{Search} → 500", .. NewTicket, $"{Search} → 200"], _world.Lines);

        refusals = 2;
        var group = (DistributionGroup)(await ExpandableAsync(alice));
        refusals = 2;
        var failure = await Assert.ThrowsAsync<WebServiceException>(() => group.ExpandAsync());
        Assert.Equal((WebServiceFailure.TicketRefused, 500, (int)WebServiceErrors.TicketExpired), (failure.Failure, failure.HttpStatus, failure.Diagnostics?.ErrorId));
    });

    [Fact]
    public void Users_without_a_password_are_believed_as_by_the_registrar()
    {
        _world.Dispose();
        _world = new(options => options with { Users = [new("bob") { DisplayName = "Bob Smith" }] });
        _world.Run(async () =>
        {
            var bob = await _world.SignInAsync("bob");
            Assert.Single((await bob.ContactManager.SearchAsync("smi")).Contacts);
            Assert.Equal([Mex, TicketMex, $"{TicketPort} → 200", $"{Search} → 200"], _world.Lines);
        });
    }

    private static async Task<Group> ExpandableAsync(LyncClient client) =>
        (await client.ContactManager.AddGroupAsync(new DistributionGroup(client.ContactManager, new(0, "Sales") { ExternalUri = new GroupExtension("dg", "sales@contoso.test").ToExternalUri() })));

    private static HttpResponseMessage Fault(uint error) =>
        TapHandler.Answer(HttpStatusCode.InternalServerError, System.Text.Encoding.UTF8.GetString(new WebServiceDiagnostics(error, "no").ToFault("FailedAuthentication").ToBytes()));
}
