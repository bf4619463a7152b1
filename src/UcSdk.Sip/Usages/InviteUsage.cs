using System.Globalization;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// What an INVITE dialog is for, either side: the offer of a session, its answer, its end (RFC 3261 §§13–15). This part holds the state
/// and what both sides share; <see cref="OutgoingInvite"/> and <see cref="IncomingInvite"/> hold what only one side does.
/// </summary>
internal abstract class InviteUsage : IUsage, IRequestUser, IServerTransactionUser, IDialogUsage
{
    private readonly StateMachine<InviteState, InviteTrigger, InviteReason> _machine;
    private readonly List<AnswerRetransmission> _answers = [];
    private readonly OfferGlare _glare = new();
    private OutgoingRequest? _bye;
    private OutgoingRequest? _refresh;
    private OutgoingRequest? _reinvite;
    private SipMessage _description;

    private protected InviteUsage(SipCore core, InviteState initial, SipRequest request, SipFlow flow)
    {
        Core = core;
        InitialRequest = request;
        Flow = flow;
        _machine = new(InviteTable.StateTable, initial);
        Timer = new(core.Context, this);
        _description = request;
        core.Usages.Add(this);
        core.Context.Observer?.SessionBegins(this);
    }

    public InviteState State => _machine.State;

    public bool IsTerminated => State == InviteState.Terminated;

    /// <summary>Why the session ended or is ending: what began the end, not what completed it. Null while it lives.</summary>
    public InviteReason? EndReason { get; private set; }

    /// <summary>What the peer said for why, with the message that began the end.</summary>
    public IReadOnlyList<ReasonHeader> PeerReasons { get; private set; } = [];

    /// <summary>What our side says for why, in the CANCEL or BYE that ends the session.</summary>
    public IReadOnlyList<ReasonHeader> Reasons { get; set; } = [];

    public SipRequest InitialRequest { get; protected set; }

    /// <summary>The flow on which the dialog was made.</summary>
    public SipFlow Flow { get; private set; }

    public Dialog? Dialog { get; protected set; }

    /// <summary>The handle that shows this usage to the application; the core only carries it.</summary>
    public InviteSession? Session { get; set; }

    /// <summary>The activity that shows this usage to whoever traces the process; null where nobody does.</summary>
    public System.Diagnostics.Activity? Activity { get; set; }

    protected SipCore Core { get; }

    protected SessionTimer Timer { get; }

    protected CoreContext Context => Core.Context;

    protected bool HasUnacknowledgedAnswer => _answers.Count > 0;

    public bool Permits(InviteTrigger trigger) => _machine.Permits(trigger);

    /// <summary>Ends the session by BYE, or by what stands for it before the dialog is confirmed; nothing when it is ending already.</summary>
    public abstract void End(Action<SipRequest>? edit);

    public virtual IReadOnlyList<Dialog> EarlyDialogs => Dialog is { IsEarly: true } dialog ? [dialog] : [];

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

    public void RequestReceived(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (request.Method == SipMethod.Bye)
        {
            ByeReceived(transaction);
            return;
        }

        if (TryTakeOwn(transaction))
        {
            return;
        }

        if (State is InviteState.Terminating or InviteState.Terminated)
        {
            // RFC 3261 §15.1.1: with our BYE on its way there is no session any more, whatever crosses it.
            transaction.Respond(request.CreateResponse(StatusCode.CallOrTransactionDoesNotExist));
            return;
        }

        if ((request.Method.IsInvite || request.Method == SipMethod.Update) && SessionTimer.Refuse(transaction, Core.SessionTimer) is { } tooShort)
        {
            Core.Identify(tooShort);
            transaction.Respond(tooShort);
            return;
        }

        if (_glare.Refuse(request) is { } status)
        {
            RefuseOffer(transaction, status);
            return;
        }

        if (request.Method.IsInvite)
        {
            if (HasUnacknowledgedAnswer || !Permits(InviteTrigger.LocalBye))
            {
                // RFC 3261 §14.2: one offer at a time.
                transaction.Respond(request.CreateResponse(StatusCode.RequestPending));
                return;
            }

        }

        transaction.User = this;
        _glare.Received(transaction);

        if (request.Method.IsInvite || request.Method == SipMethod.Update)
        {
            Core.Dialogs.FindReceived(request)?.RefreshTarget(request);
        }

        Core.Offer(transaction, this);
    }

    public virtual void Expired(ServerTransaction transaction, int status) =>
        transaction.Respond(transaction.Request.CreateResponse(status));

    public virtual void ExtensionDue(ServerTransaction transaction)
    {
    }

    public void UnansweredReceived(SipRequest request, SipFlow flow) => Core.OfferUnanswered(request, flow, this);

    public void DialogLost(SipResponse cause)
    {
        if (Permits(InviteTrigger.DialogGone))
        {
            Change(InviteTrigger.DialogGone, cause);
        }
    }

