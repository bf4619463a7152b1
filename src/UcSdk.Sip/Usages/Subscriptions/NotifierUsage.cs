using System.Globalization;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// The notifier of one subscription (RFC 6665 §4.2). Subscribers that support <c>ms-benotify</c> get BENOTIFY, which is never answered;
/// others get NOTIFY, one at a time, so that they arrive in order.
/// </summary>
internal sealed partial class NotifierUsage : IUsage, IRequestUser, IServerTransactionUser, IDialogUsage, ITimerOwner
{
    private readonly SipCore _core;
    private readonly ServerTransaction _opening;
    private readonly NameAddr _contact;
    private readonly string _localTag;
    private readonly bool _bestEffort;
    private readonly bool _canPiggyback;
    private readonly Queue<SipRequest> _waiting = new();
    private readonly List<ServerTransaction> _undecided = [];
    private readonly StateMachine<NotifierState, NotifierTrigger, NotifierReason> _machine = new(NotifierTable.StateTable, NotifierState.Incoming);
    private Dialog? _dialog;
    private OutgoingRequest? _notify;
    private Timestamp _end;
    private TimeSpan _longest;
    private bool _isPending;

    public NotifierUsage(SipCore core, ServerTransaction subscribe, NameAddr contact)
    {
        _core = core;
        _opening = subscribe;
        Request = subscribe.Request;
        _contact = contact;
        _localTag = core.Context.NewTag();
        _bestEffort = BestEffortNotify.IsSupported(subscribe.Request);
        _canPiggyback = BestEffortNotify.TakesPiggyback(subscribe.Request);
        subscribe.User = this;
        core.Usages.Add(this);
    }

    public NotifierState State => _machine.State;

    public SipRequest Request { get; }

    public SipFlow Flow => _opening.Flow;

    public Dialog? Dialog => _dialog;

    /// <summary>The handle that shows this usage to the application; the core only carries it.</summary>
    public NotifierSubscription? Handle { get; set; }

    private CoreContext Context => _core.Context;

