using System.Globalization;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// The subscriber (RFC 6665 §4.1), with what Lync peers add: the first notification inside the 200 (<c>ms-piggyback-cseq</c>) and
/// notifications that are never answered (BENOTIFY).
/// </summary>
internal sealed class SubscriptionUsage : IRequestUser, IDialogOpener, ITimerOwner
{
    private readonly SipCore _core;
    private readonly StateMachine<SubscriptionState, SubscriptionTrigger, SubscriptionReason> _machine =
        new(SubscriptionTable.StateTable, SubscriptionState.Subscribing);

    private SipRequest _subscribe;
    private Dialog? _dialog;
    private OutgoingRequest? _opening;
    private OutgoingRequest? _closing;

    public SubscriptionUsage(SipCore core, SipRequest subscribe, SipFlow flow)
    {
        _core = core;
        _subscribe = subscribe;
        Flow = flow;
        IsFetch = subscribe.Headers[HeaderName.Expires] is "0";
        core.Usages.Add(this);
    }

    public SubscriptionState State => _machine.State;

    public SipFlow Flow { get; }

    public bool IsFetch { get; }

    public Dialog? Dialog => _dialog;

    public SipRequest Request => _subscribe;

    /// <summary>The handle that shows this usage to the application; the core only carries it.</summary>
    public Subscription? Handle { get; set; }

    private CoreContext Context => _core.Context;

    public void Start() => _opening = _core.Send(_subscribe, Flow, this);

    public void Unsubscribe()
    {
        if (!_machine.Permits(SubscriptionTrigger.Unsubscribe))
        {
            return;
        }

        var known = State != SubscriptionState.Subscribing;
        Fire(SubscriptionTrigger.Unsubscribe, null);
        if (known)
        {
            SendUnsubscribe();
        }
    }

    /// <summary>True for a NOTIFY that belongs here although the answer to the SUBSCRIBE, which would name the peer's tag, is not there yet (RFC 6665 §4.4.1).</summary>
    public bool Awaits(SipRequest notify) =>
        _dialog is null && notify.CallId == _subscribe.CallId && notify.To!.Tag == _subscribe.From!.Tag;

    public uint NextCSeq(OutgoingRequest request) => _dialog?.NextCSeq() ?? request.Request.CSeq!.Number + 1;

    public void SentAgain(OutgoingRequest request)
    {
        if (request == _opening)
        {
            _subscribe = request.Request;
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
            Fire(SubscriptionTrigger.Unsubscribed, response);
        }
        else if (response.StatusCode == StatusCode.CallOrTransactionDoesNotExist)
        {
            Fire(SubscriptionTrigger.Gone, response);
        }
        else if (response.IsSuccess)
        {
            _dialog!.RefreshTarget(response);
            SetExpiry(ReadExpires(response));
            TakePiggyback(response);
        }
    }

    public void Failed(OutgoingRequest request, SipFailure failure)
    {
        // A refresh without an answer leaves the subscription as it is until it runs out (RFC 6665 §4.1.2.2).
        if (failure == SipFailure.FlowClosed)
        {
            FlowClosed();
        }
        else if (request == _opening || request == _closing)
        {
            Fire(SubscriptionTrigger.TimedOut, null);
        }
    }

    public bool Takes(SipRequest request) =>
        (request.Method == SipMethod.Notify || request.Method == SipMethod.Benotify) && IsSameEvent(request);

    public void DialogLost(SipResponse cause) => Fire(SubscriptionTrigger.Gone, cause);

    public void RequestReceived(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (request.Method != SipMethod.Notify)
        {
            transaction.Respond(request.CreateResponse(StatusCode.MethodNotAllowed));
            return;
        }

        if (!IsSameEvent(request))
        {
            transaction.Respond(request.CreateResponse(StatusCode.BadEvent));
            return;
        }

        _dialog!.RefreshTarget(request);
        transaction.Respond(request.CreateResponse(StatusCode.Ok));
        Notified(request);
    }

