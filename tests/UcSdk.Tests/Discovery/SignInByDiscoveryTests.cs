namespace UcSdk.Tests.Discovery;

/// <summary>A client that was told nothing but the user's address.</summary>
public sealed class SignInByDiscoveryTests : IDisposable
{
    private readonly SignInLab _lab = new();
    private readonly ScriptedDns _dns = new();
    private readonly ScriptedWeb _web = new();
    private int _handlers;

    public void Dispose() => _web.Dispose();

    [Fact]
    public void The_first_server_that_accepts_a_connection_signs_the_user_in_and_every_question_is_seen() => Run(async () =>
    {
        await _lab.AddServerAsync("fe2.contoso.com");
        _dns.Srv("_sipinternal._tcp.contoso.com", 0, 5060, "fe1.contoso.com").Srv("_sipinternal._tcp.contoso.com", 1, 5060, "fe2.contoso.com");

        await _lab.SignInAsync();

        Assert.Equal(
            [
                "1 Discover",
                "1 Discover AutodiscoverInternal https://lyncdiscoverinternal.contoso.com/: NotFound (lyncdiscoverinternal.contoso.com has no address), 0 s",
                "1 Discover AutodiscoverExternal https://lyncdiscover.contoso.com/: NotFound (lyncdiscover.contoso.com has no address), 0 s",
                "1 Discover ServiceInternalTls SRV _sipinternaltls._tcp.contoso.com: NotFound, 0 s",
                "1 Discover ServiceTls SRV _sip._tls.contoso.com: NotFound, 0 s",
                "1 Discover ServiceInternalTcp SRV _sipinternal._tcp.contoso.com: Found tcp://fe1.contoso.com:5060, tcp://fe2.contoso.com:5060, 0 s",
                "1 Connect tcp://fe1.contoso.com:5060",
                "1 Connect tcp://fe2.contoso.com:5060",
                "1 Register tcp://fe2.contoso.com:5060",
                "1 Provision tcp://fe2.contoso.com:5060",
                "1 Done tcp://fe2.contoso.com:5060",
            ],
            _lab.Stages.Log);
        Assert.DoesNotContain(_dns.Asked, question => question.Contains("_sip._tcp", StringComparison.Ordinal));
    });

    [Fact]
    public void Where_nothing_is_found_the_exception_says_what_was_asked() => Run(async () =>
    {
        var failure = await _lab.FailAsync();
        Assert.Equal((SignInStage.Discover, null), (failure.Stage, failure.Server));
        Assert.Equal(ServerDiscoveryOptions.DefaultOrder, failure.DiscoveryAttempts.Take(10).Select(attempt => attempt.Source));
        Assert.DoesNotContain("alice", failure.ToString(), StringComparison.Ordinal);
    });

    [Fact]
    public void The_next_sign_in_looks_no_further_than_the_server_that_was_good() => Run(async () =>
    {
        await _lab.AddServerAsync("fe1.contoso.com");
        _dns.Srv("_sipinternal._tcp.contoso.com", 0, 5060, "fe1.contoso.com");
        await _lab.SignInAsync();
        await _lab.Alice.SignOutAsync();
        var (questions, pages) = (_dns.Asked.Count, _web.Asked.Count);

        await _lab.SignInAsync();

        Assert.Equal((questions, pages), (_dns.Asked.Count, _web.Asked.Count));
        Assert.Contains(_lab.Stages.Log, line => line.StartsWith("1 Discover Remembered tcp://fe1.contoso.com:5060: Found", StringComparison.Ordinal));
    });

    [Fact]
    public void When_the_server_is_gone_for_good_the_client_finds_another_by_itself() => Run(async () =>
    {
        var first = await _lab.AddServerAsync("fe1.contoso.com");
        await _lab.AddServerAsync("fe2.contoso.com");
        _dns.Srv("_sipinternal._tcp.contoso.com", 0, 5060, "fe1.contoso.com").Srv("_sipinternal._tcp.contoso.com", 1, 5060, "fe2.contoso.com");
        await _lab.SignInAsync();

        await first.StopAsync();
        await _lab.DelayAsync(5);

        Assert.Equal(ClientState.SignedIn, _lab.Alice.State);
        Assert.Equal("tcp://fe2.contoso.com:5060", _lab.Stages.Items[^1].Server?.ToString());
    });

    [Fact]
    public void Signing_out_ends_a_discovery_that_hangs_and_disposal_gives_the_handler_back() => Run(async () =>
    {
        _web.Silent("https://lyncdiscoverinternal.contoso.com/");
        var signIn = _lab.SignInAsync();
        await _lab.DelayAsync(1);

        await _lab.Alice.SignOutAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => signIn);
        Assert.Equal(1, _handlers);
        await _lab.Alice.DisposeAsync();
        Assert.True(_web.IsDisposed);
    });

    private void Run(Func<Task> story) => _lab.Run(story, options => options with
    {
        Server = null,
        SignInAttempts = 1,
        Discovery = new()
        {
            Resolver = _dns,
            HttpHandler = () =>
            {
                _handlers++;
                return _web;
            },
            AllowPlainTcp = true,
        },
    });
}
