using System.Net;
using System.Net.Sockets;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// Finds the servers for a URI (RFC 3263 §4): which transport, which address, which port, in the order in which they are to be tried.
/// </summary>
internal sealed class ServerLocator(IDnsResolver resolver, IReadOnlyCollection<string> transports, RandomSource random)
{
    // §4.1: where the domain does not say what it prefers, the safest first.
    private static readonly string[] Preference = ["TLS", "TCP", "UDP"];

    /// <summary>The targets for a request to the URI, best first; empty when there are none. Each names the domain that TLS must prove.</summary>
    public async Task<IReadOnlyList<SipTransportAddress>> LocateAsync(SipUri uri, CancellationToken cancellationToken)
    {
        if (!uri.IsSip)
        {
            return [];
        }

        var target = (uri.Parameters["maddr"] ?? uri.Host).Trim('[', ']').TrimEnd('.');
        var wanted = WantedTransport(uri);
        if (wanted is not null && !Has(wanted))
        {
            return [];
        }

        if (IPAddress.TryParse(target, out var address))
        {
            return Default(wanted, uri) is { } transport ? [At(transport, address, uri.Port, uri)] : [];
        }

        if (uri.Port is { } port)
        {
            return Default(wanted, uri) is { } transport ? await AddressesAsync(transport, target, port, uri, cancellationToken) : [];
        }

        foreach (var (transport, name) in await ServicesAsync(target, wanted, uri.Scheme == "sips", cancellationToken))
        {
            if (await HostsAsync(transport, name, uri, cancellationToken) is { } hosts)
            {
                // §4.1: the first service that exists decides on the transport.
                return hosts;
            }
        }

        return Default(wanted, uri) is { } plain ? await AddressesAsync(plain, target, DefaultPort(plain), uri, cancellationToken) : [];
    }

    private static int DefaultPort(string transport) => transport == "TLS" ? 5061 : 5060;

    private static SipTransportAddress At(string transport, IPAddress address, int? port, SipUri uri) =>
        new(transport, address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString(), port ?? DefaultPort(transport))
        {
            Domain = transport == "TLS" ? uri.Host : null,
        };

    // sips means TLS over TCP, and transport=tls, though RFC 3261 §26.2.2 deprecates it, is what Lync peers write.
    private static string? WantedTransport(SipUri uri)
    {
        var named = uri.Parameters["transport"]?.ToUpperInvariant();
        return uri.Scheme == "sips" && named is null or "TCP" ? "TLS" : named;
    }

    private bool Has(string transport) => transports.Contains(transport);

    // §4.1: UDP for sip, TLS for sips, where nothing says otherwise; an endpoint without UDP uses what it has.
    private string? Default(string? wanted, SipUri uri) =>
        wanted is not null ? (Has(wanted) ? wanted : null)
        : uri.Scheme == "sips" ? (Has("TLS") ? "TLS" : null)
        : Has("UDP") ? "UDP"
        : Array.Find(["TCP", "TLS"], Has);

    // The names to ask SRV records for: as the NAPTR records say, or one for each transport that we have.
    private async Task<IReadOnlyList<(string Transport, string Name)>> ServicesAsync(
        string target, string? wanted, bool isSecure, CancellationToken cancellationToken)
    {
        if (wanted is null)
        {
            var answer = await resolver.QueryAsync(target, DnsRecordType.Naptr, cancellationToken);
            var named = answer.Records.OfType<DnsRecord.NamingAuthority>()
                .Where(record => record.Flags.Equals("S", StringComparison.OrdinalIgnoreCase))
                .Select(record => (Record: record, Transport: TransportOf(record.ServiceName)))
                .Where(service => service.Transport is { } transport && Has(transport) && (!isSecure || transport == "TLS"))
                .OrderBy(service => service.Record.Order).ThenBy(service => service.Record.Preference)
                .Select(service => (service.Transport!, service.Record.Replacement))
                .ToArray();
            if (named.Length > 0)
            {
                return named;
            }
        }

        return
        [
            .. Preference
                .Where(transport => wanted is null ? Has(transport) && (!isSecure || transport == "TLS") : transport == wanted)
                .Select(transport => (transport, transport switch
                {
                    "TLS" => $"_sips._tcp.{target}",
                    "TCP" => $"_sip._tcp.{target}",
                    _ => $"_sip._udp.{target}",
                })),
        ];
    }

    private static string? TransportOf(string service) => service.ToUpperInvariant() switch
    {
        "SIP+D2U" => "UDP",
        "SIP+D2T" => "TCP",
        "SIPS+D2T" => "TLS",
        _ => null,
    };

    // Null when there is no such service; empty when the domain says that it decidedly has none (a single target of ".", RFC 2782).
    private async Task<IReadOnlyList<SipTransportAddress>?> HostsAsync(string transport, string name, SipUri uri, CancellationToken cancellationToken)
    {
        var answer = await resolver.QueryAsync(name, DnsRecordType.Srv, cancellationToken);
        var services = answer.Records.OfType<DnsRecord.Service>().ToArray();
        if (services.Length == 0)
        {
            return null;
        }

        var targets = new List<SipTransportAddress>();
        foreach (var service in ServiceOrder.Arrange(services, random).Where(service => service.Target.Length > 0))
        {
            targets.AddRange(await AddressesAsync(transport, service.Target, service.Port, uri, cancellationToken, answer));
        }

        return targets;
    }

    // Both families in turn, IPv6 first (RFC 8305 §4). What a server sent along is not asked for again.
    private async Task<IReadOnlyList<SipTransportAddress>> AddressesAsync(
        string transport, string host, int port, SipUri uri, CancellationToken cancellationToken, DnsAnswer? along = null)
    {
        if (IPAddress.TryParse(host, out var literal))
        {
            return [At(transport, literal, port, uri)];
        }

        var known = along?.Records.OfType<DnsRecord.Address>().Where(record => record.Name.Equals(host, StringComparison.OrdinalIgnoreCase)).ToArray() ?? [];
        if (known.Length == 0)
        {
            var six = Socket.OSSupportsIPv6 ? await resolver.QueryAsync(host, DnsRecordType.Aaaa, cancellationToken) : DnsAnswer.Of(DnsStatus.NoError);
            var four = await resolver.QueryAsync(host, DnsRecordType.A, cancellationToken);
            known = [.. six.Records.Concat(four.Records).OfType<DnsRecord.Address>()];
        }

        var families = known.Select(record => record.Value).Distinct().ToLookup(address => address.AddressFamily);
        var (sixes, fours) = (families[AddressFamily.InterNetworkV6].ToArray(), families[AddressFamily.InterNetwork].ToArray());
        var addresses = new List<IPAddress>();
        for (var index = 0; index < Math.Max(sixes.Length, fours.Length); index++)
        {
            addresses.AddRange(sixes.Skip(index).Take(1));
            addresses.AddRange(fours.Skip(index).Take(1));
        }

        return [.. addresses.Select(address => At(transport, address, port, uri))];
    }
}
