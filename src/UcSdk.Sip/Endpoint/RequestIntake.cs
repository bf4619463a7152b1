using System.Globalization;

namespace UcSdk.Sip;

/// <summary>
/// What becomes of a request that was received: it belongs to a transaction, a dialog or a registration, or it is offered to the application
/// (RFC 3261 §8.2, §12.2.2, §17.2.3).
/// </summary>
internal sealed class RequestIntake(SipCore core, SipEndpointOptions options)
{
    private readonly StatelessTag _statelessTag = new(core.Context.Random);

    public void Receive(SipFlow flow, SipRequest request)
    {
        if (!request.TryValidate(out var error))
        {
            RefuseMalformed(flow, request, error);
            return;
        }

        MarkReceived(flow, request);
        if (options.IsProxy)
        {
            RoutePreprocessing.Apply(request, core.Own, flow);
            if (core.Stateless.TryForward(flow, request))
            {
                return;
            }
        }

        if (request.Method == SipMethod.Ack)
        {
            ReceiveAck(flow, request);
        }
        else if (request.Method.IsUnanswered)
        {
            ReceiveUnanswered(flow, request);
        }
        else if (core.Transactions.FindServer(request) is { } known)
        {
            if (known.IsOfSameUri(request))
            {
                known.ReceiveAgain();
            }
            else
            {
                // Only a peer without branches gets here: the same request to another URI (RFC 3261 §8.2.2.2).
                core.Context.Transmit(flow, request.CreateResponse(StatusCode.LoopDetected, null, core.Context.NewTag()));
            }
        }
        else if (request.Method == SipMethod.Cancel)
        {
            ReceiveCancel(flow, request);
        }
        else if (RefusalOf(flow, request) is var status and not 0)
        {
            RefuseStateless(flow, request, status, null, null);
        }
        else
        {
            ReceiveNew(flow, request);
        }
    }

    /// <summary>Refuses a request whose signature did not hold, without any state: it may be anybody's.</summary>
    public void Refuse(SipFlow flow, SipRequest request, FlowVerdict verdict) => RefuseStateless(
        flow, request, verdict.Status, null, response =>
        {
            if (verdict.Diagnostics is { } diagnostics)
            {
                response.Headers.Add(HeaderName.MsDiagnostics, diagnostics.ToString());
            }

            verdict.Edit?.Invoke(response);
        });

    private void RefuseMalformed(SipFlow flow, SipRequest request, SipParseError error)
    {
        core.Note(SipDiagnostic.MalformedRequest, flow, error.ToString());
        RefuseStateless(flow, request, StatusCode.BadRequest, "Bad Request: " + error.Expected, null);
    }

    /// <summary>Answers a request without any state.</summary>
    public void RefuseStateless(SipFlow flow, SipRequest request, int status, string? reason, Action<SipResponse>? edit)
    {
        if (!request.Headers.Contains(HeaderName.Via) || request.Method.IsUnanswered || !request.Headers.Contains(HeaderName.CSeq))
        {
            return;
        }

        core.Context.Observer?.Refused(request, status);
        var response = request.CreateResponse(status, reason, _statelessTag.Of(request));
        if (status == StatusCode.ServiceUnavailable)
        {
            response.Headers.Add(HeaderName.RetryAfter, core.Overload.NextRetryAfter());
        }

        edit?.Invoke(response);
        core.Identify(response);
        core.Context.Transmit(flow, response);
    }

    // What begins nothing new is served whatever the load: refusing it would keep alive what wants to end. A request that only says that it is
    // inside a dialog is answered as always, but is not remembered.
    private int RefusalOf(SipFlow flow, SipRequest request)
    {
        if (request.To!.HasTag)
        {
            return core.Overload.IsExceeded && !options.IsProxy && !core.Dialogs.TryFind(request, out _, out _) && core.Usages.FindAwaiting(request) is null
                ? StatusCode.CallOrTransactionDoesNotExist
                : 0;
        }

        var refuses = core.Overload.Refuses(request.Method, core.Transactions.Servers, core.Usages.Invites, core.Context.Delay, out var change);
        if (change is not null)
        {
            core.Note(SipDiagnostic.Overload, flow, change);
        }

        return refuses ? StatusCode.ServiceUnavailable : 0;
    }

