using System.Collections.Concurrent;

namespace UcSdk.Interop.Tests;

/// <summary>Somebody with a client of ours, who accepts whatever comes; and all that it shows, in order, as <c>alice: Tea?</c>.</summary>
internal sealed class OurUser : IObserver<InstantMessage>, IAsyncDisposable
{
    private static readonly JoinOptions ChatOnly = new() { Audio = false, InstantMessages = true };

    private readonly ConcurrentQueue<InstantMessage> _messages = new();
    private readonly CancellationToken _limit;

    public OurUser(LyncClient client, CancellationToken limit)
    {
        (Client, _limit) = (client, limit);
        Manager.Messages.Subscribe(this);
        Manager.ModalityInvitationHandler = (modality, token) => modality.AcceptAsync(token);
        Manager.ConferenceInvitationHandler = async (invitation, token) =>
        {
            await invitation.AcceptAsync(token);
            await invitation.Conversation.JoinAsync(ChatOnly, null, token);
        };
    }

    public LyncClient Client { get; }

    public ConversationManager Manager => Client.ConversationManager;

    /// <summary>The only conversation.</summary>
    public Conversation Conversation => Assert.Single(Manager.Conversations);

    public InstantMessageModality Messages => Conversation.InstantMessageModality;

    /// <summary>All that was shown, sent and received.</summary>
    public string[] Shown => [.. _messages.Select(Describe)];

    /// <summary>How many others are in the chat of the only conversation.</summary>
    public int Others => Manager.Conversations.Count != 1 || Conversation.ConferenceSession is null
        ? 0
        : Conversation.Participants.Count(participant => !participant.IsSelf && participant.Modalities.InstantMessage == ModalityState.Connected);

    /// <summary>Says something to somebody, which must arrive.</summary>
    public async Task SayAsync(string name, string text)
    {
        var delivery = await (await Manager.BeginConversationAsync(PurpleSipe.UriOf(name), _limit)).InstantMessageModality.SendMessageAsync(text, _limit);
        Assert.True(delivery.IsDelivered, $"{text}: {string.Join(", ", delivery.Recipients)}");
    }

    /// <summary>Makes a conference, and is in its chat.</summary>
    public async Task MeetAsync() => await (await Manager.MeetNowAsync(cancellationToken: _limit)).JoinAsync(ChatOnly, cancellationToken: _limit);

    /// <summary>Waits until somebody's words are shown, and gives the message.</summary>
    public async Task<InstantMessage> HearAsync(string name, string text)
    {
        await UntilAsync(() => Shown.Contains($"{name}: {text}"), $"{name}: {text}");
        return _messages.First(message => Describe(message) == $"{name}: {text}");
    }

    /// <summary>Waits until it is so.</summary>
    public async Task UntilAsync(Func<bool> isSo, string what)
    {
        try
        {
            while (!isSo())
            {
                await Task.Delay(50, _limit);
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"It did not come to this: {what}; only to: {string.Join(" | ", Shown)}");
        }
    }

    public void OnNext(InstantMessage value) => _messages.Enqueue(value);

    public void OnError(Exception error) => throw error;

    public void OnCompleted()
    {
    }

    public ValueTask DisposeAsync() => Client.DisposeAsync();

    private static string Describe(InstantMessage message) => $"{message.Sender.Uri.Split('@')[0][4..]}: {message.Text}";
}
