using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>Looks for the servers of a user's domain in the places that the options name, one after the other, each within its time.</summary>
internal sealed class ServerDiscovery : IServerDiscovery
{
    private readonly LyncClientOptions _options;
    private readonly SerialLoop _loop;
    private readonly ILogger _logger;
    private readonly ServiceLookup _services;
    private AutodiscoverClient? _web;
    private (string User, DiscoveredServer Server)? _remembered;

    private ServerDiscovery(LyncClientOptions options, SerialLoop loop, RandomSource random, ILogger logger)
    {
        _options = options;
        _loop = loop;
        _logger = logger;
        var resolver = options.Discovery.Resolver ?? new DnsResolver(new DnsResolverOptions { Time = options.TimeProvider }, loop, random);
        _services = new(resolver, random, options.Discovery);
    }

    private ServerDiscoveryOptions Discovery => _options.Discovery;

    /// <summary>The discovery of a client with these options. It opens nothing before it is asked.</summary>
    public static IServerDiscovery Create(LyncClientOptions options, SerialLoop loop, RandomSource random, ILogger logger) =>
        options.Server is { } server ? new ConfiguredServer(server) : new ServerDiscovery(options, loop, random, logger);

    public async IAsyncEnumerable<DiscoveredServer> FindAsync(
        SipUri user, Action<DiscoveryAttempt> report, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_remembered is var (whose, known) && whose == user.Text)
        {
            report(new DiscoveryAttempt(DiscoverySource.Remembered, known.Address.ToString(), DiscoveryOutcome.Found, "", [known.Address], TimeSpan.Zero));
            yield return known;
        }

        var given = new HashSet<SipTransportAddress>();
        foreach (var first in Discovery.Order.Select(source => StepAt(source, user)).OfType<DiscoveryStep>())
        {
            for (var step = first; step is not null;)
            {
                var began = _loop.Now;
                var finding = await TakeAsync(step, cancellationToken);
                report(new DiscoveryAttempt(step.Source, step.Question, finding.Outcome, finding.Detail, finding.Servers, _loop.Now - began));
                foreach (var address in finding.Servers.Where(given.Add))
                {
                    yield return new DiscoveredServer(address, address.Host, step.Source);
                }

                step = finding.NobodyAsked ? step.Otherwise : null;
            }
        }
    }

    public void Remember(SipUri user, DiscoveredServer server) => _remembered = (user.Text, server with { Source = DiscoverySource.Remembered });

    public void Forget(DiscoveryRenewal why)
    {
        if (_remembered is not null)
        {
            Log.ServerForgotten(_logger, why);
            _remembered = null;
        }
    }

    public void Dispose() => _web?.Dispose();

    private async Task<DiscoveryFinding> TakeAsync(DiscoveryStep step, CancellationToken cancellationToken)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = new LoopTimer(_loop, giveUp.Cancel);
        timer.SetDeadline(_loop.Now + Discovery.StepTimeout);
        try
        {
            // A handler or resolver of the application may not look at the token: it is not waited for longer.
            return await step.AskAsync(giveUp.Token).UntilAsync(giveUp.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return DiscoveryFinding.Of(DiscoveryOutcome.TimedOut) with { NobodyAsked = true };
        }
    }

    private DiscoveryStep? StepAt(DiscoverySource source, SipUri user)
    {
        var domain = user.Host.TrimEnd('.');

        // Names cannot be put before an address; only the address itself is left.
        if (IPAddress.TryParse(domain.Trim('[', ']'), out _) && source != DiscoverySource.Domain)
        {
            return null;
        }

        return source switch
        {
            DiscoverySource.AutodiscoverInternal => Web(source, "lyncdiscoverinternal." + domain, user),
            DiscoverySource.AutodiscoverExternal => Web(source, "lyncdiscover." + domain, user),
            DiscoverySource.ServiceInternalTls => Service(source, "_sipinternaltls._tcp.", "TLS", domain),
            DiscoverySource.ServiceTls => Service(source, "_sip._tls.", "TLS", domain),
            DiscoverySource.ServiceInternalTcp => Service(source, "_sipinternal._tcp.", "TCP", domain),
            DiscoverySource.ServiceTcp => Service(source, "_sip._tcp.", "TCP", domain),
            DiscoverySource.HostInternal => Host(source, "sipinternal." + domain, 5061),
            DiscoverySource.HostSip => Host(source, "sip." + domain, 5061, 443),
            DiscoverySource.HostExternal => Host(source, "sipexternal." + domain, 443, 5061),
            _ => Host(source, domain, 5061),
        };
    }

    // A hosted domain has a lyncdiscover host without a certificate for it: plain HTTP then says where to go.
    private DiscoveryStep Web(DiscoverySource source, string host, SipUri user) =>
        Web(source, Uri.UriSchemeHttps, host, user) with { Otherwise = Web(source, Uri.UriSchemeHttp, host, user) };

    private DiscoveryStep Web(DiscoverySource source, string scheme, string host, SipUri user) => new(
        source,
        $"{scheme}://{host}/",
        token => new AutodiscoverWalk(OpenWeb(), user, TrustOf(user), Discovery.MaxRedirects).StartAsync(AutodiscoverClient.RootAt(scheme, host, user), token));

    private DiscoveryStep Service(DiscoverySource source, string service, string transport, string domain) =>
        new(source, $"SRV {service}{domain}", token => _services.FindServiceAsync(service + domain, transport, new TrustedDomains(domain, Discovery.TrustedServerDomains), token));

    private DiscoveryStep Host(DiscoverySource source, string host, params int[] ports) => new(
        source,
        $"A {host}",
        token => IPAddress.TryParse(host.Trim('[', ']'), out _)
            ? Task.FromResult(DiscoveryFinding.Found([.. ports.Select(port => new SipTransportAddress("TLS", host, port))]))
            : _services.FindHostAsync(host, ports, token));

    private TrustedDomains TrustOf(SipUri user) => new(user.Host.TrimEnd('.'), Discovery.TrustedServerDomains);

    private AutodiscoverClient OpenWeb() => _web ??= new(
        Discovery.HttpHandler?.Invoke() ?? AutodiscoverHandler.Create(_options.Tls, Discovery.StepTimeout), Discovery.DocumentLimits, _options.UserAgent);
}
