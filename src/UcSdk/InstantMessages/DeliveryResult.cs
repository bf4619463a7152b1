using UcSdk.Sip;

namespace UcSdk;

/// <summary>What one answer, or none, says about a message, before it is said of each recipient.</summary>
internal readonly record struct DeliveryResult(DeliveryOutcome Outcome, int StatusCode, string ReasonPhrase, MsDiagnostics? Diagnostics)
{
    /// <summary>When to ask again at the earliest; null when nobody said.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static DeliveryResult Of(SipResponse response) => new(
        OutcomeOf(response.StatusCode),
        response.StatusCode,
        response.ReasonPhrase,
        response.IsSuccess ? null : MsDiagnostics.Of(response))
    {
        RetryAfter = response.IsSuccess ? null : SipException.ReadRetryAfter(response),
    };

    /// <summary>What a status means for the message.</summary>
    public static DeliveryOutcome OutcomeOf(int status) => status switch
    {
        // Somebody has it and will try to hand it on (RFC 3428 §7), or a proxy got no answer from the recipient: it may arrive, or have arrived.
        // 500 is also what a proxy makes of a connection that was lost behind the message (RFC 3261 §16.7 step 6, §16.9).
        Sip.StatusCode.Accepted or Sip.StatusCode.RequestTimeout or Sip.StatusCode.ServerInternalError or Sip.StatusCode.ServerTimeout => DeliveryOutcome.Unconfirmed,
        < 300 => DeliveryOutcome.Delivered,
        _ => DeliveryOutcome.Failed,
    };

    /// <summary>After a message was sent, and no answer came or the refusal of its INVITE.</summary>
    public static DeliveryResult Of(SipException failure) => new(
        failure.Failure switch
        {
            SipFailure.Refused => OutcomeOf(failure.StatusCode),
            SipFailure.NoRoute or SipFailure.ConnectFailed => DeliveryOutcome.Failed,
            _ => DeliveryOutcome.Unconfirmed,
        },
        failure.StatusCode,
        failure.ReasonPhrase,
        failure.Diagnostics)
    {
        RetryAfter = failure.RetryAfter,
    };

    /// <summary>For a message that was never sent.</summary>
    public static DeliveryResult NotSent(Exception? cause) => cause switch
    {
        SipException sip => new(DeliveryOutcome.Failed, sip.StatusCode, sip.ReasonPhrase, sip.Diagnostics) { RetryAfter = sip.RetryAfter },
        LyncClientException { StatusCode: > 0 } failure => new(DeliveryOutcome.Failed, failure.StatusCode, failure.ReasonPhrase, failure.Diagnostics) { RetryAfter = failure.RetryAfter },
        TimeoutException => Local(Sip.StatusCode.RequestTimeout),
        _ => Local(Sip.StatusCode.RequestTerminated),
    };

    public RecipientDelivery For(string uri) => new(uri, Outcome, StatusCode, ReasonPhrase, Diagnostics) { RetryAfter = RetryAfter };

    public RecipientDelivery[] ForAll(string[] uris)
    {
        var all = new RecipientDelivery[uris.Length];
        for (var at = 0; at < uris.Length; at++)
        {
            all[at] = For(uris[at]);
        }

        return all;
    }

    /// <summary>The same for each recipient, except that of those who are not where it went nobody knows.</summary>
    public RecipientDelivery[] ForAll(OutgoingMessage message)
    {
        var uris = message.Recipients;
        var all = new RecipientDelivery[uris.Length];
        var absent = Outcome == DeliveryOutcome.Delivered ? Local(Sip.StatusCode.TemporarilyUnavailable) with { Outcome = DeliveryOutcome.Unconfirmed } : this;
        for (var at = 0; at < uris.Length; at++)
        {
            all[at] = (message.HasDeparted(uris[at]) ? absent : this).For(uris[at]);
        }

        return all;
    }

    private static DeliveryResult Local(int status) => new(DeliveryOutcome.Failed, status, Sip.StatusCode.ReasonPhrase(status), null);
}
