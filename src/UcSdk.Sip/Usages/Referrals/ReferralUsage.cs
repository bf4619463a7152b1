using System.Globalization;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// The sender of a REFER and the subscription that the REFER makes (RFC 3515), in a dialog of its own or in that of an invite session, which it
/// may outlive (RFC 5057 §3.1).
/// </summary>
internal sealed class ReferralUsage : IRequestUser, IDialogOpener, ITimerOwner
{
    private readonly SipCore _core;
    private readonly StateMachine<ReferralState, ReferralTrigger, ReferralReason> _machine = new(ReferralTable.StateTable, ReferralState.Referring);
    private readonly bool _isFirst;
    private OutgoingRequest? _refer;
    private OutgoingRequest? _closing;
    private Dialog? _dialog;
    private bool _isNotified;

    public ReferralUsage(SipCore core, SipRequest refer, SipFlow flow, Dialog? dialog)
    {
        _core = core;
        _dialog = dialog;
        _isFirst = dialog is null || !dialog.HasReferred;
        Request = refer;
        Flow = flow;
        core.Usages.Add(this);
        if (dialog is not null)
        {
            dialog.HasReferred = true;
            core.Dialogs.Add(dialog, this);
        }
    }

    public ReferralState State => _machine.State;

    public SipRequest Request { get; private set; }

    public SipFlow Flow { get; }

    public Dialog? Dialog => _dialog;

    /// <summary>What began the end; null while it lives.</summary>
    public ReferralReason? EndReason { get; private set; }

    /// <summary>The handle that shows this usage to the application; the core only carries it.</summary>
    public Referral? Handle { get; set; }

    private CoreContext Context => _core.Context;

    public void Start() => _refer = _core.Send(Request, Flow, this);

    public void Unsubscribe()
    {
        if (!_machine.Permits(ReferralTrigger.Unsubscribe))
        {
            return;
        }

        var isKnown = State == ReferralState.Following;
        Fire(ReferralTrigger.Unsubscribe, null);
        if (isKnown)
        {
            SendUnsubscribe();
        }
    }

    public bool Takes(SipRequest request) =>
        (request.Method == SipMethod.Notify || request.Method == SipMethod.Benotify) && ReferEvent.IsMeant(request, Request);

    public bool Awaits(SipRequest notify) =>
        _dialog is null && notify.CallId == Request.CallId && notify.To!.Tag == Request.From!.Tag && Takes(notify);

    public (Dialog Dialog, IDialogUsage Usage) Join(SipRequest notify)
    {
        SetDialog(Sip.Dialog.OfNotify(Request, notify));
        return (_dialog!, this);
    }

    public uint NextCSeq(OutgoingRequest request) => _dialog?.NextCSeq() ?? request.Request.CSeq!.Number + 1;

    public void SentAgain(OutgoingRequest request)
    {
        if (request == _refer)
        {
            Request = request.Request;
        }
    }

    public void ResponseReceived(OutgoingRequest request, SipResponse response)
    {
        if (response.IsProvisional)
        {
            return;
        }

        if (request == _refer)
        {
            ReferAnswered(response);
        }
        else if (request == _closing)
        {
            Fire(ReferralTrigger.Unsubscribed, response);
        }
        else if (response.StatusCode == StatusCode.CallOrTransactionDoesNotExist)
        {
            Fire(ReferralTrigger.Gone, response);
        }
        else if (DialogFailure.EndsDialog(response.StatusCode))
        {
            _core.Dialogs.Lost(_dialog!, response);
        }
        else if (response.IsSuccess)
        {
            SetExpiry(ReadSeconds(response.Headers[HeaderName.Expires]));
        }
    }

    public void Failed(OutgoingRequest request, SipFailure failure)
    {
        if (failure == SipFailure.FlowClosed)
        {
            FlowClosed();
        }
        else if (request == _closing || (request == _refer && !_isNotified))
        {
            Fire(ReferralTrigger.TimedOut, null);
        }
    }

    public void RequestReceived(ServerTransaction transaction)
    {
        var notify = transaction.Request;
        if (!Takes(notify))
        {
            // RFC 5057 §5.1, RFC 6665 §4.1.3: no usage of the dialog is left that the request could belong to.
            _core.Answer(transaction, StatusCode.CallOrTransactionDoesNotExist);
            return;
        }

        _dialog!.RefreshTarget(notify);
        _core.Answer(transaction, StatusCode.Ok);
        Notified(notify);
    }

    public void UnansweredReceived(SipRequest request, SipFlow flow)
    {
        if (Takes(request))
        {
            Notified(request);
        }
        else
        {
            _core.Note(SipDiagnostic.StrayRequest, flow, $"{request.Method} with another event");
        }
    }