    /// <summary>What the subscriber asks for; null when it leaves the choice to us.</summary>
    public static TimeSpan? RequestedExpires(SipRequest request) =>
        int.TryParse(request.Headers[HeaderName.Expires], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;

    /// <summary>What is granted at least; a subscriber that asks for less gets 423.</summary>
    public TimeSpan MinimumExpires { get; set; }

    /// <summary>True when the application answers what comes inside the dialog.</summary>
    public bool AsksForRefreshes { get; set; }

    public void Accept(
        TimeSpan expires, string contentType, ReadOnlyMemory<byte> body, bool piggyback, Action<SipResponse>? edit, bool isPending = false)
    {
        if (IsTooBrief(Request))
        {
            _opening.Respond(TooBrief(Request));
            Fire(NotifierTrigger.Reject, null);
            return;
        }

        _isPending = isPending;
        _dialog = Sip.Dialog.OfUas(Request, _localTag, _contact, isEarly: false);
        _longest = expires;
        var requested = RequestedExpires(Request);
        var granted = requested is { } wish && wish < expires ? wish : expires;
        var isFetch = requested == TimeSpan.Zero;
        _end = Context.Now + granted;
        var carries = piggyback && _canPiggyback;
        Grant(_opening, granted, isFetch ? "terminated;expires=0" : StateText(), carries, contentType, body, edit);
        if (isFetch)
        {
            if (!carries)
            {
                Send(CreateNotify(SubscriptionStateHeader.Terminated("timeout").ToString(), contentType, body));
            }

            Fire(NotifierTrigger.AcceptFetch, null);
            return;
        }

        _core.Dialogs.Add(_dialog, this);
        Context.Arm(this, SipTimer.Expiry, granted);
        Fire(isPending ? NotifierTrigger.AcceptPending : NotifierTrigger.Accept, null);
        if (!carries)
        {
            Notify(contentType, body);
        }
    }

    public void Reject(int status, string? reason, Action<SipResponse>? edit)
    {
        var response = Request.CreateResponse(status, reason, _localTag);
        _core.Identify(response);
        edit?.Invoke(response);
        _opening.Respond(response);
        Fire(NotifierTrigger.Reject, null);
    }

    public void Approve(string contentType, ReadOnlyMemory<byte> body)
    {
        _isPending = false;
        Fire(NotifierTrigger.Approve, null);
        Notify(contentType, body);
    }

    public void Notify(string contentType, ReadOnlyMemory<byte> body) => Enqueue(CreateNotify(StateText(), contentType, body));

    public void Terminate(string reason, TimeSpan? retryAfter, string contentType, ReadOnlyMemory<byte> body) =>
        End(NotifierTrigger.Terminate, SubscriptionStateHeader.Terminated(reason, retryAfter), contentType, body);

    public bool Takes(SipRequest request) => request.Method == SipMethod.Subscribe && EventPackage.Of(request) == EventPackage.Of(Request);

    public void RequestReceived(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (request.Method != SipMethod.Subscribe)
        {
            transaction.Respond(request.CreateResponse(StatusCode.MethodNotAllowed));
            return;
        }

        if (IsTooBrief(request))
        {
            transaction.Respond(TooBrief(request));
            return;
        }

        _dialog!.RefreshTarget(request);
        if (AsksForRefreshes)
        {
            transaction.User = this;
            _undecided.Add(transaction);
            Context.Emit(new SipEffect.NotifierAsked(this, new(_core, this, transaction)));
            return;
        }

        var granted = Prolong(request);
        var response = CreateGrant(request, granted);
        response.Headers.Add(HeaderName.Event, Request.Headers[HeaderName.Event] ?? "");
        _core.Identify(response);
        transaction.Respond(response);
        if (granted == TimeSpan.Zero)
        {
            End(NotifierTrigger.Unsubscribe, SubscriptionStateHeader.Terminated("timeout"), "", default);
            return;
        }

        Fire(NotifierTrigger.Refresh, request);
        Context.Emit(new SipEffect.NotifierRefreshed(this, request));
    }

    public void UnansweredReceived(SipRequest request, SipFlow flow) =>
        Context.Emit(new SipEffect.Diagnostic(SipDiagnostic.StrayRequest, flow, $"{request.Method} at the notifier"));

    public void AckReceived(SipRequest ack) =>
        Context.Emit(new SipEffect.Diagnostic(SipDiagnostic.StrayRequest, Flow, "ACK in a subscription"));

    public uint NextCSeq(OutgoingRequest request) => _dialog!.NextCSeq();

    public void ResponseReceived(OutgoingRequest request, SipResponse response)
    {
        if (response.IsProvisional || request != _notify)
        {
            return;
        }

        _notify = null;
        if (SubscriptionRequests.EndsSubscription(response.StatusCode))
        {
            Fire(NotifierTrigger.NotifyRefused, response);
        }
        else
        {
            // RFC 6665 §4.2.2: any other refusal is about this notification, not about the subscription.
            SendNext();
        }
    }

    public void Failed(OutgoingRequest request, SipFailure failure)
    {
        if (request == _notify)
        {
            Fire(failure == SipFailure.TimedOut ? NotifierTrigger.NotifyTimedOut : NotifierTrigger.FlowClosed, null);
        }
    }

    public void Canceled(ServerTransaction transaction, SipRequest cancel)
    {
        // Only an INVITE can be cancelled; the core never asks this of a SUBSCRIBE.
    }

    public void Responded(ServerTransaction transaction, SipResponse response)
    {
        // The usage itself gave the response.
    }

    public void Failed(ServerTransaction transaction, SipFailure failure)
    {
        // That a refresh is not answered in time, or its connection is lost, leaves the subscription as it was.
        if (!_undecided.Remove(transaction) && transaction == _opening)
        {
            Fire(failure == SipFailure.TimedOut ? NotifierTrigger.Expired : NotifierTrigger.FlowClosed, null);
        }
    }

    public void Abandon() => Handle?.Abandon();

    public void FlowClosed() => Fire(NotifierTrigger.FlowClosed, null);

    public void Elapsed(SipTimer timer) => End(NotifierTrigger.Expired, SubscriptionStateHeader.Terminated("timeout"), "", default);

    private static string Seconds(TimeSpan time) => ((long)time.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    // RFC 6665 §4.2.1.1: only a life of less than an hour may be called too brief; zero is no life but a question.
    private bool IsTooBrief(SipRequest request) =>
        RequestedExpires(request) is { Ticks: > 0 } wish && wish < MinimumExpires && wish < TimeSpan.FromHours(1);

    private SipResponse TooBrief(SipRequest request)
    {
        var response = request.CreateResponse(StatusCode.IntervalTooBrief, null, _localTag);
        response.Headers.Add(HeaderName.MinExpires, Seconds(MinimumExpires));
        _core.Identify(response);
        return response;
    }

    private SipResponse CreateGrant(SipRequest request, TimeSpan granted)
    {
        var response = request.CreateResponse(StatusCode.Ok, null, _localTag);
        response.Headers.Add(HeaderName.Contact, _contact.ToString());
        response.Headers.Add(HeaderName.Expires, Seconds(granted));
        return response;
    }

    // [MS-SIP]: the notification inside the 200 says all that a NOTIFY would, and takes the number of one.
    private void Grant(
        ServerTransaction transaction, TimeSpan granted, string state, bool carries, string contentType, ReadOnlyMemory<byte> body, Action<SipResponse>? edit)
    {
        var response = CreateGrant(transaction.Request, granted);
        if (carries)
        {
            response.Headers.Add(HeaderName.Event, Request.Headers[HeaderName.Event] ?? "");
            response.Headers.Add(HeaderName.SubscriptionState, state);
            response.Headers.Add(HeaderName.MsPiggybackCSeq, _dialog!.NextCSeq().ToString(CultureInfo.InvariantCulture));
            response.Headers.Add(HeaderName.Supported, $"{BestEffortNotify.NotifyTag}, {BestEffortNotify.PiggybackTag}");
            response.SetBody(contentType, body);
        }

        _core.Identify(response);
        edit?.Invoke(response);
        transaction.Respond(response);
    }

    private string StateText() =>
        (_isPending ? SubscriptionStateHeader.Pending(_end - Context.Now) : SubscriptionStateHeader.Active(_end - Context.Now)).ToString();

    private void End(NotifierTrigger trigger, SubscriptionStateHeader state, string contentType, ReadOnlyMemory<byte> body)
    {
        _waiting.Clear();
        _notify = null;
        Send(CreateNotify(state.ToString(), contentType, body));
        Fire(trigger, null);
    }

    private SipRequest CreateNotify(string state, string contentType, ReadOnlyMemory<byte> body)
    {
        var notify = _dialog!.CreateRequest(_bestEffort ? SipMethod.Benotify : SipMethod.Notify);
        notify.Headers.Add(HeaderName.Event, Request.Headers[HeaderName.Event] ?? "");
        notify.Headers.Add(HeaderName.SubscriptionState, state);
        notify.SetBody(contentType, body);
        _core.Identify(notify);
        return notify;
    }

    private void Enqueue(SipRequest notify)
    {
        if (_bestEffort || _notify is null)
        {
            Send(notify);
        }
        else
        {
            _waiting.Enqueue(notify);
        }
    }

    private void SendNext()
    {
        if (_waiting.TryDequeue(out var next))
        {
            Send(next);
        }
    }

    private void Send(SipRequest notify)
    {
        if (_core.RouteOf(notify, Flow) is not { } flow)
        {
            Fire(NotifierTrigger.FlowClosed, null);
        }
        else if (_bestEffort)
        {
            _core.Transactions.SendUnanswered(notify, flow);
        }
        else
        {
            _notify = _core.Send(notify, flow, this);
        }
    }

    private void Fire(NotifierTrigger trigger, SipMessage? cause)
    {
        if (!_machine.TryFire(trigger, out var row))
        {
            return;
        }

        Context.Emit(new SipEffect.NotifierChanged(this, new(row.From, row.To, row.Reason, cause)));
        if (row.To != NotifierState.Terminated)
        {
            return;
        }

        _waiting.Clear();
        _undecided.ForEach(refresh => refresh.Respond(refresh.Request.CreateResponse(StatusCode.CallOrTransactionDoesNotExist)));
        _undecided.Clear();
        Context.Disarm(this, SipTimer.Expiry);
        if (_dialog is not null)
        {
            _core.Dialogs.Remove(_dialog, this);
        }

        _core.Usages.Remove(this);
    }
}
