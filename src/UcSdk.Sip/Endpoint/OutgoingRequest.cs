namespace UcSdk.Sip;

/// <summary>
/// A request of ours on its way to its final response. Usually that is one client transaction; a request that is sent again, because the peer
/// challenged it or its target failed, is one transaction after another, and its user hears of the last one only.
/// </summary>
internal sealed class OutgoingRequest : IClientTransactionUser, IFlowSeeker
{
    /// <summary>The longest request that goes as a datagram where a stream can be had (RFC 3261 §18.1.1).</summary>
    public const int MaxDatagramBytes = 1300;

    // Our Via is put on by the transaction: protocol, an IPv6 address with port, branch and rport.
    private const int ViaLength = 110;

    private readonly SipCore _core;
    private readonly IRequestUser _user;
    private readonly ServerSet? _servers;
    private ClientTransaction? _transaction;
    private AuthenticationTrail? _trail;
    private HandshakeWait? _wait;
    private int _challenges;
    private bool _isSwitching;
    private bool _hasProgressed;

    public OutgoingRequest(SipCore core, SipRequest request, SipFlow flow, IRequestUser user, ServerSet? servers = null)
    {
        _core = core;
        _user = user;
        _servers = servers;
        Request = request;
        Flow = flow;
    }

    /// <summary>The request as it was last sent.</summary>
    public SipRequest Request { get; private set; }

    /// <summary>Where it was last sent.</summary>
    public SipFlow Flow { get; private set; }

    /// <summary>The ACK that the 2xx to a re-INVITE got; repeated ones get it again.</summary>
    public SipRequest? Ack { get; set; }

    /// <summary>True when a provisional response has come and no final one: what a CANCEL needs (RFC 3261 §9.1).</summary>
    public bool IsProceeding => _transaction is InviteClientTransaction { State: InviteClientState.Proceeding };

    /// <summary>Nobody needs the answer to the INVITE any more: it is waited for another 64·T1 (RFC 3261 §9.1).</summary>
    public void GiveUp() => (_transaction as InviteClientTransaction)?.GiveUp();

    /// <summary>The session of the INVITE is over: what its answers still need is done by another from now on. Nothing where there is no 2xx.</summary>
    public void HandOver(AnsweredInvite heir) => (_transaction as InviteClientTransaction)?.HandOver(heir);

    /// <summary>Nobody needs the request any more: should it wait for its credentials, the challenge is its final response.</summary>
    public void StopWaiting()
    {
        if (_wait is { } wait && wait.TryEnd())
        {
            _user.ResponseReceived(this, wait.Challenge);
        }
    }

    /// <summary>True for what might not fit a datagram on the way and can go over a stream (RFC 3261 §18.1.1).</summary>
    public static bool IsTooLargeForDatagram(SipCore core, SipRequest request, SipFlow flow) =>
        !flow.IsReliable && flow.Transport == "UDP" && core.Edge.HasTransport("TCP") && SipWriter.Measure(request) + ViaLength > MaxDatagramBytes;

    /// <summary>Sends it.</summary>
    /// <param name="branch">Null for a new branch; given for CANCEL, which has that of its INVITE.</param>
    public void Start(string? branch = null)
    {
        if (_core.Credentials is { } credentials)
        {
            credentials.Authorize(Request, Flow);
            _core.ProtectByCredentials(Flow);
        }

        if (branch is null && !_isSwitching && IsTooLargeForDatagram(_core, Request, Flow))
        {
            _isSwitching = true;
            _core.Context.Emit(new SipEffect.Reach(this, Flow.Remote with { Transport = "TCP" }));
            return;
        }

        _transaction = _core.Transactions.Send(Request, Flow, this, branch);
    }

    /// <summary>Sends it again, changed, as a new transaction with the next sequence number.</summary>
    /// <param name="next">The request without our Via; its CSeq is set here.</param>
    /// <param name="flow">Where it goes now.</param>
    public void SendAgain(SipRequest next, SipFlow flow)
    {
        next.Headers[HeaderName.CSeq] = new CSeq(_user.NextCSeq(this), next.Method).ToString();
        Request = next;
        Flow = flow;
        _transaction = null;
        Start();
        _user.SentAgain(this);
    }

    /// <summary>Sends the same again, on the same flow, as a new transaction with the next sequence number.</summary>
    public void SendAgain() => SendAgain(WithoutOurVia(), Flow);

    /// <summary>The target that was asked for is reached by that flow, or cannot be reached.</summary>
    void IFlowSeeker.Reached(SipFlow? flow, ServerSet? servers)
    {
        if (_isSwitching && _transaction is null)
        {
            // RFC 3261 §18.1.1: a peer without TCP gets the datagram after all.
            Flow = flow ?? Flow;
            if (!_user.MaySendAgain(this))
            {
                _user.Failed(this, SipFailure.Terminated);
                return;
            }

            if (Request.To!.HasTag)
            {
                // Others of the dialog may have overtaken it meanwhile, and numbers must rise (§12.2.1.1).
                Request.Headers[HeaderName.CSeq] = new CSeq(_user.NextCSeq(this), Request.Method).ToString();
            }

            Start();
        }
        else if (flow is not null)
        {
            Flow = flow;
            Start();
            _user.SentAgain(this);
        }
        else if (!TryNextServer(null))
        {
            _user.Failed(this, SipFailure.ConnectFailed);
        }
    }

