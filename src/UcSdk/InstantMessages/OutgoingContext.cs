namespace UcSdk;

/// <summary>What an application says, on its way.</summary>
internal sealed class OutgoingContext(string[] recipients) : OutgoingDelivery(recipients)
{
    private readonly TaskCompletionSource<IReadOnlyList<RecipientDelivery>> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<IReadOnlyList<RecipientDelivery>> Outcome => _outcome.Task;

    public void Complete(IReadOnlyList<RecipientDelivery> recipients) => _outcome.TrySetResult(recipients);
}
