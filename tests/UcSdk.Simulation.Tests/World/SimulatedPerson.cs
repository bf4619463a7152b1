using System.Net;
using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Simulation.Tests;

/// <summary>Somebody with a client on a host of their own. After the client is thrown away there can be a new one.</summary>
internal sealed class SimulatedPerson
{
    private readonly SimulatedWorld _world;
    private readonly MediaTap _media;

    public SimulatedPerson(SimulatedWorld world, string name, IPAddress address)
    {
        _world = world;
        Name = name;
        Address = address;
        _media = new(world, address);
        Client = CreateClient();
    }

    public string Name { get; }

    public IPAddress Address { get; }

    public string Host => Name + "-pc";

    public string Uri => $"sip:{Name}@contoso.test";

    public LyncClient Client { get; private set; }

    public Task SignInAsync(CancellationToken cancellationToken = default) => Client.SignInAsync(Uri, cancellationToken);

    /// <summary>Throws the client away in order, and starts another.</summary>
    public async Task RestartClientAsync()
    {
        var handler = Client.ConversationManager.ConferenceInvitationHandler;
        var old = Client;
        await old.DisposeAsync();
        Leftovers.RequireNone(Name, old);
        if (ReferenceEquals(Client, old))
        {
            Client = CreateClient();
            Client.ConversationManager.ConferenceInvitationHandler = handler;
        }
    }

    private LyncClient CreateClient() => new(
        new LyncClientOptions
        {
            Server = new SipTransportAddress("TCP", SimulatedWorld.ServerHost, 5060),
            TransportFactory = () => _world.Network.CreateTransport(Host),
            MediaNetwork = _media,
            Timings = SimulatedWorld.Timings,
            // These people come back when they like, not when the client does.
            Reconnect = null,
            SignInAttempts = 1,
            RingTimeout = TimeSpan.FromSeconds(5),
            MediaTimeout = TimeSpan.FromSeconds(3),
            CommandTimeout = TimeSpan.FromSeconds(5),
            ShutdownTimeout = TimeSpan.FromSeconds(4),
            TimeProvider = _world.Scheduler.Time,
        },
        new LoopRuntime(_world.Scheduler, _world.Random.Fork()),
        ClientSeams.None);
}
