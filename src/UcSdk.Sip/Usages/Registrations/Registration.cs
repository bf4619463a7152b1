using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// One endpoint's binding at the registrar, refreshed and kept alive by itself (RFC 3261 §10.2, [MS-SIPREGE], [MS-CONMGMT]). Events come on
/// the endpoint's loop.
/// </summary>
public sealed class Registration
{
    private readonly SipCore _core;
    private readonly RegistrationUsage _usage;
    private TaskCompletionSource<RegistrationReason>? _ended;
    private TaskCompletionSource<RegistrationResult>? _registered;

    internal Registration(SipCore core, RegistrationUsage usage)
    {
        _core = core;
        _usage = usage;
        usage.Handle = this;
    }

    /// <summary>Raised for every change of state, and for every refresh (Previous equals Current then).</summary>
    public event Action<RegistrationStateChange>? StateChanged;

    /// <summary>Where it stands.</summary>
    public RegistrationState State => _usage.State;

    /// <summary>What is registered.</summary>
    public RegistrationOptions Options => _usage.Options;

    /// <summary>The Call-ID of all its REGISTERs.</summary>
    public string CallId => _usage.CallId;

    /// <summary>The CSeq of the last REGISTER; 0 before the first.</summary>
    public uint CSeq => _usage.CSeq;

    /// <summary>What the registrar last granted; null before it did.</summary>
    public RegistrationResult? Result => _usage.Result;

    /// <summary>Ends when the registration is over, with the reason.</summary>
    public Task<RegistrationReason> Ended => End.Task;

    // Of many bindings most are never asked for their end; whoever asks, on whatever thread, gets the same.
    private TaskCompletionSource<RegistrationReason> End
    {
        get
        {
            if (Volatile.Read(ref _ended) is { } known)
            {
                return known;
            }

            var made = new TaskCompletionSource<RegistrationReason>(TaskCreationOptions.RunContinuationsAsynchronously);
            return Interlocked.CompareExchange(ref _ended, made, null) ?? made;
        }
    }

    /// <summary>Sends REGISTER and waits for the answer.</summary>
    /// <param name="cancellationToken">Stops the waiting, not the registration; call <see cref="UnregisterAsync"/> for that.</param>
    /// <exception cref="InvalidOperationException">It was begun before: a registration lives once.</exception>
    /// <exception cref="SipException">The registrar refuses or does not answer, or the flow is lost.</exception>
    public Task<RegistrationResult> RegisterAsync(CancellationToken cancellationToken = default)
    {
        if (!_usage.CanRegister)
        {
            throw new InvalidOperationException($"Cannot register: the registration of {Options.Aor} is {State}.");
        }

        var registered = _registered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _core.Edge.Run(_usage.Register);
        return registered.Task.UntilAsync(cancellationToken);
    }

    /// <summary>Removes the binding. Ends when the registrar has answered or the network has given up; nothing to do when it does not stand.</summary>
    /// <param name="cancellationToken">Stops the waiting, not the removal.</param>
    public Task UnregisterAsync(CancellationToken cancellationToken = default)
    {
        if (State == RegistrationState.Idle)
        {
            return Task.CompletedTask;
        }

        _core.Edge.Run(_usage.Unregister);
        return End.Task.UntilAsync(cancellationToken);
    }

    /// <summary>
    /// Asks for all bindings of the address of record, whoever made them (RFC 3261 §10.2.3); nothing is changed. What is this endpoint's own is not
    /// singled out in the result. Called on the endpoint's loop.
    /// </summary>
    /// <param name="cancellationToken">Stops the waiting; the request has gone out.</param>
    /// <exception cref="SipException">The registrar refuses or does not answer, or the flow is lost.</exception>
    public Task<RegistrationResult> QueryAsync(CancellationToken cancellationToken = default) => AskAsync([], null, cancellationToken);

