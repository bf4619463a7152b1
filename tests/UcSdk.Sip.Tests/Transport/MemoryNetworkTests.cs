using System.Text;
using UcSdk.Core;

namespace UcSdk.Sip.Tests;

public sealed class MemoryNetworkTests : IDisposable
{
    private static readonly SipTransportAddress Server = new("TCP", "server", 5060);
    private static readonly SipTransportAddress DatagramServer = new("UDP", "server", 5060);

    private readonly SimulationScheduler _simulation = new();
    private readonly RecordingEvents _serverEvents = new();
    private readonly RecordingEvents _clientEvents = new();
    private MemoryNetwork? _built;
    private ISipTransport _server = null!;
    private ISipTransport _client = null!;

    public void Dispose() => _built?.Dispose();

    [Fact]
    public void A_stream_carries_messages_both_ways_in_virtual_time()
    {
        Build(new() { Delay = TimeSpan.FromMilliseconds(20) });
        var flow = Connect();
        Assert.Equal(TimeSpan.FromMilliseconds(40), _simulation.Clock.Now - new Timestamp(0));
        Send(_client, flow, 1);
        _simulation.Advance(TimeSpan.FromMilliseconds(20) - TimeSpan.FromTicks(1));
        Assert.Equal(["opened tcp://client:49152"], _serverEvents.Log);
        _simulation.Advance(TimeSpan.FromTicks(1));
        Assert.Equal("OPTIONS sip:b@example.test SIP/2.0", _serverEvents.Log[^1]);
        Assert.Equal(2, Network.OpenFlows);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Small_pieces_are_put_together_in_order(int size)
    {
        Build(new() { MaxSegmentBytes = size, Jitter = TimeSpan.FromMilliseconds(50), Seed = 3 });
        var flow = Connect();
        var numbers = new List<string>();
        _serverEvents.OnMessage = (_, message) => numbers.Add(Encoding.UTF8.GetString(message.Span).Split("CSeq: ")[1].Split(' ')[0]);
        for (var number = 1; number <= 20; number++)
        {
            Send(_client, flow, number);
        }

        _simulation.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Enumerable.Range(1, 20).Select(n => n.ToString()), numbers);
    }