    public void ResponseReceived(ClientTransaction transaction, SipResponse response)
    {
        _hasProgressed |= response.IsProvisional && response.StatusCode > StatusCode.Trying;
        if (transaction != _transaction || TryAnswerChallenge(response))
        {
            return;
        }

        if (response.StatusCode != StatusCode.ServiceUnavailable || !TryNextServer(SipException.ReadRetryAfter(response)))
        {
            if (_servers is not null && response.StatusCode != StatusCode.ServiceUnavailable)
            {
                _core.Targets.Answered(_servers.Current);
            }

            _user.ResponseReceived(this, response);
        }
    }

    public void Failed(ClientTransaction transaction, SipFailure failure)
    {
        if (transaction == _transaction)
        {
            EndAuthentication();
        }

        if (transaction == _transaction && !TryNextServer(null))
        {
            _user.Failed(this, failure);
        }
    }

    /// <summary>The step for which the request has waited is done: it goes again with what came of it, or with the answer of another scheme.</summary>
    public void Stepped(HandshakeStep step, SipResponse challenge)
    {
        var isRefused = step.Outcome is { Status: SecurityContextStatus.Refused };
        if (!_user.MaySendAgain(this)
            || (isRefused && !(step.HasSuccessor ??= TryAnswer(challenge))))
        {
            _user.ResponseReceived(this, challenge);
        }
        else
        {
            SendAgainWithCredentials(challenge);
        }
    }

    /// <summary>The step has not been done in time: another scheme may do without.</summary>
    public void WaitTimedOut(HandshakeStep step, SipResponse challenge)
    {
        if (_user.MaySendAgain(this)
            && (step.HasSuccessor ??= _core.Credentials!.TryGiveUp(step, "nobody answered in time whom it had to ask") && TryAnswer(challenge)))
        {
            SendAgainWithCredentials(challenge);
        }
        else
        {
            WaitFailed(SipFailure.TimedOut);
        }
    }

    /// <summary>The credentials were not made in time, or the flow is gone.</summary>
    public void WaitFailed(SipFailure failure)
    {
        if (failure == SipFailure.TimedOut || !TryNextServer(null))
        {
            _user.Failed(this, failure);
        }
    }

    // RFC 3263 §4.3: a target that is dead or overloaded is passed over, and the request goes to the next as a new transaction, unless somebody
    // behind the target has already said that it is worked on.
    private bool TryNextServer(TimeSpan? retryAfter)
    {
        if (_servers is null)
        {
            return false;
        }

        _core.Targets.Failed(_servers.Current, _core.Context.Now, retryAfter);
        if (_hasProgressed || !_user.MaySendAgain(this) || !_servers.TryMoveNext())
        {
            return false;
        }

        _transaction = null;
        _isSwitching = false;
        Request = WithoutOurVia();
        _core.Context.Emit(new SipEffect.Reach(this, _servers.Current));
        return true;
    }

    private SipRequest WithoutOurVia()
    {
        var next = Request.Clone();
        next.Headers.RemoveFirstValue(HeaderName.Via);
        return next;
    }

    // RFC 3261 §22.2, §22.3: a challenge that can be answered is between us and the server; the user never hears of it.
    private bool TryAnswerChallenge(SipResponse response)
    {
        if (_core.Credentials is not { } credentials || response.IsProvisional || Request.Method == SipMethod.Cancel)
        {
            return false;
        }

        if (response.StatusCode is not (StatusCode.Unauthorized or StatusCode.ProxyAuthenticationRequired))
        {
            if (!credentials.TryConfirm(Request, response, Flow))
            {
                _core.Note(SipDiagnostic.UnprovenServer, Flow, Request.ToString());
            }

            EndAuthentication();

            return false;
        }

        if (_challenges == CredentialCache.MaxRounds || !_user.MaySendAgain(this) || !TryAnswer(response))
        {
            return false;
        }

        _challenges++;
        SendAgainWithCredentials(response);
        return true;
    }

    private void SendAgainWithCredentials(SipResponse challenge)
    {
        if (_core.Credentials!.StepOf(Request, Flow) is { } step)
        {
            _wait = new(_core, this, challenge);
            _wait.Start(step);
        }
        else
        {
            var next = WithoutOurVia();
            CredentialCache.RemoveAnswered(next, challenge);
            SendAgain(next, Flow);
        }
    }

    // Should a handshake have run on the request, it is over now, and with it what it protected before it was proven.
    private void EndAuthentication()
    {
        if (_core.Credentials is { Count: > 0 } credentials && credentials.Ended(Request, Flow))
        {
            _core.ProtectByCredentials(Flow);
        }
    }

    // Each scheme that fails on the way is worth a line in the log; the last refusal tells of all.
    private bool TryAnswer(SipResponse challenge)
    {
        _trail ??= new();
        var failures = _trail.Count;
        var isAnswered = _core.Credentials!.TryAnswer(Request, challenge, Flow, _trail);
        foreach (var failure in _trail.After(failures))
        {
            _core.Note(SipDiagnostic.SchemeFailed, Flow, failure);
        }

        if (!isAnswered)
        {
            EndAuthentication();
            _core.ProtectByCredentials(Flow);
            challenge.FailedSchemes = _trail.Failures;
            challenge.Tried = _trail.Count > 0 ? _trail.ToString() : CredentialCache.OfferOf(challenge);
        }

        return isAnswered;
    }
}
