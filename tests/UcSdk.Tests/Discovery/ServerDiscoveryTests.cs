using UcSdk.Sip;

namespace UcSdk.Tests.Discovery;

/// <summary>The order in which a server is looked for, and what the DNS says.</summary>
public sealed class ServerDiscoveryTests
{
    private readonly DiscoveryWorld _world = new();

    [Fact]
    public void Where_nothing_is_known_every_place_is_looked_at_once_in_the_order_of_the_desktop_clients()
    {
        Assert.Empty(_world.Find());
        Assert.Equal(
            [
                "AutodiscoverInternal https://lyncdiscoverinternal.contoso.com/: NotFound",
                "AutodiscoverExternal https://lyncdiscover.contoso.com/: NotFound",
                "ServiceInternalTls SRV _sipinternaltls._tcp.contoso.com: NotFound",
                "ServiceTls SRV _sip._tls.contoso.com: NotFound",
                "ServiceInternalTcp SRV _sipinternal._tcp.contoso.com: NotFound",
                "ServiceTcp SRV _sip._tcp.contoso.com: NotFound",
                "HostInternal A sipinternal.contoso.com: NotFound",
                "HostSip A sip.contoso.com: NotFound",
                "HostExternal A sipexternal.contoso.com: NotFound",
                "Domain A contoso.com: NotFound",
            ],
            _world.Lines);
        Assert.Equal(
            ["https://lyncdiscoverinternal.contoso.com/?sipuri=sip:alice@contoso.com", "https://lyncdiscover.contoso.com/?sipuri=sip:alice@contoso.com"], _world.Web.Asked);
        Assert.True(_world.Web.IsDisposed);
    }

    [Fact]
    public void Where_everything_is_known_each_place_gives_its_servers_with_its_ports()
    {
        _world.Options = _world.Options with { AllowPlainTcp = true };
        _world.Web.Document(
            "https://lyncdiscoverinternal.contoso.com/",
            """<AutodiscoverResponse AccessLocation="Internal"><Domain><SipClientInternalAccess fqdn="pool.contoso.com" port="443"/></Domain></AutodiscoverResponse>""");
        _world.Dns.Srv("_sipinternaltls._tcp.contoso.com", 0, 5061, "fe.contoso.com").Srv("_sip._tls.contoso.com", 0, 443, "edge.contoso.com")
            .Srv("_sipinternal._tcp.contoso.com", 0, 5060, "fe.contoso.com").Srv("_sip._tcp.contoso.com", 0, 5060, "edge.contoso.com")
            .Host("sipinternal.contoso.com").Host("sip.contoso.com").Host("sipexternal.contoso.com", "2001:db8::1").Host("contoso.com");
        Assert.Equal(
            [
                "AutodiscoverInternal tls://pool.contoso.com:443",
                "ServiceInternalTls tls://fe.contoso.com:5061",
                "ServiceTls tls://edge.contoso.com:443",
                "ServiceInternalTcp tcp://fe.contoso.com:5060",
                "ServiceTcp tcp://edge.contoso.com:5060",
                "HostInternal tls://sipinternal.contoso.com:5061",
                "HostSip tls://sip.contoso.com:5061",
                "HostSip tls://sip.contoso.com:443",
                "HostExternal tls://sipexternal.contoso.com:443",
                "HostExternal tls://sipexternal.contoso.com:5061",
                "Domain tls://contoso.com:5061",
            ],
            _world.Find());
    }

    [Fact]
    public void No_later_place_is_asked_while_a_server_of_an_earlier_one_is_good()
    {
        _world.Dns.Srv("_sipinternaltls._tcp.contoso.com", 0, 5061, "fe.contoso.com").Srv("_sip._tls.contoso.com", 0, 443, "edge.contoso.com");
        Assert.Equal(["ServiceInternalTls tls://fe.contoso.com:5061"], _world.Find(enough: 1));
        Assert.Equal(["SRV _sipinternaltls._tcp.contoso.com"], _world.Dns.Asked);
    }

    [Fact]
    public void A_server_that_two_places_name_is_given_once()
    {
        _world.Dns.Srv("_sipinternaltls._tcp.contoso.com", 0, 5061, "sip.contoso.com").Host("sip.contoso.com");
        Assert.Equal(["ServiceInternalTls tls://sip.contoso.com:5061", "HostSip tls://sip.contoso.com:443"], _world.Find());
    }

