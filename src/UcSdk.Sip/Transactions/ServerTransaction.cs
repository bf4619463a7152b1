using System.Runtime.CompilerServices;

namespace UcSdk.Sip;

/// <summary>A request that our side received (RFC 3261 §17.2).</summary>
internal abstract class ServerTransaction : Transaction
{
    private readonly string? _requestUri;
    private WireCopy? _final;

    private protected ServerTransaction(TransactionTable table, in TransactionKey key, SipRequest request, SipFlow flow)
        : base(table, request, flow)
    {
        Key = key;
        _requestUri = key.IsByBranch ? null : request.UriText;
    }

    public override TransactionKey Key { get; }

    /// <summary>The To tag that all our responses to the request share, where the request has none.</summary>
    public string LocalTag => field ??= Context.NewTag();

    /// <summary>What tells its request from another one with the same branch.</summary>
    public ReusedBranch Mark { get; init; }

    /// <summary>True when its branch is that of an earlier request that is still there (<see cref="PeerHabit.ReusedBranch"/>).</summary>
    public bool HasReusedBranch { get; init; }

    /// <summary>False for a request that a peer without branches has sent to another URI as well (RFC 3261 §8.2.2.2).</summary>
    public bool IsOfSameUri(SipRequest request) => _requestUri is null || _requestUri == request.UriText;

    /// <summary>Who answers; null until a usage or a proxy has taken the request.</summary>
    public IServerTransactionUser? User { get; set; }

    /// <summary>What the application holds of this transaction; null for requests that the core answers itself.</summary>
    public IncomingRequest? Incoming { get; set; }

    /// <summary>The last provisional response given; null once there is a final one.</summary>
    public SipResponse? LastResponse { get; private set; }

    /// <summary>How a copy of the request that comes by another path is known; null for requests that have none.</summary>
    public StrongBox<MergeKey>? MergeKey { get; set; }

    /// <summary>True once a final response was given, or never will be.</summary>
    public abstract bool IsAnswered { get; }

    /// <summary>Sends a response; false, and nothing sent, when the state does not allow it any more.</summary>
    public abstract bool Respond(SipResponse response);

    /// <summary>Ends without an answer.</summary>
    public abstract void Drop();

    /// <summary>The same request came again.</summary>
    public abstract void ReceiveAgain();

    /// <summary>Sends a response.</summary>
    /// <param name="response">The response.</param>
    /// <param name="isRepeated">True for a final response that repeated requests get again.</param>
    protected void Transmit(SipResponse response, bool isRepeated)
    {
        User?.Responding(this, response);
        LastResponse = response.IsFinal ? null : response;
        _final = isRepeated ? new() : null;
        Observation?.Responded(response);
        Context.Transmit(Flow, response, _final);
    }

    /// <summary>Sends the last response again, where there is one that may be repeated.</summary>
    protected void TransmitAgain()
    {
        if (_final is not null)
        {
            Context.TransmitAgain(Flow, _final);
        }
        else if (LastResponse is not null)
        {
            Context.Retransmit(Flow, LastResponse);
        }
    }

    /// <summary>The final response is out: what is left is to know the request when it comes again.</summary>
    protected void ForgetAnswered()
    {
        Incoming = null;
        ForgetRequest();
    }
}
