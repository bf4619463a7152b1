namespace UcSdk.Sip;

/// <summary>
/// One endpoint's binding at the registrar, refreshed and kept alive by itself (RFC 3261 §10.2, [MS-SIPREGE], [MS-CONMGMT]). Events come on
/// the endpoint's loop.
/// </summary>
public sealed class Registration
{
    private readonly SipCore _core;
    private readonly RegistrationUsage _usage;
    private readonly TaskCompletionSource<RegistrationResult> _registered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<RegistrationReason> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

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

    /// <summary>What the registrar last granted; null before it did.</summary>
    public RegistrationResult? Result => _usage.Result;

    /// <summary>Ends when the registration is over, with the reason.</summary>
    public Task<RegistrationReason> Ended => _ended.Task;

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

        _core.Edge.Run(_usage.Register);
        return _registered.Task.WaitAsync(cancellationToken);
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
        return _ended.Task.WaitAsync(cancellationToken);
    }

    internal void Deliver(RegistrationStateChange change)
    {
        if (change is { Current: RegistrationState.Registered, Reason: RegistrationReason.Registered })
        {
            _registered.TrySetResult(_usage.Result!);
        }

        StateChanged?.Invoke(change);
        if (change.Current == RegistrationState.Unregistered)
        {
            _registered.TrySetException(FailureOf(change));
            _ended.TrySetResult(change.Reason);
        }
    }

    internal void Abandon()
    {
        var failure = new SipException(SipFailure.Terminated, $"The endpoint was disposed during the registration of {Options.Aor}.");
        _registered.TrySetException(failure);
        _ended.TrySetException(failure);
    }

    private SipException FailureOf(RegistrationStateChange change)
    {
        var operation = $"REGISTER {Options.Aor}";
        return change.Cause is SipResponse { StatusCode: >= 300 } refusal
            ? new SipException(refusal, operation)
            : new SipException(
                change.Reason switch
                {
                    RegistrationReason.TimedOut => SipFailure.TimedOut,
                    RegistrationReason.FlowLost => SipFailure.FlowClosed,
                    RegistrationReason.Unregistered => SipFailure.Canceled,
                    _ => SipFailure.Terminated,
                },
                $"{operation}: {change.Reason}.");
    }
}
