using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Server.Web.Tests;

/// <summary>A server with web services, and clients, all in memory and in virtual time; what goes by HTTP is written down.</summary>
internal sealed class WebWorld : IDisposable
{
    public const string Password = "wonderland";
    public const string Base = "https://sip.contoso.test:8443";

    private readonly SeededRandomSource _random = new(17);
    private readonly MemoryNetwork _network;
    private readonly List<LyncClient> _clients = [];

    public WebWorld(Func<UcServerOptions, UcServerOptions>? configure = null, UcWebOptions? web = null)
    {
        _network = new(new MemoryNetworkOptions { Seed = 1, Delay = TimeSpan.FromMilliseconds(10) }, Runtime());
        var options = new UcServerOptions
        {
            Users =
            [
                new("alice") { Password = new SipPassword(Password) },
                new("bob") { DisplayName = "Bob Smith", GivenName = "Bob", Surname = "Smith", Title = "Manager", Email = "bob@mail.example", WorkPhone = "+1 555 1" },
                new("carol") { DisplayName = "Carol Jones", Company = "Contoso" },
            ],
            DistributionGroups =
            [
                new("sales@contoso.test") { DisplayName = "Sales", Description = "Who sells", Owner = "carol", Members = ["bob", "west@contoso.test", "zoe@fabrikam.test", "sip:yan@fabrikam.test", "bob"] },
                new("west@contoso.test") { DisplayName = "Sales West", Members = ["carol", "sales@contoso.test"] },
            ],
            Listen = [new("TCP", "server", 5060)],
            Network = _network,
            Time = Simulation.Time,
        };
        Server = new UcServer(configure is null ? options : configure(options), Runtime(), ServerSeams.None);
        Services = new UcWebServices(Server, web);
    }

    public SimulationScheduler Simulation { get; } = new();

    public UcServer Server { get; }

    public UcWebServices Services { get; }

    /// <summary>Requests and the status of their answers.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>Answers in the place of the services, where it does not give null.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage?> Instead { get; set; } = _ => null;

    /// <summary>Runs a story, with the services open, and ends everything.</summary>
    public void Run(Func<Task> story) => Simulation.Run(async () =>
    {
        await Server.StartAsync();
        await Services.StartAsync(new(Base));
        await story();
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        await Services.DisposeAsync();
        await Server.DisposeAsync();
    });

    public Task DelayAsync(TimeSpan time) => Simulation.DelayAsync(time);

    /// <summary>A client that is signed in; alice with her password.</summary>
    public async Task<LyncClient> SignInAsync(string user = "alice", Func<LyncClientOptions, LyncClientOptions>? configure = null)
    {
        var options = new LyncClientOptions
        {
            Server = new("TCP", "server", 5060),
            TransportFactory = () => _network.CreateTransport(user),
            TimeProvider = Simulation.Time,
            Password = user == "alice" ? new SipPassword(Password) : null,
            Web = new() { HttpHandler = CreateHandler },
        };
        var client = new LyncClient(configure is null ? options : configure(options), Runtime(), ClientSeams.None);
        _clients.Add(client);
        await client.SignInAsync(Server.AddressOf(user));
        await DelayAsync(TimeSpan.FromSeconds(1));
        return client;
    }

    /// <summary>A connection to the services, for tests that speak for themselves.</summary>
    public HttpMessageInvoker Connect() => new(CreateHandler());

    public void Dispose() => _network.Dispose();

    private TapHandler CreateHandler() => new(Services.CreateHandler(), Lines, request => Instead(request));

    private LoopRuntime Runtime() => new(Simulation, _random.Fork());
}
