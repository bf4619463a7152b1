using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// The root of the sans-IO half: bytes and time in, <see cref="SipEffect"/>s and the next deadline out. It matches what arrives to
/// transactions, dialogs and usages, and answers what nobody else can. Every entry names the moment; nothing here reads a clock.
/// </summary>
internal sealed partial class SipCore
{
    private readonly SipEndpointOptions _options;
    private readonly HashSet<SipFlow> _flows = [];
    private readonly Dictionary<SipTransportAddress, SipFlow> _opened = [];
    private readonly Dictionary<SipTransportAddress, SipFlow> _accepted = [];
    private readonly HashSet<PendingRequest> _pending = [];
    private readonly RequestIntake _requests;

    public SipCore(SipEndpointOptions options, RandomSource random, ISipEdge edge)
    {
        _options = options;
        Edge = edge;
        Context = new(options.Timings, random);
        Transactions = new(Context);
        Stateless = new(this);
        foreach (var alias in options.Aliases)
        {
            Own.Add(alias);
        }

        Targets = new(options.FailedServerRest);
        Overload = new(options.Overload, random);
        _requests = new(this, options);
        Ended = new(options.Timings.TransactionTimeout);
        Credentials = options.Credentials.Count == 0 ? null : new(options.Credentials, ClientSchemes.Of(options, random));
    }

    public ISipEdge Edge { get; }

    public CoreContext Context { get; }

    public TransactionTable Transactions { get; }

    public DialogTable Dialogs { get; } = new();

    public UsageTable Usages { get; } = new();

    /// <summary>The invite dialogs that ended in the last 64·T1.</summary>
    public EndedDialogs Ended { get; }

    public OwnAddresses Own { get; } = new();

    public TargetMemory Targets { get; }

    public StatelessProxy Stateless { get; }

    /// <summary>What makes this element's marks on forwarded requests its own; drawn when it is first needed.</summary>
    public string ProxySecret => field ??= Context.Random.NextHex(8);

    public OverloadControl Overload { get; }

    public SessionTimerOptions? SessionTimer => _options.SessionTimer;

    /// <summary>Answers challenges; null when the endpoint has nothing to answer them with.</summary>
    public CredentialCache? Credentials { get; }

    /// <summary>The requests that wait for a step of a handshake.</summary>
    public HashSet<HandshakeWait> Waits { get; } = [];

    public Timestamp? NextDeadline => Context.NextDeadline;

    public IReadOnlyCollection<SipFlow> Flows => _flows;

    public SipEndpointCounts Counts => new()
    {
        Transactions = Transactions.Count,
        Dialogs = Dialogs.Count,
        InviteSessions = Usages.Invites,
        Subscriptions = Usages.Subscriptions,
        NotifierSubscriptions = Usages.Notifiers,
        Referrals = Usages.Referrals,
        Registrations = Usages.Registrations,
        Publications = Usages.Publications,
        Timers = Context.Timers,
        Flows = _flows.Count,
    };

    public void Add(PendingRequest request) => _pending.Add(request);

    public void Remove(PendingRequest request) => _pending.Remove(request);

    public bool FlowOpened(SipFlow flow)
    {
        if (!_flows.Add(flow))
        {
            return false;
        }

        if (flow.IsOutgoing)
        {
            _opened[flow.Remote] = flow;
        }
        else if (_options.IsProxy)
        {
            _accepted[flow.Remote] = flow;
        }

        return true;
    }

    public bool IsOpen(SipFlow flow) => _flows.Contains(flow);

    /// <summary>
    /// In a proxy: the connection that a peer has opened from that very address, and which serves the other way too; not with TLS, where the peer may not have proved who it
    /// is (RFC 5923 §8).
    /// </summary>
    public SipFlow? FindAccepted(SipTransportAddress target) => target.Transport == "TLS" ? null : _accepted.GetValueOrDefault(target);

    /// <summary>The flow for a request of ours: the preferred one while it stands, else what the application's routing says.</summary>
    public SipFlow? RouteOf(SipRequest request, SipFlow? preferred) =>
        preferred is not null && IsOpen(preferred) ? preferred : Edge.Route(request) is { } other && IsOpen(other) ? other : null;

    /// <summary>
    /// The flow for a request inside a dialog: one that we have opened to its next hop (RFC 3261 §12.2.1.1, §8.1.2), else the one on which the dialog was
    /// made, which leads back to the peer through whatever stands between.
    /// </summary>
    public SipFlow? RouteInDialog(SipRequest request, SipFlow made)
    {
        if (_opened.Count == 0 || (_opened.Count == 1 && _opened.GetValueOrDefault(made.Remote) == made))
        {
            // There is no other to choose.
            return RouteOf(request, made);
        }

        var hop = request.TopRoute?.Uri ?? request.Uri;
        return hop is { IsSip: true }
            && _opened.TryGetValue(new(hop.Parameters["transport"]?.ToUpperInvariant() ?? made.Transport, hop.Host, OwnAddresses.PortOf(hop)), out var direct)
            ? direct
            : RouteOf(request, made);
    }

    /// <summary>Moves the clock and fires every timer that is due, in order.</summary>
    public void Elapse(Timestamp now)
    {
        Context.Now = now;
        while (Context.TryTakeDue(out var timer))
        {
            timer.Owner.Elapsed(timer.Timer);
        }
    }

