using System.Globalization;
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
    private readonly HashSet<(string Host, int Port)> _own = [];
    private readonly List<InviteUsage> _invites = [];
    private readonly List<SubscriptionUsage> _subscriptions = [];
    private readonly List<NotifierUsage> _notifiers = [];
    private readonly List<RegistrationUsage> _registrations = [];
    private readonly HashSet<PendingRequest> _pending = [];
    private readonly System.Runtime.CompilerServices.ConditionalWeakTable<ServerTransaction, string> _tags = [];

    public SipCore(SipEndpointOptions options, RandomSource random, ISipEdge edge)
    {
        _options = options;
        Edge = edge;
        Context = new(options.Timings, random);
        Transactions = new(Context);
    }

    public ISipEdge Edge { get; }

    public CoreContext Context { get; }

    public TransactionTable Transactions { get; }

    public DialogTable Dialogs { get; } = new();

    public Timestamp? NextDeadline => Context.NextDeadline;

    public IReadOnlyCollection<SipFlow> Flows => _flows;

    public SipEndpointCounts Counts => new()
    {
        Transactions = Transactions.Count,
        Dialogs = Dialogs.Count,
        InviteSessions = _invites.Count,
        Subscriptions = _subscriptions.Count,
        NotifierSubscriptions = _notifiers.Count,
        Registrations = _registrations.Count,
        Timers = Context.Timers,
        Flows = _flows.Count,
    };

    public void Add(InviteUsage usage) => _invites.Add(usage);

    public void Add(SubscriptionUsage usage) => _subscriptions.Add(usage);

    public void Add(NotifierUsage usage) => _notifiers.Add(usage);

    public void Add(RegistrationUsage usage) => _registrations.Add(usage);

    public void Add(PendingRequest request) => _pending.Add(request);

    public void Remove(PendingRequest request) => _pending.Remove(request);

    public void Remove(InviteUsage usage) => _invites.Remove(usage);

    public void Remove(SubscriptionUsage usage) => _subscriptions.Remove(usage);

    public void Remove(NotifierUsage usage) => _notifiers.Remove(usage);

    public void Remove(RegistrationUsage usage) => _registrations.Remove(usage);

    public bool FlowOpened(SipFlow flow) => _flows.Add(flow);

    public bool IsOpen(SipFlow flow) => _flows.Contains(flow);

    /// <summary>The flow for a request of ours: the preferred one while it stands, else what the application's routing says.</summary>
    public SipFlow? RouteOf(SipRequest request, SipFlow? preferred) =>
        preferred is not null && IsOpen(preferred) ? preferred : Edge.Route(request) is { } other && IsOpen(other) ? other : null;

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

        Transactions.FlowClosed(flow);
        foreach (var usage in _invites.Where(u => u.Flow == flow).ToArray())
        {
            usage.FlowClosed();
        }

        foreach (var usage in _subscriptions.Where(u => u.Flow == flow).ToArray())
        {
            usage.FlowClosed();
        }

        foreach (var usage in _notifiers.Where(u => u.Flow == flow).ToArray())
        {
            usage.FlowClosed();
        }

        foreach (var usage in _registrations.Where(u => u.Options.Flow == flow).ToArray())
        {
            usage.FlowClosed();
        }

        Context.Forget(flow);
        return true;
    }

    /// <summary>One message from the flow.</summary>
    public void Receive(SipFlow flow, ReadOnlyMemory<byte> bytes, Timestamp now)
    {
        Context.Now = now;
        if (!bytes.Span.ContainsAnyExcept((byte)'\r', (byte)'\n'))
        {
            // A keep-alive: the server lets it pass in silence ([MS-CONMGMT]).
            return;
        }

        if (!SipMessage.TryParse(bytes, _options.Limits, out var message, out var error))
        {
            ReceiveUnreadable(flow, bytes, error);
        }
        else if (message is SipRequest request)
        {
            Receive(flow, request);
        }
        else
        {
            Receive(flow, (SipResponse)message!);
        }
    }

    /// <summary>Everything ends at once, without a word on the wire; whoever awaits something learns that the endpoint is gone.</summary>
    public void Terminate()
    {
        foreach (var request in _pending)
        {
            request.Answer.TrySetException(new SipException(SipFailure.Terminated, $"The endpoint was disposed during {request.Request}."));
        }

        _invites.ForEach(usage => usage.Session?.Abandon());
        _subscriptions.ForEach(usage => usage.Handle?.Abandon());
        _notifiers.ForEach(usage => usage.Handle?.Abandon());
        _registrations.ForEach(usage => usage.Handle?.Abandon());
        _pending.Clear();
        _invites.Clear();
        _subscriptions.Clear();
        _notifiers.Clear();
        _registrations.Clear();
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

    /// <summary>The To tag that all our responses to one request share.</summary>
    public string TagOf(ServerTransaction transaction) => _tags.GetValue(transaction, _ => Context.NewTag());

    public NameAddr ContactOf(SipFlow flow) => new(AddressOf(flow));

    public SipUri RouteUriOf(SipFlow flow) => AddressOf(flow).WithParameter("lr");

    /// <summary>Remembers a URI that this element puts into Record-Route.</summary>
    public void KnowAsOwn(SipUri uri) => _own.Add((uri.Host.ToLowerInvariant(), PortOf(uri)));

    /// <summary>Takes our own URI off the top of Route (RFC 3261 §16.4); true when it stood there.</summary>
    public bool RemoveOwnRoute(SipRequest request, SipFlow flow)
    {
        var removed = false;
        while (TopRoute(request) is { } route && IsOwn(route, flow))
        {
            request.Headers.RemoveFirstValue(HeaderName.Route);
            removed = true;
        }

        return removed;
    }

    /// <summary>Gives a request to the application.</summary>
    public void Offer(ServerTransaction transaction, InviteUsage? usage)
    {
        transaction.Incoming = new(this, transaction.Request, transaction.Flow, transaction);
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
        var status = usage is null ? RefusalOutsideDialog(method) : RefusalInsideDialog(method);
        request.Respond(status, null, response =>
        {
            if (status == StatusCode.MethodNotAllowed)
            {
                response.Headers.Add(HeaderName.Allow, _options.Allow);
            }
        });
    }

    private static int RefusalOutsideDialog(SipMethod method) =>
        method.IsInvite ? StatusCode.TemporarilyUnavailable
        : method == SipMethod.Options ? StatusCode.Ok
        : StatusCode.NotImplemented;

    private static int RefusalInsideDialog(SipMethod method) =>
        method.IsInvite ? StatusCode.NotAcceptableHere
        : method == SipMethod.Info ? StatusCode.UnsupportedMediaType
        : method == SipMethod.Options ? StatusCode.Ok
        : method == SipMethod.Update || method == SipMethod.Message || method == SipMethod.Refer || method == SipMethod.Notify
            ? StatusCode.MethodNotAllowed
            : StatusCode.NotImplemented;

    private static int PortOf(SipUri uri) =>
        uri.Port ?? (uri.Scheme == "sips" || string.Equals(uri.Parameters["transport"], "tls", StringComparison.OrdinalIgnoreCase) ? 5061 : 5060);

    private static SipUri AddressOf(SipFlow flow) =>
        SipUri.Create("", flow.Local.Host, flow.Local.Port == 0 ? null : flow.Local.Port).WithParameter("transport", flow.Transport.ToLowerInvariant());

    private static SipUri? TopRoute(SipRequest request) =>
        request.Headers.GetList(HeaderName.Route).FirstOrDefault() is { } text && NameAddr.TryParse(text, out var route) ? route.Uri : null;

    private bool IsOwn(SipUri uri, SipFlow flow)
    {
        var port = PortOf(uri);
        return (uri.Host.Equals(flow.Local.Host, StringComparison.OrdinalIgnoreCase) && port == flow.Local.Port)
            || _own.Contains((uri.Host.ToLowerInvariant(), port));
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
        else
        {
            Note(SipDiagnostic.StrayResponse, flow, $"{response.StatusCode} {response.CSeq}");
        }
    }

    private void Receive(SipFlow flow, SipRequest request)
    {
        if (!request.TryValidate(out var error))
        {
            RefuseMalformed(flow, request, error);
            return;
        }

        MarkReceived(flow, request);
        if (request.Method == SipMethod.Ack)
        {
            ReceiveAck(flow, request);
        }
        else if (request.Method.IsUnanswered)
        {
            ReceiveUnanswered(flow, request);
        }
        else if (Transactions.FindServer(request) is { } known)
        {
            if (known.Request.UriText == request.UriText)
            {
                known.ReceiveAgain();
            }
            else
            {
                // Only a peer without branches gets here: the same request to another URI (RFC 3261 §8.2.2.2).
                Context.Transmit(flow, request.CreateResponse(StatusCode.LoopDetected, null, Context.NewTag()));
            }
        }
        else if (request.Method == SipMethod.Cancel)
        {
            ReceiveCancel(flow, request);
        }
        else
        {
            ReceiveNew(flow, request);
        }
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

    private void RefuseMalformed(SipFlow flow, SipRequest request, SipParseError error)
    {
        Note(SipDiagnostic.MalformedRequest, flow, error.ToString());
        if (request is not { TopVia: not null, CallId: not null, From: not null } || request.Method.IsUnanswered || !request.Headers.Contains(HeaderName.CSeq))
        {
            return;
        }

        var response = request.CreateResponse(StatusCode.BadRequest, "Bad Request: " + error.Expected, Context.NewTag());
        Identify(response);
        Context.Transmit(flow, response);
    }

    // RFC 3261 §18.2.1 and RFC 3581 §4: what the sender believes of its address is not what we see.
    private static void MarkReceived(SipFlow flow, SipRequest request)
    {
        var via = request.TopVia!;
        var parameters = via.Parameters;
        if (!via.Host.Equals(flow.Remote.Host, StringComparison.OrdinalIgnoreCase))
        {
            parameters = parameters.With("received", flow.Remote.Host);
        }

        if (via.Parameters.Contains("rport"))
        {
            parameters = parameters.With("rport", flow.Remote.Port.ToString(CultureInfo.InvariantCulture));
        }

        if (parameters != via.Parameters)
        {
            request.Headers.RemoveFirstValue(HeaderName.Via);
            request.Headers.AddFirst(HeaderName.Via, (via with { Parameters = parameters }).ToString());
        }
    }

    private void ReceiveAck(SipFlow flow, SipRequest ack)
    {
        if (Transactions.FindServer(ack) is InviteServerTransaction { State: not InviteServerState.Accepted } invite)
        {
            invite.ReceiveAck();
        }
        else if (Dialogs.TryFind(ack, out _, out var usage))
        {
            usage.AckReceived(ack);
        }
        else
        {
            ForwardUnanswered(flow, ack);
        }
    }

    private void ReceiveUnanswered(SipFlow flow, SipRequest request)
    {
        if (!TryFindDialog(request, out var dialog, out var usage))
        {
            ForwardUnanswered(flow, request);
        }
        else if (dialog.TryAdvance(request))
        {
            usage.UnansweredReceived(request, flow);
        }
        else
        {
            Note(SipDiagnostic.StaleNotification, flow, $"{request.CSeq}");
        }
    }

    // RFC 3261 §16.11: an ACK of a 2xx (and BENOTIFY) inside a dialog that runs through us has no transaction; it goes on by Route.
    private void ForwardUnanswered(SipFlow flow, SipRequest request)
    {
        var copy = request.Clone();
        if (!RemoveOwnRoute(copy, flow) || request.MaxForwards == 0 || RouteOf(copy, null) is not { } next)
        {
            Note(SipDiagnostic.StrayRequest, flow, request.CSeq!.ToString());
            return;
        }

        copy.Headers[HeaderName.MaxForwards] = ((request.MaxForwards ?? 71) - 1).ToString(CultureInfo.InvariantCulture);
        Transactions.SendUnanswered(copy, next);
    }

    private void ReceiveCancel(SipFlow flow, SipRequest cancel)
    {
        var invite = Transactions.FindCanceled(cancel);
        var transaction = Transactions.Open(cancel, flow);
        var response = cancel.CreateResponse(
            invite is null ? StatusCode.CallOrTransactionDoesNotExist : StatusCode.Ok, null, invite is null ? Context.NewTag() : TagOf(invite));
        Identify(response);
        transaction.Respond(response);
        if (invite is null || invite.IsAnswered)
        {
            return;
        }

        if (invite.User is { } user)
        {
            user.Canceled(invite, cancel);
        }
        else
        {
            invite.Respond(invite.Request.CreateResponse(StatusCode.RequestTerminated, null, TagOf(invite)));
        }

        if (invite.Incoming is { } incoming)
        {
            Context.Emit(new SipEffect.RequestCanceled(incoming));
        }
    }

    private void ReceiveNew(SipFlow flow, SipRequest request)
    {
        var merged = !_options.IsProxy && Transactions.IsMerged(request);
        var transaction = Transactions.Open(request, flow);
        if (merged)
        {
            Answer(transaction, StatusCode.LoopDetected);
        }
        else if (request.To!.Tag is not null)
        {
            ReceiveInDialog(transaction);
        }
        else if (request.Method == SipMethod.Notify && _registrations.Find(r => r.IsDeregistration(request)) is { } registration)
        {
            Answer(transaction, StatusCode.Ok);
            registration.Deregister(request);
        }
        else
        {
            Offer(transaction, null);
        }
    }

    private void ReceiveInDialog(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (!TryFindDialog(request, out var dialog, out var usage))
        {
            if (_options.IsProxy)
            {
                Offer(transaction, null);
            }
            else
            {
                Answer(transaction, StatusCode.CallOrTransactionDoesNotExist);
            }
        }
        else if (!dialog.TryAdvance(request))
        {
            Answer(transaction, StatusCode.ServerInternalError);
        }
        else
        {
            usage.RequestReceived(transaction);
        }
    }

    private bool TryFindDialog(SipRequest request, out Dialog dialog, out IDialogUsage usage)
    {
        if (Dialogs.TryFind(request, out dialog, out usage))
        {
            return true;
        }

        if ((request.Method == SipMethod.Notify || request.Method == SipMethod.Benotify) && _subscriptions.Find(s => s.Awaits(request)) is { } subscription)
        {
            dialog = subscription.MakeDialog(request);
            usage = subscription;
            return true;
        }

        return false;
    }

    private void Answer(ServerTransaction transaction, int status)
    {
        var response = transaction.Request.CreateResponse(status, null, TagOf(transaction));
        Identify(response);
        transaction.Respond(response);
    }

    private void Note(SipDiagnostic kind, SipFlow flow, string detail) => Context.Emit(new SipEffect.Diagnostic(kind, flow, detail));
}
