using System.Globalization;
using System.Text;
using UcSdk.Core;
using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Benchmarks;

/// <summary>
/// One message in a conference of 100, relayed to the other 99 by the IM MCU and reported to its sender, beside an endpoint that sends as many MESSAGEs with the same body in as many
/// sessions. Everything in memory, on one thread; the answers, which receivers cut out of the requests, included.
/// </summary>
internal static class MessageFanOut
{
    private const int Participants = 100;
    private const int WarmUp = 200;
    private const int Rounds = 1000;
    private const string Text = "The quick brown fox jumps over the lazy dog.";

    public static IEnumerable<string> Measure()
    {
        var bare = MeasureBare();
        var chat = MeasureChat();
        yield return bare.Row($"bare MESSAGE to {Participants - 1} sessions and its 200, each", "baseline");
        yield return chat.Row($"a message to the {Participants - 1} others in a conference and their 200, each", (chat.Time / bare.Time).ToString("F2", CultureInfo.InvariantCulture) + " ×");
    }

    private static FanOutCost MeasureChat()
    {
        var scheduler = new SimulationScheduler();
        var random = new SeededRandomSource(1);
        using var network = new MemoryNetwork(new MemoryNetworkOptions { Seed = 1, KeepTranscript = false }, new LoopRuntime(scheduler, random.Fork()));
        var options = new UcServerOptions { Users = [.. Enumerable.Range(0, Participants).Select(index => new UcServerUser($"user{index}"))], Network = network };
        var server = new UcServer(options, new LoopRuntime(scheduler, random.Fork()), new ServerSeams());
        scheduler.Run(() => server.StartAsync());
        var peers = Connect(scheduler, network, server.ListenAddresses[0], Participants);
        peers.ForEach(peer => peer.Register());
        var focus = peers[0].CreateConference();
        foreach (var peer in peers)
        {
            peer.Join(focus);
            peer.Invite(focus.Replace(":focus:", ":chat:", StringComparison.Ordinal));
        }

        var measured = Mean(peers[1..], () => peers[0].Say(Text));
        if (peers[0].Reports != WarmUp + Rounds)
        {
            throw new InvalidOperationException($"{peers[0].Reports} reports came of {WarmUp + Rounds}.");
        }

        scheduler.Run(() => server.AbortAsync());
        peers.ForEach(peer => peer.Close());
        return measured;
    }

    private static FanOutCost MeasureBare()
    {
        var scheduler = new SimulationScheduler();
        var random = new SeededRandomSource(1);
        using var network = new MemoryNetwork(new MemoryNetworkOptions { Seed = 1, KeepTranscript = false }, new LoopRuntime(scheduler, random.Fork()));
        var loop = new SerialLoop(scheduler);
        var sessions = new List<InviteSession>();
        var address = new SipTransportAddress("TCP", "bare.contoso.test", 5060);
        var transport = network.CreateTransport(address.Host, address, loop);
        var endpoint = new SipEndpoint(new SipEndpointOptions(), new LoopRuntime(scheduler, random.Fork()), loop, [transport])
        {
            RequestReceived = request =>
            {
                var session = request.CreateInviteSession();
                sessions.Add(session);
                _ = session.AcceptAsync();
            },
        };
        scheduler.Run(() => endpoint.StartAsync());
        var peers = Connect(scheduler, network, transport.ListenAddress!, Participants - 1);
        peers.ForEach(peer => peer.Invite("sip:bare@contoso.test"));
        var body = Encoding.UTF8.GetBytes(Text);
        var measured = Mean(peers, () => scheduler.Run(() => loop.InvokeAsync(async () =>
        {
            Task<SipResponse>[] sent = [.. sessions.Select(session =>
            {
                var message = session.CreateRequest(SipMethod.Message);
                message.SetBody("text/plain; charset=UTF-8", body);
                return session.SendAsync(message);
            })];
            foreach (var answer in sent)
            {
                await answer;
            }
        })));
        scheduler.Run(async () => await endpoint.DisposeAsync());
        peers.ForEach(peer => peer.Close());
        return measured;
    }

    private static List<MessagingPeer> Connect(SimulationScheduler scheduler, MemoryNetwork network, SipTransportAddress server, int count)
    {
        var peers = new List<MessagingPeer>();
        for (var index = 0; index < count; index++)
        {
            var peer = new MessagingPeer(scheduler, network.CreateTransport($"user{index}"), $"user{index}");
            peer.Connect(server);
            peers.Add(peer);
        }

        return peers;
    }

    private static FanOutCost Mean(List<MessagingPeer> receivers, Action round) =>
        FanOutCost.Measure(receivers.Count, () => receivers.Sum(peer => peer.Heard), WarmUp, Rounds, round);
}
