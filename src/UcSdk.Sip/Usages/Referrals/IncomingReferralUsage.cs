using System.Globalization;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// The receiver of a REFER and the subscription that the REFER makes (RFC 3515 §2.4.4), in a dialog of its own or in that of an invite session.
/// NOTIFYs go one at a time; of what happens meanwhile only the latest is told, because it is state and not history.
/// </summary>
internal sealed class IncomingReferralUsage : IUsage, IRequestUser, IServerTransactionUser, IDialogUsage, ITimerOwner
{
    private readonly SipCore _core;
    private readonly ServerTransaction _refer;
    private readonly NameAddr _contact;
    private readonly bool _isFirst;
    private readonly StateMachine<IncomingReferralState, IncomingReferralTrigger, IncomingReferralReason> _machine =
        new(IncomingReferralTable.StateTable, IncomingReferralState.Incoming);

    private Dialog? _dialog;
    private OutgoingRequest? _notify;
    private bool _isOwed;
    private string _endReason = "noresource";
    private ReferralProgress _progress = new(StatusCode.Trying, StatusCode.ReasonPhrase(StatusCode.Trying));
    private Timestamp _end;
    private TimeSpan _longest;

    public IncomingReferralUsage(SipCore core, ServerTransaction refer, NameAddr contact, Dialog? dialog)
    {
        _core = core;
        _refer = refer;
        Request = refer.Request;
        _contact = contact;
        _dialog = dialog;
        _isFirst = dialog is null || !dialog.HasReferred;
        refer.User = this;
        core.Usages.Add(this);
        if (dialog is not null)
        {
            dialog.HasReferred = true;
        }
    }

    public IncomingReferralState State => _machine.State;

    public SipRequest Request { get; }

    public SipFlow Flow => _refer.Flow;

    public Dialog? Dialog => _dialog;

    /// <summary>What began the end; null while it lives.</summary>
    public IncomingReferralReason? EndReason { get; private set; }

    /// <summary>The handle that shows this usage to the application; the core only carries it.</summary>
    public IncomingReferral? Handle { get; set; }

    private CoreContext Context => _core.Context;

    /// <summary>True when the referrer wants no notifications (RFC 4488 §4).</summary>
    public bool IsSilent => Request.Headers[HeaderName.ReferSub]?.Trim().StartsWith("false", StringComparison.OrdinalIgnoreCase) == true;

    public void Accept(TimeSpan expires, Action<SipResponse>? edit)
    {
        var response = Request.CreateResponse(StatusCode.Accepted, null, _refer.LocalTag);
        response.Headers.Add(HeaderName.Contact, (_dialog?.LocalContact ?? _contact).ToString());
        if (IsSilent)
        {
            response.Headers.Add(HeaderName.ReferSub, "false");
        }

        Respond(response, edit);
        if (IsSilent)
        {
            Fire(IncomingReferralTrigger.AcceptSilently, null);
            return;
        }

        _dialog ??= Sip.Dialog.OfUas(Request, _refer.LocalTag, _contact, isEarly: false);
        _dialog.HasReferred = true;
        _core.Dialogs.Add(_dialog, this);
        _longest = expires;
        Extend(expires);
        Fire(IncomingReferralTrigger.Accept, null);
        Notify();
    }

    public void Reject(int status, string? reason, Action<SipResponse>? edit)
    {
        Respond(Request.CreateResponse(status, reason, _refer.LocalTag), edit);
        Fire(IncomingReferralTrigger.Reject, null);
    }

    public void Report(ReferralProgress progress)
    {
        _progress = progress;
        Fire(progress.IsFinal ? IncomingReferralTrigger.Complete : IncomingReferralTrigger.Report, null);
        Notify();
    }

    public bool Takes(SipRequest request) => request.Method == SipMethod.Subscribe && ReferEvent.IsMeant(request, Request);

