using System.Collections.Frozen;
using System.Diagnostics;
using System.Globalization;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// Records what one endpoint does with the instruments and activities of <see cref="SipTelemetry"/>. Each member asks first whether anybody listens, so that
/// it costs nothing when nobody does. Runs on the endpoint's loop.
/// </summary>
internal sealed class SipRecorder(SipEndpointOptions options, SerialLoop loop) : ICoreObserver
{
    /// <summary>Why a transaction had no final response: <c>error.type</c>.</summary>
    public const string TimedOut = "timed_out";

    /// <inheritdoc cref="TimedOut"/>
    public const string FlowClosed = "flow_closed";

    /// <inheritdoc cref="TimedOut"/>
    public const string Abandoned = "abandoned";

    // A peer may invent methods without end; a measurement must not have as many series.
    private const string OtherMethod = "_OTHER";

    private static readonly FrozenSet<SipMethod> KnownMethods = FrozenSet.ToFrozenSet(
    [
        SipMethod.Invite, SipMethod.Ack, SipMethod.Bye, SipMethod.Cancel, SipMethod.Register, SipMethod.Options, SipMethod.Subscribe, SipMethod.Notify, SipMethod.Info,
        SipMethod.Message, SipMethod.Update, SipMethod.Refer, SipMethod.Prack, SipMethod.Publish, SipMethod.Benotify, SipMethod.Service,
    ]);

    private static readonly string[] StatusClasses = ["", "1xx", "2xx", "3xx", "4xx", "5xx", "6xx"];

    private static readonly FrozenDictionary<SipDiagnostic, string> Reasons =
        Enum.GetValues<SipDiagnostic>().ToFrozenDictionary(kind => kind, kind => SnakeCase(kind.ToString()));

    /// <summary>The method of a request, or that a response answers; null where it cannot be read.</summary>
    public static SipMethod? MethodOf(SipMessage message) => message is SipRequest request ? request.Method : message.CSeq?.Method;

    /// <summary>The status of a response; 0 of a request.</summary>
    public static int StatusOf(SipMessage message) => message is SipResponse response ? response.StatusCode : 0;

    public TransactionObservation? TransactionBegins(Transaction transaction)
    {
        if (!SipTelemetry.IsTransactionObserved)
        {
            return null;
        }

        var request = transaction.Request;
        var isClient = transaction is ClientTransaction;
        var method = TagOf(request.Method);
        var activity = Start(method, isClient ? ActivityKind.Client : ActivityKind.Server);
        if (activity is not null)
        {
            Describe(activity, request, transaction.Flow);
        }

        return new(this, isClient, method, transaction.Flow, loop.Now, activity);
    }

    public void TransactionEnded(TransactionObservation transaction, int? status, string? error)
    {
        if (SipTelemetry.Duration.Enabled)
        {
            var tags = new TagList
            {
                { "sip.role", transaction.IsClient ? "client" : "server" },
                { "sip.method", transaction.Method },
                { "network.transport", TransportOf(transaction.Flow) },
            };
            tags.Add(error is null ? new("sip.status_code", status) : new("error.type", error));
            SipTelemetry.Duration.Record((loop.Now - transaction.Start).TotalSeconds, tags);
        }

        if (transaction.Activity is { } activity)
        {
            Finish(activity, status, error, error is not null || status >= (transaction.IsClient ? 400 : 500));
        }
    }

    public void SessionBegins(InviteUsage usage)
    {
        if (SipTelemetry.Source.HasListeners() && Start("sip.session", ActivityKind.Internal) is { } activity)
        {
            Describe(activity, usage.InitialRequest, usage.Flow);
            activity.SetTag("sip.role", usage is OutgoingInvite ? "caller" : "callee");
            usage.Activity = activity;
        }
    }

    public void SessionEnded(InviteUsage usage)
    {
        if (usage.Activity is { } activity)
        {
            activity.SetTag("sip.end_reason", SnakeCase($"{usage.EndReason}"));
            Finish(activity, null, null, isError: false);
        }
    }

    public void MessageReceived(SipFlow flow, SipMessage message) => Count(SipTelemetry.Received, flow, MethodOf(message), StatusOf(message));

