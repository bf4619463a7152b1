using System.Text;
using UcSdk.Core;

namespace UcSdk.Sip.Tests;

/// <summary>
/// An endpoint in virtual time whose network and peers are the test: it says raw SIP on a flow, and sees every message that the endpoint sends,
/// in order. Nothing is answered unless the test answers.
/// </summary>
internal sealed class PeerWire : ISipTransport
{
    private readonly Queue<(SipFlow Flow, SipMessage? Message)> _sent = new();
    private ISipTransportEvents _events = null!;
    private int _nextPort = 40000;

    private PeerWire(SipEndpointOptions options, bool reliable, ulong seed = 7, IBlockingWork? work = null, bool keepsJitter = false)
    {
        Name = reliable ? "TCP" : "UDP";
        Loop = new(Simulation);
        Endpoint = new(keepsJitter ? options : options with { Timings = options.Timings with { RefreshJitter = 0 } }, new LoopRuntime(Simulation, new SeededRandomSource(seed)) { BlockingWork = work ?? InlineWork.Instance }, Loop, [this]);
        Simulation.Run(() => Endpoint.StartAsync());
        Flow = Connect("peer.test");
    }

    public SimulationScheduler Simulation { get; } = new();

    public SerialLoop Loop { get; }

    public SipEndpoint Endpoint { get; }

    /// <summary>The flow to the first peer.</summary>
    public SipFlow Flow { get; }

    public string Name { get; }

    public bool IsReliable => Name == "TCP";

    public SipTransportAddress? ListenAddress => new(Name, "self.test", 5060);

    public SipEndpointCounts Counts => Endpoint.Counts;

    public Timestamp Now => Simulation.Clock.Now;

    /// <summary>How many sent messages the test has not looked at.</summary>
    public int Unread => _sent.Count;

    public static PeerWire Reliable(SipEndpointOptions? options = null, ulong seed = 7, IBlockingWork? work = null) => new(options ?? new(), reliable: true, seed, work);

    /// <summary>One whose refreshes come early by chance, as they do outside of tests.</summary>
    public static PeerWire Jittering(ulong seed, SipTimings timings, ISipTraceSink trace) => new(new() { Timings = timings, Trace = trace }, reliable: true, seed, keepsJitter: true);

    public static PeerWire Datagram(SipEndpointOptions? options = null) => new(options ?? new(), reliable: false);

    /// <summary>Another peer opens a flow.</summary>
    /// <param name="host">Its name.</param>
    /// <param name="local">The address of ours that it uses; null for the usual one.</param>
    public SipFlow Connect(string host, SipTransportAddress? local = null)
    {
        var flow = new SipFlow(Name, local ?? ListenAddress!, new(Name, host, _nextPort++), IsReliable, isOutgoing: false);
        _events.FlowOpened(flow);
        Simulation.RunUntilIdle();
        return flow;
    }

    public void Do(Action action)
    {
        Loop.Post(action);
        Simulation.RunUntilIdle();
    }

    public T Do<T>(Func<T> function)
    {
        T result = default!;
        Do(() => { result = function(); });
        return result;
    }

    public void Advance(TimeSpan time) => Simulation.Advance(time);

    /// <summary>To the moment itself nothing; the next tick is the test's own.</summary>
    public void AdvanceToJustBefore(TimeSpan time) => Advance(time - TimeSpan.FromTicks(1));

    public void Tick() => Advance(TimeSpan.FromTicks(1));

    /// <summary>The peer says this; lines may end with LF alone, Content-Length is added.</summary>
    public void Says(string text, SipFlow? flow = null) => SaysBytes(Whole(text), flow);

    /// <summary>The same from inside a turn of the loop, which goes on.</summary>
    public void Gives(string text, SipFlow? flow = null) => _events.MessageReceived(flow ?? Flow, Encoding.UTF8.GetBytes(Whole(text)));

    public void SaysBytes(string text, SipFlow? flow = null)
    {
        _events.MessageReceived(flow ?? Flow, Encoding.UTF8.GetBytes(text));
        Simulation.RunUntilIdle();
    }

    public void SaysBytes(byte[] bytes, SipFlow? flow = null)
    {
        _events.MessageReceived(flow ?? Flow, bytes);
        Simulation.RunUntilIdle();
    }

    public void Says(SipMessage message, SipFlow? flow = null)
    {
        _events.MessageReceived(flow ?? Flow, message.ToBytes());
        Simulation.RunUntilIdle();
    }

