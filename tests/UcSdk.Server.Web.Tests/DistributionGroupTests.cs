using System.Net;
using UcSdk.Documents;

namespace UcSdk.Server.Web.Tests;

/// <summary>Distribution groups are expanded by the web service: members, nested groups, the owner.</summary>
public sealed class DistributionGroupTests : IDisposable
{
    private WebWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void A_group_of_the_list_is_expanded_one_level_and_stays_so() => _world.Run(async () =>
    {
        var alice = await _world.SignInAsync();
        var sales = await AddAsync(alice, "sales@contoso.test");
        Assert.Equal((false, 0, ""), (sales.IsExpanded, sales.Contacts.Count, sales.Description));

        await sales.ExpandAsync();

        Assert.Equal((true, "Who sells"), (sales.IsExpanded, sales.Description));
        Assert.Equal(["sip:bob@contoso.test", "mailto:zoe@fabrikam.test", "sip:yan@fabrikam.test"], sales.Contacts.Select(contact => contact.Uri));
        Assert.Equal("Bob Smith", sales.Contacts[0].DisplayName);
        var west = Assert.Single(sales.NestedGroups);
        Assert.Equal(("Sales West", "west@contoso.test", false), (west.Name, west.EmailAddress, west.IsListed));

        // A change of the list leaves what the directory says; expanding again keeps the objects.
        await alice.ContactManager.AddGroupAsync("Friends");
        await _world.DelayAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(3, sales.Contacts.Count);
        await sales.ExpandAsync();
        Assert.Same(west, Assert.Single(sales.NestedGroups));
        await west.ExpandAsync();
        Assert.Equal(["sip:carol@contoso.test"], west.Contacts.Select(contact => contact.Uri));
    });

    [Fact]
    public void All_members_are_found_through_groups_that_are_in_each_other() => _world.Run(async () =>
    {
        var sales = await AddAsync(await _world.SignInAsync(), "sales@contoso.test");
        _world.Lines.Clear();
        var all = await sales.GetAllMembersAsync();
        Assert.Equal(["sip:bob@contoso.test", "mailto:zoe@fabrikam.test", "sip:yan@fabrikam.test", "sip:carol@contoso.test"], all.Select(contact => contact.Uri));
        Assert.Equal(2, _world.Lines.Count(line => line.Contains("QueryDistributionList", StringComparison.Ordinal)));
        Assert.False(sales.IsExpanded);
    });

    [Fact]
    public void The_owner_is_told_and_may_be_nobody() => _world.Run(async () =>
    {
        var alice = await _world.SignInAsync();
        Assert.Equal("sip:carol@contoso.test", (await (await AddAsync(alice, "sales@contoso.test")).GetOwnerAsync())?.Uri);
        Assert.Null(await (await AddAsync(alice, "west@contoso.test")).GetOwnerAsync());
    });

    [Fact]
    public void A_group_that_the_directory_does_not_know_is_not_expanded() => _world.Run(async () =>
    {
        var gone = await AddAsync(await _world.SignInAsync(), "gone@contoso.test");
        var failure = await Assert.ThrowsAsync<WebServiceException>(() => gone.ExpandAsync());
        Assert.Equal((WebServiceFailure.GroupNotFound, DistributionListResult.GroupNotFound, 0), (failure.Failure, failure.FaultCode, failure.StatusCode));
        Assert.DoesNotContain("gone@contoso.test", failure.ToString(), StringComparison.Ordinal);
        Assert.False(gone.IsExpanded);
    });

    [Theory]
    [InlineData(5, null)]
    [InlineData(4, WebServiceFailure.TooManyMembers)]
    public void A_group_as_big_as_the_server_takes_is_expanded_and_one_member_more_is_not(int limit, WebServiceFailure? failure)
    {
        _world.Dispose();
        _world = new(web: new() { MaxGroupMembers = limit });
        _world.Run(async () => Assert.Equal(failure, await FailureOfAsync((await AddAsync(await _world.SignInAsync(), "sales@contoso.test")).ExpandAsync())));
    }

    [Theory]
    [InlineData(4, 2, null)]
    [InlineData(3, 2, WebServiceFailure.TooManyMembers)]
    [InlineData(4, 1, WebServiceFailure.TooManyMembers)]
    public void As_many_members_and_groups_as_the_caller_takes_are_found_and_one_more_is_too_many(int members, int groups, WebServiceFailure? failure) => _world.Run(async () =>
    {
        var alice = await _world.SignInAsync(configure: options => options with { Web = options.Web with { MaxExpandedGroups = groups } });
        Assert.Equal(failure, await FailureOfAsync((await AddAsync(alice, "sales@contoso.test")).GetAllMembersAsync(members)));
    });

