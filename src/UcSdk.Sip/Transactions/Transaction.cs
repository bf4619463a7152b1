namespace UcSdk.Sip;

/// <summary>What all four machines share: a request, the flow it travels on, and a place in the transaction table.</summary>
internal abstract class Transaction : ITimerOwner
{
    private SipRequest? _request;

    private protected Transaction(TransactionTable table, SipRequest request, SipFlow flow)
    {
        Table = table;
        _request = request;
        Flow = flow;
    }

    /// <summary>How the table finds this transaction (RFC 3261 §17.1.3, §17.2.3).</summary>
    public abstract TransactionKey Key { get; }

    /// <summary>The request, until it is answered for good.</summary>
    /// <exception cref="InvalidOperationException">It is.</exception>
    public SipRequest Request => _request ?? throw new InvalidOperationException($"The request {Key} has had its final response and is not kept.");

    /// <summary>At a server: the association by whose keys the request was signed; null for none, and once the request is answered for good.</summary>
    public ServerAssociation? Association => _request?.Association;

    public SipFlow Flow { get; }

    /// <summary>Its neighbours in <see cref="FlowTransactions"/>, which alone sets them.</summary>
    public Transaction? Previous { get; set; }

    /// <inheritdoc cref="Previous"/>
    public Transaction? Next { get; set; }

    /// <summary>Who wants to hear of its end; null for nobody.</summary>
    public TransactionObservation? Observation { get; set; }

    public abstract bool IsTerminated { get; }

    protected CoreContext Context => Table.Context;

    protected TransactionTable Table { get; }

    protected SipTimings Timings => Context.Timings;

    public abstract void Elapsed(SipTimer timer);

    public abstract void FlowClosed();

    /// <summary>Nothing but repetitions can come any more: what waits for them for half a minute does not hold the request that long.</summary>
    protected void ForgetRequest() => _request = null;

    protected void Arm(SipTimer timer, TimeSpan after) => Context.Arm(this, timer, after);

    protected void Disarm(params ReadOnlySpan<SipTimer> timers)
    {
        foreach (var timer in timers)
        {
            Context.Disarm(this, timer);
        }
    }
}
