using System.Text;

namespace UcSdk.Sip.Tests;

public sealed class PcapngTraceTests : IDisposable
{
    private static readonly DateTimeOffset Start = new DateTimeOffset(2030, 1, 1, 12, 0, 0, TimeSpan.Zero).AddTicks(1234567);

    private static readonly SipFlow Client = Stream("TCP", "192.0.2.10", 50001, "192.0.2.20", 5070, isOutgoing: true);

    private static readonly SipFlow Server = Stream("TCP", "192.0.2.20", 5070, "192.0.2.10", 50001, isOutgoing: false);

    private readonly MemoryStream _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_stream_is_opened_numbered_acknowledged_and_closed()
    {
        var file = await WriteAsync(trace =>
        {
            trace.FlowOpened(Client, Start);
            trace.Message(Sent(Client, "OPTIONS", 1));
            trace.Message(Received(Client, "200", 2));
            trace.FlowClosed(Client, SipFlowEnd.ClosedByPeer, Start.AddMilliseconds(3));
        });
        const string Caller = "192.0.2.10:50001";
        const string Callee = "192.0.2.20:5070";
        Assert.Equal(
            [
                (Caller, "S", 0, 0, ""), (Callee, "SA", 0, 1, ""), (Caller, "A", 1, 1, ""),
                (Caller, "PA", 1, 1, "OPTIONS"), (Callee, "A", 1, 8, ""), (Callee, "PA", 1, 8, "200"), (Caller, "A", 8, 4, ""),
                (Callee, "FA", 4, 8, ""), (Caller, "FA", 8, 5, ""), (Callee, "A", 5, 9, ""),
            ],
            file.Packets.Select(packet => (packet.From, packet.Flags, packet.Sequence, packet.Acknowledged, packet.Text)));
        Assert.Equal(["tcp"], file.Interfaces);
        Assert.Equal((Start.AddMilliseconds(1), Callee), (file.Packets[3].Time, file.Packets[3].To));
        Assert.Equal("sent tcp://192.0.2.10:50001 → tcp://192.0.2.20:5070", file.Packets[3].Comment);
        Assert.Equal("received tcp://192.0.2.20:5070 → tcp://192.0.2.10:50001", file.Packets[5].Comment);
        Assert.All(file.Packets, packet => Assert.Equal(packet.From == Caller, packet.IsOutgoing));
    }

    [Fact]
    public async Task An_endpoint_tells_of_its_flows_and_its_messages()
    {
        await using var trace = new PcapngTrace(_file);
        var wire = PeerWire.Reliable(new() { Trace = trace });
        wire.Says(Messages.FromPeer("OPTIONS"));
        _ = wire.Do(() => wire.Endpoint.CloseFlowAsync(wire.Flow));
        await trace.DisposeAsync();
        var packets = PcapngFile.Read(_file.ToArray()).Packets;
        Assert.Equal("S,SA,A,PA,A,PA,A,FA,FA,A", string.Join(',', packets.Select(packet => packet.Flags)));
        Assert.StartsWith("OPTIONS sip:", packets[3].Text, StringComparison.Ordinal);
        Assert.StartsWith("SIP/2.0 200 OK", packets[5].Text, StringComparison.Ordinal);
        Assert.True(packets[7].IsOutgoing);
        Assert.Equal(packets[3].Time, packets[7].Time);
    }

    [Theory]
    [InlineData(SipFlowEnd.ClosedLocally, "192.0.2.20:5070 FA,192.0.2.10:50001 FA,192.0.2.20:5070 A")]
    [InlineData(SipFlowEnd.Idle, "192.0.2.20:5070 FA,192.0.2.10:50001 FA,192.0.2.20:5070 A")]
    [InlineData(SipFlowEnd.ClosedByPeer, "192.0.2.10:50001 FA,192.0.2.20:5070 FA,192.0.2.10:50001 A")]
    [InlineData(SipFlowEnd.ConnectionLost, "192.0.2.10:50001 RA")]
    [InlineData(SipFlowEnd.SlowReader, "192.0.2.20:5070 RA")]
    public async Task The_end_of_a_stream_shows_who_ended_it_and_how(SipFlowEnd end, string packets)
    {
        var file = await WriteAsync(trace =>
        {
            trace.FlowOpened(Server, Start);
            trace.FlowClosed(Server, end, Start);
        });
        Assert.Equal(packets, string.Join(',', file.Packets.Skip(3).Select(packet => $"{packet.From} {packet.Flags}")));
    }