    [Fact]
    public void Callers_mistakes_are_told_as_such() => _world.Run(async () =>
    {
        var alice = await _world.SignInAsync();
        var sales = await AddAsync(alice, "sales@contoso.test");
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => sales.GetAllMembersAsync(0));
        var nameless = new DistributionGroup(alice.ContactManager, new(0, "Nameless"));
        await Assert.ThrowsAsync<InvalidStateException>(() => nameless.ExpandAsync());
        await alice.SignOutAsync();
        await Assert.ThrowsAsync<NotSignedInException>(() => sales.ExpandAsync());
    });

    [Fact]
    public void A_server_that_is_away_answers_nonsense_or_too_much_fails_the_expansion_each_in_its_own_way() => _world.Run(async () =>
    {
        var alice = await _world.SignInAsync(configure: options => options with { Web = options.Web with { DocumentLimits = new() { MaxBytes = 20_000 } } });
        var sales = await AddAsync(alice, "sales@contoso.test");
        await sales.ExpandAsync();
        foreach (var (answer, failure) in new (Func<HttpResponseMessage>, WebServiceFailure)[]
        {
            (() => throw new HttpRequestException("away"), WebServiceFailure.Unreachable),
            (() => TapHandler.Answer(HttpStatusCode.OK, "<what/>"), WebServiceFailure.Unreadable),
            (() => TapHandler.Answer(HttpStatusCode.OK, new string('x', 20_001)), WebServiceFailure.Unreadable),
            (() => TapHandler.Answer(HttpStatusCode.BadGateway), WebServiceFailure.Refused),
            (() => TapHandler.Answer(HttpStatusCode.Found), WebServiceFailure.Refused),
        })
        {
            _world.Instead = _ => answer();
            Assert.Equal(failure, await FailureOfAsync(sales.ExpandAsync()));
        }
    });

    [Fact]
    public void A_server_that_does_not_answer_is_waited_for_as_long_as_the_options_say() => _world.Run(async () =>
    {
        var alice = await _world.SignInAsync(configure: options => options with { Web = options.Web with { HttpHandler = () => new SilentHandler(), RequestTimeout = TimeSpan.FromSeconds(3) } });
        var begun = _world.Simulation.Time.GetUtcNow();
        Assert.Equal(WebServiceFailure.TimedOut, await FailureOfAsync((await AddAsync(alice, "sales@contoso.test")).ExpandAsync()));
        Assert.InRange(_world.Simulation.Time.GetUtcNow() - begun, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(4));
    });

    [Theory]
    [InlineData("https://pool.contoso.test/x", null)] // in the user's domain
    [InlineData("https://evil.example/x", WebServiceFailure.NotTrusted)]
    [InlineData("http://sip.contoso.test/x", WebServiceFailure.NotTrusted)]
    [InlineData("https://user:pw@sip.contoso.test/x", WebServiceFailure.NotTrusted)]
    [InlineData("nowhere", WebServiceFailure.NotTrusted)]
    public void Metadata_leads_the_password_only_to_hosts_that_are_trusted(string location, WebServiceFailure? failure) => _world.Run(async () =>
    {
        var sales = await AddAsync(await _world.SignInAsync(), "sales@contoso.test");
        _world.Instead = request => request.RequestUri!.AbsolutePath.EndsWith("WebTicketService.svc/mex", StringComparison.Ordinal)
            ? TapHandler.Answer(HttpStatusCode.OK, System.Text.Encoding.UTF8.GetString(new WebServiceMetadata([new(WebServicePortNames.TicketByWindowsLogon, location)]).ToBytes()))
            : request.RequestUri.AbsolutePath == "/x" ? TapHandler.Answer(HttpStatusCode.NotFound) : null;
        Assert.Equal(failure ?? WebServiceFailure.Refused, await FailureOfAsync(sales.ExpandAsync()));
        Assert.Equal(failure is null, _world.Lines.Any(line => line.StartsWith("POST /x", StringComparison.Ordinal)));
    });

    [Theory]
    [InlineData("http://sip.contoso.test/groupexpansion/service.svc", WebServiceFailure.NotTrusted)]
    [InlineData("ftp://sip.contoso.test/", WebServiceFailure.NotTrusted)]
    [InlineData(null, WebServiceFailure.NotOffered)]
    public void A_service_that_is_not_there_or_without_TLS_is_not_used(string? url, WebServiceFailure failure)
    {
        _world.Dispose();
        _world = new(options => options with { Provisioning = new() { ServerConfiguration = new() { ExpansionInternalUrl = url } } });
        _world.Run(async () =>
        {
            if (url is null)
            {
                await _world.Services.DisposeAsync();
            }

            Assert.Equal(failure, await FailureOfAsync((await AddAsync(await _world.SignInAsync(), "sales@contoso.test")).ExpandAsync()));
            Assert.Empty(_world.Lines);
        });
    }

    [Fact]
    public void Outside_of_the_organisation_the_external_address_counts()
    {
        _world.Dispose();
        _world = new(options => options with
        {
            IsAccessEdge = true,
            Provisioning = new() { ServerConfiguration = new() { ExpansionInternalUrl = "https://inside.contoso.test/x", ExpansionExternalUrl = "https://outside.contoso.test/x" } },
        });
        _world.Run(async () =>
        {
            var hosts = new List<string>();
            _world.Instead = request =>
            {
                hosts.Add(request.RequestUri!.Host);
                return TapHandler.Answer(HttpStatusCode.NotFound);
            };
            await FailureOfAsync((await AddAsync(await _world.SignInAsync(), "sales@contoso.test")).ExpandAsync());
            Assert.Equal(["outside.contoso.test"], hosts);
        });
    }

    private static Task<DistributionGroup> AddAsync(LyncClient client, string email) => client.ContactManager.AddGroupAsync(
        new DistributionGroup(client.ContactManager, new(0, email.Split('@')[0]) { ExternalUri = new GroupExtension(GroupExtension.DistributionGroup, email).ToExternalUri() }));

    private static async Task<WebServiceFailure?> FailureOfAsync(Task task)
    {
        try
        {
            await task;
            return null;
        }
        catch (WebServiceException failure)
        {
            return failure.Failure;
        }
    }

    private sealed class SilentHandler : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var never = new TaskCompletionSource<HttpResponseMessage>();
            await using var end = cancellationToken.Register(() => never.TrySetCanceled(cancellationToken));
            return await never.Task;
        }
    }
}