    [Fact]
    public void A_close_arrives_after_what_was_sent_and_leaves_nothing_open()
    {
        Build(new() { Delay = TimeSpan.FromMilliseconds(5), Jitter = TimeSpan.FromMilliseconds(100) });
        var flow = Connect();
        Send(_client, flow, 1);
        _simulation.Run(() => _client.CloseAsync(flow, default));
        _simulation.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["OPTIONS sip:b@example.test SIP/2.0", "closed ClosedByPeer"], _serverEvents.Log[1..]);
        Assert.Equal(["closed ClosedLocally"], _clientEvents.Log);
        Assert.Equal(0, Network.OpenFlows);
        _simulation.Run(async () => await Assert.ThrowsAsync<IOException>(async () => await _client.SendAsync(flow, Wire.Options(2), default)));
    }

    [Fact]
    public void A_ping_is_answered_on_a_stream()
    {
        Build(new());
        var flow = Connect();
        _simulation.Run(() => _client.SendKeepAliveAsync(flow, default).AsTask());
        _simulation.RunUntilIdle();
        Assert.Equal([4, 2], Network.Transcript.Select(entry => entry.Bytes.Length));
        Assert.Empty(_clientEvents.Log);
        Assert.Equal((0, 1), (_clientEvents.KeepAliveCount, _serverEvents.KeepAliveCount));
    }

    [Fact]
    public void Nobody_listening_refuses_the_connection()
    {
        Build(new());
        var failure = Assert.Throws<IOException>(() => _simulation.Run(() => _client.ConnectAsync(new("TCP", "server", 5070), default)));
        Assert.Contains("tcp://server:5070", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_blocked_host_lets_connecting_time_out_at_the_limit_and_not_before()
    {
        Build(new() { ConnectTimeout = TimeSpan.FromSeconds(3) });
        Network.Block("server");
        _simulation.RunUntilIdle();
        Task<SipFlow>? attempt = null;
        _simulation.Run(() =>
        {
            attempt = _client.ConnectAsync(Server, default);
            return Task.CompletedTask;
        });
        _simulation.Advance(TimeSpan.FromSeconds(3) - TimeSpan.FromTicks(1));
        Assert.False(attempt!.IsCompleted);
        _simulation.Advance(TimeSpan.FromTicks(1));
        Assert.IsType<IOException>(attempt.Exception!.InnerException);
        Assert.Equal(0, Network.OpenFlows);
    }

    [Fact]
    public void Stream_bytes_wait_for_a_partition_to_heal_in_order()
    {
        Build(new());
        var flow = Connect();
        Network.Block("client");
        Send(_client, flow, 1);
        Send(_client, flow, 2);
        _simulation.Advance(TimeSpan.FromMinutes(1));
        Assert.Single(_serverEvents.Log);
        Network.Unblock("client");
        Send(_client, flow, 3);
        _simulation.RunUntilIdle();
        Assert.Equal(4, _serverEvents.Log.Count);
        Assert.Equal(0, _serverEvents.ClosedCount);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_cut_is_seen_at_once_by_both_ends_and_once(bool wholeHost)
    {
        Build(new() { Delay = TimeSpan.FromSeconds(1) });
        var flow = Connect();
        Send(_client, flow, 1);
        if (wholeHost)
        {
            Network.CutHost("SERVER");
        }
        else
        {
            Network.Cut(flow);
        }

        _simulation.RunUntilIdle();
        Assert.Equal("closed ConnectionLost", Assert.Single(_clientEvents.Log));
        Assert.Equal("closed ConnectionLost", _serverEvents.Log[^1]);
        _simulation.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(2, _serverEvents.Log.Count);
        Assert.Equal(0, Network.OpenFlows);
    }

    [Fact]
    public void Noise_on_a_stream_is_a_protocol_violation()
    {
        Build(new());
        var flow = Connect();
        _simulation.Run(() => _client.SendAsync(flow, new byte[] { 0, 1, 2 }, default).AsTask());
        _simulation.RunUntilIdle();
        Assert.Equal("closed ProtocolViolation", _serverEvents.Log[^1]);
        Assert.Equal("closed ClosedByPeer", _clientEvents.Log[^1]);
        Assert.Equal(0, Network.OpenFlows);
    }

    [Fact]
    public void Disposed_transports_leave_no_flow_and_no_timer()
    {
        Build(new() { Delay = TimeSpan.FromMilliseconds(1) });
        Connect();
        _simulation.Run(async () =>
        {
            await _server.DisposeAsync();
            await _client.DisposeAsync();
            await _client.DisposeAsync();
        });
        _simulation.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, Network.OpenFlows);
        Assert.Equal(0, _simulation.Clock.ArmedTimers);
        Assert.Equal(1, _clientEvents.ClosedCount);
    }

    [Fact]
    public void Datagrams_are_lost_doubled_and_reordered_as_the_conditions_say()
    {
        BuildDatagram(new() { Seed = 11, Delay = TimeSpan.FromMilliseconds(1), Jitter = TimeSpan.FromMilliseconds(50), Loss = 0.2, Duplication = 0.2 });
        var flow = _simulation.Run(() => _client.ConnectAsync(DatagramServer, default));
        var numbers = new List<int>();
        _serverEvents.OnMessage = (_, message) => numbers.Add(int.Parse(Encoding.UTF8.GetString(message.Span).Split("CSeq: ")[1].Split(' ')[0]));
        for (var number = 1; number <= 500; number++)
        {
            Send(_client, flow, number);
        }

        _simulation.Advance(TimeSpan.FromSeconds(1));
        var fates = Network.Transcript.CountBy(entry => entry.Fate).ToDictionary();
        Assert.InRange(fates[MemoryFate.Lost], 70, 130);
        Assert.InRange(fates[MemoryFate.Duplicated], 50, 110);
        Assert.Equal(fates[MemoryFate.Carried] + (2 * fates[MemoryFate.Duplicated]), numbers.Count);
        Assert.NotEqual(numbers.Order(), numbers);
        Assert.Equal(1, _serverEvents.OpenedCount);
    }

    [Fact]
    public void Datagrams_come_back_over_the_flow_they_opened_and_vanish_while_the_host_is_blocked()
    {
        BuildDatagram(new());
        var flow = _simulation.Run(() => _client.ConnectAsync(DatagramServer, default));
        _serverEvents.OnMessage = (back, _) => Send(_server, back, 100);
        Send(_client, flow, 1);
        _simulation.RunUntilIdle();
        Assert.Single(_clientEvents.Log);
        Assert.Equal(0, _clientEvents.OpenedCount);
        Network.Block("server");
        Send(_client, flow, 2);
        _simulation.RunUntilIdle();
        Network.Unblock("server");
        _simulation.RunUntilIdle();
        Assert.Single(_clientEvents.Log);
        Assert.False(flow.IsReliable);
    }

    [Fact]
    public void The_same_seed_gives_the_same_transcript_and_another_seed_another()
    {
        Assert.Equal(RunStory(5), RunStory(5));
        Assert.NotEqual(RunStory(5), RunStory(6));
    }

    [Fact]
    public async Task TheNetwork_works_on_the_thread_pool_as_well()
    {
        using var network = new MemoryNetwork();
        await using var server = network.CreateTransport("server", Server);
        await using var client = network.CreateTransport("client");
        await server.StartAsync(_serverEvents, default);
        await client.StartAsync(_clientEvents, default);
        var flow = await client.ConnectAsync(Server, default);
        await client.SendAsync(flow, Wire.Options(1), default);
        Assert.Contains("CSeq: 1", await _serverEvents.MessageAsync(), StringComparison.Ordinal);
        await client.CloseAsync(flow, default);
        Assert.Equal(SipFlowEnd.ClosedByPeer, (await _serverEvents.ClosedAsync()).End);
    }

    [Fact]
    public void A_taken_address_a_foreign_transport_and_impossible_options_are_refused()
    {
        Build(new());
        var second = Network.CreateTransport("other", Server, new SerialLoop(_simulation));
        Assert.Throws<IOException>(() => _simulation.Run(() => second.StartAsync(new RecordingEvents(), default)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MemoryNetwork(new() { MaxSegmentBytes = 0 }));
        Assert.Throws<ArgumentException>(() => Network.CreateTransport("other", new("TLS", "other", 5061)));
    }

    private MemoryNetwork Network => _built ?? throw new InvalidOperationException("No network was built.");

    private static string RunStory(ulong seed)
    {
        using var test = new MemoryNetworkTests();
        test.BuildDatagram(new() { Seed = seed, Jitter = TimeSpan.FromMilliseconds(30), Loss = 0.1, Duplication = 0.1 });
        var flow = test._simulation.Run(() => test._client.ConnectAsync(DatagramServer, default));
        test._serverEvents.OnMessage = (back, message) => test.Send(test._server, back, message.Length);
        for (var number = 1; number <= 50; number++)
        {
            test.Send(test._client, flow, number);
            test._simulation.Advance(TimeSpan.FromMilliseconds(3));
        }

        test._simulation.Advance(TimeSpan.FromSeconds(1));
        return string.Join('\n', test.Network.Transcript);
    }

    private void Build(MemoryNetworkOptions options) => Build(options, Server, null);

    private void BuildDatagram(MemoryNetworkOptions options) => Build(options, DatagramServer, new("UDP", "client", 0));

    private void Build(MemoryNetworkOptions options, SipTransportAddress server, SipTransportAddress? client)
    {
        _built = new MemoryNetwork(options, new LoopRuntime(_simulation, new SeededRandomSource(1)));
        _server = Network.CreateTransport("server", server, new SerialLoop(_simulation));
        _client = Network.CreateTransport("client", client, new SerialLoop(_simulation));
        _simulation.Run(async () =>
        {
            await _server.StartAsync(_serverEvents, default);
            await _client.StartAsync(_clientEvents, default);
        });
    }

    private SipFlow Connect() => _simulation.Run(() => _client.ConnectAsync(Server, default));

    private void Send(ISipTransport transport, SipFlow flow, int number) => transport.SendAsync(flow, Wire.Options(number), default).AsTask();
}
