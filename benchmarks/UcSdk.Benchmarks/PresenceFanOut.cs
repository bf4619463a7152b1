using System.Globalization;
using System.Text;
using UcSdk.Core;
using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Benchmarks;

/// <summary>
/// One change of state, told to 1,000 watchers by the embedded server, beside an endpoint that sends as many BENOTIFYs with a body that is there already; and what the
/// server keeps for each watched contact. Everything in memory, on one thread, receivers that only count included.
/// </summary>
internal static class PresenceFanOut
{
    private const int Watchers = 1000;
    private const int WarmUp = 60;
    private const int Rounds = 200;
    private const int Lists = 100;
    private const int Contacts = 100;

    public static IEnumerable<string> Measure()
    {
        var bare = MeasureBare();
        var server = MeasureServer();
        yield return bare.Row($"bare BENOTIFY with a ready body to {Watchers} subscribers, each", "baseline");
        yield return server.Row($"a user's change told to {Watchers} watchers, each", (server.Time / bare.Time).ToString("F2", CultureInfo.InvariantCulture) + " ×");
        yield return string.Create(CultureInfo.InvariantCulture, $"| kept by the server for a watched contact, {Lists} watchers of {Contacts} contacts | – | – | {WeighContact():F0} B kept |");
    }

    private static FanOutCost MeasureServer()
    {
        using var world = new World(Watchers + 1);
        var peers = world.ConnectAll(Watchers + 1);
        var alice = peers[0];
        var watchers = peers[1..];
        foreach (var watcher in watchers)
        {
            watcher.Watch([alice.Address]);
        }

        var version = 0;
        return Mean(watchers, () => alice.Publish(version, version++ % 2 == 0 ? 6500 : 9500));
    }

    private static FanOutCost MeasureBare()
    {
        var scheduler = new SimulationScheduler();
        var random = new SeededRandomSource(1);
        using var network = new MemoryNetwork(new MemoryNetworkOptions { Seed = 1, KeepTranscript = false }, new LoopRuntime(scheduler, random.Fork()));
        var loop = new SerialLoop(scheduler);
        var subscriptions = new List<NotifierSubscription>();
        var address = new SipTransportAddress("TCP", "bare.contoso.test", 5060);
        var transport = network.CreateTransport(address.Host, address, loop);
        var endpoint = new SipEndpoint(new SipEndpointOptions(), new LoopRuntime(scheduler, random.Fork()), loop, [transport])
        {
            RequestReceived = request =>
            {
                var subscription = request.CreateSubscription();
                subscriptions.Add(subscription);
                subscription.Accept(TimeSpan.FromHours(8));
            },
        };
        scheduler.Run(() => endpoint.StartAsync());
        var peers = new List<CountingPeer>();
        for (var index = 0; index < Watchers; index++)
        {
            var peer = new CountingPeer(scheduler, network.CreateTransport($"w{index}"), $"w{index}");
            peer.Connect(transport.ListenAddress!);
            peer.Subscribe();
            peers.Add(peer);
        }

        // As long as what the server tells of one user's state.
        var body = Encoding.UTF8.GetBytes(new string('x', 420));
        var measured = Mean(peers, () =>
        {
            loop.Post(() => subscriptions.ForEach(subscription => subscription.Notify("application/msrtc-event-categories+xml", body)));
            scheduler.RunUntilIdle();
        });
        peers.ForEach(peer => peer.Close());
        scheduler.Run(async () => await endpoint.DisposeAsync());
        return measured;
    }

    private static double WeighContact()
    {
        using var world = new World(Lists + Contacts);
        var peers = world.ConnectAll(Lists + Contacts);
        var contacts = peers.Take(Contacts).Select(peer => peer.Address).ToArray();
        // What is made once for every user is there before.
        peers[^1].Watch(contacts);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        foreach (var watcher in peers.Skip(Contacts).SkipLast(1))
        {
            watcher.Watch(contacts);
        }

        return (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)((Lists - 1) * Contacts);
    }

    private static FanOutCost Mean(List<CountingPeer> receivers, Action round) =>
        FanOutCost.Measure(receivers.Count, () => receivers.Sum(peer => peer.Heard), WarmUp, Rounds, round);

    private sealed class World : IDisposable
    {
        private readonly SimulationScheduler _scheduler = new();
        private readonly SeededRandomSource _random = new(1);
        private readonly MemoryNetwork _network;
        private readonly UcServer _server;
        private readonly List<CountingPeer> _peers = [];

        public World(int users)
        {
            _network = new MemoryNetwork(new MemoryNetworkOptions { Seed = 1, KeepTranscript = false }, new LoopRuntime(_scheduler, _random.Fork()));
            var options = new UcServerOptions { Users = [.. Enumerable.Range(0, users).Select(index => new UcServerUser(NameOf(index)))], Network = _network };
            _server = new UcServer(options, new LoopRuntime(_scheduler, _random.Fork()), new ServerSeams());
            _scheduler.Run(() => _server.StartAsync());
        }

        public List<CountingPeer> ConnectAll(int count)
        {
            for (var index = 0; index < count; index++)
            {
                var peer = new CountingPeer(_scheduler, _network.CreateTransport(NameOf(index)), NameOf(index));
                peer.Connect(_server.ListenAddresses[0]);
                peer.Register();
                _peers.Add(peer);
            }

            return [.. _peers];
        }

        public void Dispose()
        {
            _scheduler.Run(async () => await _server.DisposeAsync());
            _peers.ForEach(peer => peer.Close());
            _network.Dispose();
        }

        private static string NameOf(int index) => $"user{index}";
    }
}
