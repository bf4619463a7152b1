using UcSdk.Core;

namespace UcSdk;

/// <summary>
/// Hands what is said to the history behind the conversations' backs: in order, one batch at a time, everything that came meanwhile in the next. What the history does
/// not keep is told of and not tried again. On the loop only.
/// </summary>
internal sealed class HistoryWriter(IConversationHistory history, OwnedWork work, ObserverPump observers)
{
    /// <summary>How many messages wait for a history that is slow; what is past it is told of as a failure.</summary>
    public static readonly Limit MaxPending = new(nameof(MaxPending), 10_000);

    private readonly ChangeStream<HistoryFailure> _failures = new(observers, "HistoryFailures");
    private List<HistoryMessage> _pending = [];
    private bool _isWriting;

    public IConversationHistory History => history;

    public IObservable<HistoryFailure> Failures => _failures;

    public void Add(InstantMessage message) => Add(HistoryMessage.Of(message, null));

    public void Settle(MessageDelivery delivery) => Add(HistoryMessage.Of(delivery.Message, delivery.Recipients));

    public void Complete() => _failures.Complete();

    private void Add(HistoryMessage message)
    {
        if (!MaxPending.Allows(_pending.Count + 1))
        {
            _failures.Publish(new HistoryFailure([message], new IOException($"The history is slow: more than {MaxPending.Maximum} messages wait for it.")));
            return;
        }

        _pending.Add(message);
        if (!_isWriting)
        {
            _isWriting = true;
            work.Start(WriteAsync);
        }
    }

    private async Task WriteAsync()
    {
        while (_pending.Count > 0)
        {
            var batch = _pending;
            _pending = [];
            try
            {
                await history.AppendAsync(batch, default);
            }
            catch (Exception failure)
            {
                // The history may be the user's own: whatever it throws, the conversations go on.
                _failures.Publish(new HistoryFailure(batch, failure));
            }
        }

        _isWriting = false;
    }
}
