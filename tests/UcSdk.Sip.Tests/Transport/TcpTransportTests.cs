using System.Net.Sockets;
using System.Text;

namespace UcSdk.Sip.Tests;

public sealed class TcpTransportTests : IAsyncDisposable
{
    private readonly RecordingEvents _serverEvents = new();
    private readonly RecordingEvents _clientEvents = new();
    private readonly TcpTransport _client = new();
    private TcpTransport _server = null!;

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    public async Task Messages_travel_both_ways_over_one_connection(string host)
    {
        await ListenAsync(host: host);
        var near = await ConnectAsync();
        await _client.SendAsync(near, Wire.Options(1));
        var far = await _serverEvents.OpenedAsync();
        Assert.Equal(Wire.Options(1), Encoding.UTF8.GetBytes(await _serverEvents.MessageAsync()));
        await _server.SendAsync(far, Wire.Options(2));
        Assert.Equal(Wire.Options(2), Encoding.UTF8.GetBytes(await _clientEvents.MessageAsync()));
        Assert.Equal(near.Local, far.Remote);
        Assert.Equal(host, near.Remote.Host);
        Assert.True(near.IsReliable && near.IsOutgoing && !far.IsOutgoing);
    }

    [Fact]
    public async Task A_message_may_arrive_byte_by_byte_and_two_in_one_segment()
    {
        await ListenAsync();
        using var peer = await Wire.DialAsync(_server.ListenAddress!);
        foreach (var one in Wire.Options(1, "body"))
        {
            await peer.SendAsync(new[] { one });
        }

        await peer.SendAsync((byte[])[.. Wire.Options(2), .. Wire.Options(3)]);
        Assert.EndsWith("body", await _serverEvents.MessageAsync(), StringComparison.Ordinal);
        Assert.Contains("CSeq: 2", await _serverEvents.MessageAsync(), StringComparison.Ordinal);
        Assert.Contains("CSeq: 3", await _serverEvents.MessageAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_keep_their_order_and_all_leave_before_the_connection_closes()
    {
        await ListenAsync();
        var flow = await ConnectAsync();
        for (var number = 1; number <= 1000; number++)
        {
            await _client.SendAsync(flow, Wire.Options(number));
        }

        await _client.CloseAsync(flow);
        Assert.Equal(SipFlowEnd.ClosedLocally, (await _clientEvents.ClosedAsync()).End);
        Assert.Equal(SipFlowEnd.ClosedByPeer, (await _serverEvents.ClosedAsync()).End);
        for (var number = 1; number <= 1000; number++)
        {
            Assert.Equal(Wire.Options(number), Encoding.UTF8.GetBytes(await _serverEvents.MessageAsync()));
        }
    }

    [Fact]
    public async Task A_ping_is_answered_by_one_line_end_and_our_ping_takes_its_answer()
    {
        await ListenAsync();
        using var peer = await Wire.DialAsync(_server.ListenAddress!);
        var flow = await _serverEvents.OpenedAsync();
        await _server.SendKeepAliveAsync(flow, default);
        var bytes = new byte[8];
        var count = 0;
        while (count < 4)
        {
            count += await peer.ReceiveAsync(bytes.AsMemory(count));
        }

        Assert.Equal("\r\n\r\n"u8.ToArray(), bytes[..count]);
        await peer.SendAsync("\r\n"u8.ToArray());
        await peer.SendAsync("\r\n\r\n"u8.ToArray());
        await peer.SendAsync(Wire.Options(1));
        await _serverEvents.MessageAsync();
        // The answer to ours is none of the peer's.
        Assert.Equal(1, _serverEvents.KeepAliveCount);
        peer.Shutdown(SocketShutdown.Send);
        Assert.Equal("\r\n", await peer.ReadToEndAsync());
    }

    [Theory]
    [InlineData("X: ", 200, "SIP/2.0 513 Message Too Large")]
    [InlineData("Content-Length: 101\r\nX: ", 1, "SIP/2.0 413 Request Entity Too Large")]
    [InlineData("Content-Length: soon\r\nX: ", 1, "SIP/2.0 400 Bad Request (one number of bytes expected)")]
    public async Task What_exceeds_the_limits_is_answered_and_the_connection_closed(string field, int filling, string status)
    {
        await ListenAsync(new SipLimits { MaxHeaderBytes = 300, MaxBodyBytes = 100 });
        using var peer = await Wire.DialAsync(_server.ListenAddress!);
        await peer.SendAsync(Encoding.UTF8.GetBytes(
            "INVITE sip:b@x SIP/2.0\r\nVia: SIP/2.0/TCP a;branch=z9hG4bK1\r\nFrom: <sip:a@x>;tag=1\r\nTo: <sip:b@x>\r\nCall-ID: c\r\nCSeq: 1 INVITE\r\n" +
            field + new string('x', filling) + "\r\n\r\n"));
        var answer = await peer.ReadToEndAsync();
        Assert.StartsWith(status + "\r\nVia: SIP/2.0/TCP a;branch=z9hG4bK1\r\n", answer, StringComparison.Ordinal);
        peer.Close();
        var (_, end, error) = await _serverEvents.ClosedAsync();
        Assert.Equal(SipFlowEnd.ProtocolViolation, end);
        Assert.IsType<InvalidDataException>(error);
    }

    [Fact]
    public async Task Noise_closes_the_connection_without_an_answer()
    {
        await ListenAsync();
        using var peer = await Wire.DialAsync(_server.ListenAddress!);
        await peer.SendAsync(new byte[] { 0x16, 0x03, 0x01, 0x02, 0x00, 0x01 });
        Assert.Equal("", await peer.ReadToEndAsync());
        peer.Close();
        Assert.Equal(SipFlowEnd.ProtocolViolation, (await _serverEvents.ClosedAsync()).End);
    }

    [Fact]
    public async Task A_peer_that_does_not_read_is_given_up()
    {
        await ListenAsync(new SipLimits { MaxUnsentBytes = 100_000 });
        using var peer = await Wire.DialAsync(_server.ListenAddress!);
        var flow = await _serverEvents.OpenedAsync();
        var message = Wire.Options(1, new string('x', 50_000));
        var failure = await Assert.ThrowsAsync<IOException>(async () =>
        {
            for (var sent = 0; sent < 10_000; sent++)
            {
                await _server.SendAsync(flow, message);
            }
        });
        Assert.Contains("SlowReader", failure.Message, StringComparison.Ordinal);
        Assert.Equal(SipFlowEnd.SlowReader, (await _serverEvents.ClosedAsync()).End);
        await Assert.ThrowsAsync<IOException>(async () => await _server.SendAsync(flow, message));
    }

    [Fact]
    public async Task A_reset_is_reported_once_as_lost()
    {
        await ListenAsync();
        var peer = await Wire.DialAsync(_server.ListenAddress!);
        var flow = await _serverEvents.OpenedAsync();
        peer.LingerState = new LingerOption(true, 0);
        peer.Dispose();
        Assert.Equal(SipFlowEnd.ConnectionLost, (await _serverEvents.ClosedAsync()).End);
        await _server.CloseAsync(flow);
        await _server.DisposeAsync();
        Assert.Equal(1, _serverEvents.ClosedCount);
    }

    [Fact]
    public async Task A_peer_that_shuts_its_end_still_gets_what_was_queued()
    {
        await ListenAsync();
        _serverEvents.OnMessage = (flow, message) => _server.SendAsync(flow, Wire.Options(9)).AsTask();
        using var peer = await Wire.DialAsync(_server.ListenAddress!);
        await peer.SendAsync(Wire.Options(1));
        peer.Shutdown(SocketShutdown.Send);
        Assert.Equal(Wire.Options(9), Encoding.UTF8.GetBytes(await peer.ReadToEndAsync()));
        Assert.Equal(SipFlowEnd.ClosedByPeer, (await _serverEvents.ClosedAsync()).End);
    }

    [Fact]
    public async Task A_refused_connection_is_an_error_that_names_the_address()
    {
        await ListenAsync();
        await _client.StartAsync(_clientEvents);
        var address = _server.ListenAddress!;
        await _server.DisposeAsync();
        var failure = await Assert.ThrowsAsync<IOException>(() => _client.ConnectAsync(address));
        Assert.Contains(address.ToString(), failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, _clientEvents.ClosedCount);
    }

    [Fact]
    public async Task One_connection_past_the_limit_is_closed_on_arrival_until_another_ends()
    {
        await ListenAsync(new SipLimits { MaxConnections = 1 });
        using var first = await Wire.DialAsync(_server.ListenAddress!);
        await _serverEvents.OpenedAsync();
        using var second = await Wire.DialAsync(_server.ListenAddress!);
        Assert.Equal("", await second.ReadToEndAsync());
        first.Close();
        await _serverEvents.ClosedAsync();
        using var third = await Wire.DialAsync(_server.ListenAddress!);
        await _serverEvents.OpenedAsync();
        Assert.Equal(2, _serverEvents.OpenedCount);
    }

    [Fact]
    public async Task A_client_may_connect_again_after_the_server_closed_the_flow()
    {
        await ListenAsync();
        var first = await ConnectAsync();
        await _server.CloseAsync(await _serverEvents.OpenedAsync());
        Assert.Same(first, (await _clientEvents.ClosedAsync()).Flow);
        var second = await _client.ConnectAsync(_server.ListenAddress!);
        await _client.SendAsync(second, Wire.Options(2));
        Assert.Contains("CSeq: 2", await _serverEvents.MessageAsync(), StringComparison.Ordinal);
        await Assert.ThrowsAsync<IOException>(async () => await _client.SendAsync(first, Wire.Options(1)));
    }

    [Fact]
    public async Task Disposal_closes_every_flow_and_may_be_repeated()
    {
        await ListenAsync();
        await ConnectAsync();
        await ConnectAsync(start: false);
        await _client.DisposeAsync();
        await _client.DisposeAsync();
        Assert.Equal(2, _clientEvents.ClosedCount);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _client.ConnectAsync(_server.ListenAddress!));
    }

    [Fact]
    public async Task Misuse_is_told_apart_from_the_network()
    {
        await ListenAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => _client.ConnectAsync(_server.ListenAddress!));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _server.StartAsync(_serverEvents));
        await using var other = new TcpTransport(new TcpTransportOptions { Listen = _server.ListenAddress });
        var failure = await Assert.ThrowsAsync<IOException>(() => other.StartAsync(_clientEvents));
        Assert.Contains(_server.ListenAddress!.ToString(), failure.Message, StringComparison.Ordinal);
    }

    private async Task ListenAsync(SipLimits? limits = null, string host = "127.0.0.1")
    {
        _server = new TcpTransport(new TcpTransportOptions { Listen = new("TCP", host, 0), Limits = limits ?? SipLimits.Default });
        await _server.StartAsync(_serverEvents);
    }

    private async Task<SipFlow> ConnectAsync(bool start = true)
    {
        if (start)
        {
            await _client.StartAsync(_clientEvents);
        }

        return await _client.ConnectAsync(_server.ListenAddress!);
    }
}
