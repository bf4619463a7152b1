namespace UcSdk.Sip;

/// <summary>One branch of a forked request: its client transaction, its Timer C, its best answer.</summary>
internal sealed class ProxyBranch : IClientTransactionUser, ITimerOwner
{
    private readonly SipCore _core;
    private readonly ResponseContext _context;
    private readonly SipRequest _request;
    private readonly SipFlow _flow;
    private ClientTransaction? _transaction;
    private ProxyBranchState _state;
    private string? _cancelReason;

    public ProxyBranch(SipCore core, ResponseContext context, SipRequest request, SipFlow flow)
    {
        _core = core;
        _context = context;
        _request = request;
        _flow = flow;
    }

    /// <summary>The final response, received or standing for a failure; null while the branch is open.</summary>
    public SipResponse? Final { get; private set; }

    private CoreContext Context => _core.Context;

    public void Start(string branch)
    {
        if (_request.Method.IsInvite)
        {
            Context.Arm(this, SipTimer.C, Context.Timings.ProxyInviteTimeout);
        }

        _transaction = _core.Transactions.Send(_request, _flow, this, branch);
    }

    /// <summary>Cancels an open INVITE branch, as soon as it has answered at all (RFC 3261 §16.10, §9.1).</summary>
    public void Cancel(string? reason)
    {
        if (!_request.Method.IsInvite)
        {
            return;
        }

        _cancelReason ??= reason;
        if (_state == ProxyBranchState.Proceeding)
        {
            SendCancel();
        }
        else if (_state == ProxyBranchState.Calling)
        {
            _state = ProxyBranchState.CancelPending;
        }
    }

    public void ResponseReceived(ClientTransaction transaction, SipResponse response)
    {
        if (transaction != _transaction)
        {
            return;
        }

        if (response.IsProvisional)
        {
            Progressed(response);
            return;
        }

        // The machine absorbs repeated failures; a 2xx of a further fork downstream still goes through (§16.7 step 5).
        Finish(response);
    }

    public void Failed(ClientTransaction transaction, SipFailure failure)
    {
        if (transaction == _transaction)
        {
            // §16.8 and §16.9: silence counts as 408, a lost flow as 503.
            End(failure == SipFailure.TimedOut ? StatusCode.RequestTimeout : StatusCode.ServiceUnavailable);
        }
    }

    public void Elapsed(SipTimer timer)
    {
        // §16.8: a branch that has rung is cancelled and answers itself; one that says nothing, not even to the CANCEL, is given up.
        if (_state == ProxyBranchState.Proceeding)
        {
            SendCancel();
        }
        else
        {
            End(StatusCode.RequestTimeout);
        }
    }

    private void Progressed(SipResponse response)
    {
        if (_state == ProxyBranchState.CancelPending)
        {
            SendCancel();
        }
        else if (_state == ProxyBranchState.Calling)
        {
            _state = ProxyBranchState.Proceeding;
        }

        if (response.StatusCode == StatusCode.Trying || _state == ProxyBranchState.Done)
        {
            return;
        }

        // §16.7 step 2: anything above 100 starts Timer C again; a cancelled branch has no more time for that.
        if (_request.Method.IsInvite && _state == ProxyBranchState.Proceeding)
        {
            Context.Arm(this, SipTimer.C, Context.Timings.ProxyInviteTimeout);
        }

        _context.Progressed(response);
    }

    private void End(int status)
    {
        if (_state != ProxyBranchState.Done)
        {
            Finish(_context.CreateLocal(status));
        }
    }

    private void Finish(SipResponse final)
    {
        Context.Disarm(this, SipTimer.C);
        _state = ProxyBranchState.Done;
        Final = final;
        _context.Answered(final);
    }

    private void SendCancel()
    {
        _state = ProxyBranchState.Canceling;
        var cancel = new SipRequest(SipMethod.Cancel, _request.Uri!);
        foreach (var route in _request.Headers.GetAll(HeaderName.Route))
        {
            cancel.Headers.Add(HeaderName.Route, route);
        }

        cancel.Headers.Add(HeaderName.MaxForwards, "70");
        cancel.Headers.Add(HeaderName.From, _request.Headers[HeaderName.From]!);
        cancel.Headers.Add(HeaderName.To, _request.Headers[HeaderName.To]!);
        cancel.Headers.Add(HeaderName.CallId, _request.CallId!);
        cancel.Headers.Add(HeaderName.CSeq, new CSeq(_request.CSeq!.Number, SipMethod.Cancel).ToString());
        if (_cancelReason is { } reason)
        {
            cancel.Headers.Add(HeaderName.Reason, reason);
        }

        _core.Transactions.Send(cancel, _flow, this, _request.TopVia!.Branch);
        // §9.1: what a cancelled branch does not answer in 64·T1 is given up.
        Context.Disarm(this, SipTimer.C);
        (_transaction as InviteClientTransaction)?.GiveUp();
    }
}
