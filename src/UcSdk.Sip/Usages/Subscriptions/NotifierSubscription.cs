namespace UcSdk.Sip;

/// <summary>A subscription to us (RFC 6665 §4.2). Events come on the endpoint's loop.</summary>
public sealed class NotifierSubscription
{
    private readonly SipCore _core;
    private readonly NotifierUsage _usage;
    private readonly TaskCompletionSource<NotifierReason> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal NotifierSubscription(SipCore core, NotifierUsage usage)
    {
        _core = core;
        _usage = usage;
        usage.Handle = this;
    }

    /// <summary>Raised for every change of state.</summary>
    public event Action<NotifierStateChange>? StateChanged;

    /// <summary>Raised when the subscriber has refreshed; the endpoint has answered, the current state is owed (RFC 6665 §4.2.1.3): call <see cref="Notify"/>.</summary>
    public event Action? Refreshed;

    /// <summary>
    /// Answers every SUBSCRIBE inside the dialog, the last one (Expires: 0) included, before the endpoint does: by what its body asks for, with the state in the 200, or
    /// with a refusal. One that is not answered in 64·T1 is forgotten; one that is open when the subscription ends gets 481. Null, the default: the endpoint answers,
    /// and <see cref="Refreshed"/> is raised.
    /// </summary>
    public Action<SubscriptionRefresh>? RefreshReceived
    {
        get;
        set
        {
            field = value;
            _usage.AsksForRefreshes = value is not null;
        }
    }

    /// <summary>What the application wants to keep with the subscription.</summary>
    public object? Tag { get; set; }

    /// <summary>Where it stands.</summary>
    public NotifierState State => _usage.State;

    /// <summary>The SUBSCRIBE.</summary>
    public SipRequest Request => _usage.Request;

    /// <summary>The flow on which it came.</summary>
    public SipFlow Flow => _usage.Flow;

    /// <summary>The event package.</summary>
    public string Event => EventPackage.Of(_usage.Request);

    /// <summary>The dialog; null until our side has accepted.</summary>
    public Dialog? Dialog => _usage.Dialog;

    /// <summary>What the subscriber asks for; null when it leaves the choice to us, zero when it wants the state once.</summary>
    public TimeSpan? RequestedExpires => NotifierUsage.RequestedExpires(_usage.Request);

    /// <summary>Ends when the subscription is over, with the reason.</summary>
    public Task<NotifierReason> Ended => _ended.Task;

    /// <summary>
    /// The shortest life that is granted: who asks for less, but not for a single state, gets 423 with Min-Expires (RFC 6665 §4.2.1.1). Zero to one
    /// hour; default zero. To be set before <see cref="Accept"/>, which then may end in <see cref="NotifierReason.Rejected"/>.
    /// </summary>
    public TimeSpan MinimumExpires
    {
        get => _usage.MinimumExpires;
        set => _usage.MinimumExpires = value;
    }

    /// <summary>
    /// Accepts with 200 and gives the state: inside the 200 when <paramref name="piggyback"/> is true and the subscriber supports
    /// <c>ms-piggyback-first-notify</c>, else in a NOTIFY (or BENOTIFY) that follows. A subscription that asked for Expires: 0 ends at once.
    /// </summary>
    /// <param name="expires">The longest life, now and at refreshes; the subscriber gets less when it asks for less.</param>
    /// <param name="contentType">The type of the state; empty for no body.</param>
    /// <param name="body">The state.</param>
    /// <param name="piggyback">Whether the 200 may carry it; default true.</param>
    /// <param name="edit">Called before the 200 goes out; null for no change.</param>
    /// <exception cref="InvalidOperationException">The subscription is not <see cref="NotifierState.Incoming"/>.</exception>
    public void Accept(
        TimeSpan expires, string contentType = "", ReadOnlyMemory<byte> body = default, bool piggyback = true, Action<SipResponse>? edit = null)
    {
        Require(NotifierState.Incoming, "accept");
        _core.Edge.Run(() => _usage.Accept(expires, contentType, body, piggyback, edit));
    }

