namespace UcSdk;

/// <summary>A message of the user on its way: who is to have it, and who waits for the outcome.</summary>
internal sealed class OutgoingMessage(InstantMessage message, string[] recipients, bool isToConference, long number) : OutgoingDelivery(recipients)
{
    private readonly TaskCompletionSource<MessageDelivery> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public InstantMessage Message => message;

    /// <summary>Whether the recipients are those in the chat of a conference.</summary>
    public bool IsToConference { get; private set; } = isToConference;

    /// <summary>Its place among the messages of the conversation.</summary>
    public long Number => number;

    /// <summary>How often it was sent.</summary>
    public int Attempts { get; set; }

    public Task<MessageDelivery> Outcome => _outcome.Task;

    /// <summary>It goes another way than when it was said. Whom it was meant for and is not to be reached there is not lost: nobody will tell of them.</summary>
    public void Readdress(string[] there, bool toConference)
    {
        IsToConference = toConference;
        foreach (var absent in Recipients.Except(there, StringComparer.OrdinalIgnoreCase))
        {
            Depart(absent);
        }

        Recipients = [.. there.Union(Recipients, StringComparer.OrdinalIgnoreCase)];
    }

    public MessageDelivery Complete(IReadOnlyList<RecipientDelivery> recipients)
    {
        var delivery = new MessageDelivery(message, recipients);
        _outcome.TrySetResult(delivery);
        return delivery;
    }
}
