namespace UcSdk.Sip;

/// <summary>
/// The stateful forwarding of one request (RFC 3261 §16.6–16.10): its targets group by group, every 2xx upstream as it comes, otherwise one best
/// answer when all branches are done.
/// </summary>
internal sealed class ResponseContext : IServerTransactionUser
{
    private readonly SipCore _core;
    private readonly ServerTransaction _server;
    private readonly ProxyOptions _options;
    private readonly IProxyUser? _user;
    private readonly TargetSet _targets;
    private readonly ulong _hash;
    private readonly int _breadth;
    // Mostly there is one, as long as it lives: the array has as many places as there are.
    private ProxyBranch[] _branches = [];
    private bool _starting;
    private bool _isOver;
    private bool _isLost;
    private bool _isConcluded;

    /// <summary>Takes the request over.</summary>
    /// <param name="core">The core.</param>
    /// <param name="server">The transaction that is answered.</param>
    /// <param name="request">The request, as the application has left it.</param>
    /// <param name="options">How it is forwarded.</param>
    /// <param name="user">Who is called back instead of the options; null for them.</param>
    public ResponseContext(SipCore core, ServerTransaction server, SipRequest request, ProxyOptions options, IProxyUser? user = null)
    {
        _user = user;
        _core = core;
        _server = server;
        _options = options;
        _targets = new(options.MaxTargets);
        Request = request;
        _hash = LoopHash.Of(server.Request, core.ProxySecret);
        _breadth = RequestValidation.BreadthOf(request, options);
        server.User = this;
    }

    public SipRequest Request { get; }

    public bool KeepsTime => true;

    public bool IsAnswered => _server.IsAnswered;

    /// <summary>The handle that shows this context to the application; the core only carries it.</summary>
    public ProxyContext? Handle { get; set; }

    public void Start(IReadOnlyList<ProxyTarget> targets)
    {
        if (RequestValidation.Check(Request, _options, _hash) is { } refusal)
        {
            var response = CreateLocal(refusal.Status);
            if (refusal.Header is { } header)
            {
                response.Headers.Add(header, refusal.Value);
            }

            Forward(response);
        }
        else if (!TryAdd(targets))
        {
            Forward(CreateLocal(StatusCode.TemporarilyUnavailable));
        }
        else
        {
            Continue();
        }
    }

    /// <summary>What a branch adds to its copy once its flow is known.</summary>
    public void Complete(SipRequest copy, ProxyTarget target)
    {
        ForwardedRequest.RecordRoute(copy, _core.Own, _server.Flow, target.Flow!, _options);
        if (_user is not null)
        {
            _user.EditRequest(copy, target);
        }
        else
        {
            _options.EditRequest?.Invoke(copy, target);
        }
    }

    public string NewBranch() => _core.Context.NewBranch(_hash);

    /// <summary>The response for upstream: without our Via (§16.7 step 3).</summary>
    public SipResponse Strip(SipResponse response)
    {
        // It was received for this context and nobody else has it: a copy would cost what the parsing did. By whose keys it was signed ends here.
        response.Association = null;
        response.IsVouchedFor = false;
        response.Headers.RemoveFirstValue(HeaderName.Via);
        if (!IsAsTheCallerWrote(response) && response.TopVia is null)
        {
            // Some user agents answer a cancelled INVITE with the one Via of the CANCEL. Whose response it is the transaction knows all the same.
            foreach (var via in Request.Headers.GetAll(HeaderName.Via).Reverse())
            {
                response.Headers.AddFirst(HeaderName.Via, via);
            }
        }

        return response;
    }

    // Mostly the caller's own Via comes next, to the byte, and need not be read again.
    private bool IsAsTheCallerWrote(SipResponse response) =>
        response.Headers.TryGetValue(HeaderName.Via, 0, out var echoed) && Request.Headers.TryGetValue(HeaderName.Via, 0, out var via) && echoed.Span.SequenceEqual(via.Span);

    /// <summary>A response that stands for what no branch said.</summary>
    public SipResponse CreateLocal(int status)
    {
        var response = Request.CreateResponse(status, null, _server.LocalTag);
        _core.Identify(response);
        return response;
    }

    /// <summary>A provisional response above 100.</summary>
    public void Progressed(SipResponse response)
    {
        if (!IsAnswered)
        {
            Forward(response);
        }
    }

    /// <summary>A branch has its final response.</summary>
    public void Answered(ProxyBranch branch, SipResponse response)
    {
        if (response.IsSuccess)
        {
            Forward(response);
            // Only other branches of an INVITE are told why they end.
            var isTold = Request.Method.IsInvite && _branches.Length > 1;
            End(isTold && _options.CompletedBy?.Invoke(branch.Target) is { } user ? AcceptedElsewhere.Create(user).ToString() : CancelReasons.CompletedElsewhere);
            return;
        }

        if (response.StatusCode >= 600)
        {
            // §16.7 step 5: a global failure is waited for, not forwarded at once, but nobody else is asked any more.
            End(CancelReasons.Refused(response.StatusCode));
        }
        else if (_options.FollowRedirects && !_isOver && response.StatusCode is >= 300 and < 400)
        {
            branch.IsFollowed = TryAdd(Redirection.TargetsOf(response, Request).Where(target => !_targets.Knows(target.Uri)));
        }

        Continue();
    }

