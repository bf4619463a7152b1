using System.Globalization;

namespace UcSdk.Sip;

/// <summary>The caller's side of an invite session (RFC 3261 §13.2).</summary>
internal sealed class OutgoingInvite : InviteUsage, ITimerOwner
{
    private ForkedDialogs _forks;
    private OutgoingRequest? _invite;
    private List<OutgoingRequest>? _overtakenPracks;
    private OutgoingRequest? _cancel;
    private EarlyRequests? _early;
    private bool _hasProposedLonger;

    public OutgoingInvite(SipCore core, SipRequest request, SipFlow flow)
        : base(core, InviteState.Calling, request, flow) => _forks = new(request);

    public void Start(InviteOptions? options)
    {
        Timer.Propose(InitialRequest, options?.SessionTimer ?? Core.SessionTimer);
        _invite = Core.Send(InitialRequest, Flow, this, null, options?.Servers);
        if (options?.RingTimeout is { } patience)
        {
            Context.Arm(this, SipTimer.NoAnswer, patience);
        }
    }

    public override IReadOnlyList<Dialog> EarlyDialogs => State is InviteState.Calling or InviteState.Proceeding ? [.. _forks.Early] : [];

    /// <summary>Keeps a request of a dialog that no response has made yet until one does; false where none can any more, or too many wait.</summary>
    public bool TryKeep(ServerTransaction transaction) =>
        State is InviteState.Calling or InviteState.Proceeding && (_early ??= new()).TryAdd(transaction);

    public override void End(Action<SipRequest>? edit)
    {
        if (Permits(InviteTrigger.Cancel))
        {
            Cancel(InviteTrigger.Cancel);
        }
        else if (Permits(InviteTrigger.LocalBye))
        {
            Change(InviteTrigger.LocalBye, null);
            SendBye(edit);
        }
    }

    public override uint NextCSeq(OutgoingRequest request) =>
        request == _invite ? request.Request.CSeq!.Number + 1 : base.NextCSeq(request);

    // A challenge that crosses our wish to cancel ends the INVITE as well as its 487 would.
    public override bool MaySendAgain(OutgoingRequest request) => request == _invite ? State is InviteState.Calling or InviteState.Proceeding : base.MaySendAgain(request);

    public override void SentAgain(OutgoingRequest request)
    {
        if (request == _invite)
        {
            // What rang before belongs to the request that was refused.
            ForgetEarly();
            Dialog = null;
            InitialRequest = request.Request;
            _forks = new(request.Request);
            MoveTo(request.Flow);
        }
    }

    public override void ResponseReceived(OutgoingRequest request, SipResponse response)
    {
        if (request != _invite)
        {
            if (request.Request.Method == SipMethod.Prack && response.StatusCode == StatusCode.ServerInternalError)
            {
                (_overtakenPracks ??= []).Add(request);
            }

            base.ResponseReceived(request, response);
        }
        else if (response.IsProvisional)
        {
            Progressed(response);
        }
        else if (response.IsSuccess)
        {
            Answered(response);
        }
        else
        {
            Refused(response);
        }
    }

    public override void Failed(OutgoingRequest request, SipFailure failure)
    {
        if (request != _invite)
        {
            base.Failed(request, failure);
            return;
        }

        var trigger = failure == SipFailure.TimedOut ? InviteTrigger.TimedOut : InviteTrigger.FlowClosed;
        if (Permits(trigger))
        {
            Change(trigger, null);
        }
    }

    public void Elapsed(SipTimer timer) => Cancel(InviteTrigger.RingTimeout);

    protected override void Release()
    {
        ForgetEarly();
        DeliverEarly(null);
        Context.Disarm(this, SipTimer.NoAnswer);
        // What waits for repetitions of the answer does not hold the session meanwhile.
        _invite?.HandOver(_forks.Leave(Core, _invite.Flow));
        base.Release();
    }

