namespace UcSdk.Tests;

/// <summary>What a client hands to its history, and what it does when the history fails. Bob talks with alice, who is played by the scripted server.</summary>
public sealed class ClientHistoryTests
{
    private readonly MessageLab _lab = new();
    private readonly ScriptedHistory _history = new();

    [Fact]
    public void Messages_are_kept_when_they_are_said_and_again_with_their_results() => Run(async () =>
    {
        await _lab.MeetAsync();
        await _lab.Server.SendInDialogAsync("im", "MESSAGE", Texts.Message("Hello"));
        await _lab.DelayAsync(0.05);
        await _lab.Messages.SendMessageAsync("Hi");
        await _lab.DelayAsync(0.05);

        Assert.Equal(
            ["Incoming sip:alice@contoso.com > sip:bob@contoso.com: Hello []", "Outgoing sip:bob@contoso.com > sip:alice@contoso.com: Hi []", "Outgoing sip:bob@contoso.com > sip:alice@contoso.com: Hi [Delivered (200)]"],
            _history.Kept.Select(Show));
        Assert.Equal("conv-1", _history.Kept[0].ConversationId);
        Assert.Equal(_history.Kept[1].Id, _history.Kept[2].Id);
        Assert.NotEqual(_history.Kept[0].Id, _history.Kept[1].Id);
        Assert.Same(_history, _lab.Bob.ConversationManager.History);
    });

    [Fact]
    public void While_the_history_writes_what_is_said_waits_in_order_and_goes_in_one_batch() => Run(async () =>
    {
        await _lab.MeetAsync();
        var gate = _history.Hold();
        await _lab.Messages.SendMessageAsync("1");
        await _lab.Messages.SendMessageAsync("2");
        await _lab.DelayAsync(0.05);
        Assert.Equal([1], _history.Batches);
        gate.SetResult();
        await _lab.DelayAsync(0.05);

        Assert.Equal([1, 3], _history.Batches);
        Assert.Equal(["1", "1", "2", "2"], _history.Kept.Select(message => message.Text));
    });

    [Fact]
    public void What_the_history_does_not_keep_is_told_of_and_the_conversation_goes_on() => Run(async () =>
    {
        var failures = new Recorder<HistoryFailure>();
        using var subscription = _lab.Bob.ConversationManager.HistoryFailures.Subscribe(failures);
        await _lab.MeetAsync();
        _history.Failure = new IOException("full");
        await _lab.Messages.SendMessageAsync("lost");
        await _lab.DelayAsync(0.05);
        _history.Failure = null;
        Assert.True((await _lab.Messages.SendMessageAsync("kept")).IsDelivered);
        await _lab.DelayAsync(0.05);

        Assert.All(failures.Items, failure => Assert.Equal("full", failure.Cause.Message));
        Assert.Equal(["lost", "lost"], failures.Items.SelectMany(failure => failure.Messages).Select(message => message.Text));
        Assert.Equal(["kept", "kept"], _history.Kept.Select(message => message.Text));
        Assert.DoesNotContain("lost", failures.Items[0].ToString(), StringComparison.Ordinal);
    });

    [Fact]
    public void A_client_that_is_disposed_waits_for_its_history() => Run(async () =>
    {
        await _lab.MeetAsync();
        var gate = _history.Hold();
        await _lab.Messages.SendMessageAsync("last");
        var disposal = _lab.Bob.DisposeAsync().AsTask();
        await _lab.DelayAsync(0.05);
        Assert.False(disposal.IsCompleted);
        gate.SetResult();
        await disposal;
        Assert.Equal(["last", "last"], _history.Kept.Select(message => message.Text));
    });

    private static string Show(HistoryMessage message) => $"{message.Direction} {message.Sender} > {string.Join(' ', message.Recipients)}: {message.Text} [{string.Join(' ', message.Results)}]";

    private void Run(Func<Task> story) => _lab.Run(story, options => options with { History = _history });

    private sealed class ScriptedHistory : IConversationHistory
    {
        private TaskCompletionSource? _gate;

        public List<HistoryMessage> Kept { get; } = [];

        public List<int> Batches { get; } = [];

        public Exception? Failure { get; set; }

        public TaskCompletionSource Hold() => _gate = new();

        public async Task AppendAsync(IReadOnlyList<HistoryMessage> messages, CancellationToken cancellationToken)
        {
            Batches.Add(messages.Count);
            if (_gate is { } gate)
            {
                await gate.Task;
            }

            if (Failure is not null)
            {
                throw Failure;
            }

            Kept.AddRange(messages);
        }

        public Task<IReadOnlyList<HistoryMessage>> QueryAsync(HistoryQuery query, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<HistoryMessage>>(Kept);
    }
}