    /// <summary>
    /// Accepts with 200 before it is decided whether the subscriber may see the state (RFC 6665 §4.2.1.2): it is told <c>pending</c> and what
    /// everybody may know. <see cref="Approve"/> or <see cref="Terminate"/> with <c>rejected</c> is the decision.
    /// </summary>
    /// <param name="expires">The longest life, now and at refreshes; the subscriber gets less when it asks for less.</param>
    /// <param name="contentType">The type of the neutral state; empty for no body.</param>
    /// <param name="body">The neutral state.</param>
    /// <exception cref="InvalidOperationException">The subscription is not <see cref="NotifierState.Incoming"/>.</exception>
    public void AcceptPending(TimeSpan expires, string contentType = "", ReadOnlyMemory<byte> body = default)
    {
        Require(NotifierState.Incoming, "accept");
        _core.Edge.Run(() => _usage.Accept(expires, contentType, body, piggyback: true, null, isPending: true));
    }

    /// <summary>Decides in the subscriber's favour: the subscription is active, and the state goes out.</summary>
    /// <exception cref="InvalidOperationException">The subscription is not <see cref="NotifierState.Pending"/>.</exception>
    public void Approve(string contentType, ReadOnlyMemory<byte> body)
    {
        Require(NotifierState.Pending, "approve");
        _core.Edge.Run(() => _usage.Approve(contentType, body));
    }

    /// <summary>Refuses.</summary>
    /// <param name="status">300–699.</param>
    /// <param name="reason">The reason phrase; null for the usual one.</param>
    /// <param name="edit">Called before it goes out; null for no change.</param>
    /// <exception cref="InvalidOperationException">The subscription is not <see cref="NotifierState.Incoming"/>.</exception>
    public void Reject(int status, string? reason = null, Action<SipResponse>? edit = null)
    {
        Require(NotifierState.Incoming, "reject");
        _core.Edge.Run(() => _usage.Reject(status, reason, edit));
    }

    /// <summary>Sends a notification; with NOTIFY, each waits for the answer to the one before.</summary>
    /// <exception cref="InvalidOperationException">The subscription is neither active nor pending.</exception>
    public void Notify(string contentType, ReadOnlyMemory<byte> body)
    {
        RequireAccepted("notify");
        _core.Edge.Run(() => _usage.Notify(contentType, body));
    }

    /// <summary>
    /// Lengthens the subscription without having been asked, and without a word to the subscriber, who has agreed to that by other means
    /// (<c>com.microsoft.autoextend</c>, [MS-SIP]: it lasts as long as the registration).
    /// </summary>
    /// <param name="life">From now on, and the longest at refreshes; more than zero.</param>
    /// <exception cref="InvalidOperationException">The subscription is neither active nor pending.</exception>
    public void Extend(TimeSpan life)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(life, TimeSpan.Zero);
        RequireAccepted("extend");
        _core.Edge.Run(() => _usage.Extend(life));
    }

    /// <summary>Ends the subscription with a last notification.</summary>
    /// <param name="reason">RFC 6665 §4.1.3: deactivated, probation, rejected, timeout, giveup, noresource, invariant.</param>
    /// <param name="contentType">The type of the last state; empty for no body.</param>
    /// <param name="body">The last state.</param>
    /// <param name="retryAfter">For probation and giveup: when to subscribe again; null to leave it to the subscriber.</param>
    /// <exception cref="InvalidOperationException">The subscription is neither active nor pending.</exception>
    public void Terminate(string reason = "noresource", string contentType = "", ReadOnlyMemory<byte> body = default, TimeSpan? retryAfter = null)
    {
        RequireAccepted("terminate");
        _core.Edge.Run(() => _usage.Terminate(reason, retryAfter, contentType, body));
    }

    internal void Deliver(NotifierStateChange change)
    {
        StateChanged?.Invoke(change);
        if (change.Current == NotifierState.Terminated)
        {
            _ended.TrySetResult(change.Reason);
        }
    }

    internal void DeliverRefresh() => Refreshed?.Invoke();

    internal void Ask(SubscriptionRefresh refresh) => RefreshReceived?.Invoke(refresh);

    internal void Abandon() =>
        _ended.TrySetException(new SipException(SipFailure.Terminated, $"The endpoint was disposed during the subscription to {Request.UriText}."));

    private void RequireAccepted(string operation)
    {
        if (State != NotifierState.Pending)
        {
            Require(NotifierState.Active, operation);
        }
    }

    private void Require(NotifierState state, string operation)
    {
        if (State != state)
        {
            throw new InvalidOperationException($"Cannot {operation}: the subscription to {Event} is {State}.");
        }
    }
}
