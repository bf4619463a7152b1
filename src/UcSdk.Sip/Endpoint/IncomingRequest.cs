namespace UcSdk.Sip;

/// <summary>
/// A request from a peer that waits for the application: one server transaction. It is answered once, made into a session or subscription,
/// or forwarded. Used on the endpoint's loop.
/// </summary>
public sealed class IncomingRequest
{
    private readonly SipCore _core;
    private readonly ServerTransaction? _transaction;
    private readonly InviteUsage? _usage;

    internal IncomingRequest(SipCore core, SipRequest request, SipFlow flow, ServerTransaction? transaction, InviteUsage? usage = null)
    {
        _core = core;
        _usage = usage;
        _transaction = transaction;
        Request = request;
        Flow = flow;
    }

    /// <summary>Raised when the peer has cancelled an INVITE that was not answered yet; the endpoint has answered it with 487, or cancelled the branches when it is proxied.</summary>
    public event Action? Canceled;

    /// <summary>The request.</summary>
    public SipRequest Request { get; private set; }

    /// <summary>
    /// In an endpoint that forwards (<see cref="SipEndpointOptions.IsProxy"/>) the URI of ours by which the request came, and which is taken off it already: the
    /// top of Route, or a Request-URI that a strict router has made of it (RFC 3261 §16.4). Null when it came without.
    /// </summary>
    public SipUri? OwnRoute => Request.OwnRoute;

    /// <summary>Where it came from, and where its responses go.</summary>
    public SipFlow Flow { get; }

    /// <summary>True once a final response went out; from the start for BENOTIFY, which gets none.</summary>
    public bool IsAnswered => _transaction is null || _transaction.IsAnswered;

    /// <summary>Why the peer has cancelled, as far as it said (RFC 3326); empty before.</summary>
    public IReadOnlyList<ReasonHeader> CancelReasons { get; private set; } = [];

    /// <summary>True once the peer has cancelled.</summary>
    public bool IsCanceled { get; private set; }

    /// <summary>True once a session, a subscription or a proxy has taken the request.</summary>
    public bool IsTaken { get; private set; }

    /// <summary>Sends a response, provisional or final.</summary>
    /// <exception cref="InvalidOperationException">The request has its final response, or something else has taken it.</exception>
    public void Respond(SipResponse response)
    {
        Require("respond");
        _core.Edge.Run(
            static answer =>
            {
                answer.Core.Identify(answer.Response);
                answer.Transaction.Respond(answer.Response);
            },
            (Core: _core, Transaction: _transaction!, Response: response));
    }

    /// <summary>Builds a response, with a To tag where the request has none (not for 100), and sends it.</summary>
    /// <param name="status">100–699.</param>
    /// <param name="reason">The reason phrase; null for the usual one.</param>
    /// <param name="edit">Called before it goes out; null for no change.</param>
    /// <exception cref="InvalidOperationException">The request has its final response, or something else has taken it.</exception>
    public void Respond(int status, string? reason = null, Action<SipResponse>? edit = null)
    {
        Require("respond");
        var response = Request.CreateResponse(status, reason, status > StatusCode.Trying && !Request.To!.HasTag ? _transaction!.LocalTag : null);
        edit?.Invoke(response);
        Respond(response);
    }

    /// <summary>
    /// The session in whose place this INVITE wants to come (RFC 3891): it ends when the session that is made of the INVITE is accepted. Null when
    /// the INVITE replaces nothing. Whether the sender may do so is the application's to judge.
    /// </summary>
    public InviteSession? Replaced => ReplacedUsage?.Session;

    internal InviteUsage? ReplacedUsage { get; init; }

    /// <summary>Makes an invite session in state <see cref="InviteState.Incoming"/> of an INVITE.</summary>
    /// <param name="localContact">Our Contact; null for the local address of the flow.</param>
    /// <exception cref="InvalidOperationException">The request is no INVITE outside a dialog, is answered, or taken.</exception>
    public InviteSession CreateInviteSession(NameAddr? localContact = null)
    {
        Require("make a session");
        RequireMethod(Request.Method.IsInvite && !Request.To!.HasTag, "an INVITE outside a dialog");
        IsTaken = true;
        var usage = new IncomingInvite(_core, _transaction!, localContact ?? OwnAddresses.ContactOf(Flow)) { Replaced = ReplacedUsage };
        return new InviteSession(_core, usage);
    }

