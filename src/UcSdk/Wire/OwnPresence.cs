using UcSdk.Core;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// The user's own presence on the wire: the subscription to it (event <c>vnd-microsoft-roaming-self</c>, [MS-PRES] §3.2), what is published after each sign-in, and what is
/// published because the user wants it. At servers without that event presence is published by PUBLISH (<see cref="PlainPresence"/>), once the user has chosen any.
/// </summary>
internal sealed class OwnPresence : ISignedInService, IDisposable
{
    public const string EventPackage = "vnd-microsoft-roaming-self";

    private static readonly ValueList<string> Parts =
        [RoamingSelfParts.Categories, RoamingSelfParts.Containers, RoamingSelfParts.Subscribers, RoamingSelfParts.Delegates];

    private readonly ModelContext _context;
    private readonly OwnPresenceRequests _requests;
    private readonly ActivityMonitor _monitor;
    private readonly PlainPresence _plain;
    private ServerConnection? _connection;
    private Subscription? _subscription;
    private PublicationInstances _instances = new(0, 0);
    private SipUri? _user;
    private string? _location;
    private TaskCompletionSource _ready = NewSignal();

    public OwnPresence(ModelContext context)
    {
        _context = context;
        _requests = new(context, State, Tell);
        _plain = new(context);
        _monitor = new(context.Loop, Options, OnActivity);
    }

    public string Name => "presence";

    /// <summary>What the server knows of the user.</summary>
    public PublishedState State { get; } = new();

    /// <summary>Raised when that has changed.</summary>
    public Action? Changed { get; set; }

    /// <summary>This endpoint as it tells of itself.</summary>
    public string EndpointId { get; private set; } = "";

    public PublicationInstances Instances => _instances;

    /// <summary>Whose presence is kept up now; null without a connection.</summary>
    public SipUri? User => _connection?.User;

    public UserActivity Activity => _monitor.Current;

    /// <summary>What the user has chosen at a server that does not know what others have; null at others.</summary>
    public PlainPresence? Plain => _connection is not null && !IsRich ? _plain : null;

    private PresenceOptions Options => _context.Options.Presence;

    private bool IsRich => _connection?.Offers(EventPackage) ?? false;

    public async Task StartAsync(ServerConnection connection, CancellationToken cancellationToken)
    {
        if (!Options.Enabled)
        {
            return;
        }

        Begin(connection);
        try
        {
            if (IsRich)
            {
                await SubscribeAsync(connection, cancellationToken);
                await PublishFirstAsync(connection, cancellationToken);
            }
            else
            {
                await _plain.StartAsync(connection, Options.SignInAsAvailability);
            }

            _ready.TrySetResult();
        }
        catch (Exception failure) when (failure is SipException or TimeoutException)
        {
            // Who waits to publish is told; the next start begins anew.
            _ready.TrySetException(failure);
            _ = _ready.Task.Exception;
            throw;
        }
    }

    public async Task StopAsync(ConnectionLoss? loss)
    {
        if (_connection is null)
        {
            return;
        }

        _connection = null;
        _monitor.Stop();
        _ready.TrySetCanceled();
        await _plain.StopAsync(inOrder: loss is null);
        if (_subscription is { } subscription)
        {
            _subscription = null;
            await LeaveAsync(subscription, loss is null);
        }
    }

    public void Dispose() => _monitor.Dispose();

    /// <summary>The user does something at this endpoint.</summary>
    public void ReportActivity() => _monitor.Report();

