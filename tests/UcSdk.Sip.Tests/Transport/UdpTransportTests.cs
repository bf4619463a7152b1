using System.Net;
using System.Net.Sockets;
using System.Text;
using UcSdk.Core;

namespace UcSdk.Sip.Tests;

public sealed class UdpTransportTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly RecordingEvents _serverEvents = new();
    private readonly RecordingEvents _clientEvents = new();
    private readonly UdpTransport _client = new();
    private UdpTransport _server = null!;

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    public async Task Messages_travel_both_ways_between_two_addresses(string host)
    {
        await ListenAsync(host: host);
        var near = await ConnectAsync();
        await _client.SendAsync(near, Wire.Options(1));
        var far = await _serverEvents.OpenedAsync();
        Assert.Equal(Wire.Options(1), Encoding.UTF8.GetBytes(await _serverEvents.MessageAsync()));
        await _server.SendAsync(far, Wire.Options(2));
        Assert.Equal(Wire.Options(2), Encoding.UTF8.GetBytes(await _clientEvents.MessageAsync()));
        Assert.Equal(near.Local, far.Remote);
        Assert.Equal((host, host), (near.Remote.Host, near.Local.Host));
        Assert.True(!near.IsReliable && near.IsOutgoing && !far.IsOutgoing);
    }

    [Fact]
    public async Task A_socket_of_any_address_takes_both_families()
    {
        await ListenAsync(host: "[::]");
        await _client.StartAsync(_clientEvents);
        foreach (var host in new[] { "127.0.0.1", "[::1]" })
        {
            var near = await _client.ConnectAsync(_server.ListenAddress! with { Host = host });
            await _client.SendAsync(near, Wire.Options());
            Assert.Equal((host, host), ((await _serverEvents.OpenedAsync()).Remote.Host, near.Local.Host));
        }
    }

    [Fact]
    public async Task The_same_two_addresses_are_one_flow()
    {
        await ListenAsync();
        var flow = await ConnectAsync();
        Assert.Same(flow, await _client.ConnectAsync(_server.ListenAddress!));
        await _client.SendAsync(flow, Wire.Options(1));
        await _client.SendAsync(flow, Wire.Options(2));
        await _serverEvents.MessageAsync();
        await _serverEvents.MessageAsync();
        Assert.Equal(1, _serverEvents.OpenedCount);
    }

    [Fact]
    public async Task A_binding_request_is_answered_with_where_it_came_from()
    {
        await ListenAsync();
        using var peer = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        await peer.ConnectAsync(IPAddress.Loopback, _server.ListenAddress!.Port);
        var request = StunMessage.CreateBindingRequest(new SeededRandomSource(7));
        await peer.SendAsync(request);
        var buffer = new byte[100];
        var length = await peer.ReceiveAsync(buffer).WaitAsync(Patience);
        Assert.True(StunMessage.TryParse(buffer.AsMemory(0, length), out var answer));
        Assert.Equal(peer.LocalEndPoint, answer.MappedAddress);
        Assert.Equal(0, _serverEvents.OpenedCount);
    }

    [Fact]
    public async Task A_keep_alive_that_nobody_answers_ends_the_flow()
    {
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _server = new UdpTransport(new UdpTransportOptions { KeepAliveTimeout = TimeSpan.FromMilliseconds(20) });
        await _server.StartAsync(_serverEvents);
        var flow = await _server.ConnectAsync(new("UDP", "127.0.0.1", ((IPEndPoint)silent.LocalEndPoint!).Port));
        await _server.SendKeepAliveAsync(flow);
        var (closed, end, error) = await _serverEvents.ClosedAsync();
        Assert.Equal((flow, SipFlowEnd.ConnectionLost), (closed, end));
        Assert.IsType<TimeoutException>(error);
    }

    [Fact]
    public async Task A_keep_alive_that_is_answered_leaves_the_flow_as_it_is()
    {
        await ListenAsync();
        var flow = await ConnectAsync();
        await _client.SendAsync(flow, Wire.Options());
        await _serverEvents.MessageAsync();
        await _client.SendKeepAliveAsync(flow);
        await _client.SendAsync(flow, Wire.Options());
        await _serverEvents.MessageAsync();
        Assert.Equal(1, _serverEvents.KeepAliveCount);
        await _server.SendAsync(await _serverEvents.OpenedAsync(), Wire.Options(2));
        // The answer to the keep-alive left before this message did.
        await _clientEvents.MessageAsync();
        Assert.Equal(0, _clientEvents.ClosedCount);
    }

    [Fact]
    public async Task Line_ends_and_zero_bytes_are_no_messages_and_make_no_flow()
    {
        await ListenAsync();
        var flow = await ConnectAsync();
        foreach (var datagram in new[] { "\r\n\r\n"u8.ToArray(), [0], "\r\n"u8.ToArray(), [] })
        {
            await _client.SendAsync(flow, datagram);
        }

        await _client.SendAsync(flow, Wire.Options());
        Assert.Equal(Wire.Options(), Encoding.UTF8.GetBytes(await _serverEvents.MessageAsync()));
        Assert.Equal(0, _server.DroppedDatagrams);
    }

    [Fact]
    public async Task A_datagram_at_the_limit_is_taken_and_one_past_it_is_dropped()
    {
        var limits = new SipLimits { MaxHeaderBytes = 1000, MaxBodyBytes = 1000 };
        await ListenAsync(new UdpTransportOptions { Limits = limits });
        var flow = await ConnectAsync();
        await _client.SendAsync(flow, Encoding.ASCII.GetBytes(new string('x', 2001)));
        await _client.SendAsync(flow, Encoding.ASCII.GetBytes(new string('y', 2000)));
        Assert.Equal(new string('y', 2000), await _serverEvents.MessageAsync());
        Assert.Equal(1, _server.DroppedDatagrams);
    }

    [Fact]
    public async Task What_is_too_long_for_any_datagram_is_told_to_the_sender_and_the_flow_stays()
    {
        await ListenAsync();
        var flow = await ConnectAsync();
        await Assert.ThrowsAsync<IOException>(async () => await _client.SendAsync(flow, new byte[70_000]));
        await _client.SendAsync(flow, Wire.Options());
        await _serverEvents.MessageAsync();
    }

    [Fact]
    public async Task The_flow_silent_for_longest_gives_way_when_there_are_as_many_as_allowed()
    {
        await ListenAsync(new UdpTransportOptions { MaxFlows = 2 });
        var first = await _server.ConnectAsync(new("UDP", "127.0.0.1", 40001));
        var second = await _server.ConnectAsync(new("UDP", "127.0.0.1", 40002));
        Assert.Same(first, await _server.ConnectAsync(new("UDP", "127.0.0.1", 40001)));
        await _server.ConnectAsync(new("UDP", "127.0.0.1", 40003));
        var (closed, end, _) = await _serverEvents.ClosedAsync();
        Assert.Equal((second, SipFlowEnd.LimitReached), (closed, end));
        Assert.Equal(1, _serverEvents.ClosedCount);
    }

    [Fact]
    public async Task A_silent_flow_is_forgotten()
    {
        await ListenAsync(new UdpTransportOptions { FlowIdleTimeout = TimeSpan.FromMilliseconds(30) });
        var flow = await _server.ConnectAsync(new("UDP", "127.0.0.1", 40001));
        Assert.Equal((flow, SipFlowEnd.Idle), ((await _serverEvents.ClosedAsync()) is var (closed, end, _) ? (closed, end) : default));
        await Assert.ThrowsAsync<IOException>(async () => await _server.SendAsync(flow, Wire.Options()));
    }

    [Fact]
    public async Task Misuse_is_told_apart_from_the_network()
    {
        await ListenAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => _client.ConnectAsync(_server.ListenAddress!));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _server.StartAsync(_serverEvents));
        await using var other = new UdpTransport(new UdpTransportOptions { Listen = _server.ListenAddress });
        var failure = await Assert.ThrowsAsync<IOException>(() => other.StartAsync(_clientEvents));
        Assert.Contains(_server.ListenAddress!.ToString(), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disposal_closes_every_flow_and_may_be_repeated()
    {
        await ListenAsync();
        await ConnectAsync();
        await _client.DisposeAsync();
        await _client.DisposeAsync();
        Assert.Equal(1, _clientEvents.ClosedCount);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _client.ConnectAsync(_server.ListenAddress!));
    }

    private async Task ListenAsync(UdpTransportOptions? options = null, string host = "127.0.0.1")
    {
        _server = new UdpTransport((options ?? new()) with { Listen = new("UDP", host, 0) });
        await _server.StartAsync(_serverEvents);
    }

    private async Task<SipFlow> ConnectAsync()
    {
        await _client.StartAsync(_clientEvents);
        return await _client.ConnectAsync(_server.ListenAddress!);
    }
}
