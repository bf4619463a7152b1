using UcSdk.Sip;

namespace UcSdk;

/// <summary>What became of an instant message at one recipient.</summary>
/// <param name="Uri">Who, <c>sip:user@domain</c>.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="StatusCode">The SIP status: of the recipient, of a server on the way, or the one that stands for what happened here (408 no answer, 503 connection lost).</param>
/// <param name="ReasonPhrase">The text behind the status; empty when there is none.</param>
/// <param name="Diagnostics">The diagnosis of whoever refused it ([MS-OCER] §2.2); null when there is none.</param>
public sealed record RecipientDelivery(string Uri, DeliveryOutcome Outcome, int StatusCode, string ReasonPhrase, MsDiagnostics? Diagnostics)
{
    /// <summary>After how long whoever refused it wants to be asked again at the earliest (Retry-After, RFC 3261 §20.33); null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The outcome and the status; never who.</summary>
    public override string ToString() => Outcome == DeliveryOutcome.Delivered ? "Delivered" : $"{Outcome} ({StatusCode})";
}
