using System.Collections.Concurrent;
using System.Text.Json;
using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>SIPE and <c>LyncClient</c>s write to each other through the embedded server, between two and among three.</summary>
public sealed class PurpleClientMessageTests(PurpleProgram program)
{
    private static readonly JoinOptions ChatOnly = new() { Audio = false, InstantMessages = true };

    [Fact]
    public async Task Between_two_either_begins_types_answers_hangs_up_and_declines()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        await using var server = await StartAsync(limit.Token);
        await using var alice = await PurpleSipe.SignInAsync(program, server.ListenAddresses[0], "alice", "wonderland", limit.Token);
        await using var bob = await SignInOursAsync(server, "bob", "builder", limit.Token);
        var shown = new Shown();
        bob.ConversationManager.ModalityInvitationHandler = (modality, token) =>
        {
            shown.Observe(modality.Conversation);
            return modality.AcceptAsync(token);
        };

        await SayAsync(alice, "Down the rabbit-hole?", limit.Token);
        await shown.WaitForAsync("alice: Down the rabbit-hole?", limit.Token);
        var messages = shown.Conversation!.InstantMessageModality;
        Assert.True((await messages.SendMessageAsync(new InstantMessageContent("Curiouser!", html: "<b>Curiouser!</b>"), limit.Token)).IsDelivered);
        Assert.Equal("Curiouser!", await HearAsync(alice, limit.Token));

        await messages.SetComposingAsync(true, limit.Token);
        await alice.Host.WaitForAsync("buddy-typing", static _ => true, limit.Token);
        await alice.DoAsync("im.typing", new() { ["to"] = PurpleSipe.UriOf("bob") }, limit.Token);
        await UntilAsync(() => messages.TypingParticipants.Count == 1, "Alice types", limit.Token);

        // Her window is closed, and opens again with his next message, in the same conversation of his.
        await alice.DoAsync("im.close", new() { ["to"] = PurpleSipe.UriOf("bob") }, limit.Token);
        await UntilAsync(() => messages.State != ModalityState.Connected, "Alice has hung up", limit.Token);
        Assert.True((await messages.SendMessageAsync("Still there?", limit.Token)).IsDelivered);
        Assert.Equal("Still there?", await HearAsync(alice, limit.Token));
        await shown.Conversation.EndAsync(limit.Token);

        bob.ConversationManager.ModalityInvitationHandler = (modality, token) => modality.RejectAsync(cancellationToken: token);
        await SayAsync(alice, "And now?", limit.Token);
        var notice = await alice.Host.WaitForAsync("conversation-notice", said => said.GetProperty("error").GetBoolean(), limit.Token);
        Assert.Contains("And now?", Text(notice, "text"), StringComparison.Ordinal);

        await alice.SignOutAsync(limit.Token);
        alice.Log.RequireEverySignatureValidated(atLeast: 10);
        var gone = await bob.ConversationManager.AddConversationAsync(cancellationToken: limit.Token);
        await gone.AddParticipantAsync(PurpleSipe.UriOf("alice"), limit.Token);
        Assert.Equal(480, Assert.Single((await gone.InstantMessageModality.SendMessageAsync("Good night", limit.Token)).Recipients).StatusCode);
        await bob.SignOutAsync(limit.Token);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Among_two_of_ours_and_one_of_theirs_all_hear_all_whoever_has_gathered_them(bool isTheirs)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        await using var server = await StartAsync(limit.Token);
        await using var alice = await PurpleSipe.SignInAsync(program, server.ListenAddresses[0], "alice", "wonderland", limit.Token);
        await using var bob = await SignInOursAsync(server, "bob", "builder", limit.Token);
        await using var carol = await SignInOursAsync(server, "carol", "carol", limit.Token);
        var (atBob, atCarol) = (new Shown(), new Shown());
        Joins(bob, atBob);
        Joins(carol, atCarol);

        string chat;
        if (isTheirs)
        {
            await alice.AddAsync("bob", "Friends", limit.Token);
            await alice.ChooseAsync("bob", limit.Token, "New chat");
            chat = await ChatAsync(alice, limit.Token);
            await MembersAsync(alice, chat, 2, limit.Token);
            await alice.DoAsync("chat.invite", new() { ["chat"] = chat, ["who"] = PurpleSipe.UriOf("carol") }, limit.Token);
        }
        else
        {
            atBob.Observe(await bob.ConversationManager.MeetNowAsync(cancellationToken: limit.Token));
            await atBob.Conversation!.JoinAsync(ChatOnly, cancellationToken: limit.Token);
            await atBob.Conversation.AddParticipantAsync(PurpleSipe.UriOf("alice"), limit.Token);
            chat = await ChatAsync(alice, limit.Token);
            await atBob.Conversation.AddParticipantAsync(PurpleSipe.UriOf("carol"), limit.Token);
        }

        await MembersAsync(alice, chat, 3, limit.Token);
        await UntilAsync(() => atBob.Others == 2 && atCarol.Others == 2, "all three are in the chat", limit.Token);

