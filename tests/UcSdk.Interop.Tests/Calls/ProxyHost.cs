using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>A proxy of ours on loopback. Whoever has registered gets what is addressed to the proxy; everything else goes where it leads.</summary>
internal sealed class ProxyHost : IAsyncDisposable
{
    private readonly ISipTransport _transport;
    private (SipUri Contact, SipFlow Flow)? _binding;

    private ProxyHost(ISipTransport transport)
    {
        _transport = transport;
        Endpoint = SipEndpoint.Create(new SipEndpointOptions { IsProxy = true }, transport);
        Endpoint.RequestReceived = Take;
        Endpoint.RouteRequest = request => _binding is { } binding && binding.Contact.IsEquivalentTo(request.Uri!) ? binding.Flow : null;
    }

    public SipEndpoint Endpoint { get; }

    public SipTransportAddress Address => _transport.ListenAddress!;

    public static async Task<ProxyHost> StartAsync(string transport, bool isStateless, CancellationToken cancellationToken)
    {
        var proxy = new ProxyHost(Loopback.Open(transport));
        if (isStateless)
        {
            proxy.Endpoint.RouteStateless = (request, _) =>
                request.Method == SipMethod.Register ? null : new StatelessRoute(proxy.TargetOf(request), new() { RecordRoute = true });
        }

        await proxy.Endpoint.StartAsync(cancellationToken);
        return proxy;
    }

    public ValueTask DisposeAsync() => Endpoint.DisposeAsync();

    private ProxyTarget TargetOf(SipRequest request) =>
        _binding is { } binding && request.Uri is { } uri && uri.Host == Address.Host && uri.Port == Address.Port
            ? new(binding.Contact, binding.Flow)
            : new(request.Uri!);

    private void Take(IncomingRequest request)
    {
        if (request.Request.Method != SipMethod.Register)
        {
            request.Proxy([TargetOf(request.Request)]);
            return;
        }

        var contact = request.Request.Contact!;
        _binding = (contact.Uri, request.Flow);
        request.Respond(StatusCode.Ok, null, response => response.Headers.Add(HeaderName.Contact, contact.WithParameter("expires", "600").ToString()));
    }
}
