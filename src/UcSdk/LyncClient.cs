using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// A client of a Lync, Skype for Business or other SIP server: one user at one endpoint. All members may be called from any thread; all
/// events come away from the caller's, in order.
/// </summary>
public sealed partial class LyncClient : IAsyncDisposable
{
    private readonly ModelContext _context;
    private readonly LoopRuntime _runtime;
    private readonly ObservableState<ClientState, ClientTrigger, ClientStateChangeReason, ClientStateChange> _machine;
    private readonly ChangeStream<SignInProgress> _progress;
    private readonly ChangeStream<SignInDelay> _delays;
    private readonly ChangeStream<ServiceProgress> _serviceProgress;
    private readonly SignInMemory _memory;
    private readonly RoamingContacts _roamingContacts;
    private readonly PresenceWatch _presenceWatch;
    private readonly WebDownload _web;
    private readonly AddressBookClient _addressBook;
    private SipEndpoint? _endpoint;
    private SignInReport? _report;
    private SignInRun? _run;
    private FailBack? _failBack;
    private NetworkWatch? _network;
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
        _memory = new(new(options.Epid ?? Epid.Create(runtime.Random)), ServerDiscovery.Create(options, _context.Loop, runtime.Random, _context.Logger), OpenEndpointAsync);
        if (options.Resume is { } snapshot)
        {
            _memory.Resume(snapshot);
        }