    /// <summary>The flow is gone; everything on it ends with that reason.</summary>
    public bool FlowClosed(SipFlow flow, Timestamp now)
    {
        Context.Now = now;
        if (!_flows.Remove(flow))
        {
            return false;
        }

        if (_opened.GetValueOrDefault(flow.Remote) == flow)
        {
            _opened.Remove(flow.Remote);
        }

        if (_accepted.GetValueOrDefault(flow.Remote) == flow)
        {
            _accepted.Remove(flow.Remote);
        }

        Credentials?.FlowClosed(flow);
        Transactions.FlowClosed(flow);
        foreach (var wait in Waits.Where(wait => wait.Flow == flow).ToArray())
        {
            wait.FlowClosed();
        }

        Usages.FlowClosed(flow);
        Context.Forget(flow);
        return true;
    }

    /// <summary>Signs and verifies the messages of an open flow from now on; null for no more.</summary>
    public void Protect(SipFlow flow, IFlowProtection? protection) => Context.Protections.Set(flow, IsOpen(flow) ? protection : null);

    /// <summary>Signs and verifies on the flow as its associations want it, from the moment on when there are any.</summary>
    public void ProtectByCredentials(SipFlow flow)
    {
        if (Credentials is null || !Credentials.TryGetProtection(flow, out var protection))
        {
            return;
        }

        Protect(flow, protection);
        foreach (var space in Credentials.On(flow))
        {
            space.Life ??= new(this, flow, space.Authentication);
            space.Life.Follow();
        }
    }

    /// <summary>Everything ends at once, without a word on the wire; whoever awaits something learns that the endpoint is gone.</summary>
    public void Terminate()
    {
        foreach (var request in _pending)
        {
            request.Answer.TrySetException(new SipException(SipFailure.Terminated, $"The endpoint was disposed during {request.Request}."));
        }

        foreach (var wait in Waits.ToArray())
        {
            wait.TryEnd();
        }

        Usages.Abandon();
        Credentials?.Dispose();
        _pending.Clear();
        Transactions.Clear();
        Dialogs.Clear();
        Context.DisarmAll();
        Context.Effects.Clear();
    }

    /// <summary>Names the software: User-Agent on requests, Server on responses, where the application has set none.</summary>
    public void Identify(SipMessage message)
    {
        var (name, value) = message is SipRequest ? (HeaderName.UserAgent, _options.UserAgent) : (HeaderName.Server, _options.Server);
        if (value.Length > 0 && !message.Headers.Contains(name))
        {
            message.Headers.Add(name, value);
        }
    }

    /// <summary>A request outside any dialog; Via is put on at sending.</summary>
    public SipRequest CreateRequest(SipMethod method, SipUri uri, NameAddr from, NameAddr to)
    {
        var request = new SipRequest(method, uri);
        request.Headers.Add(HeaderName.MaxForwards, "70");
        request.Headers.Add(HeaderName.From, (from.Tag is null ? WithTag(from, Context.NewTag()) : from).ToString());
        request.Headers.Add(HeaderName.To, to.ToString());
        request.Headers.Add(HeaderName.CallId, Context.NewCallId());
        request.Headers.Add(HeaderName.CSeq, new CSeq(1, method).ToString());
        if (method.IsInvite)
        {
            OfferReplacing(request);
        }

        Identify(request);
        return request;
    }

    /// <summary>Tells in what makes or confirms a session that others may replace it by way of us (RFC 3891 §4), where the endpoint understands that.</summary>
    public void OfferReplacing(SipMessage message)
    {
        if (_options.Extensions.Contains(Replaces.OptionTag, StringComparer.OrdinalIgnoreCase) && !message.HasOption(HeaderName.Supported, Replaces.OptionTag))
        {
            message.Headers.Add(HeaderName.Supported, Replaces.OptionTag);
        }
    }

    /// <summary>Sends a request of ours and watches over its answer.</summary>
    /// <param name="request">The request without our Via; the stack owns it from now on.</param>
    /// <param name="flow">Where it goes.</param>
    /// <param name="user">Who gets the answer.</param>
    /// <param name="branch">Null for a new branch; given for CANCEL, which has that of its INVITE.</param>
    /// <param name="servers">Where it goes when the flow's end fails; null for nowhere.</param>
    public OutgoingRequest Send(SipRequest request, SipFlow flow, IRequestUser user, string? branch = null, ServerSet? servers = null)
    {
        var outgoing = new OutgoingRequest(this, request, flow, user, servers);
        outgoing.Start(branch);
        return outgoing;
    }

    /// <summary>
    /// Sends a response whose flow is unknown or gone where its topmost Via says (RFC 3261 §18.2.2): over the connection from which the request came, else
    /// over a new one.
    /// </summary>
    /// <param name="from">Where the response came from.</param>
    /// <param name="response">The response, without our Via.</param>
    public void SendByVia(SipFlow from, SipResponse response)
    {
        var (source, reopened) = ViaAddress.Of(response.TopVia!);
        if (_accepted.TryGetValue(source, out var flow) || _opened.TryGetValue(source, out flow))
        {
            Context.Transmit(flow, response);
        }
        else
        {
            new StatelessSend(this, from, response, opened => Context.Transmit(opened, response)).Start(reopened);
        }
    }

    /// <summary>Says what was noticed about a peer.</summary>
    public void Note(SipDiagnostic kind, SipFlow flow, string detail) => Context.Emit(new SipEffect.Diagnostic(kind, flow, detail));

    private static NameAddr WithTag(NameAddr address, string tag)
    {
        // The tag stands before epid, as peers write it.
        var parameters = SipParameters.Empty.With("tag", tag);
        foreach (var (name, value) in address.Parameters)
        {
            parameters = parameters.With(name, value);
        }

        return new(address.Uri, address.DisplayName, parameters);
    }
}