    private void Progressed(SipResponse response)
    {
        if (State == InviteState.Terminating)
        {
            SendCancel();
            return;
        }

        if (response.StatusCode == StatusCode.Trying || IsTerminated)
        {
            return;
        }

        if (State is InviteState.Calling or InviteState.Proceeding)
        {
            var dialog = _forks.Progress(response);
            if (dialog is not null && !TryAcknowledge(dialog, response))
            {
                return;
            }

            if (dialog is not null && !Core.Dialogs.Contains(dialog))
            {
                Core.Dialogs.Add(dialog, this);
            }

            Dialog = dialog ?? Dialog;
            Change(response.StatusCode == StatusCode.Ringing ? InviteTrigger.Ringing : InviteTrigger.Progress, response);
            Context.Emit(new SipEffect.InviteProgressed(this, response));
            if (dialog is not null)
            {
                DeliverEarly(dialog);
            }
        }
    }

    // RFC 3262 §4: a reliable response is acknowledged once, in order; one that comes again or too early is as if it had not come.
    private bool TryAcknowledge(Dialog dialog, SipResponse response)
    {
        if (!ReliableProvisionals.IsRequired(response)
            || !uint.TryParse(response.Headers[HeaderName.RSeq], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return true;
        }

        if (!_forks.TryAdvance(dialog, number))
        {
            PrackAgain(dialog, number);
            return false;
        }

        var prack = dialog.CreateRequest(SipMethod.Prack);
        prack.Headers.Add(HeaderName.RAck, new RAck(number, InitialRequest.CSeq!.Number, SipMethod.Invite).ToString());
        Core.Identify(prack);
        Session?.PrackSending?.Invoke(prack, response);
        Core.Send(prack, _invite!.Flow, this);
        return true;
    }

    // A PRACK that another request has overtaken was too old (§12.2.2) and did not count; the response that comes again asks for it with a higher number.
    private void PrackAgain(Dialog dialog, uint number)
    {
        var prack = _overtakenPracks?.Find(sent =>
            dialog.RemoteTag.Equals(sent.Request.To!.Tag, StringComparison.OrdinalIgnoreCase)
            && RAck.TryParse(sent.Request.Headers[HeaderName.RAck], out var ack) && ack.RSeq == number);
        if (prack is not null)
        {
            _overtakenPracks!.Remove(prack);
            prack.SendAgain();
        }
    }

    private void Answered(SipResponse response)
    {
        if (_forks.AckOf(response) is { } acknowledged)
        {
            // Our ACK was lost; the same one goes again.
            Context.TransmitAgain(Core.IsOpen(acknowledged.Flow) ? acknowledged.Flow : _invite!.Flow, acknowledged.Copy);
            return;
        }

        var dialog = _forks.Confirm(response);
        var ack = dialog.CreateRequest(SipMethod.Ack, InitialRequest.CSeq!.Number);
        CredentialCache.Copy(InitialRequest, ack);
        Session?.AckSending?.Invoke(ack, response);
        var ackFlow = Core.RouteInDialog(ack, _invite!.Flow) ?? _invite.Flow;
        Core.Transactions.SendUnanswered(ack, ackFlow, null, _forks.KeepAck(dialog, ackFlow));
        if (!Permits(InviteTrigger.Success) || Dialog is { IsEarly: false } kept && kept != dialog)
        {
            EndFork(dialog);
            return;
        }

        Context.Disarm(this, SipTimer.NoAnswer);
        Dialog = dialog;
        Core.Dialogs.Add(dialog, this);
        Timer.Take(InitialRequest, response);
        // The other places stop ringing; what they still say inside their dialogs gets 481.
        ForgetEarly();
        var canceled = State == InviteState.Terminating;
        Change(InviteTrigger.Success, response);
        if (canceled)
        {
            SendBye(null);
        }
        else
        {
            Context.Emit(new SipEffect.InviteAnswered(this, response));
        }

        Core.Usages.EndInviting(this);
        // Those of this dialog are taken now, and those of others refused.
        DeliverEarly(null);
    }

    private void Refused(SipResponse response)
    {
        if (response.StatusCode == StatusCode.SessionIntervalTooSmall && TryProposeLonger(response))
        {
            return;
        }

        var trigger = State != InviteState.Terminating && response.StatusCode < 400 ? InviteTrigger.Redirection : InviteTrigger.Refusal;
        if (Permits(trigger))
        {
            Change(trigger, response);
            Context.Emit(new SipEffect.InviteAnswered(this, response));
        }
    }

    // RFC 4028 §7.3: with the interval that the peer bears, once.
    private bool TryProposeLonger(SipResponse response)
    {
        if (_hasProposedLonger || State == InviteState.Terminating || !InitialRequest.Headers.Contains(HeaderName.SessionExpires))
        {
            return false;
        }

        _hasProposedLonger = true;
        var least = SessionTimer.MinimumOf(response);
        InitialRequest.Headers[HeaderName.SessionExpires] = new SessionExpiresHeader(least).ToString();
        InitialRequest.Headers[HeaderName.MinSE] = ((long)least.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        _invite!.SendAgain();
        return true;
    }

    // Null for all that wait: what belongs to no dialog is refused then as if it had come now.
    private void DeliverEarly(Dialog? dialog)
    {
        if (_early is { } early)
        {
            _early = dialog is null ? null : early;
            foreach (var transaction in early.Take(dialog?.RemoteTag))
            {
                Core.ReceiveLate(transaction);
            }
        }
    }

    private void ForgetEarly()
    {
        foreach (var early in _forks.Early)
        {
            Core.Dialogs.Remove(early, this);
        }
    }

    // A 2xx of another branch than the one we keep (RFC 3261 §13.2.2.4): acknowledged already, ended now; nobody waits for the answer.
    private void EndFork(Dialog dialog)
    {
        var bye = dialog.CreateRequest(SipMethod.Bye);
        bye.Headers.Add(HeaderName.Reason, CancelReasons.CompletedElsewhere);
        Core.Identify(bye);
        Core.Send(bye, Core.RouteInDialog(bye, Flow) ?? Flow, this);
    }

    private void Cancel(InviteTrigger trigger)
    {
        Context.Disarm(this, SipTimer.NoAnswer);
        Change(trigger, null);
        // RFC 3261 §9.1: before the first provisional response there is nothing that a CANCEL could find.
        if (_invite!.IsProceeding)
        {
            SendCancel();
        }
        else
        {
            _invite.StopWaiting();
        }
    }

    private void SendCancel()
    {
        if (_cancel is not null)
        {
            return;
        }

        var invite = InitialRequest;
        var cancel = new SipRequest(SipMethod.Cancel, invite.Uri!);
        foreach (var route in invite.Headers.GetAll(HeaderName.Route))
        {
            cancel.Headers.Add(HeaderName.Route, route);
        }

        cancel.Headers.Add(HeaderName.MaxForwards, "70");
        cancel.Headers.Add(HeaderName.From, invite.Headers[HeaderName.From]!);
        cancel.Headers.Add(HeaderName.To, invite.Headers[HeaderName.To]!);
        cancel.Headers.Add(HeaderName.CallId, invite.CallId!);
        cancel.Headers.Add(HeaderName.CSeq, new CSeq(invite.CSeq!.Number, SipMethod.Cancel).ToString());
        ReasonHeader.AddTo(cancel, Reasons);
        CredentialCache.Copy(invite, cancel);
        Core.Identify(cancel);
        _cancel = Core.Send(cancel, _invite!.Flow, this, invite.TopVia!.Branch);
        // RFC 3261 §9.1: 64·T1 after the CANCEL without a final response, the INVITE counts as cancelled.
        _invite.GiveUp();
    }
}
