using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// An INVITE dialog and what it is for, as caller or callee (RFC 3261 §§12–15). Events come on the endpoint's loop, in order; after
/// <see cref="InviteState.Terminated"/> there is silence.
/// </summary>
public sealed class InviteSession
{
    private readonly SipCore _core;
    private readonly InviteUsage _usage;
    private readonly TaskCompletionSource<SipResponse>? _answer;
    private readonly TaskCompletionSource<InviteReason> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _accepted;

    internal InviteSession(SipCore core, InviteUsage usage)
    {
        _core = core;
        _usage = usage;
        usage.Session = this;
        _answer = usage is IncomingInvite ? null : new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Raised for every change of state and for progress (<see cref="InviteStateChange.Previous"/> equals <see cref="InviteStateChange.Current"/> then).</summary>
    public event Action<InviteStateChange>? StateChanged;

    /// <summary>Caller: raised for every provisional response above 100.</summary>
    public event Action<SipResponse>? ProvisionalReceived;

    /// <summary>
    /// Takes requests inside the dialog other than BYE, ACK and CANCEL; the answer is given through <see cref="IncomingRequest"/>. Where it
    /// is unset or returns false, the endpoint refuses: INFO with 415, INVITE with 488, other methods with 405 or 501.
    /// </summary>
    public Func<IncomingRequest, bool>? RequestReceived { get; set; }

    /// <summary>
    /// Caller: called for each PRACK before it goes out, with the reliable provisional response that it acknowledges: the place for an SDP answer to
    /// an offer in that response, or for a further offer (RFC 3262 §5). Null for none.
    /// </summary>
    public Action<SipRequest, SipResponse>? PrackSending { get; set; }

    /// <summary>
    /// Called for each ACK of a 2xx before it goes out for the first time, with that 2xx, whose offer it answers when the INVITE had none (RFC 3261 §13.2.1):
    /// the place for the SDP answer. Null for none.
    /// </summary>
    public Action<SipRequest, SipResponse>? AckSending { get; set; }

    /// <summary>Raised for the ACK of each 2xx of ours, once: it carries the answer when our 2xx carried the offer (RFC 3261 §13.3.1).</summary>
    public event Action<SipRequest>? AckReceived;

    /// <summary>What the application wants to keep with the session.</summary>
    public object? Tag { get; set; }

    /// <summary>Where the session stands.</summary>
    public InviteState State => _usage.State;

    /// <summary>True for the callee.</summary>
    public bool IsIncoming => _usage is IncomingInvite;

    /// <summary>The INVITE.</summary>
    public SipRequest InitialRequest => _usage.InitialRequest;

    /// <summary>The flow on which the session was made.</summary>
    public SipFlow Flow => _usage.Flow;

    /// <summary>The dialog; null before the peer (caller's side) or our side (callee's side) has answered with a tag.</summary>
    public Dialog? Dialog => _usage.Dialog;

    /// <summary>
    /// Caller: the dialogs that provisional responses have made, one for each place where it rings (RFC 3261 §13.2.2.4); empty once a 2xx has come.
    /// Callee: its one dialog while it rings.
    /// </summary>
    public IReadOnlyList<Dialog> EarlyDialogs => _usage.EarlyDialogs;

    /// <summary>
    /// Caller: ends with the final response, success or refusal. Fails with <see cref="SipException"/> when none comes (TimedOut, FlowClosed),
    /// when a 2xx crosses our CANCEL (Canceled), or at disposal (Terminated).
    /// </summary>
    /// <exception cref="InvalidOperationException">The session is a callee's.</exception>
    public Task<SipResponse> Answer =>
        _answer?.Task ?? throw new InvalidOperationException("An incoming session has no answer to wait for; it gives one.");

    /// <summary>Ends when the session is terminated, with what began the end (a BYE of ours: <see cref="InviteReason.LocalBye"/>, whatever the peer said to it).</summary>
    public Task<InviteReason> Ended => _ended.Task;

    /// <summary>What the peer said for why the session ends, in its CANCEL, BYE or refusal (RFC 3326); empty when it said nothing.</summary>
    public IReadOnlyList<ReasonHeader> PeerReasons => _usage.PeerReasons;

    /// <summary>Caller: cancels the INVITE (RFC 3261 §9.1). Ends when the outcome is known; a 2xx that crosses is acknowledged and ended by BYE.</summary>
    public Task CancelAsync(CancellationToken cancellationToken = default) => ByeAsync(null, cancellationToken);

    /// <summary>Callee: sends a provisional response.</summary>
    /// <param name="status">101–199.</param>
    /// <param name="edit">Called before it goes out; null for no change.</param>
    /// <exception cref="InvalidOperationException">The session is not <see cref="InviteState.Incoming"/>.</exception>
    public void Ring(int status = StatusCode.Ringing, Action<SipResponse>? edit = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(status, 100);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 199);
        var usage = RequireIncoming(InviteTrigger.Ring, "ring");
        _core.Edge.Run(() => usage.Ring(status, edit));
    }

