using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>How a <see cref="LyncClient"/> without <see cref="LyncClientOptions.Server"/> finds its server.</summary>
public sealed record ServerDiscoveryOptions
{
    /// <summary>The places in the order in which desktop clients look: Autodiscover, SRV records, well-known hosts, the domain itself.</summary>
    public static IReadOnlyList<DiscoverySource> DefaultOrder { get; } =
    [
        DiscoverySource.AutodiscoverInternal,
        DiscoverySource.AutodiscoverExternal,
        DiscoverySource.ServiceInternalTls,
        DiscoverySource.ServiceTls,
        DiscoverySource.ServiceInternalTcp,
        DiscoverySource.ServiceTcp,
        DiscoverySource.HostInternal,
        DiscoverySource.HostSip,
        DiscoverySource.HostExternal,
        DiscoverySource.Domain,
    ];

    /// <summary>Where to look, in this order; default <see cref="DefaultOrder"/>. At least one; neither Configured nor Remembered, which are not looked for.</summary>
    public IReadOnlyList<DiscoverySource> Order { get; init; } = DefaultOrder;

    /// <summary>
    /// Makes what sends the HTTP requests, once; null, the default, is a <c>SocketsHttpHandler</c> that follows no redirect, sends no credentials, keeps no cookies and
    /// trusts what <see cref="LyncClientOptions.Tls"/> trusts. One given here must do so too. The client disposes it.
    /// </summary>
    public Func<HttpMessageHandler>? HttpHandler { get; init; }

    /// <summary>Asks the DNS; null, the default, is a <see cref="DnsResolver"/> with the system's servers. The Autodiscover hosts are resolved by the handler.</summary>
    public IDnsResolver? Resolver { get; init; }

    /// <summary>How long one question may take, redirects included; default 5 s, more than zero.</summary>
    public TimeSpan StepTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many redirects one question may take; default 10, 0…100.</summary>
    public int MaxRedirects { get; init; } = 10;

    /// <summary>
    /// Domains beside the user's own in which servers may be that the DNS names, e.g. <c>online.lync.com</c> for <c>sipdir.online.lync.com</c>. A SRV record outside of the
    /// user's domain is not used otherwise, because anyone who forges an answer could name a host for which he does have a certificate. Default none.
    /// </summary>
    public IReadOnlyList<string> TrustedServerDomains { get; init; } = [];

    /// <summary>
    /// Whether a server may be used that the DNS offers over plain TCP. Default no: who can suppress the answers for TLS would get the sign-in in clear
    /// otherwise. A server named in <see cref="LyncClientOptions.Server"/> is not concerned.
    /// </summary>
    public bool AllowPlainTcp { get; init; }

    /// <summary>What a document of the Autodiscover service may cost; default 64 KiB, and 1,000 elements.</summary>
    public DocumentLimits DocumentLimits { get; init; } = new() { MaxBytes = 64 * 1024, MaxElements = 1000 };

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Order);
        ArgumentNullException.ThrowIfNull(TrustedServerDomains);
        ArgumentNullException.ThrowIfNull(DocumentLimits);
        if (Order.Count == 0 || Order.Any(source => source is DiscoverySource.Configured or DiscoverySource.Remembered || !Enum.IsDefined(source)))
        {
            throw new ArgumentException("The order names at least one place to look; Configured and Remembered are not looked for.", nameof(Order));
        }

        if (StepTimeout <= TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(StepTimeout), StepTimeout, "More than zero is wanted.");
        }

        if (MaxRedirects is < 0 or > 100)
        {
            throw new ArgumentOutOfRangeException(nameof(MaxRedirects), MaxRedirects, "0 to 100 redirects.");
        }

        if (TrustedServerDomains.Any(string.IsNullOrWhiteSpace))
        {
            throw new ArgumentException("A trusted domain has a name.", nameof(TrustedServerDomains));
        }
    }
}