    public void RequestReceived(ServerTransaction transaction)
    {
        var subscribe = transaction.Request;
        if (!Takes(subscribe) || State != IncomingReferralState.Active)
        {
            _core.Answer(transaction, StatusCode.CallOrTransactionDoesNotExist);
            return;
        }

        _dialog!.RefreshTarget(subscribe);
        var wish = NotifierUsage.RequestedExpires(subscribe) ?? _longest;
        var granted = wish < _longest ? wish : _longest;
        var response = subscribe.CreateResponse(StatusCode.Ok);
        response.Headers.Add(HeaderName.Contact, _dialog.LocalContact.ToString());
        response.Headers.Add(HeaderName.Expires, ((long)granted.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        _core.Identify(response);
        transaction.Respond(response);
        if (granted > TimeSpan.Zero)
        {
            Extend(granted);
            Fire(IncomingReferralTrigger.Refresh, subscribe);
        }
        else
        {
            _endReason = "timeout";
            Fire(IncomingReferralTrigger.Unsubscribe, subscribe);
        }

        Notify();
    }

    public void UnansweredReceived(SipRequest request, SipFlow flow) =>
        _core.Note(SipDiagnostic.StrayRequest, flow, $"{request.Method} at the receiver of a REFER");

    public void AckReceived(SipRequest ack) => _core.Note(SipDiagnostic.StrayRequest, Flow, "ACK in a referral");

    public uint NextCSeq(OutgoingRequest request) => _dialog!.NextCSeq();

    public void ResponseReceived(OutgoingRequest request, SipResponse response)
    {
        if (response.IsProvisional || request != _notify)
        {
            return;
        }

        _notify = null;
        if (DialogFailure.EndsDialog(response.StatusCode))
        {
            _core.Dialogs.Lost(_dialog!, response);
        }
        else if (!response.IsSuccess)
        {
            // 481 too ends this usage alone (RFC 5057 §5.1).
            Fire(IncomingReferralTrigger.NotifyRefused, response);
        }
        else if (_isOwed)
        {
            Notify();
        }
        else if (State == IncomingReferralState.Completing)
        {
            Fire(IncomingReferralTrigger.Notified, response);
        }
    }

    public void Failed(OutgoingRequest request, SipFailure failure)
    {
        if (request == _notify)
        {
            Fire(failure == SipFailure.TimedOut ? IncomingReferralTrigger.NotifyTimedOut : IncomingReferralTrigger.FlowClosed, null);
        }
    }

    public void Canceled(ServerTransaction transaction, SipRequest cancel)
    {
        // Only an INVITE can be cancelled; the core never asks this of a REFER.
    }

    public void Responded(ServerTransaction transaction, SipResponse response)
    {
        // The usage itself gave the response.
    }

    public void Failed(ServerTransaction transaction, SipFailure failure) => FlowClosed();

    public void DialogLost(SipResponse cause) => Fire(IncomingReferralTrigger.DialogGone, cause);

    public void FlowClosed() => Fire(IncomingReferralTrigger.FlowClosed, null);

    public void Abandon() => Handle?.Abandon();

    public void Elapsed(SipTimer timer)
    {
        _endReason = "timeout";
        Fire(IncomingReferralTrigger.Expired, null);
        Notify();
    }

    private void Respond(SipResponse response, Action<SipResponse>? edit)
    {
        _core.Identify(response);
        edit?.Invoke(response);
        _refer.Respond(response);
    }

    private void Extend(TimeSpan expires)
    {
        _end = Context.Now + expires;
        Context.Arm(this, SipTimer.Expiry, expires);
    }

    private void Notify()
    {
        _isOwed = _notify is not null;
        if (_isOwed || State == IncomingReferralState.Terminated)
        {
            return;
        }

        var notify = _dialog!.CreateRequest(SipMethod.Notify);
        notify.Headers.Add(HeaderName.Event, ReferEvent.Of(Request, _isFirst));
        var state = State == IncomingReferralState.Completing
            ? SubscriptionStateHeader.Terminated(_endReason)
            : SubscriptionStateHeader.Active(_end - Context.Now);
        notify.Headers.Add(HeaderName.SubscriptionState, state.ToString());
        notify.SetBody(ReferralProgress.ContentType, _progress.ToBody());
        _core.Identify(notify);
        if (_core.RouteOf(notify, Flow) is { } flow)
        {
            _notify = _core.Send(notify, flow, this);
        }
        else
        {
            Fire(IncomingReferralTrigger.FlowClosed, null);
        }
    }

    private void Fire(IncomingReferralTrigger trigger, SipMessage? cause)
    {
        if (!_machine.TryFire(trigger, out var row))
        {
            return;
        }

        if (row.To is IncomingReferralState.Completing or IncomingReferralState.Terminated)
        {
            EndReason ??= row.Reason;
            Context.Disarm(this, SipTimer.Expiry);
        }

        Context.Emit(new SipEffect.IncomingReferralChanged(this, new(row.From, row.To, row.Reason, cause)));
        if (row.To == IncomingReferralState.Terminated)
        {
            if (_dialog is not null)
            {
                _core.Dialogs.Remove(_dialog, this);
            }

            _core.Usages.Remove(this);
        }
    }
}
