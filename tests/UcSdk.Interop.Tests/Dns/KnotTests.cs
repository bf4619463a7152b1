using System.Globalization;
using System.Text;
using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>Our resolver and RFC 3263 at a DNS server that we did not write.</summary>
public sealed class KnotTests
{
    [Fact]
    public async Task Every_kind_of_record_is_understood()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var knot = await KnotServer.StartAsync(
            """
            @ IN NAPTR 50 10 "s" "SIPS+D2T" "" _sips._tcp
            @ IN NAPTR 90 10 "s" "SIP+D2U" "" _sip._udp
            _sips._tcp IN SRV 1 60 5061 edge
            _sips._tcp IN SRV 2 0 5061 backup
            edge IN A 192.0.2.1
            edge IN AAAA 2001:db8::1
            backup IN CNAME edge
            """,
            limit.Token);
        var naptr = await knot.Resolver.QueryAsync("contoso.test", DnsRecordType.Naptr, limit.Token);
        Assert.Equal(["SIPS+D2T", "SIP+D2U"], naptr.Records.OfType<DnsRecord.NamingAuthority>().OrderBy(record => record.Order).Select(record => record.ServiceName));
        var alias = await knot.Resolver.QueryAsync("backup.contoso.test", DnsRecordType.Aaaa, limit.Token);
        Assert.Equal("2001:db8::1", Assert.Single(alias.Records.OfType<DnsRecord.Address>()).Value.ToString());
        Assert.Equal(DnsStatus.NameError, (await knot.Resolver.QueryAsync("nothing.contoso.test", DnsRecordType.A, limit.Token)).Status);
        Assert.Equal(DnsStatus.Refused, (await knot.Resolver.QueryAsync("fabrikam.test", DnsRecordType.A, limit.Token)).Status);

        var located = await new ServerLocator(knot.Resolver, ["TLS"], new SeededRandomSource(1)).LocateAsync(SipUri.Parse("sip:contoso.test"), limit.Token);
        Assert.Equal(["[2001:db8::1]", "192.0.2.1", "[2001:db8::1]", "192.0.2.1"], located.Select(target => target.Host));
        Assert.All(located, target => Assert.Equal("contoso.test", target.Domain));
    }

    [Fact]
    public async Task An_answer_too_long_for_a_datagram_comes_by_TCP()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var records = new StringBuilder();
        for (var number = 0; number < 120; number++)
        {
            records.AppendLine(CultureInfo.InvariantCulture, $"_sip._udp IN SRV {number} 0 5060 a-rather-long-name-of-host-number-{number}");
        }

        await using var knot = await KnotServer.StartAsync(records.ToString(), limit.Token);
        var answer = await knot.Resolver.QueryAsync("_sip._udp.contoso.test", DnsRecordType.Srv, limit.Token);
        Assert.Equal(Enumerable.Range(0, 120), answer.Records.OfType<DnsRecord.Service>().Select(record => record.Priority).Order());
    }

    [Fact]
    public async Task A_request_finds_its_server_and_passes_over_one_that_is_not_there()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var phone = await Phone.StartAsync("TCP", limit.Token);
        await using var knot = await KnotServer.StartAsync(
            string.Create(CultureInfo.InvariantCulture, $"_sip._tcp IN SRV 1 0 {SippProgram.FreePort()} ns\n_sip._tcp IN SRV 2 0 {phone.Address.Port} ns"), limit.Token);
        await using var caller = SipEndpoint.Create(new() { Resolver = knot.Resolver }, Loopback.Open("TCP"));
        await caller.StartAsync(limit.Token);
        var uri = SipUri.Parse("sip:bob@contoso.test");
        var options = caller.CreateRequest(SipMethod.Options, uri, new NameAddr(SipUri.Parse("sip:alice@contoso.test")), new NameAddr(uri));
        Assert.Equal(StatusCode.Ok, (await caller.SendAsync(options, null, limit.Token)).StatusCode);
        Assert.Contains("OPTIONS sip:bob@contoso.test SIP/2.0", phone.Heard);
    }
}
