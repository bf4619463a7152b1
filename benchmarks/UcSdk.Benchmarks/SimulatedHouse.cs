using System.Net;
using UcSdk.Core;
using UcSdk.Media;
using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Benchmarks;

/// <summary>A server and clients in memory, on virtual time.</summary>
internal sealed class SimulatedHouse : IAsyncDisposable
{
    private readonly SeededRandomSource _random = new(1);
    private readonly MemoryNetwork _network;
    private readonly MemoryMediaNetwork _media;
    private readonly UcServer _server;
    private readonly List<LyncClient> _clients = [];
    private readonly List<ISipTransport> _peers = [];
    private readonly SipPassword? _password;

    /// <summary>A server that is not started yet.</summary>
    /// <param name="scheduler">Time.</param>
    /// <param name="users">How many it knows.</param>
    /// <param name="delay">How long a message takes.</param>
    /// <param name="password">Everybody's; null where nobody is asked for one.</param>
    /// <param name="schemes">In which the server asks for it; null for its default.</param>
    public SimulatedHouse(SimulationScheduler scheduler, int users, TimeSpan delay, SipPassword? password = null, IReadOnlyList<SipAuthenticationScheme>? schemes = null)
    {
        _password = password;
        Scheduler = scheduler;
        _network = new MemoryNetwork(new MemoryNetworkOptions { Seed = 1, Delay = delay, KeepTranscript = false }, NextRuntime());
        _media = new MemoryMediaNetwork(scheduler, new MemoryMediaNetworkOptions { Delay = delay });
        _server = new UcServer(
            new UcServerOptions
            {
                Users = [.. Enumerable.Range(0, users).Select(index => new UcServerUser(NameOf(index)) { Password = password })],
                Authentication = schemes is null ? new() : new() { Schemes = schemes },
                Network = _network,
                MediaNetwork = HostOf(0),
            },
            NextRuntime(),
            new ServerSeams());
    }

    public SimulationScheduler Scheduler { get; }

    public Task StartAsync() => _server.StartAsync();

    public async Task<LyncClient> SignInAsync(int index)
    {
        var name = NameOf(index);
        var client = new LyncClient(
            new LyncClientOptions
            {
                Server = _server.ListenAddresses[0],
                Password = _password,
                TransportFactory = () => _network.CreateTransport(name),
                MediaNetwork = HostOf(index + 1),
            },
            NextRuntime(),
            new ClientSeams());
        await client.SignInAsync(_server.AddressOf(name));
        _clients.Add(client);
        return client;
    }

    /// <summary>Signs in by NTLM a client that keeps nothing.</summary>
    public async Task SignInPeerAsync(int index)
    {
        var name = NameOf(index);
        var transport = _network.CreateTransport(name);
        _peers.Add(transport);
        await new SigningPeer(transport, name, _password!, _random.Fork(), Scheduler.Time).SignInAsync(_server.ListenAddresses[0]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var peer in _peers)
        {
            await peer.DisposeAsync();
        }

        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        await _server.DisposeAsync();
        _network.Dispose();
        _media.Dispose();
    }

    private static string NameOf(int index) => $"user{index}";

    private IMediaNetwork HostOf(int index) => _media.GetHost(new IPAddress([10, 0, (byte)(index >> 8), (byte)index]));

    private LoopRuntime NextRuntime() => new(Scheduler, _random.Fork());
}
