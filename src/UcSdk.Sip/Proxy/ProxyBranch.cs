using UcSdk.Core;
using static UcSdk.Sip.ProxyBranchState;
using static UcSdk.Sip.ProxyBranchTrigger;

namespace UcSdk.Sip;

/// <summary>One branch of a forwarded request: its server, its client transaction, Timer C, its final response.</summary>
internal sealed class ProxyBranch : IClientTransactionUser, ITimerOwner, IFlowSeeker
{
    public static readonly StateTable<ProxyBranchState, ProxyBranchTrigger, ProxyBranchReason> StateTable = new("ProxyBranch", Locating)
    {
        { Locating, Sent, Calling, ProxyBranchReason.Forwarded, "RFC 3261 §16.6" },
        { Locating, Unreachable, Done, ProxyBranchReason.Failed, "RFC 3261 §16.9" },
        { Locating, Withdraw, Done, ProxyBranchReason.Canceled, "RFC 3261 §16.10" },
        { Locating, TimerC, Done, ProxyBranchReason.TimedOut, "RFC 3261 §16.8" },
        { Calling, Provisional, Proceeding, ProxyBranchReason.Progressed, "RFC 3261 §16.7" },
        { Calling, Success, Accepted, ProxyBranchReason.Answered, "RFC 3261 §16.7" },
        { Calling, Refusal, Done, ProxyBranchReason.Refused, "RFC 3261 §16.7" },
        { Calling, ServerFailed, Locating, ProxyBranchReason.FailedOver, "RFC 3263 §4.3" },
        { Calling, TransactionFailed, Done, ProxyBranchReason.Failed, "RFC 3261 §16.9" },
        { Calling, Withdraw, CancelPending, ProxyBranchReason.Canceled, "RFC 3261 §9.1" },
        { Calling, TimerC, Done, ProxyBranchReason.TimedOut, "RFC 3261 §16.8" },
        { Proceeding, Provisional, Proceeding, ProxyBranchReason.Progressed, "RFC 3261 §16.7" },
        { Proceeding, Success, Accepted, ProxyBranchReason.Answered, "RFC 3261 §16.7" },
        { Proceeding, Refusal, Done, ProxyBranchReason.Refused, "RFC 3261 §16.7" },
        { Proceeding, ServerFailed, Locating, ProxyBranchReason.FailedOver, "RFC 3263 §4.3" },
        { Proceeding, TransactionFailed, Done, ProxyBranchReason.Failed, "RFC 3261 §16.9" },
        { Proceeding, Withdraw, Canceling, ProxyBranchReason.Canceled, "RFC 3261 §16.10" },
        { Proceeding, TimerC, Canceling, ProxyBranchReason.TimedOut, "RFC 3261 §16.8" },
        { CancelPending, Provisional, Canceling, ProxyBranchReason.Progressed, "RFC 3261 §9.1" },
        { CancelPending, Success, Accepted, ProxyBranchReason.Answered, "RFC 3261 §16.7" },
        { CancelPending, Refusal, Done, ProxyBranchReason.Refused, "RFC 3261 §16.7" },
        { CancelPending, TransactionFailed, Done, ProxyBranchReason.Failed, "RFC 3261 §16.9" },
        { CancelPending, TimerC, Done, ProxyBranchReason.TimedOut, "RFC 3261 §16.8" },
        { Canceling, Provisional, Canceling, ProxyBranchReason.Progressed, "RFC 3261 §16.7" },
        { Canceling, Success, Accepted, ProxyBranchReason.Answered, "RFC 3261 §16.7" },
        { Canceling, Refusal, Done, ProxyBranchReason.Refused, "RFC 3261 §16.7" },
        { Canceling, TransactionFailed, Done, ProxyBranchReason.Failed, "RFC 3261 §16.9" },
        { Canceling, CancelWait, Done, ProxyBranchReason.TimedOut, "RFC 3261 §9.1" },
        { Accepted, Success, Accepted, ProxyBranchReason.Answered, "RFC 6026 §7.2" },
    };

