namespace UcSdk;

/// <summary>What became of a kept message at one recipient.</summary>
/// <param name="Recipient">Who, <c>sip:user@domain</c>.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="StatusCode">The SIP status (<see cref="RecipientDelivery.StatusCode"/>).</param>
/// <param name="Reason">The text behind the status; empty when there is none.</param>
public sealed record HistoryResult(string Recipient, DeliveryOutcome Outcome, int StatusCode, string Reason)
{
    /// <summary>The outcome and the status; never who.</summary>
    public override string ToString() => $"{Outcome} ({StatusCode})";

    internal static HistoryResult Of(RecipientDelivery delivery) => new(delivery.Uri, delivery.Outcome, delivery.StatusCode, delivery.ReasonPhrase);
}
