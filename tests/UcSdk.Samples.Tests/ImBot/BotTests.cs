using System.Net;
using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using ImBot;
using UcSdk.Media;
using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Samples.Tests;

/// <summary>The sample ImBot at a server in memory: what people say to it, and what it says.</summary>
public sealed class BotTests : IAsyncLifetime
{
    private readonly MemoryNetwork _network = new();
    private readonly MemoryMediaNetwork _media = new();
    private readonly List<string> _log = [];
    private readonly UcServer _server;
    private readonly Bot _bot;

    public BotTests()
    {
        _server = new UcServer(new UcServerOptions
        {
            Users = [new("alice") { DisplayName = "Alice" }, new("bob") { DisplayName = "Bob" }, new("bot") { DisplayName = "Bot" }],
            Network = _network,
            MediaNetwork = _media.GetHost(IPAddress.Parse("10.0.0.1")),
        });
        _bot = new Bot(OptionsOf("bot", "10.0.0.2"), line =>
        {
            lock (_log)
            {
                _log.Add(line);
            }
        });
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _server.StartAsync(Token);
        await _bot.StartAsync("sip:bot@contoso.test", Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _bot.DisposeAsync();
        await _server.DisposeAsync();
        _network.Dispose();
        _media.Dispose();
    }

    [Fact]
    public async Task It_answers_commands()
    {
        await using var alice = await SignInAsync("alice", "10.0.0.3");
        var conversation = await alice.ConversationManager.AddConversationAsync(cancellationToken: Token);
        await conversation.AddParticipantAsync("sip:bot@contoso.test", Token);

        Assert.StartsWith("help: this", await AskAsync(conversation, "help"), StringComparison.Ordinal);
        Assert.Matches("^[A-Z][a-z]+day, [0-9]+ [A-Z][a-z]+ [0-9]{4}, [0-9]{2}:[0-9]{2}$", await AskAsync(conversation, " TIME "));
        Assert.Contains("lice", await AskAsync(conversation, "who"), StringComparison.Ordinal);
        Assert.Equal("I did not understand. I answer to: help", await AskAsync(conversation, "sing"));
        Assert.Equal("somebody is nobody's address.", await AskAsync(conversation, "tell somebody hello"));
    }

    [Fact]
    public async Task It_takes_a_message_for_somebody_who_is_not_there_and_hands_it_over_when_they_come()
    {
        await using var alice = await SignInAsync("alice", "10.0.0.3");
        var conversation = await alice.ConversationManager.AddConversationAsync(cancellationToken: Token);
        await conversation.AddParticipantAsync("sip:bot@contoso.test", Token);
        Assert.Equal("They are not there. I will tell them.", await AskAsync(conversation, "tell sip:bob@contoso.test lunch is ready"));

        await using var bob = new LyncClient(OptionsOf("bob", "10.0.0.4"));
        var heard = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        bob.ConversationManager.ModalityInvitationHandler = (modality, token) =>
        {
            modality.Conversation.InstantMessageModality.Messages.Subscribe(message => heard.TrySetResult(message.Text));
            return modality.AcceptAsync(token);
        };
        await bob.SignInAsync("sip:bob@contoso.test", Token);

        Assert.EndsWith("says: lunch is ready", await heard.Task.WaitAsync(Token), StringComparison.Ordinal);
        Assert.Equal("Done.", await AskAsync(conversation, "tell sip:bob@contoso.test it gets cold"));
    }

    [Fact]
    public async Task It_comes_to_a_conference_and_greets_those_who_come_after_it()
    {
        await using var alice = await SignInAsync("alice", "10.0.0.3");
        await using var bob = await SignInAsync("bob", "10.0.0.4");
        var meeting = await alice.ConversationManager.MeetNowAsync(cancellationToken: Token);
        await meeting.JoinAsync(new JoinOptions { Audio = false, InstantMessages = true }, cancellationToken: Token);
        var messages = meeting.InstantMessageModality.Messages.Where(message => message.Direction == InstantMessageDirection.Incoming).Select(message => message.Text).Replay();
        using var connection = messages.Connect();

        await meeting.InviteAsync("sip:bot@contoso.test", cancellationToken: Token);
        Assert.Equal("Hello, everybody. I answer to: help", await messages.FirstAsync().ToTask(Token));
        await bob.ConversationManager.JoinConferenceAsync(meeting.ConferenceSession!.ConferenceUri, new JoinOptions { Audio = false }, cancellationToken: Token);
        Assert.Equal("Welcome, Bob. I answer to: help", await messages.FirstAsync(text => text.StartsWith("Welcome", StringComparison.Ordinal)).ToTask(Token));

        await meeting.InstantMessageModality.SendMessageAsync("just talking", Token);
        Assert.Contains("Bob", await AskAsync(meeting, "who"), StringComparison.Ordinal);
    }

    [Fact]
    public void No_more_messages_wait_for_a_person_than_the_limit_allows()
    {
        var mailbox = new Mailbox();
        for (var number = 0; number < Mailbox.MaxMessages; number++)
        {
            Assert.True(mailbox.TryAdd("sip:bob@x", $"{number}"));
        }

        Assert.False(mailbox.TryAdd("SIP:bob@x", "one more"));
        Assert.Equal(Mailbox.MaxMessages, mailbox.Take("sip:BOB@x").Count);
        Assert.Empty(mailbox.Take("sip:bob@x"));
    }

    private static async Task<string> AskAsync(Conversation conversation, string question)
    {
        var answer = conversation.InstantMessageModality.Messages.Where(message => message.Direction == InstantMessageDirection.Incoming).FirstAsync().ToTask(Token);
        await conversation.InstantMessageModality.SendMessageAsync(question, Token);
        return (await answer).Text;
    }

    private async Task<LyncClient> SignInAsync(string user, string address)
    {
        var client = new LyncClient(OptionsOf(user, address));
        await client.SignInAsync($"sip:{user}@contoso.test", Token);
        return client;
    }

    private LyncClientOptions OptionsOf(string host, string address) => new()
    {
        Server = new SipTransportAddress("TCP", "sip.contoso.test", 5060),
        TransportFactory = () => _network.CreateTransport(host),
        MediaNetwork = _media.GetHost(IPAddress.Parse(address)),
    };
}
