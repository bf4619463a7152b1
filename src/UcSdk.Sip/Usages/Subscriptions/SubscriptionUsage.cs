using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// The subscriber (RFC 6665 §4.1), with what Lync peers add: the first notification inside the 200 (<c>ms-piggyback-cseq</c>) and
/// notifications that are never answered (BENOTIFY).
/// </summary>
internal sealed partial class SubscriptionUsage : IRequestUser, IDialogOpener, ITimerOwner
{
    private readonly SipCore _core;
    private readonly SubscriptionOptions _options;
    private readonly RefreshSchedule _refreshes;
    private readonly ReconnectBackoff _renewals;
    private readonly StateMachine<SubscriptionState, SubscriptionTrigger, SubscriptionReason> _machine =
        new(SubscriptionTable.StateTable, SubscriptionState.Subscribing);

    private SipRequest _subscribe;
    private Dialog? _dialog;
    private OutgoingRequest? _opening;
    private OutgoingRequest? _refresh;
    private OutgoingRequest? _closing;
    private Timestamp _sentAt;
    private Timestamp? _end;
    private bool _isNotified;
    private ReadOnlyMemory<byte>? _refreshBody;

    public SubscriptionUsage(SipCore core, SipRequest subscribe, SipFlow flow, SubscriptionOptions options)
    {
        _core = core;
        _subscribe = subscribe;
        _options = options;
        _refreshBody = options.RefreshBody;
        _refreshes = new(core.Context.Random);
        _renewals = new(TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(30), core.Context.Random);
        Flow = flow;
        IsFetch = subscribe.Headers[HeaderName.Expires] is "0";
        core.Usages.Add(this);
    }

    public SubscriptionState State => _machine.State;

    public SipFlow Flow { get; }

    public bool IsFetch { get; }

    /// <summary>True for the subscription to a further notifier that the same SUBSCRIBE has reached.</summary>
    public bool IsFork { get; private init; }

    public Dialog? Dialog => _dialog;

    public SipRequest Request => _subscribe;

    /// <summary>The handle that shows this usage to the application; the core only carries it.</summary>
    public Subscription? Handle { get; set; }

    private CoreContext Context => _core.Context;

    public void Start()
    {
        _sentAt = Context.Now;
        Context.Arm(this, SipTimer.N, Context.Timings.TransactionTimeout);
        _opening = _core.Send(_subscribe, Flow, this);
    }

    public void Unsubscribe()
    {
        if (!_machine.Permits(SubscriptionTrigger.Unsubscribe))
        {
            return;
        }

        var isOpening = State == SubscriptionState.Subscribing;
        Fire(SubscriptionTrigger.Unsubscribe, null);
        if (!isOpening && State == SubscriptionState.Terminating)
        {
            SendUnsubscribe();
        }
    }

    /// <summary>
    /// True for a NOTIFY that belongs here although no answer to the SUBSCRIBE has named the notifier's tag: it came before the answer, or from another
    /// notifier that the SUBSCRIBE has reached (RFC 6665 §4.4.1).
    /// </summary>
    public bool Awaits(SipRequest notify) =>
        notify.CallId == _subscribe.CallId && notify.To!.Tag == _subscribe.From!.Tag
        && (_dialog is null ? State is SubscriptionState.Subscribing or SubscriptionState.Terminating
            : _options.AcceptForks && State is SubscriptionState.Pending or SubscriptionState.Active && Context.Now < _sentAt + Context.Timings.TransactionTimeout);

    /// <summary>Makes the dialog of a NOTIFY that is awaited: this subscription's own, or that of a fork.</summary>
    public (Dialog Dialog, IDialogUsage Usage) Join(SipRequest notify)
    {
        var usage = this;
        if (_dialog is not null)
        {
            usage = new(_core, _subscribe, Flow, _options) { IsFork = true, _sentAt = _sentAt };
            Context.Emit(new SipEffect.SubscriptionForked(this, usage));
        }

        var dialog = Sip.Dialog.OfNotify(_subscribe, notify);
        usage.SetDialog(dialog);
        return (dialog, usage);
    }

