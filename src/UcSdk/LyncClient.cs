using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// A client of a Lync, Skype for Business or other SIP server: one user at one endpoint. All members may be called from any thread; all
/// events come away from the caller's, in order.
/// </summary>
public sealed class LyncClient : IAsyncDisposable
{
    private readonly ModelContext _context;
    private readonly LoopRuntime _runtime;
    private readonly ObservableState<ClientState, ClientTrigger, ClientStateChangeReason, ClientStateChange> _machine;
    private readonly string _epid;
    private SipEndpoint? _endpoint;
    private Attempt? _signingIn;
    private Task _leaving = Task.CompletedTask;
    private Task? _disposal;

    /// <summary>A client that is signed out. Nothing is opened yet.</summary>
    /// <param name="options">How it reaches its server and behaves.</param>
    /// <exception cref="ArgumentException">The options contradict themselves or are out of range.</exception>
    public LyncClient(LyncClientOptions options)
        : this(options, LoopRuntime.OnThreadPool(options?.TimeProvider ?? throw new ArgumentNullException(nameof(options))), ClientSeams.None)
    {
    }

    internal LyncClient(LyncClientOptions options, LoopRuntime runtime, ClientSeams seams)
    {
        options.Validate();
        _runtime = runtime;
        _context = new(new SerialLoop(runtime.Scheduler), runtime.Random, options, seams, options.LoggerFactory.CreateLogger("UcSdk"));
        _epid = options.Epid ?? Epid.Create(runtime.Random);
        _machine = new(_context, ClientStates.Table, ClientState.SignedOut, Describe);
        ConversationManager = new(_context, this);
    }

    /// <summary>Where it stands.</summary>
    public ClientState State => _machine.State;

    /// <summary>Its changes, in order. Ends when it is disposed.</summary>
    public IObservable<ClientStateChange> StateChanges => _machine.Changes;

    /// <summary>The user; null while nobody is signed in.</summary>
    public Self? Self { get; private set; }

    /// <summary>The user's address, <c>sip:user@domain</c>; null while nobody is signed in.</summary>
    public string? Uri => Self?.Uri;

    /// <summary>Keeps the conversations.</summary>
    public ConversationManager ConversationManager { get; }

    internal ServerConnection? Connection { get; private set; }

    internal LyncClientCounts Counts => new(
        ConversationManager.Conversations.Count,
        ConversationManager.Conversations.Sum(conversation => conversation.OpenDialogs),
        ConversationManager.ConferenceInvitations.Count,
        _context.Work.Count,
        _endpoint?.Counts);

    /// <summary>Waits until it is in the state; at once when it is.</summary>
    /// <exception cref="InvalidStateException">It was disposed first.</exception>
    public Task WaitForStateAsync(ClientState state, CancellationToken cancellationToken = default) => _machine.WaitAsync(state, cancellationToken);

    /// <summary>
    /// Signs in: connects, registers this endpoint, and reads the server's settings. The registration is kept up until the client signs out
    /// or loses it.
    /// </summary>
    /// <param name="uri">The user's address, <c>sip:user@domain</c>.</param>
    /// <param name="cancellationToken">Gives up, as <see cref="SignOutAsync"/> does; the task is cancelled when everything is taken back.</param>
    /// <exception cref="ArgumentException">The address is not a SIP URI.</exception>
    /// <exception cref="InvalidStateException">The client is not signed out.</exception>
    /// <exception cref="RegisterException">A stage failed; it names the stage, the SIP status and the server's diagnosis.</exception>
    public Task SignInAsync(string uri, CancellationToken cancellationToken = default)
    {
        var user = UserAddress.Parse(uri, nameof(uri)).AddressOfRecord;
        return _context.Loop.InvokeAsync(() => SignInCoreAsync(user, cancellationToken));
    }

    /// <summary>
    /// Signs out: every conversation ends, the registration is withdrawn, the connection is closed. While signing in it cancels that. Does
    /// nothing when signed out.
    /// </summary>
    /// <param name="cancellationToken">Stops waiting; the signing out goes on.</param>
    public Task SignOutAsync(CancellationToken cancellationToken = default) =>
        _context.Loop.InvokeAsync(() => _context.Loop.UntilAsync(SignOutCoreAsync(), cancellationToken));

    /// <summary>
    /// Signs out in order, for at most <see cref="LyncClientOptions.ShutdownTimeout"/>, and gives everything back. Handlers of invitations that
    /// still run are waited for as long. A second call waits for the first.
    /// </summary>
    public async ValueTask DisposeAsync() => await _context.Loop.InvokeAsync(() => _disposal ??= DisposeCoreAsync());

