namespace UcSdk.Sip;

/// <summary>A request that our side received (RFC 3261 §17.2).</summary>
internal abstract class ServerTransaction : Transaction
{
    private protected ServerTransaction(CoreContext context, TransactionTable table, in TransactionKey key, SipRequest request, SipFlow flow)
        : base(context, table, key, request, flow)
    {
    }

    /// <summary>The To tag that all our responses to the request share, where the request has none.</summary>
    public string LocalTag => field ??= Context.NewTag();

    /// <summary>Who answers; null until a usage or a proxy has taken the request.</summary>
    public IServerTransactionUser? User { get; set; }

    /// <summary>What the application holds of this transaction; null for requests that the core answers itself.</summary>
    public IncomingRequest? Incoming { get; set; }

    /// <summary>The last response given; repeated requests get it again.</summary>
    public SipResponse? LastResponse { get; protected set; }

    /// <summary>How a copy of the request that comes by another path is known; null for requests that have none.</summary>
    public MergeKey? MergeKey { get; set; }

    /// <summary>True once a final response was given, or never will be.</summary>
    public abstract bool IsAnswered { get; }

    /// <summary>Sends a response; false, and nothing sent, when the state does not allow it any more.</summary>
    public abstract bool Respond(SipResponse response);

    /// <summary>The same request came again.</summary>
    public abstract void ReceiveAgain();

    protected void Transmit(SipResponse response)
    {
        User?.Responding(this, response);
        LastResponse = response;
        Context.Transmit(Flow, response);
    }
}
