using UcSdk.Core;

namespace UcSdk.Sip;

/// <content>Messages on their way in: who gets them, and who refuses them.</content>
internal sealed partial class SipCore
{
    /// <summary>One message from the flow, which may have waited so long.</summary>
    public void Receive(SipFlow flow, ReadOnlyMemory<byte> bytes, Timestamp now, TimeSpan delay)
    {
        Context.Now = now;
        Context.Delay = delay;
        if (!bytes.Span.ContainsAnyExcept((byte)'\r', (byte)'\n'))
        {
            // A keep-alive: the server lets it pass in silence ([MS-CONMGMT]).
            return;
        }

        if (!SipMessage.TryParse(bytes, _options.Limits, out var message, out var error))
        {
            ReceiveUnreadable(flow, bytes, error);
        }
        else
        {
            Context.Observer?.MessageReceived(flow, message!);
            Receive(flow, message!);
        }
    }

    /// <summary>A request inside a dialog that has waited for it is received now; it gets no second chance.</summary>
    public void ReceiveLate(ServerTransaction transaction)
    {
        if (!transaction.IsAnswered)
        {
            _requests.ReceiveInDialog(transaction, mayWait: false);
        }
    }

    /// <summary>Gives a request to the application.</summary>
    /// <param name="transaction">Its transaction.</param>
    /// <param name="usage">The session that it came in; null outside a session.</param>
    /// <param name="replaced">The session that an INVITE wants to replace; null for none.</param>
    public void Offer(ServerTransaction transaction, InviteUsage? usage, InviteUsage? replaced = null)
    {
        transaction.Incoming = new(this, transaction.Request, transaction.Flow, transaction, usage) { ReplacedUsage = replaced };
        Context.Offer(transaction.Incoming, usage);
    }

    /// <summary>Gives a request that is never answered to the application's session.</summary>
    public void OfferUnanswered(SipRequest request, SipFlow flow, InviteUsage usage) =>
        Context.Offer(new(this, request, flow, null), usage);

    /// <summary>What a request gets that nobody wanted.</summary>
    public void Refuse(IncomingRequest request, InviteUsage? usage)
    {
        if (request.IsAnswered || request.IsTaken)
        {
            return;
        }

        var method = request.Request.Method;
        var status = usage is null ? Refusals.OutsideDialog(method) : Refusals.InsideDialog(method);
        request.Respond(status, null, response =>
        {
            if (status == StatusCode.MethodNotAllowed || method == SipMethod.Options)
            {
                response.Headers.Add(HeaderName.Allow, _options.Allow);
            }

            if (method == SipMethod.Options && _options.Extensions.Count > 0)
            {
                // RFC 3261 §11.2: who asks what we can do is told.
                response.Headers.Add(HeaderName.Supported, string.Join(", ", _options.Extensions));
            }
        });
    }

    /// <summary>Answers a request that no application sees.</summary>
    public void Answer(ServerTransaction transaction, int status)
    {
        var response = transaction.Request.CreateResponse(status, null, transaction.LocalTag);
        Identify(response);
        transaction.Respond(response);
    }

    /// <summary>Answers a request that gets no transaction.</summary>
    public void RefuseStateless(SipFlow flow, SipRequest request, int status, Action<SipResponse>? edit = null) =>
        _requests.RefuseStateless(flow, request, status, null, edit);

    private void Receive(SipFlow flow, SipMessage message)
    {
        if (Context.Protections.Count > 0 && !IsVerified(flow, message))
        {
            return;
        }

        if (message is SipRequest request)
        {
            _requests.Receive(flow, request);
        }
        else
        {
            Receive(flow, (SipResponse)message);
        }
    }

    private void Receive(SipFlow flow, SipResponse response)
    {
        if (response is not { TopVia: not null, CSeq: not null })
        {
            Note(SipDiagnostic.MalformedResponse, flow, response.ToString());
        }
        else if (Transactions.FindClient(response) is { } transaction)
        {
            if (transaction.Association is { } asked && response.Association?.IsOfUserOf(asked) == false)
            {
                // Several users share the flow, and another one than was asked has signed the answer.
                Note(SipDiagnostic.UnverifiedMessage, flow, $"{response.StatusCode} {response.CSeq}: the signature of another user");
            }
            else
            {
                transaction.Receive(response);
            }
        }
        else if (!_options.IsProxy || !Stateless.TryReturn(flow, response))
        {
            Note(SipDiagnostic.StrayResponse, flow, $"{response.StatusCode} {response.CSeq}");
        }
    }

    private bool IsVerified(SipFlow flow, SipMessage message)
    {
        var verdict = Context.Protections.Verify(flow, message);
        if (verdict.Kind == FlowVerdictKind.Accept)
        {
            return true;
        }

        if (verdict.Kind != FlowVerdictKind.Answer)
        {
            Note(SipDiagnostic.UnverifiedMessage, flow, verdict.Why is { } why ? $"{message}: {why}" : message.ToString()!);
        }

        if (verdict.Kind != FlowVerdictKind.Drop && message is SipRequest request)
        {
            _requests.Refuse(flow, request, verdict);
        }

        return false;
    }

    private void ReceiveUnreadable(SipFlow flow, ReadOnlyMemory<byte> bytes, SipParseError error)
    {
        Note(SipDiagnostic.UnreadableMessage, flow, error.ToString());
        if (BadRequestReply.TryCreate(bytes.Span, error, out var reply))
        {
            Identify(reply);
            Context.Transmit(flow, reply);
        }
        else if (flow.IsReliable)
        {
            Context.Emit(new SipEffect.CloseFlow(flow));
        }
    }
}