        await alice.DoAsync("chat.send", new() { ["chat"] = chat, ["text"] = "Tea?" }, limit.Token);
        await atBob.WaitForAsync("alice: Tea?", limit.Token);
        await atCarol.WaitForAsync("alice: Tea?", limit.Token);
        var delivery = await atBob.Conversation!.InstantMessageModality.SendMessageAsync("Two lumps", limit.Token);
        Assert.True(delivery.IsDelivered, delivery.ToString());
        Assert.Equal(2, delivery.Recipients.Count);
        await atCarol.WaitForAsync("bob: Two lumps", limit.Token);
        var heard = await alice.Host.WaitForAsync("received-chat", static said => Text(said, "text") == "Two lumps", limit.Token);
        Assert.Equal(PurpleSipe.UriOf("bob"), Text(heard, "from"));

        await alice.DoAsync("chat.leave", new() { ["chat"] = chat }, limit.Token);
        await UntilAsync(() => atBob.Others == 1 && atCarol.Others == 1, "Alice has left", limit.Token);
        Assert.True((await atCarol.Conversation!.InstantMessageModality.SendMessageAsync("Only we two", limit.Token)).IsDelivered);
        await atBob.WaitForAsync("carol: Only we two", limit.Token);
        await alice.SignOutAsync(limit.Token);
        await bob.SignOutAsync(limit.Token);
        await carol.SignOutAsync(limit.Token);
        alice.Log.RequireEverySignatureValidated(atLeast: 10);
        Assert.Equal(0, (await server.GetCountsAsync(limit.Token)).MessageLegs);
    }

    private static async Task<UcServer> StartAsync(CancellationToken cancellationToken)
    {
        var server = new UcServer(new UcServerOptions
        {
            Domain = "contoso.test",
            Users = [new("alice") { Password = new SipPassword("wonderland") }, new("bob") { Password = new SipPassword("builder") }, new("carol") { Password = new SipPassword("carol") }],
        });
        await server.StartAsync(cancellationToken);
        return server;
    }

    private static async Task<LyncClient> SignInOursAsync(UcServer server, string name, string password, CancellationToken cancellationToken)
    {
        var client = new LyncClient(new LyncClientOptions { Server = server.ListenAddresses[0], Password = new SipPassword(password) });
        await client.SignInAsync(PurpleSipe.UriOf(name), cancellationToken);
        return client;
    }

    private static void Joins(LyncClient client, Shown shown) => client.ConversationManager.ConferenceInvitationHandler = async (invitation, token) =>
    {
        shown.Observe(invitation.Conversation);
        await invitation.AcceptAsync(token);
        await invitation.Conversation.JoinAsync(ChatOnly, null, token);
    };

    private static Task SayAsync(PurpleSipe alice, string text, CancellationToken cancellationToken) =>
        alice.DoAsync("im.send", new() { ["to"] = PurpleSipe.UriOf("bob"), ["text"] = text }, cancellationToken);

    private static async Task<string> HearAsync(PurpleSipe alice, CancellationToken cancellationToken) =>
        Text(await alice.Host.WaitForAsync("received-im", static _ => true, cancellationToken), "text");

    private static async Task<string> ChatAsync(PurpleSipe alice, CancellationToken cancellationToken) =>
        Text(await alice.Host.WaitForAsync("chat-joined", static _ => true, cancellationToken), "chat");

    private static Task MembersAsync(PurpleSipe alice, string chat, int count, CancellationToken cancellationToken) =>
        alice.Host.WaitUntilAsync("chat.members", new() { ["chat"] = chat }, answer => answer.GetProperty("members").GetArrayLength() == count, cancellationToken);

    private static string Text(JsonElement said, string name) => said.GetProperty(name).GetString()!;

    private static async Task UntilAsync(Func<bool> isSo, string what, CancellationToken cancellationToken)
    {
        try
        {
            while (!isSo())
            {
                await Task.Delay(50, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"It did not come to it that {what}.");
        }
    }

    /// <summary>What a conversation of ours shows, in order, as <c>alice: Tea?</c>.</summary>
    private sealed class Shown : IObserver<InstantMessage>
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public Conversation? Conversation { get; private set; }

        /// <summary>Others in the chat.</summary>
        public int Others => Conversation?.ConferenceSession is null ? 0 : Conversation.Participants.Count(participant => !participant.IsSelf && participant.Modalities.InstantMessage == ModalityState.Connected);

        public void Observe(Conversation conversation)
        {
            Conversation = conversation;
            conversation.InstantMessageModality.Messages.Subscribe(this);
        }

        public Task WaitForAsync(string line, CancellationToken cancellationToken) =>
            UntilAsync(() => _lines.Contains(line), $"'{line}' is shown, only '{string.Join("', '", _lines)}'", cancellationToken);

        public void OnNext(InstantMessage value) => _lines.Enqueue($"{value.Sender.Uri.Split('@')[0][4..]}: {value.Text}");

        public void OnError(Exception error) => _lines.Enqueue(error.Message);

        public void OnCompleted()
        {
        }
    }
}
