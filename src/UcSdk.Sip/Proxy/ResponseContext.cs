using System.Globalization;

namespace UcSdk.Sip;

/// <summary>
/// The stateful forwarding of one request (RFC 3261 §16.6–16.10): all branches at once, every 2xx upstream as it comes, otherwise one best
/// answer when all branches are done.
/// </summary>
internal sealed class ResponseContext : IServerTransactionUser
{
    private readonly SipCore _core;
    private readonly ServerTransaction _server;
    private readonly ProxyOptions _options;
    private readonly List<ProxyBranch> _branches = [];
    private bool _starting;

    public ResponseContext(SipCore core, ServerTransaction server, ProxyOptions options)
    {
        _core = core;
        _server = server;
        _options = options;
        server.User = this;
    }

    public SipRequest Request => _server.Request;

    public bool KeepsTime => true;

    public bool IsAnswered => _server.IsAnswered;

    /// <summary>The handle that shows this context to the application; the core only carries it.</summary>
    public ProxyContext? Handle { get; set; }

    public void Start(IReadOnlyList<ProxyTarget> targets)
    {
        var hash = LoopHash.Of(Request);
        if (Request.MaxForwards == 0)
        {
            Forward(CreateLocal(StatusCode.TooManyHops));
        }
        else if (LoopHash.IsLooped(Request, hash))
        {
            Forward(CreateLocal(StatusCode.LoopDetected));
        }
        else if (targets.Count == 0)
        {
            Forward(CreateLocal(StatusCode.TemporarilyUnavailable));
        }
        else
        {
            Fork(targets, hash);
        }
    }

    /// <summary>A provisional response above 100.</summary>
    public void Progressed(SipResponse response)
    {
        if (!IsAnswered)
        {
            Forward(Strip(response));
        }
    }

    /// <summary>A branch has its final response.</summary>
    public void Answered(SipResponse response)
    {
        if (response.IsSuccess)
        {
            Forward(Strip(response));
            CancelBranches("SIP;cause=200;text=\"Call completed elsewhere\"");
            return;
        }

        if (response.StatusCode >= 600)
        {
            // §16.7 step 5: a global failure is waited for, not forwarded at once, but nobody else is asked any more.
            CancelBranches(null);
        }

        if (!_starting && !IsAnswered && _branches.TrueForAll(b => b.Final is not null))
        {
            Forward(ChooseBest());
        }
    }

    /// <summary>A response that stands for what no branch said.</summary>
    public SipResponse CreateLocal(int status)
    {
        var response = Request.CreateResponse(status, null, _server.LocalTag);
        _core.Identify(response);
        return response;
    }

    public void Canceled(ServerTransaction transaction, SipRequest cancel) => CancelBranches(cancel.Headers[HeaderName.Reason]);

    public void Responded(ServerTransaction transaction, SipResponse response)
    {
        // The context itself gave the response.
    }

    public void Failed(ServerTransaction transaction, SipFailure failure)
    {
        // The caller is gone: what still rings must stop.
        if (failure == SipFailure.FlowClosed)
        {
            CancelBranches(null);
        }
    }

    private void Fork(IReadOnlyList<ProxyTarget> targets, string hash)
    {
        // A branch may fail while it is started; the answer waits until all are.
        _starting = true;
        foreach (var target in targets)
        {
            var branch = new ProxyBranch(_core, this, CreateCopy(target), target.Flow);
            _branches.Add(branch);
            branch.Start(LoopHash.Mark(_core.Context.NewBranch(), hash));
        }

        _starting = false;
    }

    private SipRequest CreateCopy(ProxyTarget target)
    {
        var copy = Request.WithUri(target.Uri);
        copy.Headers[HeaderName.MaxForwards] = ((Request.MaxForwards ?? 71) - 1).ToString(CultureInfo.InvariantCulture);
        _core.Own.RemoveRoute(copy, _server.Flow);
        if (_options.RecordRoute && MakesDialog(copy))
        {
            var uri = _options.RecordRouteUri ?? OwnAddresses.RouteUriOf(_server.Flow);
            _core.Own.Add(uri);
            copy.Headers.AddFirst(HeaderName.RecordRoute, $"<{uri}>");
        }

        _options.EditRequest?.Invoke(copy, target);
        return copy;
    }

    private static bool MakesDialog(SipRequest request) =>
        request.Method.IsInvite || request.Method == SipMethod.Subscribe || request.Method == SipMethod.Refer;

    private void CancelBranches(string? reason)
    {
        foreach (var branch in _branches)
        {
            branch.Cancel(reason);
        }
    }

    // §16.7 step 6: a 6xx, else the lowest class; inside 4xx what tells the caller how to try again.
    private SipResponse ChooseBest()
    {
        var finals = _branches.Select(b => b.Final!).ToArray();
        var best = finals.MinBy(Rank)!;
        if (best.StatusCode == StatusCode.ServiceUnavailable)
        {
            // A 503 would tell the caller that this proxy is overloaded.
            return CreateLocal(StatusCode.ServerInternalError);
        }

        // What stands for a branch that said nothing is built from the request as it came: there is no Via of ours on it.
        var upstream = best.TopVia!.Branch == Request.TopVia!.Branch ? best.Clone() : Strip(best);
        if (best.StatusCode is StatusCode.Unauthorized or StatusCode.ProxyAuthenticationRequired)
        {
            AddChallenges(upstream, finals.Where(f => f != best));
        }

        return upstream;
    }

    private static int Rank(SipResponse response) => response.StatusCode switch
    {
        >= 600 => 0,
        StatusCode.Unauthorized or StatusCode.ProxyAuthenticationRequired or StatusCode.UnsupportedMediaType or StatusCode.BadExtension
            or StatusCode.IntervalTooBrief => 4000,
        StatusCode.RequestTimeout => 4900,
        // 503 is the last choice: it says nothing about the callee.
        StatusCode.ServiceUnavailable => 9000,
        var code => (code / 100 * 1000) + 500,
    };

    // §16.7 step 7: the caller gets the challenges of all branches.
    private static void AddChallenges(SipResponse response, IEnumerable<SipResponse> others)
    {
        foreach (var other in others.Where(o => o.StatusCode is StatusCode.Unauthorized or StatusCode.ProxyAuthenticationRequired))
        {
            foreach (var name in new[] { HeaderName.WwwAuthenticate, HeaderName.ProxyAuthenticate })
            {
                foreach (var challenge in other.Headers.GetAll(name))
                {
                    response.Headers.Add(name, challenge);
                }
            }
        }
    }

    private static SipResponse Strip(SipResponse response)
    {
        var copy = response.Clone();
        copy.Headers.RemoveFirstValue(HeaderName.Via);
        return copy;
    }

    private void Forward(SipResponse response)
    {
        var first = !IsAnswered;
        _options.EditResponse?.Invoke(response);
        if (_server.Respond(response) && first && response.IsFinal)
        {
            _core.Context.Emit(new SipEffect.ProxyAnswered(this, response));
        }
    }
}
