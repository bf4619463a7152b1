namespace UcSdk.Sip;

/// <summary>
/// A request of ours on its way to its final response. Usually that is one client transaction; a request that is sent again, because the peer
/// challenged it or its target failed, is one transaction after another, and its user hears of the last one only.
/// </summary>
internal sealed class OutgoingRequest : IClientTransactionUser
{
    private readonly SipCore _core;
    private readonly IRequestUser _user;
    private ClientTransaction? _transaction;
    private int _challenges;

    public OutgoingRequest(SipCore core, SipRequest request, SipFlow flow, IRequestUser user)
    {
        _core = core;
        _user = user;
        Request = request;
        Flow = flow;
    }

    /// <summary>The request as it was last sent.</summary>
    public SipRequest Request { get; private set; }

    /// <summary>Where it was last sent.</summary>
    public SipFlow Flow { get; private set; }

    /// <summary>True when a provisional response has come and no final one: what a CANCEL needs (RFC 3261 §9.1).</summary>
    public bool IsProceeding => _transaction is InviteClientTransaction { State: InviteClientState.Proceeding };

    /// <summary>Sends it.</summary>
    /// <param name="branch">Null for a new branch; given for CANCEL, which has that of its INVITE.</param>
    public void Start(string? branch = null)
    {
        if (_core.Credentials is { } credentials)
        {
            credentials.Authorize(Request, Flow);
            if (credentials.ProtectionOf(Flow) is { } protection)
            {
                _core.Protect(Flow, protection);
            }
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
        Start();
        _user.SentAgain(this);
    }

    public void ResponseReceived(ClientTransaction transaction, SipResponse response)
    {
        if (transaction == _transaction && !TryAnswerChallenge(response))
        {
            _user.ResponseReceived(this, response);
        }
    }

    public void Failed(ClientTransaction transaction, SipFailure failure)
    {
        if (transaction == _transaction)
        {
            _user.Failed(this, failure);
        }
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

            return false;
        }

        if (_challenges == CredentialCache.MaxRounds || !_user.MaySendAgain(this) || !credentials.TryAnswer(Request, response, Flow))
        {
            return false;
        }

        _challenges++;
        var next = Request.Clone();
        next.Headers.RemoveFirstValue(HeaderName.Via);
        SendAgain(next, Flow);
        return true;
    }
}
