using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>Makes the SIP endpoint of a client from its options.</summary>
internal static class EndpointFactory
{
    /// <summary>A started endpoint on the loop.</summary>
    /// <param name="options">The client's.</param>
    /// <param name="runtime">Its clock and its source of chance.</param>
    /// <param name="loop">Its loop.</param>
    /// <param name="challenged">Hears the scheme of each challenge that is answered.</param>
    /// <param name="configure">Sets the endpoint's handlers before it starts.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<SipEndpoint> OpenAsync(
        LyncClientOptions options, LoopRuntime runtime, SerialLoop loop, Action<string> challenged, Action<SipEndpoint> configure, CancellationToken cancellationToken)
    {
        var transports = options.TransportFactory is { } create ? [create()] : CreateTransports(options);
        var endpoint = new SipEndpoint(
            new SipEndpointOptions
            {
                Timings = options.Timings,
                Limits = options.Limits,
                Extensions = [.. new SipEndpointOptions().Extensions, MessageInvite.Multiparty],
                UserAgent = options.UserAgent,
                AuthenticationSchemes = options.AuthenticationSchemes,
                AssociationLifetime = options.AssociationLifetime,
                Credentials = options.Password is not null || options.UsesTicketCache ? [new UserCredentials(options.UserName, options.Password, options.UsesTicketCache) { Challenged = challenged }] : [],
                Trace = options.Trace,
                LogUserData = options.LogUserData,
                LoggerFactory = options.LoggerFactory,
            },
            runtime,
            loop,
            transports);
        configure(endpoint);
        try
        {
            await endpoint.StartAsync(cancellationToken);
        }
        catch
        {
            await endpoint.DisposeAsync();
            throw;
        }

        return endpoint;
    }

    // A server may send the user to one with TLS; the other way is not taken, and found are servers with TLS, unless the options allow others.
    private static ISipTransport[] CreateTransports(LyncClientOptions options)
    {
        var plain = options.Server ?? (options.Discovery.AllowPlainTcp ? new SipTransportAddress("TCP", "", 0) : null);
        IReadOnlyList<ISipTransport> transports = plain is null or { Transport: "TLS" } ? [] : SipTransports.ToReach(plain, options.Limits, options.Tls);
        return [.. transports, .. SipTransports.ToReach(new SipTransportAddress("TLS", "", 0), options.Limits, options.Tls)];
    }
}
