using UcSdk.Core;

namespace UcSdk.Sip.Tests;

/// <summary>The decisions of RFC 3263 §4, one by one.</summary>
public sealed class ServerLocatorTests
{
    private readonly ScriptedResolver _dns = new();

    // §4: the example of the RFC: NAPTR prefers TLS, then TCP, then UDP; a client with TCP and UDP takes TCP.
    [Fact]
    public async Task The_example_of_the_RFC()
    {
        _dns.Naptr("example.com", 50, 50, "SIPS+D2T", "_sips._tcp.example.com")
            .Naptr("example.com", 90, 50, "SIP+D2T", "_sip._tcp.example.com")
            .Naptr("example.com", 100, 50, "SIP+D2U", "_sip._udp.example.com")
            .Srv("_sip._tcp.example.com", 0, 1, 5060, "server1.example.com")
            .Srv("_sip._tcp.example.com", 1, 2, 5060, "server2.example.com")
            .Host("server1.example.com", "192.0.2.1")
            .Host("server2.example.com", "192.0.2.2");
        Assert.Equal(["tcp://192.0.2.1:5060", "tcp://192.0.2.2:5060"], await LocateAsync("sip:user@example.com", "TCP", "UDP"));
        Assert.Equal(["NAPTR example.com", "SRV _sip._tcp.example.com"], _dns.Asked.Take(2));
    }

    [Theory]
    [InlineData("sip:192.0.2.7", "udp://192.0.2.7:5060")] // §4.1: numeric: UDP for sip
    [InlineData("sips:192.0.2.7", "tls://192.0.2.7:5061")] // and TLS for sips
    [InlineData("sip:[2001:db8::7]:5080", "udp://[2001:db8::7]:5080")]
    [InlineData("sip:192.0.2.7;transport=tcp", "tcp://192.0.2.7:5060")] // the URI says it
    [InlineData("sip:192.0.2.7;transport=tls", "tls://192.0.2.7:5061")]
    [InlineData("sips:192.0.2.7;transport=tcp", "tls://192.0.2.7:5061")]
    [InlineData("sip:elsewhere.test;maddr=192.0.2.8", "udp://192.0.2.8:5060")] // maddr is where it goes
    [InlineData("sip:host.test:5070", "udp://192.0.2.9:5070")] // a port: only the address is asked for
    [InlineData("sip:host.test:5070;transport=tcp", "tcp://192.0.2.9:5070")]
    [InlineData("sip:host.test", "udp://192.0.2.9:5060")] // neither NAPTR nor SRV: the address with the default port
    [InlineData("sips:host.test", "tls://192.0.2.9:5061")]
    [InlineData("sip:host.test.", "udp://192.0.2.9:5060")] // the root's dot
    [InlineData("sip:192.0.2.7;transport=sctp", null)] // a transport that we do not have
    [InlineData("tel:+123", null)]
    [InlineData("sip:unknown.test", null)]
    public async Task Without_service_records(string uri, string? target)
    {
        _dns.Host("host.test", "192.0.2.9");
        Assert.Equal(target is null ? [] : [target], await LocateAsync(uri, "UDP", "TCP", "TLS"));
    }

    [Fact]
    public async Task With_a_port_no_services_are_asked_for()
    {
        _dns.Host("host.test", "192.0.2.9");
        await LocateAsync("sip:host.test:5070", "UDP");
        Assert.Equal(["AAAA host.test", "A host.test"], _dns.Asked);
    }

    [Fact]
    public async Task With_a_transport_only_its_service_is_asked_for()
    {
        _dns.Srv("_sip._tcp.host.test", 0, 0, 5075, "a.host.test").Host("a.host.test", "192.0.2.9");
        Assert.Equal(["tcp://192.0.2.9:5075"], await LocateAsync("sip:host.test;transport=tcp", "UDP", "TCP"));
        Assert.Equal("SRV _sip._tcp.host.test", _dns.Asked[0]);
    }

