using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>A lab in which bob talks with alice, who is played by the scripted server.</summary>
internal sealed class MessageLab
{
    public const string Alice = "sip:alice@contoso.com";

    public Lab Lab { get; } = new();

    public ScriptedServer Server => Lab.Server;

    public LyncClient Bob { get; private set; } = null!;

    public Conversation Conversation { get; private set; } = null!;

    public InstantMessageModality Messages => Conversation.InstantMessageModality;

    /// <summary>What bob's conversation shows, as <c>Incoming alice: Hello</c>.</summary>
    public List<string> Shown { get; } = [];

    public Recorder<ModalityStateChange> Changes { get; } = new();

    public Recorder<MessageDelivery> Deliveries { get; } = new();

    public void Run(Func<Task> story, Func<LyncClientOptions, LyncClientOptions>? change = null) => Lab.Run(async () =>
    {
        Bob = await Lab.SignInAsync("bob", new ClientSeams { StartsNoServices = true }, change);
        await story();
    });

    /// <summary>A conversation with alice, of which nobody but bob knows yet.</summary>
    public async Task BeginAsync(string peer = Alice)
    {
        Conversation = await Bob.ConversationManager.AddConversationAsync();
        await Conversation.AddParticipantAsync(peer);
        Observe(Conversation);
    }

    /// <summary>Bob accepts whoever invites.</summary>
    public void Welcome() => Bob.ConversationManager.ModalityInvitationHandler = (modality, token) =>
    {
        Observe(modality.Conversation);
        return modality.AcceptAsync(token);
    };

    /// <summary>Alice has invited bob, who has accepted.</summary>
    public async Task MeetAsync(string callId = "c1", string headers = "Ms-Conversation-ID: conv-1\r\n")
    {
        Welcome();
        await Server.InviteToMessagesAsync("bob", callId, headers);
        await Lab.DelayAsync(0.05);
        await Server.FollowInviteAsync(callId, "ACK");
        await Lab.DelayAsync(0.05);
    }

    public void Observe(Conversation conversation)
    {
        if (Conversation is not null && conversation == Conversation && Changes.Items.Count > 0)
        {
            return;
        }

        Conversation = conversation;
        var modality = conversation.InstantMessageModality;
        modality.StateChanges.Subscribe(Changes);
        modality.Deliveries.Subscribe(Deliveries);
        modality.Messages.Subscribe(new Recorder<InstantMessage>(message => Shown.Add($"{message.Direction} {message.Sender.Uri.Split('@')[0][4..]}: {message.Text}")));
    }

    public Task DelayAsync(double seconds) => Lab.DelayAsync(seconds);

    /// <summary>What bob has said of a kind, e.g. <c>MESSAGE im</c>.</summary>
    public SipRequest[] Said(string name) => [.. Server.Requests.Where(request => request.Name == name).Select(request => request.Request)];

    /// <summary>The wire since the sign-in: what is about messages.</summary>
    public string[] Wire => [.. Server.Log.Where(line => line.Contains(" im", StringComparison.Ordinal) || line.Contains("MESSAGE", StringComparison.Ordinal) || line.Contains(" chat", StringComparison.Ordinal))];

    public Func<SipRequest, Task<SipResponse?>> Says(int status, string headers = "\r\n") => request => Server.Reply(request, status, headers);
}
