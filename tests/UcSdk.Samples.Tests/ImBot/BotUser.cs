namespace UcSdk.Samples.Tests;

/// <summary>Somebody who talks with the bot, alone with it or in company, and accepts whatever comes.</summary>
internal sealed class BotUser : IObserver<InstantMessage>
{
    private static readonly JoinOptions WithoutAudio = new() { Audio = false, InstantMessages = true };

    private readonly World _world;
    private readonly string _bot;

    public BotUser(World world, LyncClient client, string bot)
    {
        (_world, Client, _bot) = (world, client, bot);
        client.ConversationManager.Messages.Subscribe(this);
        client.ConversationManager.ModalityInvitationHandler = (modality, token) => modality.AcceptAsync(token);
        client.ConversationManager.ConferenceInvitationHandler = async (invitation, token) =>
        {
            await invitation.AcceptAsync(token);
            await invitation.Conversation.JoinAsync(WithoutAudio, cancellationToken: token);
        };
    }

    public LyncClient Client { get; }

    /// <summary>Where it talks: with the bot alone until it meets or joins.</summary>
    public Conversation? Conversation { get; private set; }

    /// <summary>What the bot has said to it, in order.</summary>
    public List<string> Heard { get; } = [];

    public async Task<Conversation> MeetAsync()
    {
        Conversation = await Client.ConversationManager.MeetNowAsync();
        await Conversation.JoinAsync(WithoutAudio);
        return Conversation;
    }

    public async Task JoinAsync(string conferenceUri) => Conversation = await Client.ConversationManager.JoinConferenceAsync(conferenceUri, WithoutAudio);

    public Task LeaveAsync() => Conversation!.EndAsync();

    public async Task SayAsync(string words)
    {
        Conversation ??= await Client.ConversationManager.BeginConversationAsync(_bot);
        Assert.True((await Conversation.InstantMessageModality.SendMessageAsync(words)).IsDelivered);
    }

    /// <summary>Says something and waits for the next that the bot says.</summary>
    public async Task<string> AskAsync(string question)
    {
        var before = Heard.Count;
        await SayAsync(question);
        await _world.UntilAsync(() => Heard.Count > before, $"an answer to {question}");
        return Heard[before];
    }

    public Task HearsAsync(string words) => _world.UntilAsync(() => Heard.Contains(words), $"{words}, after {string.Join(" | ", Heard)}");

    void IObserver<InstantMessage>.OnNext(InstantMessage value)
    {
        if (value.Direction == InstantMessageDirection.Incoming && value.Sender.Uri == _bot)
        {
            Heard.Add(value.Text);
        }
    }

    public void OnError(Exception error) => throw error;

    public void OnCompleted()
    {
    }
}
