using System.Globalization;

namespace UcSdk.Sip;

/// <content>What the peer sends inside the dialog.</content>
internal abstract partial class InviteUsage
{
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

    public void AckReceived(SipRequest ack)
    {
        if (FindAnswer(ack.CSeq!.Number) is not { } answer)
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

    private AnswerRetransmission? FindAnswer(uint number)
    {
        foreach (var answer in _answers)
        {
            if (answer.CSeq == number)
            {
                return answer;
            }
        }

        return null;
    }
}
