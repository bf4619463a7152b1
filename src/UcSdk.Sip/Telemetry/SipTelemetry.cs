using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace UcSdk.Sip;

/// <summary>
/// The names under which endpoints tell what they do: activities of <see cref="ActivitySourceName"/> and instruments of <see cref="MeterName"/>.
/// All endpoints of a process share them. Nothing is measured while nobody listens.
/// </summary>
public static class SipTelemetry
{
    /// <summary>
    /// The activity source: one activity for each client transaction (kind client) and server transaction (kind server), named by its method, and one for
    /// each invite session (kind internal, <c>sip.session</c>).
    /// </summary>
    public const string ActivitySourceName = "UcSdk.Sip";

    /// <summary>The meter of all instruments below.</summary>
    public const string MeterName = "UcSdk.Sip";

    /// <summary>
    /// Histogram, seconds: from a request to the final response of its transaction, or to the failure (RFC 3261 §17). Tags: <c>sip.role</c> (client, server),
    /// <c>sip.method</c>, <c>network.transport</c>, and <c>sip.status_code</c> or <c>error.type</c> (timed_out, flow_closed, abandoned).
    /// </summary>
    public const string TransactionDuration = "sip.transaction.duration";

    /// <summary>Histogram, seconds: how long a received message may have waited for its turn on the endpoint's loop.</summary>
    public const string MessageWait = "sip.message.wait";

    /// <summary>Counter: messages given to transports. Tags: <c>sip.method</c>, <c>network.transport</c>, and of responses <c>sip.status_class</c> (1xx–6xx).</summary>
    public const string MessagesSent = "sip.messages.sent";

    /// <summary>Counter: messages received and read; tags as of <see cref="MessagesSent"/>.</summary>
    public const string MessagesReceived = "sip.messages.received";

    /// <summary>Counter, bytes: of the messages sent. Tag: <c>network.transport</c>.</summary>
    public const string BytesSent = "sip.bytes.sent";

    /// <summary>Counter, bytes: of what was received as messages, readable or not. Tag: <c>network.transport</c>.</summary>
    public const string BytesReceived = "sip.bytes.received";

    /// <summary>Counter: messages sent again by timers A, E and G of RFC 3261 §17, for a repeated request, or because a 2xx got no ACK. Tag: <c>sip.method</c>.</summary>
    public const string Retransmissions = "sip.retransmissions";

    /// <summary>
    /// Counter: messages that were dropped or refused for what they are. Tags: <c>sip.reason</c> (unreadable_message, malformed_request, malformed_response,
    /// stray_response, stray_request, stale_notification, undeliverable_message, unverified_message …), <c>network.transport</c>.
    /// </summary>
    public const string Problems = "sip.problems";

    /// <summary>Counter: requests refused without a transaction, by the endpoint itself. Tags: <c>sip.method</c>, <c>sip.status_code</c> (503: overload).</summary>
    public const string Rejected = "sip.requests.rejected";

    /// <summary>Up-down counter, observed: transactions of all live endpoints, those included that only wait for stragglers.</summary>
    public const string ActiveTransactions = "sip.transactions.active";

    /// <summary>Up-down counter, observed: dialogs.</summary>
    public const string ActiveDialogs = "sip.dialogs.active";

    /// <summary>Up-down counter, observed: invite sessions that have not ended.</summary>
    public const string ActiveSessions = "sip.sessions.active";

    /// <summary>Up-down counter, observed: subscriptions of either side.</summary>
    public const string ActiveSubscriptions = "sip.subscriptions.active";

    /// <summary>Up-down counter, observed: registrations of ours.</summary>
    public const string ActiveRegistrations = "sip.registrations.active";

    /// <summary>Up-down counter, observed: open flows.</summary>
    public const string ActiveFlows = "sip.flows.active";

    internal static readonly ActivitySource Source = new(ActivitySourceName);

    private static readonly Meter Meter = new(MeterName);

    internal static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(TransactionDuration, "s", "From a request to its final response.");

    internal static readonly Histogram<double> Wait = Meter.CreateHistogram<double>(MessageWait, "s", "How long a received message may have waited.");

    internal static readonly Counter<long> Sent = Meter.CreateCounter<long>(MessagesSent, "{message}", "Messages given to transports.");

    internal static readonly Counter<long> Received = Meter.CreateCounter<long>(MessagesReceived, "{message}", "Messages received and read.");

    internal static readonly Counter<long> SentBytes = Meter.CreateCounter<long>(BytesSent, "By", "Bytes of messages sent.");

    internal static readonly Counter<long> ReceivedBytes = Meter.CreateCounter<long>(BytesReceived, "By", "Bytes received as messages.");

    internal static readonly Counter<long> SentAgain = Meter.CreateCounter<long>(Retransmissions, "{message}", "Messages sent again.");

    internal static readonly Counter<long> Problem = Meter.CreateCounter<long>(Problems, "{message}", "Messages dropped or refused for what they are.");

    internal static readonly Counter<long> Refused = Meter.CreateCounter<long>(Rejected, "{request}", "Requests refused without a transaction.");

    private static readonly ObservableUpDownCounter<int>[] Active =
    [
        Observe(ActiveTransactions, "{transaction}", counts => counts.Transactions),
        Observe(ActiveDialogs, "{dialog}", counts => counts.Dialogs),
        Observe(ActiveSessions, "{session}", counts => counts.InviteSessions),
        Observe(ActiveSubscriptions, "{subscription}", counts => counts.Subscriptions + counts.NotifierSubscriptions),
        Observe(ActiveRegistrations, "{registration}", counts => counts.Registrations),
        Observe(ActiveFlows, "{flow}", counts => counts.Flows),
    ];

    /// <summary>True when what a transaction does would be told to anybody.</summary>
    internal static bool IsTransactionObserved => Duration.Enabled || Source.HasListeners();

    private static ObservableUpDownCounter<int> Observe(string name, string unit, Func<SipEndpointCounts, int> count) =>
        Meter.CreateObservableUpDownCounter(name, () => LiveCores.Sum(count), unit);
}