    /// <summary>Makes a subscription in state <see cref="NotifierState.Incoming"/> of a SUBSCRIBE.</summary>
    /// <param name="localContact">Our Contact; null for the local address of the flow.</param>
    /// <exception cref="InvalidOperationException">The request is no SUBSCRIBE outside a dialog, is answered, or taken.</exception>
    public NotifierSubscription CreateSubscription(NameAddr? localContact = null)
    {
        Require("make a subscription");
        RequireMethod(Request.Method == SipMethod.Subscribe && !Request.To!.HasTag, "a SUBSCRIBE outside a dialog");
        IsTaken = true;
        return new NotifierSubscription(_core, new NotifierUsage(_core, _transaction!, localContact ?? OwnAddresses.ContactOf(Flow)));
    }

    /// <summary>Makes a referral in state <see cref="IncomingReferralState.Incoming"/> of a REFER, inside a session or outside any dialog.</summary>
    /// <param name="localContact">Our Contact outside a dialog; null for the local address of the flow.</param>
    /// <exception cref="InvalidOperationException">
    /// The request is no REFER, is answered, or taken; in an endpoint that forwards, also where it has no readable Refer-To, which all others refuse themselves.
    /// </exception>
    public IncomingReferral CreateReferral(NameAddr? localContact = null)
    {
        Require("make a referral");
        RequireMethod(Request.Method == SipMethod.Refer && (!Request.To!.HasTag || _usage is not null), "a REFER of a session or outside a dialog");
        RequireMethod(ReferTo.TryRead(Request, out _), "a REFER with one readable Refer-To");
        IsTaken = true;
        return new(_core, new(_core, _transaction!, localContact ?? OwnAddresses.ContactOf(Flow), _usage?.Dialog));
    }

    /// <summary>Forgets the request without an answer. When it is repeated it comes again as a new one.</summary>
    /// <exception cref="InvalidOperationException">The request is answered or taken.</exception>
    public void Drop()
    {
        Require("drop");
        IsTaken = true;
        _core.Edge.Run(_transaction!.Drop);
    }

    /// <summary>
    /// Forwards the request statefully (RFC 3261 §16): to all targets of the highest <see cref="ProxyTarget.Q"/> at once, then to the next. A request that must
    /// not be forwarded is answered (§16.3: 416, 420, 440, 482, 483); no target at all answers 480.
    /// </summary>
    /// <param name="targets">Where it goes; no URI is tried twice.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="InvalidOperationException">The request is answered or taken.</exception>
    public ProxyContext Proxy(IReadOnlyList<ProxyTarget> targets, ProxyOptions? options = null)
    {
        Require("forward");
        IsTaken = true;
        var context = new ResponseContext(_core, _transaction!, Request, options ?? new());
        var handle = new ProxyContext(context);
        _core.Edge.Run(static start => start.Context.Start(start.Targets), (Context: context, Targets: targets));
        return handle;
    }

    /// <summary>The same for who is called back itself and wants no handle.</summary>
    internal void Proxy(IReadOnlyList<ProxyTarget> targets, ProxyOptions options, IProxyUser user)
    {
        Require("forward");
        IsTaken = true;
        var context = new ResponseContext(_core, _transaction!, Request, options, user);
        _core.Edge.Run(static start => start.Context.Start(start.Targets), (Context: context, Targets: targets));
    }

    /// <summary>Signs and verifies the messages of the request's flow from now on.</summary>
    internal void Protect(IFlowProtection protection) => _core.Protect(Flow, protection);

    /// <summary>Addresses the request to another URI for whoever looks at it next.</summary>
    internal void Readdress(SipUri uri) => Request = Request.WithUri(uri);

    internal void Cancel(SipRequest cancel)
    {
        IsCanceled = true;
        CancelReasons = ReasonHeader.AllOf(cancel);
        Canceled?.Invoke();
    }

    private void Require(string operation)
    {
        if (IsAnswered || IsTaken)
        {
            throw new InvalidOperationException($"Cannot {operation}: {Request.Method} {Request.CallId} is {(IsTaken ? "taken" : "answered")} already.");
        }
    }

    private void RequireMethod(bool holds, string wanted)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"{Request.Method} {Request.CallId} is not {wanted}.");
        }
    }
}