    public void AckReceived(SipRequest ack) => _core.Note(SipDiagnostic.StrayRequest, Flow, "ACK in a referral");

    public void DialogLost(SipResponse cause) => Fire(ReferralTrigger.Gone, cause);

    public void FlowClosed() => Fire(ReferralTrigger.FlowClosed, null);

    public void Abandon() => Handle?.Abandon();

    public void Elapsed(SipTimer timer)
    {
        switch (timer)
        {
            case SipTimer.Refresh:
                Send(CreateSubscribe());
                break;
            case SipTimer.Expiry:
                Fire(ReferralTrigger.Expired, null);
                break;
            default:
                Fire(ReferralTrigger.TimedOut, null);
                break;
        }
    }

    private void ReferAnswered(SipResponse response)
    {
        Context.Emit(new SipEffect.ReferralAnswered(this, response));
        if (!response.IsSuccess)
        {
            Fire(ReferralTrigger.Refused, response);
            return;
        }

        var isSilent = response.Headers[HeaderName.ReferSub]?.Trim().StartsWith("false", StringComparison.OrdinalIgnoreCase) == true;
        if (isSilent)
        {
            Fire(State == ReferralState.Terminating ? ReferralTrigger.Unsubscribed : ReferralTrigger.AcceptedSilently, response);
            return;
        }

        if (_dialog is null && State != ReferralState.Terminated)
        {
            SetDialog(Sip.Dialog.OfUac(Request, response));
        }

        if (State == ReferralState.Terminating)
        {
            SendUnsubscribe();
        }
        else if (State == ReferralState.Referring)
        {
            Fire(ReferralTrigger.Accepted, response);
            Context.Arm(this, SipTimer.N, Context.Timings.TransactionTimeout);
        }
    }

    private void Notified(SipRequest notify)
    {
        _isNotified = true;
        Context.Disarm(this, SipTimer.N);
        if (ReferralProgress.TryRead(notify, out var progress))
        {
            Context.Emit(new SipEffect.ReferralProgressed(this, progress));
        }
        else
        {
            _core.Note(SipDiagnostic.StrayRequest, Flow, "NOTIFY of a referral without a status line");
        }

        var isReadable = SubscriptionStateHeader.TryParse(notify.Headers[HeaderName.SubscriptionState], out var state);
        if (isReadable && state!.IsTerminated)
        {
            Fire(ReferralTrigger.NotifiedTerminated, notify);
        }
        else
        {
            Fire(ReferralTrigger.Notified, notify);
            SetExpiry(state?.Expires);
        }
    }

    private void SetDialog(Dialog dialog)
    {
        _dialog = dialog;
        dialog.HasReferred = true;
        _core.Dialogs.Add(dialog, this);
    }

    // As a subscription: early enough that one lost refresh can be repeated.
    private void SetExpiry(TimeSpan? expires)
    {
        if (expires is { } life && State == ReferralState.Following)
        {
            var margin = TimeSpan.FromMinutes(2);
            Context.Arm(this, SipTimer.Expiry, life);
            Context.Arm(this, SipTimer.Refresh, life > 2 * margin ? life - margin : life / 2);
        }
    }

    private SipRequest CreateSubscribe()
    {
        var subscribe = _dialog!.CreateRequest(SipMethod.Subscribe);
        subscribe.Headers.Add(HeaderName.Event, ReferEvent.Of(Request, _isFirst));
        subscribe.Headers.Add(HeaderName.Accept, "message/sipfrag");
        _core.Identify(subscribe);
        return subscribe;
    }

    private void SendUnsubscribe()
    {
        var subscribe = CreateSubscribe();
        subscribe.Headers.Add(HeaderName.Expires, "0");
        _closing = Send(subscribe);
        if (_closing is null)
        {
            FlowClosed();
        }
    }

    private OutgoingRequest? Send(SipRequest request) => _core.RouteOf(request, Flow) is { } flow ? _core.Send(request, flow, this) : null;

    private static TimeSpan? ReadSeconds(string? text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 ? TimeSpan.FromSeconds(seconds) : null;

    private void Fire(ReferralTrigger trigger, SipMessage? cause)
    {
        if (!_machine.TryFire(trigger, out var row))
        {
            return;
        }

        if (row.To is ReferralState.Terminating or ReferralState.Terminated)
        {
            EndReason ??= row.Reason;
            Context.Disarm(this, SipTimer.Refresh);
            Context.Disarm(this, SipTimer.Expiry);
            Context.Disarm(this, SipTimer.N);
        }

        Context.Emit(new SipEffect.ReferralChanged(this, new(row.From, row.To, row.Reason, cause)));
        if (row.To == ReferralState.Terminated)
        {
            if (_dialog is not null)
            {
                _core.Dialogs.Remove(_dialog, this);
            }

            _core.Usages.Remove(this);
        }
    }
}
