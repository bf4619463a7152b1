using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// The root of the sans-IO half: bytes and time in, <see cref="SipEffect"/>s and the next deadline out. It matches what arrives to
/// transactions, dialogs and usages, and answers what nobody else can. Every entry names the moment; nothing here reads a clock.
/// </summary>
internal sealed class SipCore
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
        Credentials = options.Credentials.Count == 0 ? null : new(options.Credentials, [.. options.CredentialSchemes, new DigestScheme(random)]);
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
        var hop = request.Headers.GetList(HeaderName.Route).FirstOrDefault() is { } text && NameAddr.TryParse(text, out var route) ? route.Uri : request.Uri;
        return hop is { IsSip: true } && _opened.Count > 0
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
        Usages.FlowClosed(flow);
        Context.Forget(flow);
        return true;
    }

    /// <summary>One message from the flow, which may have waited so long.</summary>
    public void Receive(SipFlow flow, ReadOnlyMemory<byte> bytes, Timestamp now, TimeSpan delay)
    {
        Context.Now = now;
        Context.Delay = delay;
        if (!bytes.Span.ContainsAnyExcept((byte)'\r', (byte)'\n'))
        {
            // A keep-alive: the server lets it pass in silence ([MS-CONMGMT]).
            return;
        }

        if (!SipMessage.TryParse(bytes, _options.Limits, out var message, out var error))
        {
            ReceiveUnreadable(flow, bytes, error);
        }
        else
        {
            Context.Observer?.MessageReceived(flow, message!);
            Receive(flow, message!);
        }
    }

    /// <summary>Signs and verifies the messages of an open flow from now on; null for no more.</summary>
    public void Protect(SipFlow flow, IFlowProtection? protection) => Context.Protections.Set(flow, IsOpen(flow) ? protection : null);

    /// <summary>Everything ends at once, without a word on the wire; whoever awaits something learns that the endpoint is gone.</summary>
    public void Terminate()
    {
        foreach (var request in _pending)
        {
            request.Answer.TrySetException(new SipException(SipFailure.Terminated, $"The endpoint was disposed during {request.Request}."));
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

    /// <summary>Gives a request to the application.</summary>
    /// <param name="transaction">Its transaction.</param>
    /// <param name="usage">The session that it came in; null outside a session.</param>
    /// <param name="replaced">The session that an INVITE wants to replace; null for none.</param>
    public void Offer(ServerTransaction transaction, InviteUsage? usage, InviteUsage? replaced = null)
    {
        transaction.Incoming = new(this, transaction.Request, transaction.Flow, transaction, usage) { ReplacedUsage = replaced };
        Context.Emit(new SipEffect.RequestReceived(transaction.Incoming, usage));
    }

    /// <summary>Gives a request that is never answered to the application's session.</summary>
    public void OfferUnanswered(SipRequest request, SipFlow flow, InviteUsage usage) =>
        Context.Emit(new SipEffect.RequestReceived(new(this, request, flow, null), usage));

    /// <summary>What a request gets that nobody wanted.</summary>
    public void Refuse(IncomingRequest request, InviteUsage? usage)
    {
        if (request.IsAnswered || request.IsTaken)
        {
            return;
        }

        var method = request.Request.Method;
        var status = usage is null ? Refusals.OutsideDialog(method) : Refusals.InsideDialog(method);
        request.Respond(status, null, response =>
        {
            if (status == StatusCode.MethodNotAllowed || method == SipMethod.Options)
            {
                response.Headers.Add(HeaderName.Allow, _options.Allow);
            }

            if (method == SipMethod.Options && _options.Extensions.Count > 0)
            {
                // RFC 3261 §11.2: who asks what we can do is told.
                response.Headers.Add(HeaderName.Supported, string.Join(", ", _options.Extensions));
            }
        });
    }

    /// <summary>Answers a request that no application sees.</summary>
    public void Answer(ServerTransaction transaction, int status)
    {
        var response = transaction.Request.CreateResponse(status, null, transaction.LocalTag);
        Identify(response);
        transaction.Respond(response);
    }

    /// <summary>Answers a request that gets no transaction.</summary>
    public void RefuseStateless(SipFlow flow, SipRequest request, int status, Action<SipResponse>? edit = null) =>
        _requests.RefuseStateless(flow, request, status, null, edit);

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

    private void Receive(SipFlow flow, SipMessage message)
    {
        if (Context.Protections.Count > 0 && !IsVerified(flow, message))
        {
            return;
        }

        if (message is SipRequest request)
        {
            _requests.Receive(flow, request);
        }
        else
        {
            Receive(flow, (SipResponse)message);
        }
    }

    private void Receive(SipFlow flow, SipResponse response)
    {
        if (response is not { TopVia: not null, CSeq: not null })
        {
            Note(SipDiagnostic.MalformedResponse, flow, response.ToString());
        }
        else if (Transactions.FindClient(response) is { } transaction)
        {
            transaction.Receive(response);
        }
        else if (!_options.IsProxy || !Stateless.TryReturn(flow, response))
        {
            Note(SipDiagnostic.StrayResponse, flow, $"{response.StatusCode} {response.CSeq}");
        }
    }

    private bool IsVerified(SipFlow flow, SipMessage message)
    {
        var verdict = Context.Protections.Verify(flow, message);
        if (verdict.Kind == FlowVerdictKind.Accept)
        {
            return true;
        }

        Note(SipDiagnostic.UnverifiedMessage, flow, message.ToString()!);
        if (verdict.Kind == FlowVerdictKind.Refuse && message is SipRequest request)
        {
            _requests.Refuse(flow, request, verdict);
        }

        return false;
    }

    private void ReceiveUnreadable(SipFlow flow, ReadOnlyMemory<byte> bytes, SipParseError error)
    {
        Note(SipDiagnostic.UnreadableMessage, flow, error.ToString());
        if (BadRequestReply.TryCreate(bytes.Span, error, out var reply))
        {
            Identify(reply);
            Context.Transmit(flow, reply);
        }
        else if (flow.IsReliable)
        {
            Context.Emit(new SipEffect.CloseFlow(flow));
        }
    }
}