    /// <summary>
    /// Callee: sends a provisional response that the caller must acknowledge (RFC 3262): early media, with a body. It is repeated until its PRACK
    /// comes; several go one after another.
    /// </summary>
    /// <param name="status">101–199.</param>
    /// <param name="contentType">The type of the body; empty for none.</param>
    /// <param name="body">The body, e.g. an SDP answer.</param>
    /// <param name="edit">Called before it goes out; null for no change.</param>
    /// <exception cref="InvalidOperationException">The session is not <see cref="InviteState.Incoming"/>, or the caller does not support 100rel.</exception>
    public void RingReliably(int status, string contentType = "", ReadOnlyMemory<byte> body = default, Action<SipResponse>? edit = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(status, 100);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 199);
        var usage = RequireIncoming(InviteTrigger.Ring, "ring reliably");
        if (!ReliableProvisionals.IsSupported(InitialRequest))
        {
            throw new InvalidOperationException("Cannot ring reliably: the caller does not support 100rel.");
        }

        _core.Edge.Run(() => usage.RingReliably(status, contentType, body, edit));
    }

    /// <summary>Callee: accepts with 200, once every reliable provisional response is acknowledged. Ends when the ACK has come.</summary>
    /// <param name="contentType">The type of the body; empty for none.</param>
    /// <param name="body">The body, e.g. the SDP answer.</param>
    /// <param name="edit">Called before the response goes out; null for no change.</param>
    /// <param name="cancellationToken">Stops the waiting, not the session.</param>
    /// <exception cref="InvalidOperationException">The session is not <see cref="InviteState.Incoming"/>.</exception>
    /// <exception cref="SipException">No ACK came in 64·T1 (TimedOut; BYE is sent), or the session ended before it (Terminated, FlowClosed).</exception>
    public Task AcceptAsync(
        string contentType = "", ReadOnlyMemory<byte> body = default, Action<SipResponse>? edit = null, CancellationToken cancellationToken = default)
    {
        var usage = RequireIncoming(InviteTrigger.Accept, "accept");
        _accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var accepted = _accepted.Task;
        _core.Edge.Run(() => usage.Accept(contentType, body, edit));
        return accepted.UntilAsync(cancellationToken);
    }

    /// <summary>Callee: refuses.</summary>
    /// <param name="status">300–699.</param>
    /// <param name="reason">The reason phrase; null for the usual one.</param>
    /// <param name="edit">Called before it goes out; null for no change.</param>
    /// <exception cref="InvalidOperationException">The session is not <see cref="InviteState.Incoming"/>.</exception>
    public void Reject(int status, string? reason = null, Action<SipResponse>? edit = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 300);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 699);
        var usage = RequireIncoming(InviteTrigger.Reject, "reject");
        _core.Edge.Run(() => usage.Reject(status, reason, edit));
    }

    /// <summary>A request inside the dialog, with route set and the next CSeq.</summary>
    /// <param name="method">Any but ACK, BYE, CANCEL and PRACK, which the session sends itself; in an early dialog not INVITE either.</param>
    /// <param name="dialog">One of <see cref="EarlyDialogs"/>; null for <see cref="Dialog"/>.</param>
    /// <exception cref="InvalidOperationException">The session has no dialog, or has ended.</exception>
    public SipRequest CreateRequest(SipMethod method, Dialog? dialog = null)
    {
        RequireDialog(method, "create a request");
        var request = (dialog ?? Dialog!).CreateRequest(method);
        if (method.IsInvite)
        {
            _core.OfferReplacing(request);
        }

        _core.Identify(request);
        return request;
    }

    /// <summary>
    /// Sends a request inside the dialog and waits for its final response, whatever it is. A 481 or 408 to INVITE or UPDATE ends the session;
    /// one to another method does not. An INVITE or UPDATE that collides with one of the peer (491) goes again by itself after the time of
    /// RFC 3261 §14.1.
    /// </summary>
    /// <param name="request">Made by <see cref="CreateRequest"/>.</param>
    /// <param name="cancellationToken">Stops the waiting; the request has gone out.</param>
    /// <exception cref="InvalidOperationException">The session has no dialog, or has ended.</exception>
    /// <exception cref="SipException">No final response comes: TimedOut, FlowClosed, NoRoute, Terminated.</exception>
    public Task<SipResponse> SendAsync(SipRequest request, CancellationToken cancellationToken = default)
    {
        RequireDialog(request.Method, "send a request");
        var pending = new PendingRequest(_core, request, _usage);
        _core.Edge.Run(static send => send.Session.Send(send.Pending), (Session: this, Pending: pending));
        return pending.Answer.Task.UntilAsync(cancellationToken);
    }

    /// <summary>Sends a request inside the dialog that no peer answers: BENOTIFY ([MS-SIP] §2.2.1). It is lost in silence where no flow leads to the peer.</summary>
    /// <param name="request">Made by <see cref="CreateRequest"/>.</param>
    /// <exception cref="InvalidOperationException">The session has no dialog, or has ended.</exception>
    public void SendUnanswered(SipRequest request)
    {
        RequireDialog(request.Method, "send a request");
        _core.Edge.Run(() =>
        {
            if (_core.RouteInDialog(request, _usage.Flow) is { } flow)
            {
                _core.Transactions.SendUnanswered(request, flow);
            }
        });
    }

    /// <summary>
    /// Asks the peer to send a request to somebody else (REFER, RFC 3515): a transfer, attended where the target carries Replaces
    /// (<see cref="ReferTo.PeerOf"/>). The session stands until one side ends it; the referral may outlive it. Called on the endpoint's loop.
    /// </summary>
    /// <param name="target">What the peer is asked to do.</param>
    /// <param name="options">Who asks, and whether it is told what becomes of it; null for the defaults.</param>
    /// <exception cref="InvalidOperationException">The session has no dialog, or has ended.</exception>
    /// <exception cref="SipException">No flow leads to the peer (NoRoute).</exception>
    public Referral Refer(ReferTo target, ReferOptions? options = null)
    {
        options ??= new();
        var refer = CreateRequest(SipMethod.Refer);
        var self = Dialog!.LocalUri;
        refer.Headers.Add(HeaderName.ReferTo, target.ToString());
        refer.Headers.Add(HeaderName.ReferredBy, (options.ReferredBy ?? new(new NameAddr(self.Uri, self.DisplayName))).ToString());
        if (!options.IsFollowed)
        {
            refer.Headers.Add(HeaderName.ReferSub, "false");
            refer.Headers.Add(HeaderName.Supported, "norefersub");
        }

        options.Edit?.Invoke(refer);
        var flow = _core.RouteOf(refer, Flow) ?? throw new SipException(SipFailure.NoRoute, $"REFER: no flow leads to {refer.UriText}.");
        var referral = new Referral(_core, refer, flow, Dialog);
        _core.Edge.Run(referral.Start);
        return referral;
    }

    /// <summary>As <see cref="Refer"/>, and waits until the peer has accepted.</summary>
    /// <param name="target">What the peer is asked to do.</param>
    /// <param name="options">Who asks, and whether it is told what becomes of it; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the waiting; the REFER has gone out.</param>
    /// <exception cref="InvalidOperationException">The session has no dialog, or has ended.</exception>
    /// <exception cref="SipException">The peer refuses or does not answer: Refused, TimedOut, FlowClosed, NoRoute, Terminated.</exception>
    public async Task<Referral> ReferAsync(ReferTo target, ReferOptions? options = null, CancellationToken cancellationToken = default)
    {
        var referral = Refer(target, options);
        await referral.Accepted.UntilAsync(cancellationToken);
        return referral;
    }

    /// <summary>
    /// Ends the session from any state: BYE when it stands, CANCEL while it is calling, 480 while it is incoming. Ends when the peer has
    /// answered or the network has given up. A second call waits for the same end.
    /// </summary>
    /// <param name="edit">Called for the BYE before it goes out; null for no change.</param>
    /// <param name="cancellationToken">Stops the waiting, not the ending.</param>
    public Task ByeAsync(Action<SipRequest>? edit = null, CancellationToken cancellationToken = default)
    {
        _core.Edge.Run(() => _usage.End(edit));
        return _ended.Task.UntilAsync(cancellationToken);
    }

    /// <summary>
    /// Ends the session from any state, as <see cref="ByeAsync"/> does, and tells the peer why: the reasons go into the CANCEL or BYE (RFC 3326 §2), also
    /// into one that has to wait. What refuses an INVITE says why by its status.
    /// </summary>
    /// <param name="reasons">At most one of each protocol.</param>
    /// <param name="cancellationToken">Stops the waiting, not the ending.</param>
    public Task EndAsync(IReadOnlyList<ReasonHeader> reasons, CancellationToken cancellationToken = default)
    {
        _core.Edge.Run(() =>
        {
            _usage.Reasons = reasons;
            _usage.End(null);
        });
        return _ended.Task.UntilAsync(cancellationToken);
    }

    internal void Deliver(InviteStateChange change)
    {
        if (change.Current == InviteState.Terminated || (change.Previous == InviteState.Accepted && change.Current != InviteState.Accepted))
        {
            SettleAccept(change);
        }

        StateChanged?.Invoke(change);
        if (change.Current == InviteState.Terminated)
        {
            // What refuses the INVITE is its answer and follows; what refuses a BYE of ours is none.
            if (_answer is { Task.IsCompleted: false } && change.Reason is not (InviteReason.Redirected or InviteReason.Refused or InviteReason.Canceled))
            {
                _answer.TrySetException(FailureOf(change.Reason));
            }

            _ended.TrySetResult(_usage.EndReason!.Value);
        }
    }

    internal void DeliverProgress(SipResponse response) => ProvisionalReceived?.Invoke(response);

    internal void DeliverAck(SipRequest ack) => AckReceived?.Invoke(ack);

    internal void DeliverAnswer(SipResponse response) => _answer!.TrySetResult(response);

    internal void Abandon()
    {
        var failure = new SipException(SipFailure.Terminated, $"The endpoint was disposed during {InitialRequest.Method} {InitialRequest.UriText}.");
        _accepted?.TrySetException(failure);
        _answer?.TrySetException(failure);
        _ended.TrySetException(failure);
    }

    private void Send(PendingRequest pending)
    {
        var request = pending.Request;
        if (!_usage.TrySend(request, pending))
        {
            _core.Remove(pending);
            pending.Answer.TrySetException(new SipException(SipFailure.NoRoute, $"{request.Method}: no flow leads to {request.UriText}."));
        }
    }

    private void SettleAccept(InviteStateChange change)
    {
        if (change.Current == InviteState.Confirmed)
        {
            _accepted?.TrySetResult();
        }
        else if (_accepted is { Task.IsCompleted: false })
        {
            _accepted.TrySetException(FailureOf(change.Reason));
        }
    }

    private SipException FailureOf(InviteReason reason) => new(
        reason switch
        {
            InviteReason.TimedOut or InviteReason.AckTimedOut or InviteReason.PrackTimedOut => SipFailure.TimedOut,
            InviteReason.FlowLost => SipFailure.FlowClosed,
            InviteReason.ByeAnswered or InviteReason.LocalCancel or InviteReason.NoAnswer => SipFailure.Canceled,
            _ => SipFailure.Terminated,
        },
        $"{InitialRequest.Method} {InitialRequest.UriText}: {reason}.");

    private IncomingInvite RequireIncoming(InviteTrigger trigger, string operation) =>
        _usage is IncomingInvite incoming && incoming.Permits(trigger)
            ? incoming
            : throw new InvalidOperationException($"Cannot {operation}: the {(IsIncoming ? "incoming" : "outgoing")} session is {State}.");

    private void RequireDialog(SipMethod method, string operation)
    {
        var isEarly = State is InviteState.Proceeding or InviteState.Incoming && Dialog is not null && !method.IsInvite;
        if (!isEarly && State is not (InviteState.Confirmed or InviteState.Accepted))
        {
            throw new InvalidOperationException($"Cannot {operation}: the session is {State}.");
        }
    }
}
