using Microsoft.Extensions.Logging;
using UcSdk.Core;
using UcSdk.Documents;
using UcSdk.Media;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>
/// An embedded Lync-compatible server: registrar, provisioning, conference factory, focus, IM MCU and A/V MCU for one SIP domain, on real sockets
/// or in memory. Made for building and testing against: it asks only those users for credentials who have a password, works on what it
/// has in memory, and keeps only what it has a store for. Members may be called from any thread.
/// </summary>
public sealed partial class UcServer : IAsyncDisposable
{
    // SIPE takes servers from 6 on for Skype for Business Server 2015 and later; the comment says what it really is.
    private const string Product = "RTC/6.0 (UcSdk.Server)";

    private readonly UcServerOptions _options;
    private readonly SerialLoop _loop;
    private readonly ILogger _logger;
    private readonly LoopRuntime _runtime;
    private readonly UserDirectory _directory;
    private readonly DirectorySearch _search;
    private readonly ProvisionedGroups _settings;
    private readonly BindingStore _bindings = new();
    private readonly ConnectionIds _connections = new();
    private readonly AuthenticationApplication _authentication;
    private readonly RegistrationPolicy _policy;
    private readonly RegistrarApplication _registrar;
    private readonly RegistrationNotifier _notifier;
    private readonly PresenceStore _presence;
    private readonly PresenceSubscriptions _watchers = new();
    private readonly PresenceSessions _presenceSessions;
    private readonly PlainPresence _plainPresence;
    private readonly ConferenceStore _conferences;
    private readonly ConferenceSessions _sessions;
    private readonly ConferenceMixers _mixers;
    private readonly ImMcuApplication _imMcu;
    private readonly OwnedTasks _work;
    private readonly StoreWriter _store;
    private readonly IReadOnlyList<IStoredState> _stored;
    private readonly ContactLists _contactLists;
    private readonly ContactListSubscriptions _contactSubscriptions;
    private readonly SipEndpoint _endpoint;
    private readonly IReadOnlyList<ISipTransport> _transports;
    private readonly ServerAnswers _answers;
    private readonly RequestForwarder _forwarder;
    private readonly IServerApplication[] _applications;
    private bool _started;
    private Task? _stopping;

    /// <summary>Makes a server; nothing is opened before <see cref="StartAsync"/>.</summary>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">The options contradict themselves, or a user is listed twice.</exception>
    public UcServer(UcServerOptions? options = null)
        : this(options ?? new(), LoopRuntime.OnThreadPool((options ?? new()).Time), ServerSeams.None)
    {
    }

    internal UcServer(UcServerOptions options, LoopRuntime runtime, ServerSeams seams)
    {
        options.Validate();
        _options = options;
        _runtime = runtime;
        _loop = new SerialLoop(runtime.Scheduler);
        _logger = options.LoggerFactory.CreateLogger<UcServer>();
        _directory = new UserDirectory(options.Domain);
        foreach (var user in options.Users)
        {
            _directory.Add(user);
        }

        _search = new DirectorySearch(_directory, options.MaxSearchResults);
        _settings = new ProvisionedGroups(options.Provisioning, options.Encryption);
        var diverted = new DivertedCalls(_bindings);
        _authentication = new AuthenticationApplication(_directory, diverted, options, runtime, _loop, _logger);
        var registrarOptions = RegistrarOptionsOf(options);
        _policy = new RegistrationPolicy(registrarOptions);
        var temporaryGruus = new TemporaryGruus(runtime.Random);
        _registrar = new RegistrarApplication(new Registrar(registrarOptions, _directory, _bindings, _connections, _policy, temporaryGruus), _loop, OnBindingChanged, CloseSilent);
        _presence = new PresenceStore(_directory, options.Presence, runtime.Time);
        _presenceSessions = new PresenceSessions(_loop, _presence, _watchers);
        _conferences = new ConferenceStore(runtime.Time);
        _work = new OwnedTasks(_loop, _logger, options.LogUserData);
        _store = new StoreWriter(options.Store, _loop, _logger, options.LogUserData);
        var keeper = new PresenceKeeper(_presence, _store);
        _presenceSessions.Changed = keeper.Keep;
        _contactLists = new ContactLists(options.ContactLists, _store);
        _contactSubscriptions = new ContactListSubscriptions(_contactLists);
        _stored = [keeper, _contactLists];
        _sessions = new ConferenceSessions(_work, options, _logger);
        _mixers = new ConferenceMixers(_loop, seams);
        _transports = [.. ListenAddressesOf(options).SelectMany(address => CreateTransports(options, address, _loop))];
        _answers = new ServerAnswers("sip." + options.Domain, _logger);
        _imMcu = new ImMcuApplication(_conferences, _sessions, _answers, _work, runtime.Random, options);
        var locations = new LocationService(_bindings, _directory, temporaryGruus);
        _forwarder = new RequestForwarder(locations, _directory, diverted, options.SendsProgressReports ? new("sip." + options.Domain) : null, _logger);
        _endpoint = new SipEndpoint(EndpointOptionsOf(options), runtime, _loop, _transports)
        {
            RequestReceived = Handle,
            RouteRequest = locations.RouteTo,
            EditUnanswered = IdentityApplication.RemoveIdentity,
        };
        _endpoint.FlowClosed += OnFlowClosed;
        _endpoint.Heard = options.KeepAliveGrace is null ? null : _registrar.Hear;
        _plainPresence = new PlainPresence(_endpoint, _presence, _presenceSessions);
        _notifier = new RegistrationNotifier(_endpoint, _work);
        _applications = BuildPipeline(runtime, seams, locations, diverted);
    }