    public void AckReceived(SipRequest ack)
    {
        var answer = _answers.Find(a => a.CSeq == ack.CSeq!.Number);
        if (answer is null)
        {
            return;
        }

        answer.Stop();
        _answers.Remove(answer);
        Context.Emit(new SipEffect.AckReceived(this, ack));
        if (Permits(InviteTrigger.Ack))
        {
            Change(InviteTrigger.Ack, ack);
            SendPostponedBye();
        }
    }

    public void AckTimedOut(AnswerRetransmission answer)
    {
        _answers.Remove(answer);
        if (Permits(InviteTrigger.AckTimeout))
        {
            Change(InviteTrigger.AckTimeout, null);
        }

        SendPostponedBye();
    }

    public void Abandon() => Session?.Abandon();

    public void FlowClosed()
    {
        if (Permits(InviteTrigger.FlowClosed))
        {
            Change(InviteTrigger.FlowClosed, null);
        }
    }

    public virtual void Canceled(ServerTransaction transaction, SipRequest cancel) =>
        // A re-INVITE is cancelled alone; the session stays as it was (RFC 3261 §14.2).
        transaction.Respond(transaction.Request.CreateResponse(StatusCode.RequestTerminated));

    public void Responding(ServerTransaction transaction, SipResponse response)
    {
        var method = transaction.Request.Method;
        if (!response.IsSuccess || !(method.IsInvite || method == SipMethod.Update))
        {
            return;
        }

        _description = response.Body.IsEmpty ? _description : response;
        if (State is InviteState.Accepted or InviteState.Confirmed)
        {
            Timer.Grant(transaction.Request, response, Core.SessionTimer);
        }
    }

    public void Responded(ServerTransaction transaction, SipResponse response)
    {
        if (response.IsSuccess && transaction.Request.Method.IsInvite)
        {
            _answers.Add(new AnswerRetransmission(Context, this, transaction, response));
        }
    }

    public virtual void Failed(ServerTransaction transaction, SipFailure failure)
    {
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

    /// <summary>The peer has not refreshed the session (RFC 4028 §10).</summary>
    public void SessionExpired()
    {
        if (Permits(InviteTrigger.SessionTimeout))
        {
            Change(InviteTrigger.SessionTimeout, null);
            SendBye(null);
        }
    }

    protected void Change(InviteTrigger trigger, SipMessage? cause)
    {
        var row = _machine.Fire(trigger);
        if (row.To is InviteState.Terminating or InviteState.Terminated)
        {
            EndReason ??= row.Reason;
            PeerReasons = PeerReasons.Count == 0 && cause is not null ? ReasonHeader.AllOf(cause) : PeerReasons;
        }

        Context.Emit(new SipEffect.InviteChanged(this, new(row.From, row.To, row.Reason, cause)));
        if (row.To == InviteState.Terminated)
        {
            Context.Observer?.SessionEnded(this);
            Release();
        }
    }

    /// <summary>The request went over another flow than was meant; what follows goes there too.</summary>
    protected void MoveTo(SipFlow flow)
    {
        if (flow != Flow)
        {
            Core.Usages.Remove(this);
            Flow = flow;
            Core.Usages.Add(this);
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

    protected virtual void Release()
    {
        Timer.Stop();
        _reinvite?.GiveUp();
        foreach (var answer in _answers)
        {
            answer.Stop();
        }

        _answers.Clear();
        if (Dialog is not null)
        {
            Core.Dialogs.Remove(Dialog, this);
            if (!Dialog.IsEarly)
            {
                Core.Ended.Add(Dialog, Context.Now);
            }
        }

        Core.Usages.Remove(this);
    }

    private bool IsInside(SipRequest sent) => Dialog is { } dialog && dialog.RemoteTag.Equals(sent.To!.Tag, StringComparison.OrdinalIgnoreCase);

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

    private void ByeReceived(ServerTransaction transaction)
    {
        var bye = transaction.Request;
        transaction.Respond(bye.CreateResponse(StatusCode.Ok));
        if (Permits(InviteTrigger.RemoteBye))
        {
            EndedByPeer();
            Change(InviteTrigger.RemoteBye, bye);
        }
    }

    /// <summary>Takes a request that is for this side alone (PRACK); false when it is not.</summary>
    private protected virtual bool TryTakeOwn(ServerTransaction transaction) => false;

    // RFC 3261 §14.2: 500 names a moment within ten seconds.
    private void RefuseOffer(ServerTransaction transaction, int status)
    {
        var response = transaction.Request.CreateResponse(status);
        if (status == StatusCode.ServerInternalError)
        {
            response.Headers.Add(HeaderName.RetryAfter, Context.Random.Next(11).ToString(CultureInfo.InvariantCulture));
        }

        Core.Identify(response);
        transaction.Respond(response);
    }

    /// <summary>The peer has said BYE; a callee that has not answered yet still owes the INVITE its 487.</summary>
    private protected virtual void EndedByPeer()
    {
    }
}