    public void UnansweredReceived(SipRequest request, SipFlow flow)
    {
        if (IsSameEvent(request))
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

    /// <summary>Makes the dialog from a NOTIFY that came first.</summary>
    public Dialog MakeDialog(SipRequest notify)
    {
        SetDialog(Sip.Dialog.OfNotify(_subscribe, notify));
        return _dialog!;
    }

    public void Abandon() => Handle?.Abandon();

    public void FlowClosed() => Fire(SubscriptionTrigger.FlowClosed, null);

    public void Elapsed(SipTimer timer)
    {
        switch (timer)
        {
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

    private void OpeningAnswered(SipResponse response)
    {
        if (!response.IsSuccess)
        {
            Fire(SubscriptionTrigger.Refused, response);
            Context.Emit(new SipEffect.SubscriptionAnswered(this, response));
            return;
        }

        if (_dialog is null)
        {
            SetDialog(Sip.Dialog.OfUac(_subscribe, response));
        }

        Context.Emit(new SipEffect.SubscriptionAnswered(this, response));
        if (State == SubscriptionState.Terminating)
        {
            SendUnsubscribe();
            return;
        }

        if (IsFetch)
        {
            Fetch(response);
            return;
        }

        Fire(SubscriptionTrigger.Accepted, response);
        SetExpiry(ReadExpires(response));
        TakePiggyback(response);
    }

    private void Fetch(SipResponse response)
    {
        if (IsPiggyback(response))
        {
            TakePiggyback(response);
            Fire(SubscriptionTrigger.Fetched, response);
        }
        else if (State == SubscriptionState.Subscribing)
        {
            Fire(SubscriptionTrigger.Accepted, response);
            Context.Arm(this, SipTimer.N, Context.Timings.TransactionTimeout);
        }
    }

    private void Notified(SipRequest notify)
    {
        Context.Disarm(this, SipTimer.N);
        var state = ReadState(notify);
        var trigger = state?.State switch
        {
            "terminated" => SubscriptionTrigger.NotifiedTerminated,
            "pending" => SubscriptionTrigger.NotifiedPending,
            _ => SubscriptionTrigger.NotifiedActive,
        };
        if (trigger == SubscriptionTrigger.NotifiedTerminated)
        {
            // The last notification carries state too: it is told before the end, after which there is silence.
            Context.Emit(new SipEffect.SubscriptionNotified(this, notify));
            Fire(IsFetch && State == SubscriptionState.Active ? SubscriptionTrigger.Fetched : trigger, notify);
            return;
        }

        Fire(trigger, notify);
        if (!IsFetch)
        {
            SetExpiry(state?.Expires);
        }

        Context.Emit(new SipEffect.SubscriptionNotified(this, notify));
    }

    private void TakePiggyback(SipResponse response)
    {
        if (!IsPiggyback(response))
        {
            return;
        }

        if (BestEffortNotify.PiggybackCSeq(response) is { } number)
        {
            _dialog!.StartRemoteCSeq(number);
        }

        Context.Emit(new SipEffect.SubscriptionNotified(this, response));
        if (!IsFetch && ReadState(response) is { IsTerminated: true })
        {
            Fire(SubscriptionTrigger.NotifiedTerminated, response);
        }
    }

    private void SetDialog(Dialog dialog)
    {
        _dialog = dialog;
        _core.Dialogs.Add(dialog, this);
    }

    // Early enough that one lost refresh can be repeated: two minutes before the end, or at half time of a short life.
    private void SetExpiry(TimeSpan? expires)
    {
        if (expires is not { } life || State is SubscriptionState.Terminating or SubscriptionState.Terminated)
        {
            return;
        }

        var margin = TimeSpan.FromMinutes(2);
        Context.Arm(this, SipTimer.Expiry, life);
        Context.Arm(this, SipTimer.Refresh, life > 2 * margin ? life - margin : life / 2);
    }

    private void SendRefresh()
    {
        if (CreateNext() is { } refresh && _core.RouteOf(refresh, Flow) is { } flow)
        {
            refresh.SetBody(_subscribe.Headers[HeaderName.ContentType] ?? "", _subscribe.Body);
            _core.Send(refresh, flow, this);
        }
    }

    private void SendUnsubscribe()
    {
        var unsubscribe = CreateNext();
        unsubscribe.Headers[HeaderName.Expires] = "0";
        if (_core.RouteOf(unsubscribe, Flow) is { } flow)
        {
            _closing = _core.Send(unsubscribe, flow, this);
        }
        else
        {
            Fire(SubscriptionTrigger.FlowClosed, null);
        }
    }

    // What the first SUBSCRIBE said beside the dialog's own headers, the following say again.
    private SipRequest CreateNext()
    {
        var request = _dialog!.CreateRequest(SipMethod.Subscribe);
        foreach (var header in _subscribe.Headers)
        {
            if (!request.Headers.Contains(header.Name) && !IsOfOneRequest(header.Name))
            {
                foreach (var value in _subscribe.Headers.GetAll(header.Name))
                {
                    request.Headers.Add(header.Name, value);
                }
            }
        }

        return request;
    }

    private static bool IsOfOneRequest(HeaderName name) =>
        name.Equals(HeaderName.Via) || name.Equals(HeaderName.Route) || name.Equals(HeaderName.ContentType);

    private static bool IsPiggyback(SipResponse response) => response.Headers.Contains(HeaderName.MsPiggybackCSeq);

    private static TimeSpan? ReadExpires(SipResponse response) =>
        int.TryParse(response.Headers[HeaderName.Expires], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static SubscriptionStateHeader? ReadState(SipMessage message) =>
        SubscriptionStateHeader.TryParse(message.Headers[HeaderName.SubscriptionState], out var state) ? state : null;

    private bool IsSameEvent(SipRequest notify) => EventPackage.Of(notify) == EventPackage.Of(_subscribe);

    private void Fire(SubscriptionTrigger trigger, SipMessage? cause)
    {
        if (!_machine.TryFire(trigger, out var row))
        {
            return;
        }

        Context.Emit(new SipEffect.SubscriptionChanged(this, new(row.From, row.To, row.Reason, cause)));
        if (row.To is SubscriptionState.Terminating or SubscriptionState.Terminated)
        {
            Context.Disarm(this, SipTimer.Refresh);
            Context.Disarm(this, SipTimer.Expiry);
            Context.Disarm(this, SipTimer.N);
        }

        if (row.To == SubscriptionState.Terminated)
        {
            if (_dialog is not null)
            {
                _core.Dialogs.Remove(_dialog, this);
            }

            _core.Usages.Remove(this);
        }
    }
}