    /// <summary>A branch has had its time.</summary>
    public void Settled() => Continue();

    public void Canceled(ServerTransaction transaction, SipRequest cancel)
    {
        End(cancel.Headers[HeaderName.Reason]);
        Continue();
    }

    public void Responded(ServerTransaction transaction, SipResponse response)
    {
        // The context itself gave the response.
    }

    public void Failed(ServerTransaction transaction, SipFailure failure)
    {
        // The caller is gone: what still rings must stop, and what is said nevertheless goes where its Via leads (§18.2.2).
        if (failure == SipFailure.FlowClosed)
        {
            _isLost = true;
            End(null);
            Continue();
        }
    }

    private bool TryAdd(IEnumerable<ProxyTarget> targets)
    {
        var added = false;
        foreach (var target in targets)
        {
            added |= _targets.TryAdd(target);
        }

        return added;
    }

    private bool TryAdd(IReadOnlyList<ProxyTarget> targets)
    {
        var added = false;
        for (var at = 0; at < targets.Count; at++)
        {
            added |= _targets.TryAdd(targets[at]);
        }

        return added;
    }

    /// <summary>Nobody else is asked, and who is being asked is told to stop.</summary>
    private void End(string? reason)
    {
        _isOver = true;
        _targets.Clear();
        var outer = _starting;
        _starting = true;
        for (var at = 0; at < _branches.Length; at++)
        {
            _branches[at].Cancel(reason);
        }

        _starting = outer;
    }

    // The next targets when those before have had their chance; the answer when there are none and every branch has said its last.
    private void Continue()
    {
        // A branch may fail while it is started; what follows from it waits until all are.
        if (_starting || _isConcluded)
        {
            return;
        }

        while (!_targets.IsEmpty && Array.TrueForAll(_branches, static branch => branch.IsSettled) && FreeBreadth() is > 0 and var free)
        {
            StartGroup(_targets.TakeGroup(free), free);
        }

        if (_targets.IsEmpty && !_isConcluded && Array.TrueForAll(_branches, static branch => branch.Final is not null))
        {
            Conclude();
        }
    }

    // RFC 5393 §5.3: the branches that are open at one time share what the request may become.
    private int FreeBreadth()
    {
        var free = _breadth;
        foreach (var branch in _branches)
        {
            free -= branch.Final is null ? branch.Breadth : 0;
        }

        return free;
    }

    private void StartGroup(ArraySegment<ProxyTarget> group, int breadth)
    {
        _starting = true;
        if (!_targets.IsEmpty && group.Any(static target => target.Timeout is not null))
        {
            // What a target holds that is given up is not free before its last word; the next shall not wait for that.
            breadth = Math.Max(group.Count, breadth / 2);
        }

        var started = 0;
        try
        {
            for (; started < group.Count && !_isOver; started++)
            {
                var share = (breadth / group.Count) + (started < breadth % group.Count ? 1 : 0);
                var branch = new ProxyBranch(_core, this, group[started], share);
                _branches = [.. _branches, branch];
                branch.Start();
            }
        }
        finally
        {
            _starting = false;
            if (started < group.Count)
            {
                // The application's hook threw: those that were started go on, and their answer is the caller's.
                Continue();
            }
        }
    }

    private void Conclude()
    {
        SipResponse[] finals = [.. _branches.Where(branch => !branch.IsFollowed).Select(branch => branch.Final!)];
        var best = finals.Length == 0 ? CreateLocal(StatusCode.TemporarilyUnavailable) : BestResponse.Choose(finals, CreateLocal);
        var hasMore = false;
        try
        {
            hasMore = !_isOver && (_user is null ? _options.Retarget?.Invoke(best) : _user.Retarget(best)) is { } more && TryAdd(more);
        }
        finally
        {
            if (hasMore)
            {
                Continue();
            }
            else
            {
                Forward(best);
            }
        }
    }

    private void Forward(SipResponse response)
    {
        _isConcluded |= response.IsFinal;
        try
        {
            if (_user is not null)
            {
                _user.EditResponse(response);
            }
            else
            {
                _options.EditResponse?.Invoke(response);
            }
        }
        finally
        {
            Send(response);
        }
    }

    private void Send(SipResponse response)
    {
        var first = !IsAnswered;
        if (_isLost && response.IsFinal)
        {
            _core.SendByVia(_server.Flow, response);
        }
        else if (_server.Respond(response) && first && response.IsFinal && Handle is not null)
        {
            _core.Context.Emit(new SipEffect.ProxyAnswered(this, response));
        }
    }
}