    public uint NextCSeq(OutgoingRequest request) => _dialog?.NextCSeq() ?? request.Request.CSeq!.Number + 1;

    public void SentAgain(OutgoingRequest request)
    {
        if (request == _opening)
        {
            _subscribe = request.Request;
            Context.Arm(this, SipTimer.N, Context.Timings.TransactionTimeout);
        }
    }

    public void ResponseReceived(OutgoingRequest request, SipResponse response)
    {
        if (response.IsProvisional || State == SubscriptionState.Terminated)
        {
            return;
        }

        if (request == _opening)
        {
            OpeningAnswered(response);
        }
        else if (request == _closing)
        {
            ClosingAnswered(response);
        }
        else if (request == _refresh)
        {
            RefreshAnswered(response);
        }
    }

    public void Failed(OutgoingRequest request, SipFailure failure)
    {
        if (failure == SipFailure.FlowClosed)
        {
            FlowClosed();
        }
        else if (request == _opening || request == _closing)
        {
            Fire(SubscriptionTrigger.TimedOut, null);
        }
        else if (request == _refresh)
        {
            _refresh = null;
            FailUpdates(_carried, failure);
            RepeatRefresh(null);
            GoOn();
        }
    }

    public bool Takes(SipRequest request) =>
        (request.Method == SipMethod.Notify || request.Method == SipMethod.Benotify) && EventPackage.IsSame(request, _subscribe);

    public void DialogLost(SipResponse cause) => Fire(SubscriptionTrigger.Gone, cause);

    public void RequestReceived(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (request.Method != SipMethod.Notify)
        {
            Refuse(transaction, StatusCode.MethodNotAllowed, HeaderName.Allow, SipMethod.Notify.Name);
        }
        else if (!EventPackage.IsSame(request, _subscribe))
        {
            Refuse(transaction, StatusCode.BadEvent, HeaderName.AllowEvents, EventPackage.Of(_subscribe));
        }
        else
        {
            _dialog!.RefreshTarget(request);
            transaction.Respond(request.CreateResponse(StatusCode.Ok));
            Notified(request);
        }
    }

    public void UnansweredReceived(SipRequest request, SipFlow flow)
    {
        if (EventPackage.IsSame(request, _subscribe))
        {
            Notified(request);
        }
        else
        {
            Context.Emit(new SipEffect.Diagnostic(SipDiagnostic.StrayRequest, flow, $"{request.Method} with another event"));
        }
    }

    public void AckReceived(SipRequest ack) =>
        Context.Emit(new SipEffect.Diagnostic(SipDiagnostic.StrayRequest, Flow, "ACK in a subscription"));

    public void Abandon()
    {
        Handle?.Abandon();
        foreach (var update in _updates)
        {
            update.Answer.TrySetException(new SipException(SipFailure.Terminated, $"The endpoint was disposed during SUBSCRIBE {_subscribe.UriText}."));
        }
    }

    public void FlowClosed() => Fire(SubscriptionTrigger.FlowClosed, null);

    public void Elapsed(SipTimer timer)
    {
        switch (timer)
        {
            case SipTimer.Refresh when State == SubscriptionState.Waiting:
                Resubscribe();
                break;
            case SipTimer.Refresh:
                SendRefresh();
                break;
            case SipTimer.Expiry:
                Fire(SubscriptionTrigger.Expired, null);
                break;
            default:
                Fire(SubscriptionTrigger.TimedOut, null);
                break;
        }
    }

    private static void Refuse(ServerTransaction transaction, int status, HeaderName name, string value)
    {
        var response = transaction.Request.CreateResponse(status);
        response.Headers.Add(name, value);
        transaction.Respond(response);
    }

    private void Notified(SipRequest notify)
    {
        _isNotified = true;
        var state = SubscriptionStateHeader.Of(notify);
        if (state is { IsTerminated: true })
        {
            End(state, notify);
            return;
        }

        if (State != SubscriptionState.Lingering)
        {
            Context.Disarm(this, SipTimer.N);
        }

        Fire(state?.State == "pending" ? SubscriptionTrigger.NotifiedPending : SubscriptionTrigger.NotifiedActive, notify);
        if (!IsFetch)
        {
            SetExpiry(state?.Expires);
        }

        Context.Emit(new SipEffect.SubscriptionNotified(this, notify));
    }