    /// <summary>Bytes have come that are to be a message.</summary>
    public void BytesReceived(SipFlow flow, int count, TimeSpan wait)
    {
        if (SipTelemetry.ReceivedBytes.Enabled)
        {
            SipTelemetry.ReceivedBytes.Add(count, new KeyValuePair<string, object?>("network.transport", TransportOf(flow)));
        }

        if (SipTelemetry.Wait.Enabled)
        {
            SipTelemetry.Wait.Record(wait.TotalSeconds);
        }
    }

    /// <summary>A message was given to a transport.</summary>
    public void MessageSent(SipFlow flow, SipMethod? method, int status, int count)
    {
        Count(SipTelemetry.Sent, flow, method, status);
        if (SipTelemetry.SentBytes.Enabled)
        {
            SipTelemetry.SentBytes.Add(count, new KeyValuePair<string, object?>("network.transport", TransportOf(flow)));
        }
    }

    public void Retransmitted(SipMethod? method)
    {
        if (SipTelemetry.SentAgain.Enabled)
        {
            SipTelemetry.SentAgain.Add(1, new KeyValuePair<string, object?>("sip.method", TagOf(method)));
        }
    }

    public void Refused(SipRequest request, int status)
    {
        if (SipTelemetry.Refused.Enabled)
        {
            SipTelemetry.Refused.Add(1, new("sip.method", TagOf(request.Method)), new("sip.status_code", status));
        }
    }

    /// <summary>Something was noticed about a peer's message.</summary>
    public void Noticed(SipDiagnostic kind, SipFlow flow)
    {
        if (SipTelemetry.Problem.Enabled)
        {
            SipTelemetry.Problem.Add(1, new("sip.reason", Reasons[kind]), new("network.transport", TransportOf(flow)));
        }
    }

    private static void Count(System.Diagnostics.Metrics.Counter<long> counter, SipFlow flow, SipMethod? method, int status)
    {
        if (!counter.Enabled)
        {
            return;
        }

        var tags = new TagList { { "sip.method", TagOf(method) }, { "network.transport", TransportOf(flow) } };
        if (status > 0)
        {
            tags.Add("sip.status_class", StatusClasses[Math.Clamp(status / 100, 0, 6)]);
        }

        counter.Add(1, tags);
    }

    private static string TagOf(SipMethod? method) => method is { } known && KnownMethods.Contains(known) ? known.Name : OtherMethod;

    private static string TransportOf(SipFlow flow) => flow.Transport switch
    {
        "UDP" => "udp",
        "TCP" => "tcp",
        "TLS" => "tls",
        var other => other.ToLowerInvariant(),
    };

    // "StrayResponse" is "stray_response" in a tag.
    private static string SnakeCase(string name) =>
        string.Concat(name.Select((c, at) => char.IsUpper(c) ? (at > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));

    // An activity of the loop belongs to nobody who runs on it: the current one stays what it was.
    private Activity? Start(string name, ActivityKind kind)
    {
        var current = Activity.Current;
        var activity = SipTelemetry.Source.StartActivity(name, kind, default(ActivityContext), startTime: loop.Time.GetUtcNow());
        Activity.Current = current;
        return activity;
    }

    private void Finish(Activity activity, int? status, string? error, bool isError)
    {
        if (status is { } code)
        {
            activity.SetTag("sip.status_code", code);
        }

        if (error is not null)
        {
            activity.SetTag("error.type", error);
        }
        else if (isError)
        {
            activity.SetTag("error.type", status?.ToString(CultureInfo.InvariantCulture));
        }

        if (isError)
        {
            activity.SetStatus(ActivityStatusCode.Error);
        }

        var current = Activity.Current;
        activity.SetEndTime(loop.Time.GetUtcNow().UtcDateTime);
        activity.Stop();
        Activity.Current = current;
    }

    // Whose call it is, and between which addresses, is user data.
    private void Describe(Activity activity, SipRequest request, SipFlow flow)
    {
        activity.SetTag("sip.method", TagOf(request.Method));
        activity.SetTag("network.transport", TransportOf(flow));
        if (options.LogUserData)
        {
            activity.SetTag("sip.call_id", request.CallId);
            activity.SetTag("network.peer.address", flow.Remote.Host);
            activity.SetTag("network.peer.port", flow.Remote.Port);
        }
    }
}
