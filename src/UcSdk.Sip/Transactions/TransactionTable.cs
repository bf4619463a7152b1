using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>The live transactions of an endpoint, and how messages find them.</summary>
internal sealed class TransactionTable(CoreContext context)
{
    // Branches and hosts of the usual length are looked up without making them.
    private const int LookupRoom = 128;

    private readonly Dictionary<TransactionKey, ClientTransaction> _clients = new(TransactionKeyComparer.Instance);
    private readonly Dictionary<TransactionKey, ServerTransaction> _servers = new(TransactionKeyComparer.Instance);
    private readonly Dictionary<MergeKey, ServerTransaction> _mergeable = [];
    private readonly Dictionary<SipFlow, FlowTransactions> _byFlow = [];

    // A flow with one transaction after another would make its list anew each time.
    private FlowTransactions? _spare;
    private int _reusedBranches;

    /// <summary>What all parts of the core share.</summary>
    public CoreContext Context => context;

    /// <summary>Every one that lives.</summary>
    public IEnumerable<Transaction> All() => _clients.Values.Concat<Transaction>(_servers.Values);

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
        ClientTransaction transaction = request.Method.IsInvite
            ? new InviteClientTransaction(this, branch, request, flow, user)
            : new NonInviteClientTransaction(this, branch, request, flow, user);
        _clients.Add(transaction.Key, transaction);
        ListOf(flow).Add(transaction);
        transaction.Observation = context.Observer?.TransactionBegins(transaction);
        transaction.Start();
        return transaction;
    }

    /// <summary>Sends a request that has no transaction: ACK of a 2xx, BENOTIFY, what is forwarded without state.</summary>
    /// <param name="request">The request, without our Via.</param>
    /// <param name="flow">Where it goes.</param>
    /// <param name="branch">Null for a new branch.</param>
    /// <param name="copy">Takes its bytes; null when it never goes again.</param>
    public void SendUnanswered(SipRequest request, SipFlow flow, string? branch = null, WireCopy? copy = null)
    {
        PutVia(request, flow, branch ?? context.NewBranch());
        context.Transmit(flow, request, copy);
    }

    public ClientTransaction? FindClient(SipResponse response)
    {
        if (response is not { TopVia: { } via, CSeq: { } cseq })
        {
            return null;
        }

        var branch = via.BranchIn(stackalloc char[LookupRoom]);
        return _clients.GetAlternateLookup<TransactionLookup>().TryGetValue(new(branch, "", 0, cseq.Method.Name), out var found) ? found : null;
    }

    public ServerTransaction? FindServer(SipRequest request) => Find(request, request.Method);

    /// <summary>The INVITE that a CANCEL means (RFC 3261 §9.2).</summary>
    public ServerTransaction? FindCanceled(SipRequest cancel) => Find(cancel, SipMethod.Invite);

    /// <summary>True when the same request is being worked on, having come by another path.</summary>
    public bool IsMerged(SipRequest request) => !request.To!.HasTag && _mergeable.ContainsKey(MergeKey.Of(request));

    public ServerTransaction Open(SipRequest request, SipFlow flow)
    {
        var key = TransactionKey.OfServer(request);
        var isReused = _servers.ContainsKey(key);
        if (isReused)
        {
            key = TransactionKey.WithoutBranch(request);
            _reusedBranches++;
        }

        ServerTransaction transaction = request.Method.IsInvite
            ? new InviteServerTransaction(this, key, request, flow) { Mark = ReusedBranch.MarkOf(request), HasReusedBranch = isReused }
            : new NonInviteServerTransaction(this, key, request, flow) { Mark = ReusedBranch.MarkOf(request), HasReusedBranch = isReused };
        _servers.Add(key, transaction);
        ListOf(flow).Add(transaction);
        transaction.Observation = context.Observer?.TransactionBegins(transaction);
        if (!request.To!.HasTag && MergeKey.Of(request) is var merge && _mergeable.TryAdd(merge, transaction))
        {
            transaction.MergeKey = new(merge);
        }

        return transaction;
    }

    public void Remove(ClientTransaction transaction)
    {
        transaction.Observation?.Failed(SipRecorder.Abandoned);
        if (_clients.Remove(transaction.Key))
        {
            _clients.GiveBack();
            Unlist(transaction);
        }
    }

    public void Remove(ServerTransaction transaction)
    {
        transaction.Observation?.Failed(SipRecorder.Abandoned);
        if (_servers.Remove(transaction.Key))
        {
            _servers.GiveBack();
            Unlist(transaction);
            _reusedBranches -= transaction.HasReusedBranch ? 1 : 0;
        }

        if (transaction.MergeKey is { } merge)
        {
            _mergeable.Remove(merge.Value);
            _mergeable.GiveBack();
        }
    }

    /// <summary>Ends what is on the flow and on no other: what our side has asked first, then what it was asked.</summary>
    public void FlowClosed(SipFlow flow)
    {
        if (!_byFlow.TryGetValue(flow, out var transactions))
        {
            return;
        }

        foreach (var transaction in transactions.ToArray().OrderBy(transaction => transaction is ServerTransaction))
        {
            // One transaction's end may end others (a proxy's branches).
            if (!transaction.IsTerminated)
            {
                transaction.Observation?.Failed(SipRecorder.FlowClosed);
                transaction.FlowClosed();
            }
        }
    }

    public void Clear()
    {
        _clients.Clear();
        _servers.Clear();
        _mergeable.Clear();
        _byFlow.Clear();
        _reusedBranches = 0;
    }

    private ServerTransaction? Find(SipRequest request, SipMethod method)
    {
        var via = request.TopVia!;
        var branch = via.BranchIn(stackalloc char[LookupRoom]);
        var found = !Via.IsUnique(branch) ? _servers.GetValueOrDefault(TransactionKey.WithoutBranch(request, method))
            : _servers.GetAlternateLookup<TransactionLookup>().TryGetValue(new(branch, via.HostIn(stackalloc char[LookupRoom]), via.Port ?? 0, TransactionKey.NameOf(method)), out var known) ? known
            : null;
        return found is not null && found.Mark == ReusedBranch.MarkOf(request) ? found
            : _reusedBranches > 0 ? _servers.GetValueOrDefault(TransactionKey.WithoutBranch(request, method))
            : null;
    }

    private static void PutVia(SipRequest request, SipFlow flow, string branch) =>
        request.Headers.AddFirst(HeaderName.Via, flow.CreateVia(branch));

    private FlowTransactions ListOf(SipFlow flow)
    {
        if (!_byFlow.TryGetValue(flow, out var transactions))
        {
            _byFlow.Add(flow, transactions = _spare ?? new());
            _spare = null;
        }

        return transactions;
    }

    private void Unlist(Transaction transaction)
    {
        var transactions = _byFlow[transaction.Flow];
        transactions.Remove(transaction);
        if (transactions.IsEmpty)
        {
            _byFlow.Remove(transaction.Flow);
            _spare = transactions;
        }
    }
}
