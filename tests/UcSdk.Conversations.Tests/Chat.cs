namespace UcSdk.Conversations.Tests;

/// <summary>One person's view of a conversation: what it shows, in order, as <c>alice: Hello</c>.</summary>
internal sealed class Chat
{
    public Conversation Conversation { get; private set; } = null!;

    public InstantMessageModality Messages => Conversation.InstantMessageModality;

    public List<string> Shown { get; } = [];

    /// <summary>The last HTML that was shown.</summary>
    public string? Html { get; private set; }

    public async Task<Conversation> BeginAsync(Person self, Person other)
    {
        Observe(await self.Client.ConversationManager.AddConversationAsync());
        await Conversation.AddParticipantAsync(other.Address);
        return Conversation;
    }

    /// <summary>The person accepts whoever invites.</summary>
    public void Answers(Person self) => self.Client.ConversationManager.ModalityInvitationHandler = (modality, token) =>
    {
        Observe(modality.Conversation);
        return modality.AcceptAsync(token);
    };

    public void Observe(Conversation conversation)
    {
        Conversation = conversation;
        conversation.InstantMessageModality.Messages.Subscribe(new Reader(this));
    }

    private sealed class Reader(Chat chat) : IObserver<InstantMessage>
    {
        public void OnNext(InstantMessage value)
        {
            chat.Shown.Add($"{value.Sender.Uri.Split('@')[0][4..]}: {value.Text}");
            chat.Html = value.Content.Html ?? chat.Html;
        }

        public void OnError(Exception error) => throw error;

        public void OnCompleted()
        {
        }
    }
}