    [Fact]
    public async Task A_stream_that_outlives_the_file_or_was_there_before_it_is_whole_all_the_same()
    {
        var file = await WriteAsync(trace => trace.Message(Received(Server, "OPTIONS", 1)));
        Assert.Equal("S,SA,A,PA,A,FA,FA,A", string.Join(',', file.Packets.Select(packet => packet.Flags)));
    }

    [Fact]
    public async Task Ports_that_are_used_again_begin_another_stream()
    {
        var again = Stream("TCP", "192.0.2.10", 50001, "192.0.2.20", 5070, isOutgoing: true);
        var file = await WriteAsync(trace =>
        {
            trace.Message(Sent(Client, "one", 1));
            trace.FlowClosed(Client, SipFlowEnd.ClosedLocally, Start);
            trace.Message(Sent(again, "two", 2));
        });
        Assert.Equal("S,SA,A,PA,A,FA,FA,A,S,SA,A,PA,A,FA,FA,A", string.Join(',', file.Packets.Select(packet => packet.Flags)));
        Assert.Equal(1u, file.Packets.Single(packet => packet.Text == "two").Sequence);
    }

    [Fact]
    public async Task A_message_larger_than_a_packet_goes_into_segments()
    {
        var text = string.Concat(Enumerable.Range(0, 40_000).Select(number => $"{number:00000}"));
        var file = await WriteAsync(trace => trace.Message(Sent(Client, text, 1)));
        var pieces = file.Packets.Where(packet => packet.Payload.Length > 0).ToArray();
        Assert.Equal([65_495, 65_495, 65_495, 3_515], pieces.Select(piece => piece.Payload.Length));
        Assert.Equal(["A", "A", "A", "PA"], pieces.Select(piece => piece.Flags));
        Assert.Equal(text, string.Concat(pieces.Select(piece => piece.Text)));
        Assert.Equal([1, 65_496, 130_991, 196_486], pieces.Select(piece => piece.Sequence));
        Assert.Equal(200_001u, file.Packets.Last(packet => packet.Flags == "A" && packet.From == "192.0.2.20:5070").Acknowledged);
    }