    // RFC 3261 §18.2.1 and RFC 3581 §4: what the sender believes of its address is not what we see.
    private static void MarkReceived(SipFlow flow, SipRequest request)
    {
        var via = request.TopVia!;
        var isElsewhere = !via.HasHost(flow.Remote.Host);
        if (!isElsewhere && !via.HasParameter("rport"))
        {
            return;
        }

        if (!isElsewhere && request.Headers.TryGetValue(HeaderName.Via, 0, out var field) && TryPutPort(field.Span, flow.Remote.Port) is { } simple)
        {
            request.Headers.SetFirst(HeaderName.Via, simple);
            return;
        }

        var parameters = isElsewhere ? via.Parameters.With("received", flow.Remote.Host) : via.Parameters;
        parameters = via.Parameters.Contains("rport") ? parameters.With("rport", flow.Remote.Port.ToString(CultureInfo.InvariantCulture)) : parameters;
        request.Headers.RemoveFirstValue(HeaderName.Via);
        request.Headers.AddFirst(HeaderName.Via, (via with { Parameters = parameters }).ToString());
    }

    // The one thing that nearly every datagram needs, done on the bytes: null where the field is not as simple as that.
    private static byte[]? TryPutPort(ReadOnlySpan<byte> field, int port)
    {
        var end = field.IndexOf(";rport"u8) + 6;
        if (end < 6 || (end < field.Length && field[end] != ';') || field.ContainsAny((byte)',', (byte)'"'))
        {
            return null;
        }

        Span<byte> digits = stackalloc byte[6];
        port.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
        var marked = new byte[field.Length + 1 + length];
        field[..end].CopyTo(marked);
        marked[end] = (byte)'=';
        digits[..length].CopyTo(marked.AsSpan(end + 1));
        field[end..].CopyTo(marked.AsSpan(end + 1 + length));
        return marked;
    }

    private void ReceiveAck(SipFlow flow, SipRequest ack)
    {
        if (core.Transactions.FindServer(ack) is InviteServerTransaction { State: not InviteServerState.Accepted } invite)
        {
            invite.ReceiveAck();
        }
        else if (core.Dialogs.TryFind(ack, out var dialog, out var usage))
        {
            if (IsOfPeer(dialog, ack, flow))
            {
                usage.AckReceived(ack);
            }
        }
        else if (!_statelessTag.IsOn(ack))
        {
            ForwardUnanswered(flow, ack);
        }
    }

    private void ReceiveUnanswered(SipFlow flow, SipRequest request)
    {
        if (!TryFindDialog(request, out var dialog, out var usage))
        {
            ForwardUnanswered(flow, request);
        }
        else if (!IsOfPeer(dialog, request, flow))
        {
            // Noted.
        }
        else if (dialog.TryAdvance(request))
        {
            usage.UnansweredReceived(request, flow);
        }
        else
        {
            core.Note(SipDiagnostic.StaleNotification, flow, $"{request.CSeq}");
        }
    }

    // RFC 3261 §16: an ACK of a 2xx (and BENOTIFY) inside a dialog that runs through us has no transaction; it goes on by Route.
    private void ForwardUnanswered(SipFlow flow, SipRequest request)
    {
        if (request.OwnRoute is null || request.MaxForwards == 0)
        {
            core.Note(SipDiagnostic.StrayRequest, flow, request.CSeq!.ToString());
            return;
        }

        var (copy, nextHop) = ForwardedRequest.Create(request, new ProxyTarget(request.Uri!), null);
        core.Edge.EditUnanswered(copy);
        new StatelessSend(core, flow, copy, next => core.Transactions.SendUnanswered(copy, next)).Start(null, nextHop);
    }

    private void ReceiveCancel(SipFlow flow, SipRequest cancel)
    {
        var invite = core.Transactions.FindCanceled(cancel);
        if (invite?.Association is { } caller && cancel.Association?.IsOfUserOf(caller) != true)
        {
            // The branch of another user's INVITE is no right to cancel it.
            invite = null;
        }

        if (invite is null && core.Overload.IsExceeded)
        {
            RefuseStateless(flow, cancel, StatusCode.CallOrTransactionDoesNotExist, null, null);
            return;
        }

        var transaction = core.Transactions.Open(cancel, flow);
        var response = cancel.CreateResponse(
            invite is null ? StatusCode.CallOrTransactionDoesNotExist : StatusCode.Ok, null, invite is null ? core.Context.NewTag() : invite.LocalTag);
        core.Identify(response);
        transaction.Respond(response);
        if (invite is null || invite.IsAnswered)
        {
            return;
        }

        // The answer that follows may end the transaction's interest in it.
        var incoming = invite.Incoming;
        if (invite.User is { } user)
        {
            user.Canceled(invite, cancel);
        }
        else
        {
            invite.Respond(invite.Request.CreateResponse(StatusCode.RequestTerminated, null, invite.LocalTag));
        }

        if (incoming is not null)
        {
            core.Context.Emit(new SipEffect.RequestCanceled(incoming, cancel));
        }
    }

