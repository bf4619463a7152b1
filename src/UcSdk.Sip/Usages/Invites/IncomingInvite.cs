namespace UcSdk.Sip;

/// <summary>The callee's side of an invite session (RFC 3261 §13.3).</summary>
internal sealed class IncomingInvite : InviteUsage
{
    private readonly ServerTransaction _invite;
    private readonly NameAddr _contact;
    private readonly string _localTag;
    private string? _contactText;
    private ReliableProvisionals? _provisionals;

    public IncomingInvite(SipCore core, ServerTransaction invite, NameAddr contact)
        : base(core, InviteState.Incoming, invite.Request, invite.Flow)
    {
        _invite = invite;
        _contact = contact;
        // RFC 3261 §9.2: the answer to a CANCEL has the tag of the answer to its INVITE.
        _localTag = invite.LocalTag;
        invite.User = this;
    }

    /// <summary>The session that ends when this one is accepted (RFC 3891 §3); null for none.</summary>
    public InviteUsage? Replaced { get; init; }

    public void Ring(int status, Action<SipResponse>? edit)
    {
        MakeDialog(isEarly: true);
        var response = CreateResponse(status);
        if (ReliableProvisionals.IsRequired(InitialRequest))
        {
            // RFC 3262 §3: a caller that insists gets every provisional response above 100 reliably.
            SendReliably(response, edit);
        }
        else
        {
            Respond(response, edit);
        }

        Change(InviteTrigger.Ring, null);
    }

    public void RingReliably(int status, string contentType, ReadOnlyMemory<byte> body, Action<SipResponse>? edit)
    {
        MakeDialog(isEarly: true);
        var response = CreateResponse(status);
        response.SetBody(contentType, body);
        SendReliably(response, edit);
        Change(InviteTrigger.Ring, null);
    }

    public void Accept(string contentType, ReadOnlyMemory<byte> body, Action<SipResponse>? edit)
    {
        if (_provisionals is { IsPending: true } pending)
        {
            // RFC 3262 §3: the answer waits until the caller has what it may build on.
            pending.Then = () => Accept(contentType, body, edit);
            return;
        }

        if (!Permits(InviteTrigger.Accept))
        {
            return;
        }

        MakeDialog(isEarly: false);
        var response = CreateResponse(StatusCode.Ok);
        response.SetBody(contentType, body);
        Change(InviteTrigger.Accept, null);
        Respond(response, edit);
        Replaced?.End(null);
    }

    public void Reject(int status, string? reason, Action<SipResponse>? edit)
    {
        Respond(InitialRequest.CreateResponse(status, reason, _localTag), edit);
        Change(InviteTrigger.Reject, null);
    }

    public override void End(Action<SipRequest>? edit)
    {
        if (Permits(InviteTrigger.Reject))
        {
            Reject(StatusCode.TemporarilyUnavailable, null, null);
        }
        else if (State == InviteState.Accepted)
        {
            PostponedByeEdit = edit;
            Change(InviteTrigger.LocalBye, null);
        }
        else if (Permits(InviteTrigger.LocalBye))
        {
            Change(InviteTrigger.LocalBye, null);
            SendBye(edit);
        }
    }

    public override void Canceled(ServerTransaction transaction, SipRequest cancel)
    {
        if (transaction != _invite)
        {
            base.Canceled(transaction, cancel);
        }
        else if (Permits(InviteTrigger.RemoteCancel))
        {
            Respond(InitialRequest.CreateResponse(StatusCode.RequestTerminated, null, _localTag), null);
            Change(InviteTrigger.RemoteCancel, cancel);
        }
    }

    public override void Expired(ServerTransaction transaction, int status)
    {
        if (transaction != _invite)
        {
            base.Expired(transaction, status);
        }
        else if (Permits(InviteTrigger.AnswerTimeout))
        {
            Respond(InitialRequest.CreateResponse(status, null, _localTag), null);
            Change(InviteTrigger.AnswerTimeout, null);
        }
    }

    public override void ExtensionDue(ServerTransaction transaction)
    {
        if (transaction == _invite && Permits(InviteTrigger.Ring))
        {
            SendReliably(CreateResponse(_invite.LastResponse!.StatusCode), null);
        }
    }

    public override void Failed(ServerTransaction transaction, SipFailure failure)
    {
        if (transaction == _invite && failure == SipFailure.FlowClosed)
        {
            FlowClosed();
        }
    }

    private protected override bool TryTakeOwn(ServerTransaction transaction)
    {
        if (transaction.Request.Method != SipMethod.Prack)
        {
            return false;
        }

        var isOurs = _provisionals is { } provisionals && provisionals.IsMeantBy(transaction.Request);
        Core.Answer(transaction, isOurs ? StatusCode.Ok : StatusCode.CallOrTransactionDoesNotExist);
        if (isOurs)
        {
            _provisionals!.Acknowledge();
        }

        return true;
    }

    protected override void Release()
    {
        _provisionals?.Stop();
        // What waits for repetitions of the INVITE does not hold the session meanwhile.
        _invite.User = null;
        base.Release();
    }

    private protected override void EndedByPeer()
    {
        if (State == InviteState.Incoming)
        {
            Respond(InitialRequest.CreateResponse(StatusCode.RequestTerminated, null, _localTag), null);
        }
    }

    private void SendReliably(SipResponse response, Action<SipResponse>? edit)
    {
        Core.Identify(response);
        edit?.Invoke(response);
        // Most callers ask for none.
        _provisionals ??= new(Context, _invite, GiveUpRinging);
        _provisionals.Send(response);
    }

    // RFC 3262 §3: without any PRACK in 64·T1 the INVITE is refused with 5xx.
    private void GiveUpRinging()
    {
        if (Permits(InviteTrigger.PrackTimeout))
        {
            Respond(InitialRequest.CreateResponse(StatusCode.ServerTimeout, null, _localTag), null);
            Change(InviteTrigger.PrackTimeout, null);
        }
    }

    private void MakeDialog(bool isEarly)
    {
        if (Dialog is null)
        {
            Dialog = Dialog.OfUas(InitialRequest, _localTag, _contact, isEarly);
            Core.Dialogs.Add(Dialog, this);
        }
        else if (!isEarly)
        {
            Dialog.Confirm();
        }
    }

    private SipResponse CreateResponse(int status)
    {
        var response = InitialRequest.CreateResponse(status, null, _localTag);
        response.Headers.Add(HeaderName.Contact, _contactText ??= _contact.ToString());
        if (response.IsSuccess)
        {
            Core.OfferReplacing(response);
        }

        return response;
    }

    private void Respond(SipResponse response, Action<SipResponse>? edit)
    {
        Core.Identify(response);
        edit?.Invoke(response);
        _invite.Respond(response);
    }
}