    private readonly SipCore _core;
    private readonly ResponseContext _context;
    private readonly ProxyTarget _target;
    private readonly SipRequest _copy;
    private readonly SipUri _nextHop;
    private ProxyBranchState _state = Locating;
    private ClientTransaction? _transaction;
    private ServerSet? _servers;
    private SipFlow? _datagrams;
    private string? _cancelReason;
    private bool _hasProgressed;

    public ProxyBranch(SipCore core, ResponseContext context, ProxyTarget target, int breadth)
    {
        _core = core;
        _context = context;
        _target = target;
        Breadth = breadth;
        (_copy, _nextHop) = ForwardedRequest.Create(context.Request, target, breadth);
    }

    /// <summary>The final response, received or standing for a failure, with the Vias of the caller; null while the branch is open.</summary>
    public SipResponse? Final { get; private set; }

    /// <summary>True when nothing of the branch is waited for before the next targets are tried: it has ended, or its time is over.</summary>
    public bool IsSettled { get; private set; }

    /// <summary>True when the final response was a redirection whose Contacts are being tried: it is no answer any more.</summary>
    public bool IsFollowed { get; set; }

    /// <summary>How many branches this one may become downstream (RFC 5393 §5.3).</summary>
    public int Breadth { get; }

    /// <summary>Where it goes.</summary>
    public ProxyTarget Target => _target;

    private CoreContext Context => _core.Context;

    private bool IsInvite => _copy.Method.IsInvite;

    public void Start()
    {
        if (IsInvite)
        {
            Context.Arm(this, SipTimer.C, Context.Timings.ProxyInviteTimeout);
        }

        if (_target.Timeout is { } patience)
        {
            Context.Arm(this, SipTimer.TargetWait, patience);
        }

        if (_target.Flow is { } named)
        {
            Reached(_core.IsOpen(named) ? named : null, null);
        }
        else if (_core.RouteOf(_copy, null) is { } routed)
        {
            Reached(routed, null);
        }
        else
        {
            Context.Emit(new SipEffect.Locate(this, _nextHop));
        }
    }

    /// <summary>Cancels an open INVITE branch, as soon as it has answered at all (RFC 3261 §16.10, §9.1).</summary>
    public void Cancel(string? reason)
    {
        if (!IsInvite || !StateTable.TryMove(ref _state, Withdraw, out var row))
        {
            return;
        }

        _cancelReason = reason;
        if (row.To == Canceling)
        {
            SendCancel();
        }
        else if (row.To == Done)
        {
            Finish(_context.CreateLocal(StatusCode.RequestTerminated));
        }
    }

    public void Reached(SipFlow? flow, ServerSet? servers)
    {
        if (_state != Locating)
        {
            // Cancelled or given up meanwhile.
            return;
        }

        _servers ??= servers;
        if (_datagrams is { } datagrams)
        {
            // RFC 3261 §18.1.1: a peer without TCP gets the datagram after all.
            Send(flow ?? datagrams);
        }
        else if (flow is null)
        {
            if (!TryNextServer(null))
            {
                StateTable.Move(ref _state, Unreachable);
                Finish(_context.CreateLocal(StatusCode.ServiceUnavailable));
            }
        }
        else if (OutgoingRequest.IsTooLargeForDatagram(_core, _copy, flow))
        {
            _datagrams = flow;
            Context.Emit(new SipEffect.Reach(this, flow.Remote with { Transport = "TCP" }));
        }
        else
        {
            Send(flow);
        }
    }

    public void ResponseReceived(ClientTransaction transaction, SipResponse response)
    {
        if (transaction != _transaction)
        {
            // The answer to a CANCEL, or what a server says that was passed over.
            return;
        }

        if (response.IsProvisional)
        {
            Progressed(response);
            return;
        }

        if (response.StatusCode == StatusCode.ServiceUnavailable && TryNextServer(SipException.ReadRetryAfter(response)))
        {
            return;
        }

        if (_servers is { } servers && response.StatusCode != StatusCode.ServiceUnavailable)
        {
            _core.Targets.Answered(servers.Current);
        }

        // The transaction absorbs repeated failures; a 2xx of a further fork downstream still goes through (§16.7 step 5).
        if (StateTable.TryMove(ref _state, response.IsSuccess ? Success : Refusal, out _))
        {
            Finish(_context.Strip(response));
        }
    }

