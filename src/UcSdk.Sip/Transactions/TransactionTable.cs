namespace UcSdk.Sip;

/// <summary>The live transactions of an endpoint, and how messages find them.</summary>
internal sealed class TransactionTable(CoreContext context)
{
    private readonly Dictionary<string, ClientTransaction> _clients = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ServerTransaction> _servers = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ServerTransaction> _mergeable = new(StringComparer.Ordinal);

    public int Count => _clients.Count + _servers.Count;

    public int Servers => _servers.Count;

    /// <summary>Sends a request, whose top Via is put on here, and watches over its answer.</summary>
    /// <param name="request">The request; the transaction owns it from now on.</param>
    /// <param name="flow">Where it goes.</param>
    /// <param name="user">Who gets the responses.</param>
    /// <param name="branch">Null for a new branch; given for CANCEL, which has that of its INVITE.</param>
    public ClientTransaction Send(SipRequest request, SipFlow flow, IClientTransactionUser user, string? branch = null)
    {
        branch ??= context.NewBranch();
        PutVia(request, flow, branch);
        var key = TransactionKey.OfClient(branch, request.Method);
        ClientTransaction transaction = request.Method.IsInvite
            ? new InviteClientTransaction(context, this, key, request, flow, user)
            : new NonInviteClientTransaction(context, this, key, request, flow, user);
        _clients.Add(key, transaction);
        transaction.Start();
        return transaction;
    }

    /// <summary>Sends a request that has no transaction: ACK of a 2xx, BENOTIFY.</summary>
    public void SendUnanswered(SipRequest request, SipFlow flow)
    {
        PutVia(request, flow, context.NewBranch());
        context.Transmit(flow, request);
    }

    public ClientTransaction? FindClient(SipResponse response) =>
        response is { TopVia.Branch: { } branch, CSeq: { } cseq } ? _clients.GetValueOrDefault(TransactionKey.OfClient(branch, cseq.Method)) : null;

    public ServerTransaction? FindServer(SipRequest request) => _servers.GetValueOrDefault(TransactionKey.OfServer(request));

    /// <summary>The INVITE that a CANCEL means (RFC 3261 §9.2).</summary>
    public ServerTransaction? FindCanceled(SipRequest cancel) => _servers.GetValueOrDefault(TransactionKey.OfServer(cancel, SipMethod.Invite));

    /// <summary>True when the same request is being worked on, having come by another path.</summary>
    public bool IsMerged(SipRequest request) => request.To!.Tag is null && _mergeable.ContainsKey(TransactionKey.OfMerge(request));

    public ServerTransaction Open(SipRequest request, SipFlow flow)
    {
        var key = TransactionKey.OfServer(request);
        ServerTransaction transaction = request.Method.IsInvite
            ? new InviteServerTransaction(context, this, key, request, flow)
            : new NonInviteServerTransaction(context, this, key, request, flow);
        _servers.Add(key, transaction);
        if (request.To!.Tag is null)
        {
            _mergeable.TryAdd(TransactionKey.OfMerge(request), transaction);
        }

        return transaction;
    }

    public void Remove(ClientTransaction transaction) => _clients.Remove(transaction.Key);

    public void Remove(ServerTransaction transaction)
    {
        _servers.Remove(transaction.Key);
        var merge = TransactionKey.OfMerge(transaction.Request);
        if (_mergeable.GetValueOrDefault(merge) == transaction)
        {
            _mergeable.Remove(merge);
        }
    }

    public void FlowClosed(SipFlow flow)
    {
        foreach (var transaction in All().Where(t => t.Flow == flow && !t.IsTerminated).ToArray())
        {
            // One transaction's end may end others (a proxy's branches).
            if (!transaction.IsTerminated)
            {
                transaction.FlowClosed();
            }
        }
    }

    public void Clear()
    {
        _clients.Clear();
        _servers.Clear();
        _mergeable.Clear();
    }

    private static void PutVia(SipRequest request, SipFlow flow, string branch)
    {
        var via = new Via(flow.Transport, flow.Local.Host, flow.Local.Port == 0 ? null : flow.Local.Port, SipParameters.Empty.With("branch", branch));
        // RFC 3581: a datagram may come through a NAT, and its answer must find the way back.
        request.Headers.AddFirst(HeaderName.Via, (flow.IsReliable ? via : via with { Parameters = via.Parameters.With("rport", null) }).ToString());
    }

    private IEnumerable<Transaction> All() => _clients.Values.Concat<Transaction>(_servers.Values);
}
