using System.Net;
using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using System.Text;
using Moq;
using UcSdk.Media;
using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Conversations.Tests;

/// <summary>A user's bot under test as its author would test it: public members only, on the production scheduler.</summary>
public sealed class GreeterTests : IAsyncLifetime
{
    private readonly MemoryNetwork _network = new();
    private readonly MemoryMediaNetwork _media = new();
    private readonly UcServer _server;

    public GreeterTests() => _server = new UcServer(new UcServerOptions
    {
        Users = [new("alice"), new("greeter")],
        Network = _network,
        MediaNetwork = _media.GetHost(IPAddress.Parse("10.0.0.1")),
    });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _server.StartAsync(Token);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _network.Dispose();
        _media.Dispose();
    }

    // listing: embedded server
    [Fact]
    public async Task The_greeter_comes_when_it_is_invited()
    {
        await using var greeter = new Greeter(OptionsOf("greeter", "10.0.0.2"), () => new ToneSource(440));
        await greeter.StartAsync("sip:greeter@contoso.test", Token);
        await using var alice = new LyncClient(OptionsOf("alice", "10.0.0.3"));
        await alice.SignInAsync("sip:alice@contoso.test", Token);
        var meeting = await alice.ConversationManager.MeetNowAsync(cancellationToken: Token);
        await meeting.JoinAsync(cancellationToken: Token);

        await meeting.InviteAsync("sip:greeter@contoso.test", cancellationToken: Token);

        await meeting.Participants.Changes.FirstAsync(change => change.Items.Count == 2).ToTask(Token);
        Assert.Contains(meeting.Participants, participant => participant.Uri == "sip:greeter@contoso.test");
    }

    private LyncClientOptions OptionsOf(string host, string address) => new()
    {
        Server = new SipTransportAddress("TCP", "sip.contoso.test", 5060),
        TransportFactory = () => _network.CreateTransport(host),
        MediaNetwork = _media.GetHost(IPAddress.Parse(address)),
    };
    // end of listing

    // listing: transport fault
    [Fact]
    public async Task The_greeter_survives_a_connection_that_breaks_while_it_joins()
    {
        var options = OptionsOf("greeter", "10.0.0.2");
        await using var greeter = new Greeter(
            options with { TransportFactory = () => BreaksAt("INVITE", "opaque=app:conf:audio-video", options.TransportFactory!()) },
            () => new ToneSource(440));
        await greeter.StartAsync("sip:greeter@contoso.test", Token);
        await using var alice = new LyncClient(OptionsOf("alice", "10.0.0.3"));
        await alice.SignInAsync("sip:alice@contoso.test", Token);
        var meeting = await alice.ConversationManager.MeetNowAsync(cancellationToken: Token);

        var lost = greeter.Client.StateChanges.FirstAsync(change => change.Reason == ClientStateChangeReason.ConnectionLost).ToTask(Token);
        await meeting.InviteAsync("sip:greeter@contoso.test", cancellationToken: Token);
        await lost;
        await greeter.Client.WaitForStateAsync(ClientState.SignedIn, Token);

        await greeter.Client.ConversationManager.Conversations.Changes.FirstAsync(change => change.Items.Count == 0).ToTask(Token);
    }

    // Everything goes to the real transport, until the message comes at which the connection breaks.
    private static ISipTransport BreaksAt(string method, string mark, ISipTransport real)
    {
        ISipTransportEvents? events = null;
        var transport = new Mock<ISipTransport>();
        transport.Setup(t => t.Name).Returns(real.Name);
        transport.Setup(t => t.StartAsync(It.IsAny<ISipTransportEvents>(), It.IsAny<CancellationToken>()))
            .Returns((ISipTransportEvents to, CancellationToken token) => real.StartAsync(events = to, token));
        transport.Setup(t => t.ConnectAsync(It.IsAny<SipTransportAddress>(), It.IsAny<CancellationToken>()))
            .Returns((SipTransportAddress remote, CancellationToken token) => real.ConnectAsync(remote, token));
        transport.Setup(t => t.CloseAsync(It.IsAny<SipFlow>(), It.IsAny<CancellationToken>()))
            .Returns((SipFlow flow, CancellationToken token) => real.CloseAsync(flow, token));
        transport.Setup(t => t.DisposeAsync()).Returns(real.DisposeAsync);
        transport.Setup(t => t.SendAsync(It.IsAny<SipFlow>(), It.IsAny<ReadOnlyMemory<byte>>(), It.IsAny<CancellationToken>()))
            .Returns((SipFlow flow, ReadOnlyMemory<byte> message, CancellationToken token) =>
            {
                var startLine = Encoding.UTF8.GetString(message.Span).Split('\r')[0];
                if (!startLine.StartsWith(method, StringComparison.Ordinal) || !startLine.Contains(mark, StringComparison.Ordinal))
                {
                    return real.SendAsync(flow, message, token);
                }

                var error = new IOException("The cable was pulled.");
                events!.FlowClosed(flow, SipFlowEnd.ConnectionLost, error);
                return ValueTask.FromException(error);
            });
        return transport.Object;
    }
    // end of listing
}