        _progress = new(_context.Observers, "SignInProgress");
        _delays = new(_context.Observers, "SignInDelayed");
        _serviceProgress = new(_context.Observers, "ServiceProgress");
        _machine = new(_context, ClientStates.Table, ClientState.SignedOut, Describe);
        ConversationManager = new(_context, this);
        Services = new(_context, progress => _serviceProgress.Publish(progress));
        _roamingContacts = new(_context);
        _presenceWatch = new(_context);
        _web = new(_context);
        _addressBook = new(_context, new WebTickets(_context));
        ContactManager = new(_context, this, _roamingContacts, _presenceWatch, new(_context, _web), _addressBook);
        Settings = new(_context, DemandConnection);
        Services.Add(new DialPlanService(Settings));
        _self = new(_context, Settings, ContactManager, new(_context, Settings, _web));
        DelegatorClients = new(_context.Observers, "DelegatorClients");
        Services.Add(_self.Wire);
    }

    /// <summary>Where it stands.</summary>
    public ClientState State => _machine.State;

    /// <summary>Its changes, in order. Ends when it is disposed.</summary>
    public IObservable<ClientStateChange> StateChanges => _machine.Changes;

    /// <summary>
    /// Every stage of a sign-in as it begins, also of those by which the client comes back after a loss; the last stage of one is <see cref="SignInStage.Done"/>. Ends
    /// when the client is disposed.
    /// </summary>
    public IObservable<SignInProgress> SignInProgress => _progress;

    /// <summary>Tells whenever the server or the network makes a sign-in wait. Ends when the client is disposed.</summary>
    public IObservable<SignInDelay> SignInDelayed => _delays;

    /// <summary>
    /// What becomes of the parts of the client that begin with each sign-in, such as its contacts: they do not hold it up, and it does not fail with them. Ends when the
    /// client is disposed.
    /// </summary>
    public IObservable<ServiceProgress> ServiceProgress => _serviceProgress;

    /// <summary>The user; null while nobody is signed in.</summary>
    public Self? Self { get; private set; }

    /// <summary>The user's address, <c>sip:user@domain</c>; null while nobody is signed in.</summary>
    public string? Uri => Self?.Uri;

    /// <summary>Keeps the conversations.</summary>
    public ConversationManager ConversationManager { get; }

    internal ServerConnection? Connection { get; private set; }

    /// <summary>What begins and ends with each connection.</summary>
    internal SignedInServices Services { get; }

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
    /// Signs in: finds the server, connects, registers this endpoint, and reads the server's settings. Redirections are followed, and what fails in passing is tried
    /// again (<see cref="LyncClientOptions.SignInAttempts"/>). The registration is kept up until the client signs out; after a loss the client signs in again by itself
    /// (<see cref="LyncClientOptions.Reconnect"/>).
    /// </summary>
    /// <param name="uri">The user's address, <c>sip:user@domain</c>.</param>
    /// <param name="cancellationToken">Gives up, as <see cref="SignOutAsync"/> does; the task is cancelled when everything is taken back.</param>
    /// <exception cref="ArgumentException">The address is not a SIP URI, or not that of the user who is resumed.</exception>
    /// <exception cref="InvalidStateException">The client is not signed out.</exception>
    /// <exception cref="RegisterException">
    /// A stage failed; it names the stage, the server, the SIP status and the server's diagnosis, and what was tried before.
    /// </exception>
    public Task SignInAsync(string uri, CancellationToken cancellationToken = default)
    {
        var user = UserAddress.Parse(uri, nameof(uri)).AddressOfRecord;
        if (_context.Options.Resume is { } snapshot && !user.Equals(SipUri.Parse(snapshot.User).AddressOfRecord))
        {
            throw new ArgumentException("The client resumes the endpoint of another user.", nameof(uri));
        }

        return _context.Loop.InvokeAsync(() => SignInCoreAsync(user, cancellationToken));
    }

    /// <summary>
    /// Signs out: every conversation ends, the registration is withdrawn, the connection is closed. While signing in it cancels that. Does
    /// nothing when signed out.
    /// </summary>
    /// <param name="cancellationToken">Stops waiting; the signing out goes on.</param>
    public Task SignOutAsync(CancellationToken cancellationToken = default) =>
        _context.Loop.InvokeAsync(() => SignOutCoreAsync().UntilAsync(cancellationToken));

    /// <summary>
    /// What another process needs to go on as this endpoint, as of this moment: user, endpoint, servers and the numbers of the registration, nothing secret. This client
    /// stays as it is; once the other has signed in, the server knows the endpoint there, and this client loses nothing but its calls when it is disposed.
    /// </summary>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="NotSignedInException">Nobody has been signed in yet.</exception>
    public Task<ClientSnapshot> ExportAsync(CancellationToken cancellationToken = default) => _context.Loop.InvokeAsync(
        () => _memory.Export(Connection?.Identity ?? _memory.Identity, _context.WallClock) ?? throw new NotSignedInException(State, nameof(ExportAsync)))
        .WaitAsync(cancellationToken);

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
        var run = BeginRun(user);
        await FinishRunAsync(run.SignInAsync(attempt.Token), attempt);
    }

    private SignInRun BeginRun(SipUri user)
    {
        var options = _context.Options;
        if ((options.NetworkChanges ?? (options.TransportFactory is null ? SystemNetworkChanges.Instance : null)) is { } changes)
        {
            _network ??= new(_context.Loop, changes, (options.Reconnect ?? ReconnectOptions.Default).NetworkSettleTime, OnNetworkChanged);
        }

        _memory.BelongTo(user);
        _report = new(_context, _progress, OnDelayed);
        return _run = new(_context, _memory, user, _report);
    }

    /// <summary>Waits for what a sign-in comes to, and takes it over.</summary>
    private async Task FinishRunAsync(Task<ServerConnection> run, Attempt attempt)
    {
        ServerConnection connection;
        try
        {
            connection = await run;
        }
        catch (Exception thrown) when (thrown is RegisterException or OperationCanceledException)
        {
            var failure = attempt.Explain(thrown);
            // What has waited for the client to come back waits in vain.
            await ConversationManager.FinishAsync(ConferenceSessionTrigger.LoseConnection, failure);
            _signingIn = null;
            _machine.Fire(failure is OperationCanceledException ? ClientTrigger.SignInCancel : ClientTrigger.SignInFail, failure);
            throw failure;
        }

        _signingIn = null;
        connection.Ended = loss => OnConnectionEnded(connection, loss);
        connection.InvitationReceived = incoming => ConversationManager.OnInvitation(connection, incoming);
        connection.MessageInviteReceived = incoming => ConversationManager.OnMessageInvite(connection, incoming);
        connection.MessageReceived = incoming => ConversationManager.OnMessage(connection, incoming);
        Connection = connection;
        _memory.Last = (connection.User, connection.Server, connection.Gruu);
        Settings.Apply(connection.Settings);
        Self = new Self(connection, _context, _self);
        ConversationManager.Resume(connection);
        _machine.Fire(ClientTrigger.SignInComplete);
        Log.SignedIn(_context.Logger, new(connection.User.Text, _context.Options.LogUserData));
        if (connection.Loss is { } loss)
        {
            // Lost between its last answer and this turn of the loop.
            OnConnectionEnded(connection, loss);
            return;
        }

        if (!_context.Seams.StartsNoServices)
        {
            Services.Start(connection);
        }

        BeginFailBack(connection);
    }

    // A refresh is challenged too; that is no sign-in.
    private void OnChallenged(string scheme) => (State == ClientState.SigningIn ? _report : _failBack?.Asking)?.Challenge(scheme);

    private void OnDelayed(SignInDelay delay)
    {
        _machine.Fire(ClientTrigger.Delay, delay.Cause);
        _delays.Publish(delay);
    }

    private async Task<SipEndpoint> OpenEndpointAsync(CancellationToken cancellationToken) =>
        _endpoint ??= await EndpointFactory.OpenAsync(_context.Options, _runtime, _context.Loop, OnChallenged, Configure, cancellationToken);

    private void Configure(SipEndpoint endpoint)
    {
        endpoint.RequestReceived = OnRequest;
        endpoint.RouteRequest = _ => Connection?.Flow;
    }

    private void OnRequest(IncomingRequest incoming)
    {
        if (incoming.Request.Method == SipMethod.Subscribe)
        {
            // Some servers send a SUBSCRIBE to oneself back, even while one signs in; what this client knows of events it subscribes to (RFC 6665 §8.2.2).
            incoming.Respond(StatusCode.BadEvent, edit: response => response.Headers.Add(HeaderName.AllowEvents, RegistrationContact.Events));
        }
        else if (Connection is { } connection && incoming.Flow.IsFromPeerOf(connection.Flow))
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
