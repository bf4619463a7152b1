using System.Net;
using UcSdk.Core;
using UcSdk.Media;
using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>A scripted server, a network of 10 ms each way, and clients, all in virtual time.</summary>
internal sealed class Lab
{
    public static readonly TimeSpan Way = TimeSpan.FromMilliseconds(10);
    private readonly SeededRandomSource _random = new(42);
    private readonly List<LyncClient> _clients = [];
    private readonly List<ScriptedServer> _more = [];
    private int _hosts;

    public Lab()
    {
        Network = new(new MemoryNetworkOptions { Seed = 1, Delay = Way }, new LoopRuntime(Simulation, _random.Fork()));
        Media = new(Simulation, new MemoryMediaNetworkOptions { Delay = Way });
        Server = new(Simulation, Network, Media.GetHost(IPAddress.Parse("10.0.0.1")));
    }

    public SimulationScheduler Simulation { get; } = new();

    public MemoryNetwork Network { get; }

    public MemoryMediaNetwork Media { get; }

    public ScriptedServer Server { get; }

    /// <summary>Runs a story, then ends everything and makes sure that nothing is left.</summary>
    public void Run(Func<Task> story)
    {
        Simulation.Run(async () =>
        {
            await Server.StartAsync();
            await story();
            foreach (var client in _clients)
            {
                await client.DisposeAsync();
            }

            await Server.StopAsync();
            foreach (var server in _more)
            {
                await server.StopAsync();
            }
        });
        Simulation.Advance(TimeSpan.FromMinutes(2));
        Assert.All(_clients, client => Assert.True(client.Counts.IsEmpty, $"{client.Counts}"));
        Assert.All(_clients, client => Assert.Equal(new SipEndpointCounts(), client.Counts.Sip ?? new()));
        Assert.Equal(0, Network.OpenFlows);
        Assert.Equal(0, Media.OpenPorts);
    }

    /// <summary>Another server, at <c>tcp://host:5060</c>.</summary>
    public async Task<ScriptedServer> AddServerAsync(string host)
    {
        var server = new ScriptedServer(Simulation, Network, Media.GetHost(IPAddress.Parse($"10.0.2.{_more.Count + 1}")), host);
        _more.Add(server);
        await server.StartAsync();
        return server;
    }

    public LyncClient CreateClient(string name, ClientSeams? seams = null, Func<LyncClientOptions, LyncClientOptions>? change = null)
    {
        var options = new LyncClientOptions
        {
            Server = new("TCP", "server", 5060),
            TransportFactory = () => Network.CreateTransport(name),
            MediaNetwork = Media.GetHost(IPAddress.Parse($"10.0.1.{++_hosts}")),
            TimeProvider = Simulation.Time,
            Timings = new() { RefreshJitter = 0 },
        };
        var client = new LyncClient(change?.Invoke(options) ?? options, new LoopRuntime(Simulation, _random.Fork()), seams ?? ClientSeams.None);
        _clients.Add(client);
        return client;
    }

    public async Task<LyncClient> SignInAsync(string name, ClientSeams? seams = null, Func<LyncClientOptions, LyncClientOptions>? change = null)
    {
        var client = CreateClient(name, seams, change);
        await client.SignInAsync($"sip:{name}@contoso.com");
        return client;
    }

    /// <summary>A client in the conference, with audio.</summary>
    public async Task<(LyncClient Client, Conversation Conversation)> JoinAsync(string name, ClientSeams? seams = null)
    {
        var client = await SignInAsync(name, seams);
        return (client, await client.ConversationManager.JoinConferenceAsync(ScriptedServer.FocusUri));
    }

    public Task DelayAsync(double seconds) => Simulation.DelayAsync(TimeSpan.FromSeconds(seconds));
}