    [Fact]
    public async Task Without_NAPTR_the_services_of_our_transports_are_asked_for_the_safest_first()
    {
        _dns.Srv("_sip._udp.host.test", 0, 0, 5060, "a.host.test").Host("a.host.test", "192.0.2.9");
        Assert.Equal(["udp://192.0.2.9:5060"], await LocateAsync("sip:host.test", "UDP", "TCP", "TLS"));
        Assert.Equal(["NAPTR host.test", "SRV _sips._tcp.host.test", "SRV _sip._tcp.host.test", "SRV _sip._udp.host.test"], _dns.Asked.Take(4));
    }

    [Fact]
    public async Task A_sips_URI_never_goes_in_the_clear()
    {
        _dns.Naptr("host.test", 10, 1, "SIP+D2T", "_sip._tcp.host.test")
            .Naptr("host.test", 20, 1, "SIPS+D2T", "_sips._tcp.host.test")
            .Srv("_sip._tcp.host.test", 0, 0, 5060, "a.host.test")
            .Srv("_sips._tcp.host.test", 0, 0, 5061, "a.host.test")
            .Host("a.host.test", "192.0.2.9");
        Assert.Equal(["tls://192.0.2.9:5061"], await LocateAsync("sips:host.test", "UDP", "TCP", "TLS"));
        Assert.Empty(await LocateAsync("sips:host.test", "UDP", "TCP"));
    }

    [Fact]
    public async Task NAPTR_records_count_by_order_and_then_by_preference_and_others_are_passed_over()
    {
        _dns.Naptr("host.test", 20, 1, "SIP+D2U", "_sip._udp.host.test")
            .Naptr("host.test", 10, 20, "SIP+D2U", "late.host.test")
            .Naptr("host.test", 10, 10, "SIP+D2T", "_sip._tcp.host.test")
            .Naptr("host.test", 1, 1, "E2U+sip", "enum.host.test", "u")
            .Naptr("host.test", 1, 1, "SIP+D2S", "_sip._sctp.host.test")
            .Srv("_sip._tcp.host.test", 0, 0, 5060, "a.host.test")
            .Host("a.host.test", "192.0.2.9");
        Assert.Equal(["tcp://192.0.2.9:5060"], await LocateAsync("sip:host.test", "UDP", "TCP"));
    }

    [Fact]
    public async Task A_service_that_is_decidedly_not_there_is_not_looked_for_elsewhere()
    {
        _dns.Srv("_sip._tcp.host.test", 0, 0, 0, "").Host("host.test", "192.0.2.9");
        Assert.Empty(await LocateAsync("sip:host.test;transport=tcp", "TCP"));
    }

    [Fact]
    public async Task Both_families_are_tried_in_turn()
    {
        Assert.SkipUnless(System.Net.Sockets.Socket.OSSupportsIPv6, "This machine has no IPv6.");
        _dns.Host("host.test", "192.0.2.1", "192.0.2.2", "192.0.2.3", "2001:db8::1");
        Assert.Equal(
            ["udp://[2001:db8::1]:5060", "udp://192.0.2.1:5060", "udp://192.0.2.2:5060", "udp://192.0.2.3:5060"],
            await LocateAsync("sip:host.test:5060", "UDP"));
    }

    [Fact]
    public async Task What_TLS_must_prove_is_the_domain_of_the_URI_and_not_the_host_that_the_DNS_names()
    {
        _dns.Srv("_sips._tcp.contoso.test", 0, 0, 5061, "pool.hoster.test").Host("pool.hoster.test", "192.0.2.9");
        var targets = await Locator("TLS").LocateAsync(SipUri.Parse("sip:contoso.test"), CancellationToken.None);
        Assert.Equal(("192.0.2.9", "contoso.test"), (Assert.Single(targets).Host, targets[0].Domain));
    }

    private async Task<string[]> LocateAsync(string uri, params string[] transports) =>
        [.. (await Locator(transports).LocateAsync(SipUri.Parse(uri), CancellationToken.None)).Select(target => target.ToString())];

    private ServerLocator Locator(params string[] transports) => new(_dns, transports, new SeededRandomSource(1));
}
