using UcSdk.Core;
using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Simulation.Tests;

/// <summary>A server, many clients that do nothing but stay signed in, and a bad network, on one thread from one seed.</summary>
internal sealed class SignInWorld : IDisposable
{
    public const string Domain = "contoso.test";
    public const string ServerHost = "sip." + Domain;

    public SignInWorld(ulong seed, int clients, ClientSeams? seams = null, ReconnectOptions? reconnect = null, bool neverReturns = false)
    {
        Random = new(seed);
        Network = new(
            new MemoryNetworkOptions
            {
                Seed = Random.NextUInt64(),
                Delay = TimeSpan.FromMilliseconds(20),
                Jitter = TimeSpan.FromMilliseconds(30),
                Loss = 0.05,
                Duplication = 0.02,
                KeepTranscript = false,
            },
            new LoopRuntime(Scheduler, Random.Fork()));
        for (var i = 0; i < clients; i++)
        {
            Clients.Add(new(this, i, seams ?? ClientSeams.None, neverReturns ? null : reconnect ?? ReconnectOptions.Default));
        }

        Server = CreateServer();
        Scheduler.Run(() => Server.StartAsync());
    }

    public SimulationScheduler Scheduler { get; } = new();

    public SeededRandomSource Random { get; }

    public MemoryNetwork Network { get; }

    public SipPassword Password { get; } = new("Rumpelstiltskin");

    public List<SignInClient> Clients { get; } = [];

    public UcServer Server { get; private set; }

    public Tally Tally { get; } = new();

    public UcServerCounts CountServer() => Scheduler.Run(() => Server.GetCountsAsync());

    public int CountAssociations() => Scheduler.Run(() => Server.CountAssociationsAsync());

    /// <summary>Does one thing, and undoes it after its time.</summary>
    public async Task DoAsync(SignInFault fault)
    {
        var client = Clients[fault.Client];
        Tally.Count("faults", fault.Kind.ToString());
        switch (fault.Kind)
        {
            case SignInFaultKind.CutClient:
                Network.CutHost(client.Name);
                break;
            case SignInFaultKind.SilenceClient:
                await SilenceAsync(client.Name, fault.Lasts);
                break;
            case SignInFaultKind.SignOut:
                await client.StayAwayAsync(fault.Lasts);
                break;
            case SignInFaultKind.CutServer:
                Network.CutHost(ServerHost);
                break;
            case SignInFaultKind.SilenceServer:
                await SilenceAsync(ServerHost, fault.Lasts);
                break;
            default:
                await ReplaceServerAsync(fault);
                break;
        }
    }

    public void Dispose()
    {
        Network.Dispose();
        Password.Dispose();
        Scheduler.RunUntilIdle();
    }

    private async Task SilenceAsync(string host, TimeSpan time)
    {
        Network.Block(host);
        await Scheduler.DelayAsync(time);
        Network.Unblock(host);
    }

    private async Task ReplaceServerAsync(SignInFault fault)
    {
        if (fault.Kind == SignInFaultKind.CrashServer)
        {
            await Server.AbortAsync();
        }
        else
        {
            await Server.DisposeAsync();
        }

        await Scheduler.DelayAsync(fault.Lasts);
        Server = CreateServer();
        await Server.StartAsync();
    }

    private UcServer CreateServer() => new(
        new UcServerOptions
        {
            Domain = Domain,
            Users = [.. Clients.Select(client => new UcServerUser(client.Name) { Password = Password })],
            Listen = [new("TCP", ServerHost, 5060), new("UDP", ServerHost, 5060)],
            Network = Network,
            RegistrationExpires = SignInBalance.Expires,
        },
        new LoopRuntime(Scheduler, Random.Fork()),
        ServerSeams.None);
}