    /// <summary>The peer answers what the endpoint sent.</summary>
    public SipResponse Answers(SipRequest request, int status, string? tag = "peertag", Action<SipResponse>? edit = null, SipFlow? flow = null)
    {
        var response = request.CreateResponse(status, null, tag);
        if (status is > 100 and < 300 && (request.Method.IsInvite || request.Method == SipMethod.Subscribe))
        {
            response.Headers.Add(HeaderName.Contact, "<sip:peer@peer.test:5070;transport=tcp>");
        }

        edit?.Invoke(response);
        Says(response, flow);
        return response;
    }

    public SipRequest ExpectRequest(SipMethod method, SipFlow? flow = null)
    {
        var message = Expect(flow);
        return message is SipRequest request && request.Method == method ? request : throw Unexpected(method.Name, message);
    }

    public SipResponse ExpectResponse(int status, SipFlow? flow = null)
    {
        var message = Expect(flow);
        return message is SipResponse response && response.StatusCode == status ? response : throw Unexpected($"{status}", message);
    }

    /// <summary>The next message, whatever it is.</summary>
    public SipMessage ExpectAny() => Expect(null);

    public void ExpectKeepAlive()
    {
        var (_, message) = Take();
        Assert.Null(message);
    }

    public void ExpectNothing() =>
        Assert.True(_sent.Count == 0, _sent.Count == 0 ? "" : $"Nothing was expected, but the endpoint sent {_sent.Peek().Message}.");

    /// <summary>The flow breaks.</summary>
    public void Breaks(SipFlow? flow = null, Exception? error = null)
    {
        _events.FlowClosed(flow ?? Flow, SipFlowEnd.ConnectionLost, error);
        Simulation.RunUntilIdle();
    }

    /// <summary>After all timers have run out, nothing is alive but the flows.</summary>
    public void ExpectNothingLeft()
    {
        Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(new SipEndpointCounts { Flows = Endpoint.Flows.Count }, Counts);
    }

    Task ISipTransport.StartAsync(ISipTransportEvents events, CancellationToken cancellationToken)
    {
        _events = events;
        return Task.CompletedTask;
    }

    Task<SipFlow> ISipTransport.ConnectAsync(SipTransportAddress remote, CancellationToken cancellationToken) =>
        remote.Host is "nowhere.test" or "192.0.2.66"
            ? throw new IOException("unreachable")
            : remote.Host == "192.0.2.77" ? new TaskCompletionSource<SipFlow>().Task // a connection that never comes
            : Task.FromResult(new SipFlow(Name, ListenAddress!, remote, IsReliable, isOutgoing: true));

    ValueTask ISipTransport.SendAsync(SipFlow flow, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        Assert.True(SipMessage.TryParse(message.ToArray(), SipLimits.Default, out var parsed, out var error), error.ToString());
        _sent.Enqueue((flow, parsed));
        return ValueTask.CompletedTask;
    }

    ValueTask ISipTransport.SendKeepAliveAsync(SipFlow flow, CancellationToken cancellationToken)
    {
        _sent.Enqueue((flow, null));
        return ValueTask.CompletedTask;
    }

    Task ISipTransport.CloseAsync(SipFlow flow, CancellationToken cancellationToken)
    {
        _events.FlowClosed(flow, SipFlowEnd.ClosedLocally, null);
        return Task.CompletedTask;
    }

    ValueTask IAsyncDisposable.DisposeAsync() => ValueTask.CompletedTask;

    private static string Whole(string text)
    {
        var cut = text.ReplaceLineEndings("\r\n").Split("\r\n\r\n", 2);
        var body = cut.Length > 1 ? cut[1] : "";
        return $"{cut[0].TrimEnd()}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";
    }

    private static InvalidOperationException Unexpected(string wanted, SipMessage message) => new($"{wanted} was expected, but the endpoint sent {message}.");

    private SipMessage Expect(SipFlow? flow)
    {
        var (used, message) = Take();
        if (flow is not null)
        {
            Assert.Equal(flow, used);
        }

        return message ?? throw new InvalidOperationException("A message was expected, but the endpoint sent a keep-alive.");
    }

    private (SipFlow Flow, SipMessage? Message) Take() =>
        _sent.TryDequeue(out var next) ? next : throw new InvalidOperationException("A message was expected, but the endpoint sent nothing.");
}