    [Theory]
    [InlineData(65_507, "")]
    [InlineData(65_508, ", 1 octets left out")]
    public async Task A_datagram_has_no_more_octets_than_a_datagram_can_have(int length, string note)
    {
        var flow = new SipFlow("UDP", new("UDP", "192.0.2.1", 5060), new("UDP", "192.0.2.2", 5060), isReliable: false, isOutgoing: true);
        var packet = Assert.Single((await WriteAsync(trace => trace.Message(Sent(flow, new string('a', length), 1)))).Packets);
        Assert.Equal(65_507, packet.Payload.Length);
        Assert.EndsWith("tcp" + note, packet.Comment.Replace("udp://192.0.2.2:5060", "tcp", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Datagrams_over_IPv6_have_nothing_around_them()
    {
        var flow = new SipFlow("UDP", new("UDP", "[2001:db8::1]", 5060), new("UDP", "[2001:db8::2]", 5062), isReliable: false, isOutgoing: true);
        var file = await WriteAsync(trace =>
        {
            trace.FlowOpened(flow, Start);
            trace.Message(Sent(flow, "OPTIONS", 1));
            trace.Message(Received(flow, "200", 2));
            trace.FlowClosed(flow, SipFlowEnd.ClosedLocally, Start);
        });
        Assert.Equal(
            [("[2001:db8::1]:5060", "[2001:db8::2]:5062", "UDP", "OPTIONS"), ("[2001:db8::2]:5062", "[2001:db8::1]:5060", "UDP", "200")],
            file.Packets.Select(packet => (packet.From, packet.To, packet.Flags, packet.Text)));
        Assert.Equal(["udp"], file.Interfaces);
    }

    [Fact]
    public async Task What_TLS_carried_is_written_as_TCP_to_the_port_of_SIP()
    {
        var flow = Stream("TLS", "192.0.2.10", 50001, "192.0.2.20", 443, isOutgoing: false);
        var file = await WriteAsync(trace => trace.Message(Sent(flow, "OPTIONS", 1)));
        var packet = file.Packets.Single(packet => packet.Text == "OPTIONS");
        Assert.Equal(("tls", "192.0.2.10:5060", "192.0.2.20:443"), (packet.Interface, packet.From, packet.To));
        Assert.Equal("sent tls://192.0.2.10:50001 → tls://192.0.2.20:443 (decrypted)", packet.Comment);
    }

    [Fact]
    public async Task Names_get_documentation_addresses_and_the_file_says_which()
    {
        var file = await WriteAsync(trace => Array.ForEach(TracedCall.Entries(), trace.Message));
        Assert.Equal(
            [("alice", "192.0.2.1"), ("server", "192.0.2.2"), ("bob", "192.0.2.3")],
            file.Names.Select(name => (name.Key, name.Value)));
        Assert.Equal("192.0.2.1:50001", file.Packets[0].From);
    }

    [Fact]
    public async Task Names_are_many_and_may_meet_addresses_of_the_other_family()
    {
        var file = await WriteAsync(trace =>
        {
            for (var number = 0; number < 763; number++)
            {
                trace.Message(Sent(Stream("TCP", $"host{number}", 5060, "[::1]", 5060, isOutgoing: true), "OPTIONS", number));
            }
        });
        Assert.Equal("192.0.2.254", file.Names["host253"]);
        Assert.Equal("198.51.100.1", file.Names["host254"]);
        Assert.Equal("203.0.113.254", file.Names["host761"]);
        Assert.Equal("2001:db8::2fb", file.Names["host762"]);
        Assert.Equal("[::ffff:192.0.2.1]:5060", file.Packets[0].From);
        Assert.Equal("[::1]:5060", file.Packets[0].To);
    }

    [Fact]
    public async Task What_two_endpoints_of_one_file_both_saw_is_written_once()
    {
        var file = await WriteAsync(trace =>
        {
            trace.FlowOpened(Client, Start);
            trace.FlowOpened(Server, Start);
            trace.Message(Sent(Client, "OPTIONS", 1));
            trace.Message(Received(Server, "OPTIONS", 2));
            trace.Message(Sent(Server, "200", 3));
            trace.FlowClosed(Server, SipFlowEnd.ClosedLocally, Start.AddMilliseconds(4));
            trace.Message(Received(Client, "200", 5));
            trace.FlowClosed(Client, SipFlowEnd.ClosedByPeer, Start.AddMilliseconds(6));
        });
        Assert.Equal("S,SA,A,PA,A,PA,A,FA,FA,A", string.Join(',', file.Packets.Select(packet => packet.Flags)));
        Assert.Equal(["OPTIONS", "200"], file.Packets.Select(packet => packet.Text).Where(text => text.Length > 0));
        Assert.Equal("192.0.2.20:5070", file.Packets[^3].From);
        Assert.Equal([(2, 0)], file.Statistics);
    }

    [Fact]
    public async Task Secrets_become_as_many_octets_of_nothing()
    {
        var entry = TracedCall.Entries()[0];
        var hidden = await WriteAsync(trace => trace.Message(entry));
        Assert.DoesNotContain("SECRET", string.Concat(hidden.Packets.Select(packet => packet.Text)), StringComparison.Ordinal);
        using var file = new MemoryStream();
        await using (var trace = new PcapngTrace(file, new() { ShowSecrets = true }))
        {
            trace.Message(entry);
        }

        var shown = PcapngFile.Read(file.ToArray());
        Assert.Equal(entry.Bytes.ToArray(), shown.Packets[3].Payload);
        Assert.Equal(entry.Bytes.Length, hidden.Packets[3].Payload.Length);
        Assert.True(SipMessage.TryParse(hidden.Packets[3].Payload, SipLimits.Default, out var message, out _));
        Assert.Equal(TracedCall.Sdp.Length, message!.Body.Length);
    }

    [Fact]
    public async Task A_stream_that_fails_ends_the_capture_says_so_once_and_harms_nobody()
    {
        var failures = new List<Exception>();
        var stream = new FaultyStream { Failure = new IOException("No space left on device") };
        var trace = new PcapngTrace(stream, new() { Failed = failures.Add });
        trace.FlowOpened(Client, Start);
        trace.Message(Sent(Client, "OPTIONS", 1));
        await trace.DisposeAsync();
        trace.Message(Sent(Client, "OPTIONS", 2));
        await trace.DisposeAsync();
        Assert.Same(stream.Failure, trace.Failure);
        Assert.Same(stream.Failure, Assert.Single(failures));
        Assert.True(stream.IsDisposed);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public async Task A_slow_disk_costs_messages_beyond_the_limit_which_are_counted_and_leave_a_gap(int surplus, int lost)
    {
        const int Limit = 64 * 1024;
        var stream = new FaultyStream { Gate = new TaskCompletionSource() };
        var trace = new PcapngTrace(stream, new() { MaxPendingBytes = Limit });
        // The first turn writes the beginning of the file and is held; what follows waits in memory.
        await stream.Held.Task.WaitAsync(TestContext.Current.CancellationToken);
        trace.FlowOpened(Client, Start);
        await DrainAsync(trace);
        var room = Limit - 512 - FlowOpeningLength();
        trace.Message(Sent(Client, new string('a', room + surplus), 1));
        await DrainAsync(trace);
        Assert.Equal((1 - lost, lost), (trace.Written, trace.Lost));
        stream.Gate.SetResult();
        await DrainAsync(trace);
        await DrainAsync(trace);
        trace.Message(Sent(Client, "OPTIONS", 2));
        await trace.DisposeAsync();

        var file = PcapngFile.Read(stream.ToArray());
        Assert.Equal([(2, (ulong)lost)], file.Statistics);
        Assert.Equal((uint)(1 + room + surplus), file.Packets.Single(packet => packet.Text == "OPTIONS").Sequence);
    }

    [Fact]
    public async Task After_the_end_nothing_is_written_and_all_is_counted()
    {
        var trace = new PcapngTrace(_file);
        await trace.DisposeAsync();
        await trace.DisposeAsync();
        trace.FlowOpened(Client, Start);
        trace.Message(Sent(Client, "OPTIONS", 1));
        trace.FlowClosed(Client, SipFlowEnd.ClosedLocally, Start);
        await DrainAsync(trace);
        Assert.Equal((0, 1), (trace.Written, trace.Lost));
        Assert.Empty(PcapngFile.Read(_file.ToArray()).Packets);
    }

    [Fact]
    public void Options_and_streams_have_their_conditions()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PcapngTrace(new MemoryStream(), new() { MaxPendingBytes = (64 * 1024) - 1 }));
        Assert.Throws<ArgumentException>(() => new PcapngTrace(new MemoryStream([], writable: false)));
        Assert.Throws<DirectoryNotFoundException>(() => PcapngTrace.Create(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName(), "file")));
    }

    private static SipFlow Stream(string transport, string host, int port, string peer, int peerPort, bool isOutgoing) =>
        new(transport, new(transport, host, port), new(transport, peer, peerPort), isReliable: true, isOutgoing);

    private static SipTraceEntry Sent(SipFlow flow, string text, int milliseconds) => Entry(SipTraceDirection.Sent, flow, text, milliseconds);

    private static SipTraceEntry Received(SipFlow flow, string text, int milliseconds) => Entry(SipTraceDirection.Received, flow, text, milliseconds);

    private static SipTraceEntry Entry(SipTraceDirection direction, SipFlow flow, string text, int milliseconds) =>
        new(TimeSpan.FromMilliseconds(milliseconds), Start.AddMilliseconds(milliseconds), direction, flow, Encoding.UTF8.GetBytes(text));

    // What the interface and the handshake take in the file, measured on a file of its own.
    private static int FlowOpeningLength()
    {
        var writer = new PcapngWriter();
        writer.WriteInterface("tcp", "SIP over TCP");
        new CapturedFlow(writer, 0, Client, new CaptureAddresses((_, _) => { })).Open(Client, Start);
        return writer.Output.WrittenCount;
    }

    // Its loop works in order: what was told before has been done when this is answered.
    private static Task DrainAsync(PcapngTrace trace) => trace.SettleAsync();

    private async Task<PcapngFile> WriteAsync(Action<PcapngTrace> tell)
    {
        var trace = new PcapngTrace(_file);
        tell(trace);
        await trace.DisposeAsync();
        Assert.Null(trace.Failure);
        return PcapngFile.Read(_file.ToArray());
    }
}
