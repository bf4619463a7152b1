namespace UcSdk;

/// <summary>What became of an instant message: one result for each recipient.</summary>
public sealed class MessageDelivery
{
    internal MessageDelivery(InstantMessage message, IReadOnlyList<RecipientDelivery> recipients)
    {
        Message = message;
        Recipients = recipients;
    }

    /// <summary>The message.</summary>
    public InstantMessage Message { get; }

    /// <summary>
    /// What became of it at each. In a conference these are the people whom the roster showed in the chat when it was sent, and whom the server names besides; empty when
    /// nobody else was there.
    /// </summary>
    public IReadOnlyList<RecipientDelivery> Recipients { get; }

    /// <summary>Whether every recipient has it. False, too, where nobody else was there to have it.</summary>
    public bool IsDelivered
    {
        get
        {
            for (var at = 0; at < Recipients.Count; at++)
            {
                if (Recipients[at].Outcome != DeliveryOutcome.Delivered)
                {
                    return false;
                }
            }

            return Recipients.Count > 0;
        }
    }

    /// <summary>Those who do not have it, or may not have it.</summary>
    public IEnumerable<RecipientDelivery> Undelivered => Recipients.Where(recipient => recipient.Outcome != DeliveryOutcome.Delivered);

    /// <summary>The outcomes; never who or what.</summary>
    public override string ToString() => string.Join(", ", Recipients);
}