    // The last notification carries state too: it is told before the end, after which there is silence.
    private void End(SubscriptionStateHeader state, SipMessage message)
    {
        Context.Emit(new SipEffect.SubscriptionNotified(this, message));
        if (IsFetch && State == SubscriptionState.Active)
        {
            Fire(SubscriptionTrigger.Fetched, message);
        }
        else if (!SubscriptionRequests.InvitesAnother(state, out var pause) || !TryRenew(pause, message))
        {
            Fire(SubscriptionTrigger.NotifiedTerminated, message);
        }
    }

    private void TakePiggyback(SipResponse response)
    {
        if (!BestEffortNotify.IsPiggyback(response))
        {
            return;
        }

        Context.Disarm(this, SipTimer.N);
        if (BestEffortNotify.PiggybackCSeq(response) is { } number)
        {
            _dialog!.StartRemoteCSeq(number);
        }

        if (!IsFetch && SubscriptionStateHeader.Of(response) is { IsTerminated: true } state)
        {
            End(state, response);
        }
        else
        {
            Context.Emit(new SipEffect.SubscriptionNotified(this, response));
        }
    }

    private void SetDialog(Dialog dialog)
    {
        _dialog = dialog;
        _core.Dialogs.Add(dialog, this);
    }

    private void SetExpiry(TimeSpan? expires)
    {
        if (expires is not { } life || State is not (SubscriptionState.Active or SubscriptionState.Pending or SubscriptionState.Subscribing))
        {
            return;
        }

        _end = Context.Now + life;
        Context.Arm(this, SipTimer.Expiry, life);
        Context.Arm(this, SipTimer.Refresh, RefreshSchedule.DelayOf(life, Context));
    }

    private void SendRefresh()
    {
        if (_refresh is not null)
        {
            _isRefreshOverdue = true;
            return;
        }

        var refresh = SubscriptionRequests.Refresh(_subscribe, _dialog!);
        if (_core.RouteOf(refresh, Flow) is { } flow)
        {
            _isNotified = false;
            _sentAt = Context.Now;
            _refresh = _core.Send(refresh, flow, this);
        }
    }

    private void SendUnsubscribe()
    {
        var unsubscribe = SubscriptionRequests.Unsubscribe(_subscribe, _dialog!);
        if (_core.RouteOf(unsubscribe, Flow) is { } flow)
        {
            _closing = _core.Send(unsubscribe, flow, this);
        }
        else
        {
            Fire(SubscriptionTrigger.FlowClosed, null);
        }
    }

    private void Fire(SubscriptionTrigger trigger, SipMessage? cause)
    {
        if (!_machine.TryFire(trigger, out var row))
        {
            return;
        }

        Context.Emit(new SipEffect.SubscriptionChanged(this, new(row.From, row.To, row.Reason, cause)));
        if (row.To is SubscriptionState.Waiting or SubscriptionState.Terminating or SubscriptionState.Terminated)
        {
            Context.Disarm(this, SipTimer.Refresh);
            Context.Disarm(this, SipTimer.Expiry);
            Context.Disarm(this, SipTimer.N);
        }

        if (row.To is SubscriptionState.Waiting or SubscriptionState.Terminated && _dialog is { } dialog)
        {
            _core.Dialogs.Remove(dialog, this);
            (_dialog, _opening, _refresh, _isRefreshOverdue) = (null, null, null, false);
        }

        if (row.To is SubscriptionState.Terminating or SubscriptionState.Terminated)
        {
            FailUpdates(_updates.Count, row.Reason switch
            {
                SubscriptionReason.FlowLost => SipFailure.FlowClosed,
                SubscriptionReason.TimedOut => SipFailure.TimedOut,
                _ => SipFailure.Terminated,
            });
        }

        if (row.To == SubscriptionState.Terminated)
        {
            _core.Usages.Remove(this);
        }
    }
}