    /// <summary>The domain that the server serves.</summary>
    public string Domain => _options.Domain;

    /// <summary>Where it listens, with the ports that were really taken; empty before <see cref="StartAsync"/>.</summary>
    public IReadOnlyList<SipTransportAddress> ListenAddresses => [.. _transports.Select(transport => transport.ListenAddress).OfType<SipTransportAddress>()];

    /// <summary>The address of a user, e.g. <c>sip:alice@contoso.test</c>; there need not be such a user.</summary>
    /// <param name="name">The user part, e.g. <c>alice</c>.</param>
    public string AddressOf(string name) => $"sip:{name}@{Domain}";

    /// <summary>Begins to listen.</summary>
    /// <param name="cancellationToken">Gives up; dispose the server then.</param>
    /// <exception cref="IOException">An address cannot be listened on, or the store (<see cref="UcServerOptions.Store"/>) cannot be read.</exception>
    /// <exception cref="InvalidOperationException">The server was started before.</exception>
    /// <exception cref="ObjectDisposedException">The server was disposed.</exception>
    public Task StartAsync(CancellationToken cancellationToken = default) => _loop.InvokeAsync(async () =>
    {
        ObjectDisposedException.ThrowIf(_stopping is not null, this);
        if (_started)
        {
            throw new InvalidOperationException("The server was started before.");
        }

        _started = true;
        await _store.LoadAsync(_stored, cancellationToken);
        await _endpoint.StartAsync(cancellationToken);
        foreach (var address in ListenAddresses)
        {
            Log.Listening(_logger, address.ToString(), Domain);
        }
    });

    /// <summary>Lets another user sign in.</summary>
    /// <param name="user">The user.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">The name cannot stand in a SIP address, or there is such a user.</exception>
    public Task AddUserAsync(UcServerUser user, CancellationToken cancellationToken = default) => _loop.InvokeAsync(() =>
    {
        _directory.Add(user);
        return Task.CompletedTask;
    }).WaitAsync(cancellationToken);

    /// <summary>What the server holds now; a stopped one holds nothing.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<UcServerCounts> GetCountsAsync(CancellationToken cancellationToken = default) => _loop.InvokeAsync(Count).WaitAsync(cancellationToken);

    /// <summary>
    /// Ends all conferences, says goodbye to everybody in them, waits at most <see cref="UcServerOptions.StopTimeout"/> for the answers, and
    /// closes everything. A second call waits for the first.
    /// </summary>
    public async ValueTask DisposeAsync() => await _loop.InvokeAsync(() => _stopping ??= StopAsync(sayGoodbye: true));

    /// <summary>Security associations with clients, for tests of what stays.</summary>
    internal Task<int> CountAssociationsAsync() => _loop.InvokeAsync(() => _authentication.Associations);

    /// <summary>Handshakes under way, for the same.</summary>
    internal Task<int> CountHandshakesAsync() => _loop.InvokeAsync(() => _authentication.Handshakes);

    /// <summary>Forgets who has proven to be who, on connections that stay. For tests of what clients do then.</summary>
    internal Task ForgetAssociationsAsync() => _loop.InvokeAsync(() =>
    {
        _authentication.ForgetAll();
        return Task.CompletedTask;
    });

    /// <summary>As a crash would: every connection breaks without a word. For tests of what clients do then.</summary>
    internal Task AbortAsync() => _loop.InvokeAsync(() => _stopping ??= StopAsync(sayGoodbye: false));

    private static RegistrarOptions RegistrarOptionsOf(UcServerOptions options) => new()
    {
        Expires = options.RegistrationExpires,
        MinimumExpires = options.MinimumRegistrationExpires,
        KeepAlive = options.KeepAlive,
        MaxEndpointsPerUser = options.MaxEndpointsPerUser,
        LostConnectionGrace = options.LostConnectionGrace,
        HomeServer = options.HomeServer,
        BackupServer = options.BackupServer,
        KeepAliveGrace = options.KeepAliveGrace,
        AcceptClient = options.AcceptClient,
        IsAccessEdge = options.IsAccessEdge,
    };

    private static SipEndpointOptions EndpointOptionsOf(UcServerOptions options) => new()
    {
        Timings = options.Timings,
        Limits = options.Limits,
        UserAgent = Product,
        Server = Product,
        IsProxy = true,
        Trace = options.Trace,
        LoggerFactory = options.LoggerFactory,
        LogUserData = options.LogUserData,
    };