    /// <summary>Publishes when all that the server knows is known here too.</summary>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task PublishAsync(
        string operation, Func<PublishedState, IEnumerable<CategoryPublication>> create, bool buildsOn, CancellationToken cancellationToken) =>
        RunAsync(operation, connection => _requests.PublishAsync(connection, create, buildsOn, cancellationToken), cancellationToken);

    /// <summary>Changes who may see what.</summary>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task SetContainersAsync(string operation, Func<PublishedState, IEnumerable<ContainerChange>> create, CancellationToken cancellationToken) =>
        RunAsync(operation, connection => _requests.SetContainersAsync(connection, create, looksAfter: true, cancellationToken), cancellationToken);

    /// <summary>Acknowledges a watcher.</summary>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task AcknowledgeAsync(string operation, string user, CancellationToken cancellationToken) =>
        RunAsync(operation, connection => _requests.AcknowledgeAsync(connection, [user], cancellationToken), cancellationToken);

    /// <summary>Where the user is, which this endpoint tells from now on.</summary>
    public IEnumerable<CategoryPublication> Locate(string? location)
    {
        _location = location;
        return OwnPublications.Machine(_instances, _monitor.Current, _location);
    }

    /// <summary>Publishes by PIDF; the caller has looked at <see cref="Plain"/>.</summary>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public async Task PublishPlainAsync(string operation, CancellationToken cancellationToken)
    {
        try
        {
            await _plain.PublishAsync().UntilAsync(cancellationToken);
        }
        catch (Exception failure) when (ServerRequestException.Covers(failure))
        {
            throw new ServerRequestException(operation, failure);
        }

        Changed?.Invoke();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Begin(ServerConnection connection)
    {
        if (_connection is not null)
        {
            // Once more on the same connection.
            _ready = _ready.Task.IsCompleted ? NewSignal() : _ready;
            return;
        }

        if (_user is { } before && !before.Equals(connection.User))
        {
            State.Clear();
            _location = null;
            _plain.Forget();
        }

        _connection = connection;
        _user = connection.User;
        _instances = PublicationInstances.Of(connection.Identity.Epid);
        EndpointId = InstanceId.FromEpid(connection.Identity.Epid).ToString("D");
        _ready = _ready.Task.IsCompleted ? NewSignal() : _ready;
    }

    private async Task RunAsync(string operation, Func<ServerConnection, Task> work, CancellationToken cancellationToken)
    {
        var connection = _connection ?? throw new InvalidStateException("Presence", Options.Enabled ? "Off" : "Disabled", operation);
        try
        {
            await _ready.Task.UntilAsync(cancellationToken);
            if (!IsRich)
            {
                throw new ServerRequestException(operation, "the server keeps nothing of the kind");
            }

            await work(connection).UntilAsync(cancellationToken);
        }
        catch (Exception failure) when (ServerRequestException.Covers(failure))
        {
            throw new ServerRequestException(operation, failure);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ServerRequestException(operation, "the connection ended");
        }
    }

    private async Task SubscribeAsync(ServerConnection connection, CancellationToken cancellationToken)
    {
        if (_subscription is not null)
        {
            return;
        }

        State.Clear();
        var request = connection.CreateSubscribe(connection.User, EventPackage, ContentTypes.RoamingSelf);
        request.SetBody(ContentTypes.RoamingSelf, new RoamingSelfRequest(Parts).ToBytes());
        var subscription = connection.Endpoint.Subscribe(request, new SubscriptionOptions { Flow = connection.Flow });
        var first = NewSignal();
        subscription.NotificationReceived += message =>
        {
            if (subscription == _subscription && OnNotification(message))
            {
                first.TrySetResult();
            }
        };
        _subscription = subscription;
        try
        {
            SipException.ThrowIfRefused(await subscription.Established.UntilAsync(cancellationToken), "SUBSCRIBE " + EventPackage);
            await _context.Loop.WithinAsync(first.Task, connection.TransactionTimeout, "The user's own presence", cancellationToken);
        }
        catch (Exception failure) when (failure is SipException or TimeoutException)
        {
            _subscription = null;
            _context.Work.Start(() => LeaveAsync(subscription, inOrder: true));
            throw;
        }

        // What the server lets go for a while is whole again afterwards ([MS-PRES] §3.2.5.1): the floor renews it by itself.
        subscription.StateChanged += change =>
        {
            if (change is { Previous: SubscriptionState.Waiting, Current: SubscriptionState.Subscribing } && subscription == _subscription)
            {
                State.Clear();
            }
        };
    }

    private async Task PublishFirstAsync(ServerConnection connection, CancellationToken cancellationToken)
    {
        await _requests.SetContainersAsync(connection, OwnContainers.CreateDefaults, looksAfter: false, cancellationToken);
        await AcknowledgeAllAsync(connection, cancellationToken);
        _monitor.Start();
        var zone = _context.Loop.Time.LocalTimeZone.GetUtcOffset(_context.WallClock);
        await _requests.PublishAsync(
            connection,
            state =>
            [
                .. OwnPublications.Device(_instances, EndpointId, connection.User.Text, Options, zone),
                .. OwnPublications.Machine(_instances, _monitor.Current, _location),
                .. SignInState(state),
            ],
            buildsOn: false,
            cancellationToken);
    }

    private IEnumerable<CategoryPublication> SignInState(PublishedState state) => Options.SignInAsAvailability is { } availability
        ? OwnPublications.User(state, availability == ContactAvailability.None ? null : UserStates.Choose(availability, null, []))
        : [];

    private async Task AcknowledgeAllAsync(ServerConnection connection, CancellationToken cancellationToken)
    {
        var unknown = State.Subscribers.Where(subscriber => subscriber.Acknowledged == false).Select(subscriber => subscriber.User).ToList();
        if (Options.AcknowledgesWatchers && unknown.Count > 0)
        {
            await _requests.AcknowledgeAsync(connection, unknown, cancellationToken);
        }
    }

    private bool OnNotification(SipMessage message)
    {
        if (message.Body.IsEmpty)
        {
            return false;
        }

        if (!RoamingSelf.TryRead(message.Body, out var document, out var error))
        {
            Log.UnreadableDocument(_context.Logger, error.ToString());
            return false;
        }

        State.Apply(document);
        _requests.Tell();
        Tell();
        if (document.Subscribers is not null && _ready.Task.IsCompletedSuccessfully && _connection is { } connection)
        {
            Start("acknowledging watchers", () => AcknowledgeAllAsync(connection, CancellationToken.None));
        }

        return true;
    }

    private void OnActivity(UserActivity activity)
    {
        if (_connection is { } connection && IsRich && _ready.Task.IsCompletedSuccessfully)
        {
            Start("publishing activity", () => _requests.PublishAsync(connection, _ => OwnPublications.Machine(_instances, activity, _location), buildsOn: false, CancellationToken.None));
        }
    }

    private void Start(string what, Func<Task> work) => _context.Work.Start(async () =>
    {
        try
        {
            await work();
        }
        catch (SipException failure)
        {
            Log.PresenceRefused(_context.Logger, what, failure);
        }
    });

    private void Tell() => Changed?.Invoke();

    private async Task LeaveAsync(Subscription subscription, bool inOrder)
    {
        try
        {
            if (inOrder)
            {
                await subscription.UnsubscribeAsync();
            }
        }
        catch (SipException failure)
        {
            Log.UncleanEnd(_context.Logger, failure);
        }
    }
}