    private void ReceiveNew(SipFlow flow, SipRequest request)
    {
        var merged = !options.IsProxy && core.Transactions.IsMerged(request);
        var transaction = core.Transactions.Open(request, flow);
        if (merged)
        {
            core.Answer(transaction, StatusCode.LoopDetected);
        }
        else if (!options.IsProxy && !IsUnderstood(transaction))
        {
            // Answered.
        }
        else if (!options.IsProxy && request.Method == SipMethod.Refer && !ReferTo.TryRead(request, out _))
        {
            core.Answer(transaction, StatusCode.BadRequest);
        }
        else if (core.Usages.FindNotified(request, flow) is { } registration)
        {
            // Before dialogs: registrars put the tag of the REGISTER into To, which makes no dialog of it ([MS-SIPREGE] §4.1.3).
            ReceiveNotice(transaction, registration);
        }
        else if (request.To!.HasTag)
        {
            ReceiveInDialog(transaction);
        }
        else if (!options.IsProxy && request.Headers.Contains(HeaderName.Replaces))
        {
            ReceiveReplacing(transaction);
        }
        else
        {
            core.Offer(transaction, null);
        }
    }

    private void ReceiveNotice(ServerTransaction transaction, RegistrationUsage registration)
    {
        var request = transaction.Request;
        if (RegistrationEvent.TryRead(request.Body.Span, out var said, out _) || SubscriptionStateHeader.Of(request) is { IsTerminated: true })
        {
            core.Answer(transaction, StatusCode.Ok);
            registration.Notified(request, said);
        }
        else
        {
            core.Answer(transaction, StatusCode.BadRequest);
        }
    }

    private bool IsUnderstood(ServerTransaction transaction)
    {
        if (Understanding.Refuse(transaction, options) is not { } refusal)
        {
            return true;
        }

        core.Identify(refusal);
        transaction.Respond(refusal);
        return false;
    }

    private void ReceiveReplacing(ServerTransaction transaction)
    {
        var replacement = Replacement.Find(core, transaction.Request);
        if (replacement.Refusal is { } status)
        {
            core.Answer(transaction, status);
        }
        else
        {
            core.Offer(transaction, null, replacement.Replaced);
        }
    }

    /// <summary>A request with a To tag.</summary>
    /// <param name="transaction">Its transaction.</param>
    /// <param name="mayWait">Whether it may wait for the response to an INVITE of ours that makes its dialog.</param>
    public void ReceiveInDialog(ServerTransaction transaction, bool mayWait = true)
    {
        var request = transaction.Request;
        if (!TryFindDialog(request, out var dialog, out var usage))
        {
            if (options.IsProxy)
            {
                core.Offer(transaction, null);
            }
            else if (!mayWait || core.Usages.FindInviting(request) is not { } invite || !invite.TryKeep(transaction))
            {
                core.Answer(transaction, StatusCode.CallOrTransactionDoesNotExist);
            }
        }
        else if (!IsOfPeer(dialog, request, transaction.Flow))
        {
            core.Answer(transaction, StatusCode.Forbidden);
        }
        else if (!dialog.TryAdvance(request))
        {
            core.Answer(transaction, StatusCode.ServerInternalError);
        }
        else if (request.Method == SipMethod.Bye && usage is not InviteUsage)
        {
            // RFC 5057 §4.1: BYE ends an invite session, and there is none (any more).
            core.Answer(transaction, StatusCode.CallOrTransactionDoesNotExist);
        }
        else
        {
            usage.RequestReceived(transaction);
        }
    }

    private bool IsOfPeer(Dialog dialog, SipRequest request, SipFlow flow)
    {
        var isOfPeer = dialog.IsOfPeer(request);
        if (!isOfPeer)
        {
            core.Note(SipDiagnostic.UnverifiedMessage, flow, $"{request.CSeq}: not of the user at the other end of the dialog");
        }

        return isOfPeer;
    }

    private bool TryFindDialog(SipRequest request, out Dialog dialog, out IDialogUsage usage)
    {
        if (core.Dialogs.TryFind(request, out dialog, out usage))
        {
            return true;
        }

        if ((request.Method == SipMethod.Notify || request.Method == SipMethod.Benotify) && core.Usages.FindAwaiting(request) is { } subscription)
        {
            (dialog, usage) = subscription.Join(request);
            return true;
        }

        return false;
    }
}