    private static IReadOnlyList<SipTransportAddress> ListenAddressesOf(UcServerOptions options) => options switch
    {
        { Listen.Count: > 0 } => options.Listen,
        { Network: not null } => [new SipTransportAddress("TCP", "sip." + options.Domain, 5060)],
        _ => [new SipTransportAddress("TCP", "127.0.0.1", 0)],
    };

    private static IReadOnlyList<ISipTransport> CreateTransports(UcServerOptions options, SipTransportAddress address, SerialLoop loop) =>
        options.Network is { } network
            ? [network.CreateTransport(address.Host, address, loop)]
            : SipTransports.ToListen(address, options.Limits, new TlsTransportOptions { Certificate = options.Certificate });

    private IServerApplication[] BuildPipeline(LoopRuntime runtime, ServerSeams seams, LocationService locations, DivertedCalls diverted)
    {
        var media = _options.MediaNetwork ?? new UdpMediaNetwork(new UdpMediaNetworkOptions { Address = _options.MediaAddress });
        var blocked = new BlockedCallers(_presence);
        var factory = new FocusFactory(_conferences, _directory, _options.Conferences, runtime.Random);
        return
        [
            new SanityApplication(_directory, _connections),
            _authentication,
            _registrar,
            new IdentityApplication(_bindings, _directory, diverted),
            .. _options.Applications,
            new PresenceApplication(_presence, _watchers, _presenceSessions, _plainPresence, _loop, runtime.Random, _options),
            new ContactListApplication(_contactLists, _contactSubscriptions, _options),
            new SoapApplication(_contactLists, _contactSubscriptions, _search, _directory),
            new ProvisioningApplication(_settings),
            new LocationProfileApplication(_settings),
            new FocusFactoryApplication(factory, _conferences, _sessions, _directory, runtime.Time),
            new FocusApplication(_conferences, _sessions, _directory, _answers, _work, new(_endpoint, locations, _directory, blocked, _imMcu, _work, _options), seams, _options),
            _imMcu,
            new AvMcuApplication(_conferences, _sessions, _mixers, _answers, _work, _loop, runtime.Random, media, seams, _options),
            new RoutingApplication(locations, blocked),
        ];
    }

    private void Handle(IncomingRequest incoming)
    {
        var request = new ServerRequest(incoming, _answers, _forwarder);
        foreach (var application in _applications)
        {
            try
            {
                if (application.Handle(request))
                {
                    return;
                }
            }
            catch (Exception fault)
            {
                // Whatever an application does not handle concerns its request and no other.
                Log.ApplicationFailed(_logger, application.GetType().Name, fault);
                if (!request.IsHandled)
                {
                    request.Answer(ServerAnswer.Refuse(StatusCode.ServerInternalError, ServerDiagnostics.ApplicationFailed));
                }

                return;
            }
        }
    }

    private void OnFlowClosed(SipFlow flow, SipFlowEnd end)
    {
        _registrar.CloseFlow(flow);
        _connections.Forget(flow);
        _authentication.Forget(flow);
    }

    private UcServerCounts Count() => new(
        _bindings.Count,
        _conferences.All.Count,
        _conferences.All.Sum(focus => focus.UserCount),
        _sessions.DialogCount,
        _sessions.SubscriptionCount,
        _sessions.CountLegs(ConferenceEntityTypes.AudioVideo),
        _mixers.Count,
        _work.Count,
        _endpoint.Counts)
    {
        MessageLegs = _sessions.CountLegs(ConferenceEntityTypes.Chat),
        PendingMessages = _imMcu.PendingCount,
        PresenceSubscriptions = _presenceSessions.Count,
        ContactSubscriptions = _contactSubscriptions.Count,
        PendingChanges = _store.Pending,
        StoreFailures = _store.Failures,
    };

    private async Task StopAsync(bool sayGoodbye)
    {
        _registrar.Dispose();
        if (sayGoodbye)
        {
            foreach (var focus in _conferences.All.ToArray())
            {
                _sessions.Do(focus, focus.Delete);
                _conferences.Remove(focus);
            }

            await WaitForGoodbyesAsync();
        }
        else
        {
            foreach (var transport in _transports)
            {
                await transport.DisposeAsync();
            }
        }

        _sessions.CloseAll();
        _presenceSessions.Dispose();
        _plainPresence.Dispose();
        await _endpoint.DisposeAsync();
        _authentication.Dispose();
        await _work.DrainAsync();
        await _store.CloseAsync(_options.StopTimeout);
        _store.Dispose();
        _conferences.Clear();
        _bindings.Clear();
        Log.Stopped(_logger);
    }

    private async Task WaitForGoodbyesAsync()
    {
        using var enough = new CancellationTokenSource();
        using var patience = new LoopTimer(_loop, enough.Cancel);
        patience.SetDeadline(_loop.Now + _options.StopTimeout);
        try
        {
            await _work.DrainAsync(enough.Token);
        }
        catch (OperationCanceledException)
        {
            // Some peer does not answer; it is left without.
        }
    }
}
