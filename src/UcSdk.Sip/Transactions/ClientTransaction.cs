namespace UcSdk.Sip;

/// <summary>A request that our side sent (RFC 3261 §17.1).</summary>
internal abstract class ClientTransaction : Transaction
{
    private readonly string _branch;
    private readonly SipMethod _method;

    private protected ClientTransaction(TransactionTable table, string branch, SipRequest request, SipFlow flow, IClientTransactionUser user)
        : base(table, request, flow)
    {
        _branch = branch;
        _method = request.Method;
        User = user;
    }

    public override TransactionKey Key => TransactionKey.OfClient(_branch, _method);

    /// <summary>Who gets the responses; null when there will be none that anybody wants.</summary>
    protected IClientTransactionUser? User { get; set; }

    /// <summary>Sends the request and starts the clocks.</summary>
    public abstract void Start();

    public abstract void Receive(SipResponse response);

    /// <summary>The final response is told: what comes after it is absorbed.</summary>
    protected void ForgetAnswered()
    {
        User = null;
        ForgetRequest();
    }

    /// <summary>The user waits no longer for what may never come: an INVITE that was answered provisionally has no timer of its own.</summary>
    public virtual void Abandon()
    {
    }
}
