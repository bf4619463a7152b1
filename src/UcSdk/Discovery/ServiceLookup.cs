using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>Servers that the DNS names: by SRV records (RFC 2782), or by well-known hosts of the domain.</summary>
internal sealed class ServiceLookup(IDnsResolver resolver, RandomSource random, ServerDiscoveryOptions options)
{
    /// <summary>The servers of a service, in the order of RFC 2782; those that are not to be trusted are left out, and named.</summary>
    public async Task<DiscoveryFinding> FindServiceAsync(string name, string transport, TrustedDomains trust, CancellationToken cancellationToken)
    {
        var answer = await resolver.QueryAsync(name, DnsRecordType.Srv, cancellationToken);
        var services = answer.Records.OfType<DnsRecord.Service>().ToArray();
        if (services.Length == 0)
        {
            return Nothing(answer);
        }

        // RFC 2782: the root as target says that the service is decidedly not there.
        var hosts = ServiceOrder.Arrange(services.Where(service => service.Target.Length > 0 && service.Port > 0), random);
        if (hosts.Count == 0)
        {
            return DiscoveryFinding.Of(DiscoveryOutcome.NotFound, "the domain says that it has no such service");
        }

        if (transport == "TCP" && !options.AllowPlainTcp)
        {
            return DiscoveryFinding.Of(DiscoveryOutcome.Refused, $"plain TCP to {hosts[0].Target} is not allowed ({nameof(ServerDiscoveryOptions.AllowPlainTcp)})");
        }

        var servers = hosts.Where(host => trust.Contains(host.Target)).Select(host => new SipTransportAddress(transport, host.Target, host.Port)).ToArray();
        var refused = string.Join("; ", hosts.Where(host => !trust.Contains(host.Target)).Select(host => trust.Refuse(host.Target)).Distinct());
        return servers.Length > 0 ? DiscoveryFinding.Found(servers, refused) : DiscoveryFinding.Of(DiscoveryOutcome.Refused, refused);
    }

    /// <summary>A host with its ports, TLS, if the DNS has an address for it.</summary>
    public async Task<DiscoveryFinding> FindHostAsync(string host, IReadOnlyList<int> ports, CancellationToken cancellationToken)
    {
        var four = await resolver.QueryAsync(host, DnsRecordType.A, cancellationToken);
        var answer = HasAddress(four) ? four : await resolver.QueryAsync(host, DnsRecordType.Aaaa, cancellationToken);
        return HasAddress(answer)
            ? DiscoveryFinding.Found([.. ports.Select(port => new SipTransportAddress("TLS", host, port))])
            : Nothing(answer);
    }

    private static bool HasAddress(DnsAnswer answer) => answer.Records.OfType<DnsRecord.Address>().Any();

    private static DiscoveryFinding Nothing(DnsAnswer answer) => answer.Status switch
    {
        DnsStatus.NoError or DnsStatus.NameError => DiscoveryFinding.Of(DiscoveryOutcome.NotFound),
        DnsStatus.TimedOut => DiscoveryFinding.Of(DiscoveryOutcome.TimedOut, "no DNS server answers"),
        var status => DiscoveryFinding.Of(DiscoveryOutcome.Failed, $"the DNS says {status}"),
    };
}
