using UcSdk.Sip;

namespace UcSdk.Load;

/// <summary>Two endpoints of this process, each on its own loop, and a flow from the first to the second.</summary>
internal sealed class EndpointPair : IAsyncDisposable
{
    private readonly MemoryNetwork? _network;

    private EndpointPair(SipEndpoint near, SipEndpoint far, SipFlow flow, MemoryNetwork? network)
    {
        Near = near;
        Far = far;
        Flow = flow;
        _network = network;
    }

    public SipEndpoint Near { get; }

    public SipEndpoint Far { get; }

    public SipFlow Flow { get; }

    public static async Task<EndpointPair> OpenAsync(Carrier carrier, SipEndpointOptions? near = null, SipEndpointOptions? far = null)
    {
        var network = carrier == Carrier.Memory ? new MemoryNetwork(new MemoryNetworkOptions { KeepTranscript = false }) : null;
        var (from, to) = (TransportOf(carrier, network, "near.test"), TransportOf(carrier, network, "far.test"));
        var caller = SipEndpoint.Create(near ?? new(), from);
        var callee = SipEndpoint.Create(far ?? new(), to);
        await callee.StartAsync();
        await caller.StartAsync();
        return new(caller, callee, await caller.ConnectAsync(to.ListenAddress!), network);
    }

    public async ValueTask DisposeAsync()
    {
        await Near.DisposeAsync();
        await Far.DisposeAsync();
        _network?.Dispose();
    }

    private static ISipTransport TransportOf(Carrier carrier, MemoryNetwork? network, string host) => carrier switch
    {
        Carrier.Memory => network!.CreateTransport(host, new("UDP", host, 5060)),
        Carrier.Udp => new UdpTransport(new() { Listen = new("UDP", "127.0.0.1", 0) }),
        _ => new TcpTransport(new() { Listen = new("TCP", "127.0.0.1", 0) }),
    };
}