    [Fact]
    public void The_order_is_the_options_to_choose()
    {
        _world.Options = _world.Options with { Order = [DiscoverySource.HostSip, DiscoverySource.ServiceTls] };
        Assert.Empty(_world.Find());
        Assert.Equal(["HostSip A sip.contoso.com: NotFound", "ServiceTls SRV _sip._tls.contoso.com: NotFound"], _world.Lines);
        Assert.Empty(_world.Web.Asked);
    }

    [Fact]
    public void A_server_that_was_named_is_all_there_is()
    {
        _world.Server = new("TCP", "server", 5060);
        Assert.Equal(["Configured tcp://server:5060"], _world.Find());
        Assert.Equal(["Configured tcp://server:5060: Found"], _world.Lines);
        Assert.Empty(_world.Dns.Asked);
    }

    [Fact]
    public void Services_are_tried_by_priority_and_those_of_another_domain_not_at_all()
    {
        _world.Dns.Srv("_sip._tls.contoso.com", 2, 443, "c.contoso.com").Srv("_sip._tls.contoso.com", 1, 443, "sip.evil.example")
            .Srv("_sip._tls.contoso.com", 0, 443, "a.contoso.com").Srv("_sip._tls.contoso.com", 3, 443, "evilcontoso.com");
        Assert.Equal(["ServiceTls tls://a.contoso.com:443", "ServiceTls tls://c.contoso.com:443"], _world.Find());
        Assert.Equal(
            "sip.evil.example is outside of contoso.com and of the trusted server domains; evilcontoso.com is outside of contoso.com and of the trusted server domains",
            _world.At(DiscoverySource.ServiceTls).Detail);
    }

    [Theory]
    [InlineData("sipdir.online.lync.com", "online.lync.com", true)]
    [InlineData("online.lync.com", "online.lync.com", true)]
    [InlineData("online.lync.com", "ONLINE.lync.com.", true)]
    [InlineData("sipdir.online.lync.com.evil.example", "online.lync.com", false)]
    [InlineData("sipdironline.lync.com", "online.lync.com", false)]
    public void A_service_in_a_trusted_domain_is_used(string host, string trusted, bool isUsed)
    {
        _world.Options = _world.Options with { TrustedServerDomains = [trusted] };
        _world.Dns.Srv("_sip._tls.contoso.com", 0, 443, host);
        Assert.Equal(isUsed ? [$"ServiceTls tls://{host}:443"] : [], _world.Find());
        Assert.Equal(isUsed ? DiscoveryOutcome.Found : DiscoveryOutcome.Refused, _world.At(DiscoverySource.ServiceTls).Outcome);
    }

    [Fact]
    public void Plain_tcp_is_refused_unless_it_is_allowed()
    {
        _world.Dns.Srv("_sipinternal._tcp.contoso.com", 0, 5060, "fe.contoso.com");
        Assert.Empty(_world.Find());
        Assert.Equal(DiscoveryOutcome.Refused, _world.At(DiscoverySource.ServiceInternalTcp).Outcome);
        Assert.Equal("plain TCP to fe.contoso.com is not allowed (AllowPlainTcp)", _world.At(DiscoverySource.ServiceInternalTcp).Detail);
    }

    [Fact]
    public void A_domain_may_say_that_it_has_no_such_service()
    {
        _world.Dns.Srv("_sip._tls.contoso.com", 0, 0, "");
        Assert.Empty(_world.Find());
        Assert.Equal((DiscoveryOutcome.NotFound, "the domain says that it has no such service"), (_world.At(DiscoverySource.ServiceTls).Outcome, _world.At(DiscoverySource.ServiceTls).Detail));
    }

    [Theory]
    [InlineData(DnsStatus.TimedOut, DiscoveryOutcome.TimedOut)]
    [InlineData(DnsStatus.ServerFailure, DiscoveryOutcome.Failed)]
    [InlineData(DnsStatus.Refused, DiscoveryOutcome.Failed)]
    [InlineData(DnsStatus.NameError, DiscoveryOutcome.NotFound)]
    public void What_is_wrong_with_the_dns_is_told(DnsStatus trouble, DiscoveryOutcome outcome)
    {
        _world.Dns.Trouble = trouble;
        Assert.Empty(_world.Find());
        Assert.Equal((outcome, outcome), (_world.At(DiscoverySource.ServiceTls).Outcome, _world.At(DiscoverySource.HostSip).Outcome));
    }

