using System.Text;
using UcSdk.Core;

namespace UcSdk.Sip.Tests;

/// <summary>Challenges where requests change their way: servers that fail, and datagrams that credentials make too large.</summary>
public sealed class ChallengeOnTheWayTests : IDisposable
{
    private readonly SipPassword _password = new("wonderland");
    private readonly SimulationScheduler _simulation = new();

    public void Dispose() => _password.Dispose();

    [Fact]
    public async Task A_challenge_after_a_failover_is_answered_to_the_server_that_asked()
    {
        var dns = new ScriptedResolver()
            .Srv("_sip._tcp.peer.test", 1, 0, 5060, "one.peer.test").Srv("_sip._tcp.peer.test", 2, 0, 5060, "two.peer.test")
            .Host("one.peer.test", "192.0.2.1").Host("two.peer.test", "192.0.2.2");
        var wire = PeerWire.Reliable(new SipEndpointOptions { Resolver = dns, Credentials = [new SipCredentials("alice", _password)] });
        wire.Endpoint.RouteRequest = _ => null;
        var sending = wire.Do(() => wire.Endpoint.SendAsync(Messages.Options(wire)));
        SipFlow FlowTo(string host) => wire.Endpoint.Flows.Single(flow => flow.Remote.Host == host);
        void Challenge(string nonce, string host) => wire.Answers(
            wire.ExpectRequest(SipMethod.Options, FlowTo(host)),
            401,
            edit: r => r.Headers.Add(HeaderName.WwwAuthenticate, $"Digest realm=\"peer.test\", nonce=\"{nonce}\", qop=\"auth\""),
            flow: FlowTo(host));
        Challenge("first", "192.0.2.1");
        wire.Answers(wire.ExpectRequest(SipMethod.Options, FlowTo("192.0.2.1")), 503, flow: FlowTo("192.0.2.1"));
        Challenge("second", "192.0.2.2");
        var answer = wire.ExpectRequest(SipMethod.Options, FlowTo("192.0.2.2"));
        Assert.Single(answer.Headers.GetAll(HeaderName.Authorization));
        Assert.Contains("nonce=\"second\"", answer.Headers[HeaderName.Authorization], StringComparison.Ordinal);
        wire.Answers(answer, 200, flow: FlowTo("192.0.2.2"));
        Assert.Equal(200, (await sending).StatusCode);
    }

    [Theory]
    [InlineData(true, "UDP UDP TCP TCP")]
    [InlineData(false, "UDP UDP UDP UDP")]
    public void Credentials_that_make_a_datagram_too_large_send_it_over_a_stream_where_there_is_one(bool hasStream, string transports)
    {
        using var network = new MemoryNetwork(new(), Runtime(1));
        var server = Endpoint(network, "server.test", new(), 2, hasStream ? ["UDP", "TCP"] : ["UDP"]);
        var world = new DigestWorld();
        var guard = new DigestAuthenticator(world.Options, world, new SeededRandomSource(3), () => _simulation.Clock.Now);
        server.RequestReceived = incoming =>
        {
            if (guard.Authenticate(incoming) is { } who)
            {
                incoming.Respond(200, null, who.Confirm);
            }
        };
        var client = Endpoint(network, "client.test", new() { Credentials = [new SipCredentials("alice", _password)] }, 4, ["UDP", "TCP"]);
        var response = _simulation.Run(async () =>
        {
            await server.StartAsync();
            await client.StartAsync();
            var flow = await client.ConnectAsync(new SipTransportAddress("UDP", "server.test", 5060));
            var address = new NameAddr(SipUri.Parse("sip:alice@atlanta.example.com"));
            var request = client.CreateRequest(SipMethod.Message, SipUri.Parse("sip:atlanta.example.com"), address, address);
            request.SetBody("text/plain", Encoding.ASCII.GetBytes(new string('x', 800)));
            return await client.SendAsync(request, flow);
        });
        Assert.Equal(200, response.StatusCode);
        var sent = network.Transcript.Select(entry => Encoding.ASCII.GetString(entry.Bytes.Span)).Where(text => text.Contains("CSeq:", StringComparison.Ordinal)).ToArray();
        Assert.Equal(transports, string.Join(' ', sent.Select(text => text.Split("Via: SIP/2.0/")[1][..3])));
        _simulation.Run(async () =>
        {
            await client.DisposeAsync();
            await server.DisposeAsync();
        });
    }

    private LoopRuntime Runtime(ulong seed) => new(_simulation, new SeededRandomSource(seed));

    private SipEndpoint Endpoint(MemoryNetwork network, string host, SipEndpointOptions options, ulong seed, string[] transports)
    {
        var runtime = Runtime(seed);
        var loop = new SerialLoop(_simulation);
        return new(options, runtime, loop, [.. transports.Select(name => network.CreateTransport(host, new(name, host, 5060), loop))]);
    }
}
