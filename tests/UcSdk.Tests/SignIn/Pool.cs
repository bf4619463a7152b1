using System.Net;
using UcSdk.Core;
using UcSdk.Media;
using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>Embedded servers of one domain beside each other, and clients of theirs, in memory and virtual time.</summary>
internal sealed class Pool : IDisposable
{
    private readonly SimulationScheduler _simulation = new();
    private readonly SeededRandomSource _random = new(7);
    private readonly MemoryMediaNetwork _media;
    private readonly List<LyncClient> _clients = [];
    private readonly List<UcServer> _servers = [];
    private byte _hosts;

    private Pool()
    {
        Network = new(new MemoryNetworkOptions { Seed = 1, Delay = Lab.Way }, new LoopRuntime(_simulation, _random.Fork()));
        _media = new(_simulation, new());
    }

    public MemoryNetwork Network { get; }

    public static SipTransportAddress At(string host) => new("TCP", host + ".contoso.test", 5060);

    /// <summary>Tells a story; at the end nothing may be left.</summary>
    public static void Run(Func<Pool, Task> story)
    {
        using var pool = new Pool();
        pool._simulation.Run(async () =>
        {
            await story(pool);
            foreach (var client in pool._clients)
            {
                await client.DisposeAsync();
                Assert.True(client.Counts.IsEmpty, $"{client.Counts}");
            }

            foreach (var server in pool._servers)
            {
                await server.DisposeAsync();
            }
        });
        pool._simulation.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(0, pool.Network.OpenFlows);
    }

    /// <summary>Starts a server at <c>host.contoso.test</c>, which serves alice.</summary>
    public async Task<UcServer> StartAsync(string host, Func<UcServerOptions, UcServerOptions>? change = null)
    {
        var options = new UcServerOptions { Users = [new("alice")], Listen = [At(host)], Network = Network, MediaNetwork = NextMedia() };
        var server = new UcServer(change?.Invoke(options) ?? options, new LoopRuntime(_simulation, _random.Fork()), ServerSeams.None);
        _servers.Add(server);
        await server.StartAsync();
        return server;
    }

    public LyncClient CreateClient(string host, string server, Func<LyncClientOptions, LyncClientOptions>? change = null)
    {
        var options = new LyncClientOptions
        {
            Server = At(server),
            TransportFactory = () => Network.CreateTransport(host),
            MediaNetwork = NextMedia(),
            TimeProvider = _simulation.Time,
        };
        _clients.Add(new LyncClient(change?.Invoke(options) ?? options, new LoopRuntime(_simulation, _random.Fork()), ClientSeams.None));
        return _clients[^1];
    }

    public async Task<(LyncClient Client, Recorder<ClientStateChange> States)> SignInAsync(
        string host, string server, Func<LyncClientOptions, LyncClientOptions>? change = null)
    {
        var client = CreateClient(host, server, change);
        var states = new Recorder<ClientStateChange>();
        client.StateChanges.Subscribe(states);
        await client.SignInAsync("sip:alice@contoso.test");
        return (client, states);
    }

    public void Dispose()
    {
        Network.Dispose();
        _media.Dispose();
        _simulation.RunUntilIdle();
    }

    public Task DelayAsync(double seconds) => _simulation.DelayAsync(TimeSpan.FromSeconds(seconds));

    public static async Task<int> CountAsync(UcServer server) => (await server.GetCountsAsync()).Bindings;

    private IMediaNetwork NextMedia() => _media.GetHost(new IPAddress([10, 0, 0, ++_hosts]));
}