    [Fact]
    public void A_question_that_nobody_answers_takes_its_time_and_no_more()
    {
        _world.Options = _world.Options with { StepTimeout = TimeSpan.FromSeconds(3) };
        _world.Dns.Silent.Add("_sip._tls.contoso.com");
        _world.Dns.Host("sip.contoso.com");
        Assert.Equal("HostSip tls://sip.contoso.com:5061", _world.Find(enough: 1)[0]);
        Assert.Equal((DiscoveryOutcome.TimedOut, TimeSpan.FromSeconds(3)), (_world.At(DiscoverySource.ServiceTls).Outcome, _world.At(DiscoverySource.ServiceTls).Took));
    }

    [Fact]
    public void Who_gives_up_is_let_go_at_once()
    {
        _world.Dns.Silent.Add("_sip._tls.contoso.com");
        using var cancel = new CancellationTokenSource();
        var waited = _world.Use(async discovery =>
        {
            var began = _world.Simulation.Clock.Now;
            var finding = _world.FindAsync(discovery, DiscoveryWorld.Alice, 1, cancel.Token);
            await _world.Simulation.DelayAsync(TimeSpan.FromSeconds(1));
            Cancel(cancel);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => finding);
            return _world.Simulation.Clock.Now - began;
        });
        Assert.Equal(TimeSpan.FromSeconds(1), waited);
    }

    // CancelAsync would leave the simulation's thread.
    private static void Cancel(CancellationTokenSource source) => source.Cancel();

    [Fact]
    public void A_server_that_was_good_comes_first_until_it_is_forgotten()
    {
        _world.Dns.Srv("_sip._tls.contoso.com", 0, 443, "edge.contoso.com").Host("sip.contoso.com");
        var found = _world.Use(async discovery =>
        {
            var all = new List<string>();
            discovery.Remember(DiscoveryWorld.Alice, new(new("TLS", "sip.contoso.com", 443), "sip.contoso.com", DiscoverySource.HostSip));
            all.AddRange(await _world.FindAsync(discovery, DiscoveryWorld.Alice, 1, default));
            all.AddRange(await _world.FindAsync(discovery, SipUri.Parse("sip:bob@contoso.com"), 1, default));
            all.AddRange(await _world.FindAsync(discovery, DiscoveryWorld.Alice, 2, default));
            discovery.Forget(DiscoveryRenewal.UserMoved);
            all.AddRange(await _world.FindAsync(discovery, DiscoveryWorld.Alice, 1, default));
            return all;
        });
        Assert.Equal(
            [
                "Remembered tls://sip.contoso.com:443",
                "ServiceTls tls://edge.contoso.com:443",
                "Remembered tls://sip.contoso.com:443", "ServiceTls tls://edge.contoso.com:443",
                "ServiceTls tls://edge.contoso.com:443",
            ],
            found);
    }

    [Fact]
    public void A_domain_that_is_an_address_is_its_own_server()
    {
        Assert.Equal(["Domain tls://192.0.2.7:5061"], _world.Find(user: SipUri.Parse("sip:alice@192.0.2.7")));
        Assert.Empty(_world.Dns.Asked);
        Assert.Empty(_world.Web.Asked);
        Assert.Equal(["Domain tls://[2001:db8::7]:5061"], _world.Find(user: SipUri.Parse("sip:alice@[2001:db8::7]")));
    }

    [Fact]
    public void Options_that_cannot_be_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new ServerDiscoveryOptions { Order = [] }.Validate());
        Assert.Throws<ArgumentException>(() => new ServerDiscoveryOptions { Order = [DiscoverySource.Configured] }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new ServerDiscoveryOptions { StepTimeout = TimeSpan.Zero }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new ServerDiscoveryOptions { MaxRedirects = 101 }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new ServerDiscoveryOptions { MaxRedirects = -1 }.Validate());
        Assert.Throws<ArgumentException>(() => new ServerDiscoveryOptions { TrustedServerDomains = [" "] }.Validate());
        new ServerDiscoveryOptions { MaxRedirects = 100 }.Validate();
        new ServerDiscoveryOptions { MaxRedirects = 0 }.Validate();
    }
}