    /// <summary>
    /// Removes all bindings of the address of record, those of other endpoints too (<c>Contact: *</c>, RFC 3261 §10.2.2). A registration that stands
    /// makes its own again at its next refresh. Called on the endpoint's loop.
    /// </summary>
    /// <param name="cancellationToken">Stops the waiting; the request has gone out.</param>
    /// <exception cref="SipException">The registrar refuses or does not answer, or the flow is lost.</exception>
    public Task RemoveAllAsync(CancellationToken cancellationToken = default) => AskAsync(["*"], TimeSpan.Zero, cancellationToken);

    /// <summary>
    /// A request from the registered user, outside any dialog: by way of the Service-Route that the registrar named (RFC 3608 §6.1), with the GRUU,
    /// where there is one, for Contact (RFC 5627 §4.3). Send it on the registration's flow.
    /// </summary>
    /// <param name="method">The method.</param>
    /// <param name="target">To and the Request-URI.</param>
    public SipRequest CreateRequest(SipMethod method, SipUri target)
    {
        var from = new NameAddr(Options.Aor).WithParameter("tag", _core.Context.NewTag());
        var request = new SipRequest(method, target);
        foreach (var route in Result?.ServiceRoute ?? [])
        {
            request.Headers.Add(HeaderName.Route, route);
        }

        request.Headers.Add(HeaderName.MaxForwards, "70");
        request.Headers.Add(HeaderName.From, (Options.Epid is { } epid ? from.WithParameter("epid", epid) : from).ToString());
        request.Headers.Add(HeaderName.To, new NameAddr(target).ToString());
        request.Headers.Add(HeaderName.CallId, _core.Context.NewCallId());
        request.Headers.Add(HeaderName.CSeq, new CSeq(1, method).ToString());
        request.Headers.Add(HeaderName.Contact, new NameAddr(Result?.Gruu ?? Options.Contact.Uri).ToString());
        _core.Identify(request);
        return request;
    }

    internal void Deliver(RegistrationStateChange change)
    {
        if (change is { Current: RegistrationState.Registered, Reason: RegistrationReason.Registered })
        {
            // Who has registered has the first result; what is kept here is the last one.
            _registered?.TrySetResult(_usage.Result!);
            _registered = null;
        }

        StateChanged?.Invoke(change);
        if (change.Current == RegistrationState.Unregistered)
        {
            _registered?.TrySetException(FailureOf(change));
            End.TrySetResult(change.Reason);
        }
    }

    internal void Abandon()
    {
        var failure = new SipException(SipFailure.Terminated, $"The endpoint was disposed during the registration of {Options.Aor}.");
        _registered?.TrySetException(failure);
        End.TrySetException(failure);
    }

    private async Task<RegistrationResult> AskAsync(string[] contacts, TimeSpan? expires, CancellationToken cancellationToken)
    {
        // A Call-ID of its own: the registration's numbers are not disturbed (RFC 3261 §10.2).
        var register = RegistrationRequests.Create(_core, Options, _core.Context.NewCallId(), 1, contacts, expires, isOutbound: false);
        var flow = _core.RouteOf(register, Options.Flow) ?? throw new SipException(SipFailure.NoRoute, $"REGISTER {Options.Aor}: the flow is lost.");
        var pending = new PendingRequest(_core, register);
        _core.Edge.Run(() => _core.Send(register, flow, pending));
        var response = await pending.Answer.Task.UntilAsync(cancellationToken);
        SipException.ThrowIfRefused(response, $"REGISTER {Options.Aor}");
        return RegistrationResult.Read(response, []);
    }

    private SipException FailureOf(RegistrationStateChange change)
    {
        var operation = $"REGISTER {Options.Aor}";
        return change.Cause is SipResponse { StatusCode: >= 300 } refusal
            ? new SipException(refusal, operation)
            : new SipException(
                change.Reason switch
                {
                    RegistrationReason.TimedOut or RegistrationReason.Expired => SipFailure.TimedOut,
                    RegistrationReason.FlowLost => SipFailure.FlowClosed,
                    RegistrationReason.Unregistered => SipFailure.Canceled,
                    _ => SipFailure.Terminated,
                },
                $"{operation}: {change.Reason}.");
    }
}
