namespace UcSdk.Sip;

/// <content>What our side sends inside the dialog, and what becomes of it.</content>
internal abstract partial class InviteUsage
{
    /// <summary>Sends a request inside the dialog; false when no flow leads to the peer.</summary>
    public bool TrySend(SipRequest request, PendingRequest pending)
    {
        if (Core.RouteInDialog(request, Flow) is not { } flow)
        {
            return false;
        }

        Sending(request);
        Sent(Core.Send(request, flow, pending));
        return true;
    }

    /// <summary>
    /// How long a request of ours that collided waits (RFC 3261 §14.1): 2.1–4 s for the one who made the Call-ID, 0–2 s for the other, in steps of
    /// 10 ms.
    /// </summary>
    public TimeSpan GlareDelay() => TimeSpan.FromMilliseconds(this is OutgoingInvite ? 2100 + (10 * Context.Random.Next(191)) : 10 * Context.Random.Next(201));

    /// <summary>A request that collided goes again.</summary>
    public void SendAgain(OutgoingRequest request)
    {
        _glare.Sent(request.Request);
        request.SendAgain();
    }

    /// <summary>A request that our side sent inside the dialog has its final response.</summary>
    public void RequestAnswered(OutgoingRequest sent, SipResponse response)
    {
        if (sent.Ack is not null)
        {
            // RFC 3261 §13.2.2.4: a 2xx that comes again because our ACK was lost gets the same one, and says nothing new.
            Context.Transmit(Core.RouteInDialog(sent.Ack, Flow) ?? Flow, sent.Ack);
            return;
        }

        var request = sent.Request;
        _glare.Answered(request);
        if (!IsInside(request))
        {
            // Another fork's early dialog: what becomes of it is nothing to the one that was kept, or rang last.
            return;
        }

        if (response.IsSuccess && (request.Method.IsInvite || request.Method == SipMethod.Update))
        {
            Dialog!.RefreshTarget(response);
            _description = request.Body.IsEmpty ? _description : request;
            if (State == InviteState.Confirmed)
            {
                Timer.Take(request, response);
            }
        }

        if (response.IsSuccess && request.Method.IsInvite)
        {
            sent.Ack = Dialog!.CreateRequest(SipMethod.Ack, request.CSeq!.Number);
            CredentialCache.Copy(request, sent.Ack);
            Session?.AckSending?.Invoke(sent.Ack, response);
            Core.Transactions.SendUnanswered(sent.Ack, Core.RouteInDialog(sent.Ack, Flow) ?? Flow);
        }

        // Other methods fail alone: some real peers never answer INFO, or refuse it, in a session that is well (RFC 5057 §5.3).
        if (request.Method.IsInvite || request.Method == SipMethod.Update)
        {
            switch (response.StatusCode)
            {
                case StatusCode.CallOrTransactionDoesNotExist when Permits(InviteTrigger.DialogGone):
                    Change(InviteTrigger.DialogGone, response);
                    break;
                case StatusCode.SessionIntervalTooSmall:
                    Timer.Raise(response);
                    break;
                case StatusCode.RequestTimeout:
                    RequestFailed(request);
                    break;
                case var status when DialogFailure.EndsDialog(status):
                    Core.Dialogs.Lost(Dialog!, response);
                    break;
            }
        }
    }

    /// <summary>A request that our side sent inside the dialog got no final response.</summary>
    public void RequestFailed(SipRequest request)
    {
        _glare.Answered(request);
        if ((request.Method.IsInvite || request.Method == SipMethod.Update) && IsInside(request) && Permits(InviteTrigger.RequestTimeout))
        {
            Change(InviteTrigger.RequestTimeout, null);
            SendBye(null);
        }
    }

    public virtual uint NextCSeq(OutgoingRequest request) =>
        // Of several early dialogs each counts for itself; one that is gone needs only this one number more.
        Core.Dialogs.Find(request.Request)?.NextCSeq() ?? request.Request.CSeq!.Number + 1;

    // Once our BYE is out nothing may overtake it, or its number would be too low. With the session all requests in its dialog are over, and with the
    // early dialog of a fork that lost all in that one, except its BYE.
    public virtual bool MaySendAgain(OutgoingRequest request) => IsInside(request.Request)
        ? !IsTerminated && (_bye is null || request == _bye)
        : request.Request.Method == SipMethod.Bye || Core.Dialogs.Find(request.Request) is not null;

    public virtual void SentAgain(OutgoingRequest request)
    {
    }

    public virtual void ResponseReceived(OutgoingRequest request, SipResponse response)
    {
        if (response.IsFinal && (request == _refresh || request.Ack is not null))
        {
            _refresh = request == _refresh ? null : _refresh;
            RequestAnswered(request, response);
        }
        else if (request == _bye && response.IsFinal && State == InviteState.Terminating)
        {
            // RFC 3261 §15.1.1: any final answer ends the session, 481 and 408 too.
            Change(InviteTrigger.ByeAnswered, response);
        }
    }

    public virtual void Failed(OutgoingRequest request, SipFailure failure)
    {
        if (request == _refresh)
        {
            _refresh = null;
            RequestFailed(request.Request);
        }
        else if (request == _bye && State == InviteState.Terminating)
        {
            Change(failure == SipFailure.TimedOut ? InviteTrigger.TimedOut : InviteTrigger.FlowClosed, null);
        }
    }

    /// <summary>Shows the peer that our side is there (RFC 4028 §7.4).</summary>
    public void Refresh(SipMethod method)
    {
        // What is still on its way shows the same; should it never be answered, the session runs out.
        if (State != InviteState.Confirmed || _refresh is not null || (method.IsInvite && _glare.IsOpen))
        {
            return;
        }

        var request = Dialog!.CreateRequest(method);
        Core.Identify(request);
        if (method.IsInvite && _description.Headers[HeaderName.ContentType] is { } type)
        {
            request.SetBody(type, _description.Body);
        }

        if (Core.RouteInDialog(request, Flow) is { } flow)
        {
            Sending(request);
            _refresh = Core.Send(request, flow, this);
            Sent(_refresh);
        }
    }

    protected void SendBye(Action<SipRequest>? edit)
    {
        var bye = Dialog!.CreateRequest(SipMethod.Bye);
        ReasonHeader.AddTo(bye, Reasons);
        Core.Identify(bye);
        edit?.Invoke(bye);
        if (Core.RouteInDialog(bye, Flow) is { } flow)
        {
            _bye = Core.Send(bye, flow, this);
        }
        else
        {
            Change(InviteTrigger.FlowClosed, null);
        }
    }

    private bool IsInside(SipRequest sent) => Dialog is { } dialog && dialog.IsToPeer(sent);

    private void Sent(OutgoingRequest request) => _reinvite = request.Request.Method.IsInvite ? request : _reinvite;

    private void Sending(SipRequest request)
    {
        _glare.Sent(request);
        if (request.Method.IsInvite || request.Method == SipMethod.Update)
        {
            Timer.Propose(request, Timer.IsRunning ? Core.SessionTimer : null);
        }
    }

    // RFC 3261 §15: a callee sends no BYE before the ACK came or will not come any more.
    private void SendPostponedBye()
    {
        if (State == InviteState.Terminating && _bye is null)
        {
            SendBye(PostponedByeEdit);
        }
    }

    protected Action<SipRequest>? PostponedByeEdit { get; set; }
}