    private async Task SignInCoreAsync(SipUri user, CancellationToken cancellationToken)
    {
        if (_disposal is not null)
        {
            throw _machine.Refuse(nameof(SignInAsync));
        }

        _machine.Demand(ClientTrigger.SignIn, nameof(SignInAsync));
        using var attempt = _signingIn = Attempt.Begin(cancellationToken);
        var connection = new ServerConnection(_context, _epid, user);
        try
        {
            _endpoint ??= await OpenEndpointAsync(attempt.Token);
            await connection.OpenAsync(_endpoint, attempt.Token);
            attempt.Token.ThrowIfCancellationRequested();
        }
        catch (Exception thrown) when (thrown is RegisterException or OperationCanceledException)
        {
            await connection.CloseAsync();
            var failure = attempt.Explain(thrown);
            _signingIn = null;
            _machine.Fire(failure is OperationCanceledException ? ClientTrigger.SignInCancel : ClientTrigger.SignInFail, failure);
            throw failure;
        }

        _signingIn = null;
        connection.Ended = OnConnectionEnded;
        connection.InvitationReceived = incoming => ConversationManager.OnInvitation(connection, incoming);
        Connection = connection;
        Self = new Self(connection);
        _machine.Fire(ClientTrigger.SignInComplete);
        Log.SignedIn(_context.Logger, new(user.Text, _context.Options.LogUserData));
    }

    private async Task<SipEndpoint> OpenEndpointAsync(CancellationToken cancellationToken)
    {
        var options = _context.Options;
        var transports = options.TransportFactory is { } create ? [create()] : SipTransports.ToReach(options.Server, options.Limits, options.Tls);
        var endpoint = new SipEndpoint(
            new SipEndpointOptions
            {
                Timings = options.Timings,
                Limits = options.Limits,
                UserAgent = options.UserAgent,
                Credentials = options.Password is { } password ? [new UserCredentials(options.UserName, password)] : [],
                Trace = options.Trace,
                LogUserData = options.LogUserData,
                LoggerFactory = options.LoggerFactory,
            },
            _runtime,
            _context.Loop,
            transports);
        endpoint.RequestReceived = OnRequest;
        endpoint.RouteRequest = _ => Connection?.Flow;
        await endpoint.StartAsync(cancellationToken);
        return endpoint;
    }

    private async Task SignOutCoreAsync()
    {
        if (_signingIn is { } signingIn)
        {
            signingIn.CallOff(new OperationCanceledException("The client was signed out."));
            await WaitAsync(ClientState.SignedOut);
            return;
        }

        if (_machine.TryFire(ClientTrigger.SignOut))
        {
            _leaving = SigningOutAsync();
        }

        await _leaving;
    }

    private async Task SigningOutAsync()
    {
        await LeaveAsync(ConferenceSessionTrigger.Leave, null);
        _machine.Fire(ClientTrigger.SignOutComplete);
        Self = null;
        Log.SignedOut(_context.Logger, ClientStateChangeReason.SignedOut);
    }

    private void OnConnectionEnded(ConnectionEnd end, Exception? cause)
    {
        var trigger = end switch
        {
            ConnectionEnd.Deregistered => ClientTrigger.Deregister,
            ConnectionEnd.RegistrationLost => ClientTrigger.LoseRegistration,
            _ => ClientTrigger.LoseConnection,
        };
        _machine.Fire(trigger, cause);
        Self = null;
        Log.ConnectionEnded(_context.Logger, end);
        _leaving = LeaveAsync(ConferenceSessionTrigger.LoseConnection, cause);
        _context.Work.Start(() => _leaving);
    }

    /// <summary>Ends everything that the sign-in began.</summary>
    private async Task LeaveAsync(ConferenceSessionTrigger how, Exception? cause)
    {
        var connection = Connection!;
        Connection = null;
        connection.Ended = null;
        connection.InvitationReceived = null;
        await ConversationManager.FinishAsync(how, cause);
        await connection.CloseAsync();
    }

    private async Task DisposeCoreAsync()
    {
        var goodbye = SignOutCoreAsync();
        await WithinShutdownAsync(goodbye, "Signing out");

        // Closing the endpoint ends whatever still waits for the network.
        if (_endpoint is { } endpoint)
        {
            await endpoint.DisposeAsync();
        }

        await goodbye;

        // What may still run is the user's handler of an invitation; it is not waited for for ever.
        await WithinShutdownAsync(_context.Work.WhenIdleAsync(), "The end of all handlers");
        _machine.Fire(ClientTrigger.ShutDown);
        ConversationManager.Complete();
        _machine.Fire(ClientTrigger.ShutDownComplete);
    }

    private async Task WithinShutdownAsync(Task task, string what)
    {
        try
        {
            await _context.Loop.WithinAsync(task, _context.Options.ShutdownTimeout, what, CancellationToken.None);
        }
        catch (TimeoutException late)
        {
            Log.UncleanEnd(_context.Logger, late);
        }
    }

    private void OnRequest(IncomingRequest incoming)
    {
        if (Connection is { } connection && incoming.Flow.IsFromPeerOf(connection.Flow))
        {
            connection.OnRequest(incoming);
        }
        else
        {
            incoming.Respond(StatusCode.TemporarilyUnavailable);
        }
    }

    private Task WaitAsync(ClientState state) => _machine.WaitAsync(state, CancellationToken.None);

    private ClientStateChange Describe(StateRow<ClientState, ClientTrigger, ClientStateChangeReason> row, Exception? cause, DateTimeOffset when) =>
        new(row.From, row.To, row.Reason, cause, when, Uri, Self?.Gruu);
}
