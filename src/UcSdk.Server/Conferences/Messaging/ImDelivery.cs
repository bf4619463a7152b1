using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>What becomes of one message at all to whom it goes.</summary>
/// <param name="id">Its <c>Message-Id</c>.</param>
/// <param name="sender">The leg that sent it.</param>
internal sealed class ImDelivery(string id, ImLeg sender)
{
    private readonly List<(string User, DeliveryRecipient? Failure)> _results = [];

    public ImLeg Sender { get; } = sender;

    /// <summary>Endpoints whose answer is awaited.</summary>
    public int Outstanding { get; private set; }

    public void Expect() => Outstanding++;

    public void Reached(ImLeg leg)
    {
        Outstanding--;
        _results.Add((leg.User, null));
    }

    public void Failed(ImLeg leg, int status, string? diagnostics)
    {
        Outstanding--;
        _results.Add((leg.User, DeliveryRecipient.Failure(leg.Address, (uint)status, diagnostics)));
    }

    /// <summary>
    /// The report ([MS-CONFIM] §2.2.1), which names those who do not have the message. Who has it at one endpoint has it: so senders, who have it themselves, are
    /// not told of their own other endpoints.
    /// </summary>
    public InstantMessageDeliveryNotification Report() => new(id)
    {
        Recipients = ValueList.From(_results
            .GroupBy(result => result.User, StringComparer.OrdinalIgnoreCase)
            .Where(user => user.All(result => result.Failure is not null))
            .Select(user => user.First().Failure!)),
    };
}