    public void Failed(ClientTransaction transaction, SipFailure failure)
    {
        if (transaction == _transaction && !TryNextServer(null) && StateTable.TryMove(ref _state, TransactionFailed, out _))
        {
            // §16.8 and §16.9: silence counts as 408, a lost flow as 503.
            Finish(_context.CreateLocal(failure == SipFailure.TimedOut ? StatusCode.RequestTimeout : StatusCode.ServiceUnavailable));
        }
    }

    public void Elapsed(SipTimer timer)
    {
        if (timer == SipTimer.TargetWait)
        {
            IsSettled = true;
            Cancel(CancelReasons.TimedOut);
            _context.Settled();
            return;
        }

        // §16.8: a branch that has rung is cancelled and answers itself; one that says nothing, not even to the CANCEL, is given up.
        if (StateTable.Move(ref _state, timer == SipTimer.C ? TimerC : CancelWait).To == Canceling)
        {
            _cancelReason = CancelReasons.TimedOut;
            SendCancel();
        }
        else
        {
            _transaction?.Abandon();
            Finish(_context.CreateLocal(StatusCode.RequestTimeout));
        }
    }

    private void Send(SipFlow flow)
    {
        // The copy goes out itself where nobody else can be tried with it.
        var request = _servers is null ? _copy : _copy.Clone();
        var isComplete = false;
        try
        {
            _context.Complete(request, _target.Flow == flow ? _target : _target with { Flow = flow });
            isComplete = true;
        }
        finally
        {
            if (!isComplete)
            {
                // The application's hook threw, which the loop reports; the caller gets its answer all the same.
                StateTable.Move(ref _state, Unreachable);
                Finish(_context.CreateLocal(StatusCode.ServerInternalError));
            }
        }

        StateTable.Move(ref _state, Sent);
        _datagrams = null;
        _transaction = _core.Transactions.Send(request, flow, this, _context.NewBranch());
    }

    private void Progressed(SipResponse response)
    {
        if (!StateTable.TryMove(ref _state, Provisional, out var row))
        {
            return;
        }

        if (row is { From: CancelPending })
        {
            SendCancel();
        }

        // RFC 4320 §4.1: other requests have no provisional responses but 100, and that is for one hop.
        if (response.StatusCode == StatusCode.Trying || !IsInvite)
        {
            return;
        }

        _hasProgressed = true;
        if (row.To == Proceeding)
        {
            // §16.7 step 2: anything above 100 starts Timer C again; a cancelled branch has no more time for that.
            Context.Arm(this, SipTimer.C, Context.Timings.ProxyInviteTimeout);
        }

        _context.Progressed(_context.Strip(response));
    }

    // RFC 3263 §4.3: a server that is dead or overloaded is passed over, unless somebody behind it has already said that the request is worked on.
    private bool TryNextServer(TimeSpan? retryAfter)
    {
        if (_servers is not { } servers)
        {
            return false;
        }

        _core.Targets.Failed(servers.Current, Context.Now, retryAfter);
        if (_hasProgressed || IsSettled || !(_state == Locating || StateTable.Permits(_state, ServerFailed)) || !servers.TryMoveNext())
        {
            return false;
        }

        StateTable.TryMove(ref _state, ServerFailed, out _);
        _transaction = null;
        Context.Emit(new SipEffect.Reach(this, servers.Current));
        return true;
    }

    private void Finish(SipResponse final)
    {
        Context.Disarm(this, SipTimer.C);
        Context.Disarm(this, SipTimer.CancelWait);
        Context.Disarm(this, SipTimer.TargetWait);
        Final = final;
        IsSettled = true;
        _context.Answered(this, final);
    }

    private void SendCancel()
    {
        var invite = _transaction!.Request;
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
        if (_cancelReason is { } reason)
        {
            cancel.Headers.Add(HeaderName.Reason, reason);
        }

        cancel.Addressee = invite.Association?.Address;
        _core.Transactions.Send(cancel, _transaction.Flow, this, invite.TopVia!.Branch);
        Context.Disarm(this, SipTimer.C);
        // §9.1: what a cancelled branch does not answer in 64·T1 is given up.
        Context.Arm(this, SipTimer.CancelWait, Context.Timings.TransactionTimeout);
    }
}
