using System.Text;
using UcSdk.Core;
using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Benchmarks;

/// <summary>
/// An embedded server with two clients in a conversation, and beside them two bare endpoints registered at the same server, of which one sends MESSAGE outside any session and the
/// other only says 200. All of it in memory on one thread, or over TCP on the loopback interface with a loop for each.
/// </summary>
internal sealed class MessageHouse : IAsyncDisposable
{
    private const string Text = "Are you coming along for lunch?";
    private static readonly byte[] Body = Encoding.UTF8.GetBytes(Text);

    private readonly MemoryNetwork? _network;
    private readonly SimulationScheduler? _scheduler;
    private readonly SeededRandomSource _random = new(1);
    private readonly UcServer _server;
    private readonly List<LyncClient> _clients = [];
    private readonly List<SipEndpoint> _endpoints = [];
    private InstantMessageModality? _messages;
    private SipFlow? _flow;

    private MessageHouse(SimulationScheduler? scheduler)
    {
        _scheduler = scheduler;
        _network = scheduler is null ? null : new MemoryNetwork(new MemoryNetworkOptions { Seed = 1, KeepTranscript = false }, NextRuntime());
        var options = new UcServerOptions
        {
            Users = [new("alice"), new("bob"), new("carol"), new("dave")],
            Network = _network,
            Listen = scheduler is null ? [new("TCP", "127.0.0.1", 0)] : [],
        };
        _server = new UcServer(options, NextRuntime(), new ServerSeams());
    }

    /// <summary>Messages that the receiving client has shown.</summary>
    public int Shown { get; private set; }

    /// <summary>Where the clients and the endpoints count what passes; nothing unless a stage is measured.</summary>
    public MessageStages Stages { get; } = new();

    /// <summary>Opens everything.</summary>
    /// <param name="scheduler">Null for TCP.</param>
    public static async Task<MessageHouse> OpenAsync(SimulationScheduler? scheduler)
    {
        var house = new MessageHouse(scheduler);
        await house._server.StartAsync();
        await house.TalkAsync(await house.SignInAsync("alice"), await house.SignInAsync("bob"));
        house._flow = await house.RegisterAsync("carol");
        await house.RegisterAsync("dave");
        house._endpoints[1].RequestReceived = request => request.Respond(StatusCode.Ok);
        return house;
    }

    /// <summary>Sends so many messages in the conversation, with so many on their way at any time, and waits for their outcomes.</summary>
    public async Task SayAsync(int count, int window)
    {
        var before = Shown;
        await RunAsync(_clients[0].Connection!.Endpoint.Loop, count, window, SayAsync);
        if (Shown - before != count)
        {
            throw new InvalidOperationException($"{Shown - before} messages were shown of {count}.");
        }
    }

    /// <summary>Sends so many requests beside it, and waits for their answers.</summary>
    public Task AskAsync(int count, int window) => RunAsync(_endpoints[0].Loop, count, window, AskAsync);

    public async ValueTask DisposeAsync()
    {
        foreach (var endpoint in _endpoints)
        {
            await endpoint.DisposeAsync();
        }

        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        await _server.DisposeAsync();
        _network?.Dispose();
    }

    // Both work on the loop of who sends, as a program does that is called back there.
    private static Task RunAsync(SerialLoop loop, int count, int window, Func<Task> once) => loop.InvokeAsync(async () =>
    {
        var left = count;
        await Task.WhenAll(Enumerable.Range(0, window).Select(_ => SendAllAsync()));

        async Task SendAllAsync()
        {
            while (left-- > 0)
            {
                await once();
            }
        }
    });

    private async Task SayAsync()
    {
        Stages.Begin();
        var delivery = await _messages!.SendMessageAsync(Text);
        if (!delivery.IsDelivered)
        {
            throw new InvalidOperationException("A message was not delivered.");
        }

        Stages.End();
    }

    private async Task AskAsync()
    {
        var request = _endpoints[0].CreateRequest(SipMethod.Message, UriOf("dave"), AddressOf("carol"), new NameAddr(UriOf("dave")));
        request.SetBody("text/plain; charset=UTF-8", Body);
        SipException.ThrowIfRefused(await _endpoints[0].SendAsync(request, _flow!), "MESSAGE");
    }

    private async Task<LyncClient> SignInAsync(string name)
    {
        var client = new LyncClient(
            new LyncClientOptions { Server = _server.ListenAddresses[0], TransportFactory = () => _network is null ? CreateTransport(name) : Stages.Watch(name, CreateTransport(name)) },
            NextRuntime(),
            new ClientSeams { StartsNoServices = true });
        await client.SignInAsync(_server.AddressOf(name));
        _clients.Add(client);
        return client;
    }

    private async Task TalkAsync(LyncClient from, LyncClient to)
    {
        to.ConversationManager.ModalityInvitationHandler = (modality, token) =>
        {
            ((InstantMessageModality)modality).Messages.Subscribe(new Counter(() => Shown++));
            return modality.AcceptAsync(token);
        };
        var conversation = await from.ConversationManager.AddConversationAsync();
        await conversation.AddParticipantAsync(to.Uri!);
        _messages = conversation.InstantMessageModality;
        await SayAsync();
    }

    private async Task<SipFlow> RegisterAsync(string name)
    {
        var runtime = NextRuntime();
        var endpoint = new SipEndpoint(new(), runtime, new SerialLoop(runtime.Scheduler), [CreateTransport(name)]);
        _endpoints.Add(endpoint);
        await endpoint.StartAsync();
        var flow = await endpoint.ConnectAsync(_server.ListenAddresses[0]);
        var request = endpoint.CreateRequest(SipMethod.Register, SipUri.Parse("sip:" + _server.Domain), AddressOf(name), new NameAddr(UriOf(name)));
        request.Headers.Add(HeaderName.Contact, $"<sip:{flow.Local.Host}:{flow.Local.Port};transport=tcp>");
        request.Headers.Add(HeaderName.Event, "registration");
        SipException.ThrowIfRefused(await endpoint.SendAsync(request, flow), "REGISTER");
        return flow;
    }

    private ISipTransport CreateTransport(string name) => _network?.CreateTransport(name) ?? new TcpTransport();

    private SipUri UriOf(string name) => SipUri.Parse(_server.AddressOf(name));

    private NameAddr AddressOf(string name) => new NameAddr(UriOf(name)).WithParameter("epid", name);

    private LoopRuntime NextRuntime() => _scheduler is null ? LoopRuntime.OnThreadPool(TimeProvider.System) : new(_scheduler, _random.Fork());

    private sealed class Counter(Action count) : IObserver<InstantMessage>
    {
        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public void OnNext(InstantMessage value) => count();
    }
}
