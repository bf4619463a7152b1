using System.Net;
using UcSdk.Core;
using UcSdk.Media;
using UcSdk.Sip;

namespace UcSdk.Server.Tests;

/// <summary>
/// A running server on a network in memory, in virtual time, with clients that speak text. Nothing here is our client: what the server
/// says is read as characters.
/// </summary>
internal sealed class ServerLab : IDisposable
{
    private readonly List<RawClient> _clients = [];
    private readonly List<UcServer> _others = [];
    private readonly UcServerOptions _options;
    private readonly LoopRuntime _runtime;

    public ServerLab(Func<UcServerOptions, UcServerOptions>? configure = null, ServerSeams? seams = null)
    {
        _runtime = new LoopRuntime(Scheduler, new SeededRandomSource(7));
        Network = new MemoryNetwork(new MemoryNetworkOptions { Seed = 1 }, _runtime);
        MediaNetwork = new MemoryMediaNetwork(Scheduler, new MemoryMediaNetworkOptions { Seed = 2 });
        var options = new UcServerOptions
        {
            Users = [new("alice") { DisplayName = "Alice" }, new("bob") { DisplayName = "Bob" }, new("carol") { DisplayName = "Carol" }],
            Network = Network,
            MediaNetwork = MediaNetwork.GetHost(IPAddress.Parse("10.0.0.1")),
        };
        _options = configure is null ? options : configure(options);
        Server = new UcServer(_options, _runtime, seams ?? ServerSeams.None);
        Run(() => Server.StartAsync());
    }

    public SimulationScheduler Scheduler { get; } = new();

    public MemoryNetwork Network { get; }

    public MemoryMediaNetwork MediaNetwork { get; }

    public UcServer Server { get; }

    public UcServerCounts Counts => Run(() => Server.GetCountsAsync());

    /// <summary>A client that has connected and said nothing.</summary>
    public RawClient Connect(string user, string epid, UcServer? server = null)
    {
        var client = new RawClient(this, user, epid, server);
        _clients.Add(client);
        return client;
    }

    /// <summary>Another server of the same domain and users, on a host of its own.</summary>
    public UcServer StartServer(string host, Func<UcServerOptions, UcServerOptions>? configure = null)
    {
        var options = _options with { Listen = [new SipTransportAddress("TCP", host, 5060)] };
        var server = new UcServer(configure is null ? options : configure(options), _runtime, ServerSeams.None);
        _others.Add(server);
        Run(() => server.StartAsync());
        return server;
    }

    /// <summary>A client that has signed in.</summary>
    public RawClient SignIn(string user, string? epid = null)
    {
        var client = Connect(user, epid ?? user + "01");
        client.Register();
        client.Expects("SIP/2.0 200 OK");
        return client;
    }

    public MediaSession CreateMedia() =>
        new(new SerialLoop(Scheduler), new SeededRandomSource(11), MediaNetwork.GetHost(IPAddress.Parse("10.0.0.9")), new MediaSessionOptions());

    public void Advance(TimeSpan time) => Scheduler.Advance(time);

    public T Run<T>(Func<Task<T>> work) => Scheduler.Run(work);

    public void Run(Func<Task> work) => Scheduler.Run(work);

    /// <summary>Stops the server and asserts that nothing stayed open, on the server and on the networks.</summary>
    public void Dispose()
    {
        foreach (var other in _others)
        {
            Run(async () => await other.DisposeAsync());
        }

        Run(async () => await Server.DisposeAsync());
        var counts = Counts;
        Assert.Equal(
            (0, 0, 0, 0, 0, 0, 0, 0),
            (counts.Bindings, counts.Conferences, counts.FocusDialogs, counts.RosterSubscriptions, counts.MediaLegs, counts.Mixers, counts.Work, counts.Sip.Flows));
        Assert.Equal(new SipEndpointCounts(), counts.Sip);
        foreach (var client in _clients)
        {
            client.Close();
        }

        Assert.Equal(0, Network.OpenFlows);
        Assert.Equal(0, MediaNetwork.OpenPorts);
        Network.Dispose();
    }
}
