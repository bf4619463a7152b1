using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// A SIP element on the network: it sends and receives over its transports and hands out sessions, subscriptions, registrations and
/// forwarded requests. All its events come on one serial loop; its methods may be called on that loop or, where they are asynchronous, on any
/// thread. It is the thin edge of the sans-IO core: it owns the flows and one timer.
/// </summary>
public sealed partial class SipEndpoint : IAsyncDisposable, ISipEdge
{
    private readonly SipEndpointOptions _options;
    private readonly SipCore _core;
    private readonly LoopTimer _timer;
    private readonly QueueDelay _queueDelay;
    private readonly List<TransportListener> _listeners;
    private readonly EndpointFlows _flows;
    private readonly ServerFinder? _servers;
    private readonly ServerFinder _locations;
    private readonly HashSet<SipFlow> _closedEarly = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly ILogger _logger;
    private readonly SipRecorder _recorder;
    private readonly IBlockingWork _blockingWork;
    private int _connecting;
    private bool _draining;
    private Task? _disposing;

    internal SipEndpoint(SipEndpointOptions options, LoopRuntime runtime, SerialLoop loop, IReadOnlyList<ISipTransport> transports)
    {
        _options = options;
        Loop = loop;
        _queueDelay = new(loop);
        _core = new(options, runtime.Random, this);
        _timer = new(loop, () => Run(() => { }));
        _listeners = [.. transports.Select(t => new TransportListener(this, t))];
        _logger = (options.LoggerFactory ?? NullLoggerFactory.Instance).CreateLogger<SipEndpoint>();
        _recorder = new(options, loop);
        _blockingWork = runtime.BlockingWork;
        _core.Context.Observer = _recorder;
        _flows = new(options, loop, _logger, _recorder, transports) { Accepted = _core.FindAccepted };
        var locator = new ServerLocator(options.Resolver ?? NoResolver.Instance, [.. transports.Select(t => t.Name.ToUpperInvariant())], runtime.Random);
        _locations = new(_core, locator, _flows, ConnectAsync);
        _servers = options.Resolver is null ? null : _locations;
    }

    /// <summary>Raised when a flow is there, whoever opened it.</summary>
    public event Action<SipFlow>? FlowOpened;

    /// <summary>Raised when a flow is gone; everything on it has ended before.</summary>
    public event Action<SipFlow, SipFlowEnd>? FlowClosed;

    /// <summary>
    /// Takes every request that no dialog, subscription or registration took, and owes it an answer, now or later. Where it is unset, INVITE
    /// gets 480, OPTIONS 200, anything else 501.
    /// </summary>
    public Action<IncomingRequest>? RequestReceived { get; set; }

    /// <summary>
    /// Chooses the flow of requests of ours for which the caller names none, and of what is forwarded by Route: a client's one flow, a server's
    /// location service. Unset, the only open flow is used when there is exactly one.
    /// </summary>
    public Func<SipRequest, SipFlow?>? RouteRequest { get; set; }

    /// <summary>
    /// In an endpoint that forwards (<see cref="SipEndpointOptions.IsProxy"/>): asked about every request, its ACK and CANCEL included, before any state is made for
    /// it, and with what is ours taken off it (RFC 3261 §16.4). Where it names a route the request goes there without state (§16.11); where it gives null the request
    /// gets a transaction. It must always say the same of the same request. Default null.
    /// </summary>
    public Func<SipRequest, SipFlow, StatelessRoute?>? RouteStateless { get; set; }

    /// <summary>The open flows.</summary>
    public IReadOnlyCollection<SipFlow> Flows => [.. _core.Flows];

    /// <summary>True while the flow is one of them.</summary>
    internal bool IsOpen(SipFlow flow) => _core.IsOpen(flow);

    /// <summary>What is alive.</summary>
    public SipEndpointCounts Counts => _core.Counts;

    /// <summary>How many requests were refused with 503 because of <see cref="SipEndpointOptions.Overload"/>, since the beginning.</summary>
    public long OverloadRefusals => _core.Overload.Refusals;

    /// <summary>Told of everything that comes in on a flow, keep-alives included, before it is worked off; null where nobody cares.</summary>
    internal Action<SipFlow>? Heard { get; set; }

    /// <summary>Changes an ACK or a BENOTIFY that is sent on by its Route and that no application sees; null for no change.</summary>
    internal Action<SipRequest>? EditUnanswered { get; set; }

    internal SerialLoop Loop { get; }

    internal SipCore Core => _core;

    /// <summary>An endpoint with a loop of its own on the thread pool.</summary>
    public static SipEndpoint Create(SipEndpointOptions options, params ISipTransport[] transports)
    {
        var runtime = LoopRuntime.OnThreadPool(options.TimeProvider);
        return new(options, runtime, new SerialLoop(runtime.Scheduler), transports);
    }

    /// <summary>Starts the transports; those with an address listen.</summary>
    /// <exception cref="IOException">An address cannot be listened on.</exception>
    public Task StartAsync(CancellationToken cancellationToken = default) => Loop.InvokeAsync(async () =>
    {
        LiveCores.Add(_core);
        foreach (var listener in _listeners)
        {
            await listener.Transport.StartAsync(listener, cancellationToken);
            if (listener.Transport.ListenAddress is { } address)
            {
                _core.Own.Listen(address);
            }
        }
    });

    /// <summary>
    /// Runs code on the endpoint's loop, where its events come one at a time: what is watched from there misses nothing between a call that begins
    /// something and the first event of it. Code that runs there must not block.
    /// </summary>
    /// <param name="work">Every <c>await</c> in it returns to the loop.</param>
    /// <param name="cancellationToken">Stops the waiting, not the work.</param>
    public Task<T> InvokeAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken = default) => Loop.InvokeAsync(work).WaitAsync(cancellationToken);

    /// <inheritdoc cref="InvokeAsync{T}"/>
    public Task InvokeAsync(Func<Task> work, CancellationToken cancellationToken = default) => Loop.InvokeAsync(work).WaitAsync(cancellationToken);

    /// <summary>Opens a flow.</summary>
    /// <exception cref="SipException">The peer cannot be reached, or no transport fits (ConnectFailed).</exception>
    public Task<SipFlow> ConnectAsync(SipTransportAddress remote, CancellationToken cancellationToken = default) => Loop.InvokeAsync(async () =>
    {
        var transport = _listeners.Find(l => l.Transport.Name.Equals(remote.Transport, StringComparison.OrdinalIgnoreCase))?.Transport
            ?? throw new SipException(SipFailure.ConnectFailed, $"No transport {remote.Transport} for {remote}.");
        _connecting++;
        try
        {
            var flow = await transport.ConnectAsync(remote, cancellationToken);
            if (_closedEarly.Remove(flow))
            {
                throw new SipException(SipFailure.ConnectFailed, $"{remote} closed the connection at once.");
            }

            OnFlowOpened(transport, flow);
            return flow;
        }
        catch (IOException error)
        {
            throw new SipException(SipFailure.ConnectFailed, $"{remote} cannot be reached: {error.Message}", error);
        }
        finally
        {
            if (--_connecting == 0)
            {
                _closedEarly.Clear();
            }
        }
    });

    /// <summary>
    /// Opens a flow to a server of the URI, found by the DNS (RFC 3263), or gives the one that stands. Servers that failed lately are tried last.
    /// </summary>
    /// <exception cref="SipException">There is no server (NoRoute), or none can be reached (ConnectFailed; the message names each).</exception>
    /// <exception cref="InvalidOperationException">The endpoint has no <see cref="SipEndpointOptions.Resolver"/>.</exception>
    public Task<SipFlow> ConnectAsync(SipUri uri, CancellationToken cancellationToken = default) =>
        Loop.InvokeAsync(async () => (await RequireFinder("connect to a URI").ReachAsync(uri, cancellationToken)).Flow);

    /// <summary>Closes a flow in order; one that is gone already is no error.</summary>
    public Task CloseFlowAsync(SipFlow flow, CancellationToken cancellationToken = default) =>
        Loop.InvokeAsync(() => _flows.CloseAsync(flow, cancellationToken));

    /// <summary>A request outside any dialog: From with a new tag, To, a new Call-ID, CSeq 1, Max-Forwards 70, User-Agent. Via is put on at sending.</summary>
    public SipRequest CreateRequest(SipMethod method, SipUri uri, NameAddr from, NameAddr to) => _core.CreateRequest(method, uri, from, to);

    /// <summary>A body of several parts, whose boundary stands in none of them (RFC 2046 §5.1.1).</summary>
    /// <param name="subtype"><c>mixed</c>, <c>alternative</c> (the best part last), <c>related</c> or another.</param>
    /// <param name="parts">At least one; they belong to the body from now on.</param>
    /// <exception cref="ArgumentException">There is no part, or the subtype is not a token.</exception>
    public MultipartBody CreateMultipart(string subtype, params BodyPart[] parts) =>
        parts.Length > 0 && SipGrammar.IsToken(subtype)
            ? MultipartWriter.Create(subtype, parts, _core.Context.Random)
            : throw new ArgumentException("A multipart body has a token for its subtype and at least one part.", nameof(parts));

    /// <summary>
    /// Sends a request outside any dialog, not INVITE, and waits for its final response, whatever it is; a challenge only where
    /// <see cref="SipEndpointOptions.Credentials"/> have no answer to it.
    /// </summary>
    /// <param name="request">The request; the endpoint owns it from now on.</param>
    /// <param name="flow">Null lets <see cref="RouteRequest"/> choose.</param>
    /// <param name="cancellationToken">Stops the waiting; the request has gone out.</param>
    /// <exception cref="ArgumentException">The method is INVITE or one that is never answered.</exception>
    /// <exception cref="SipException">No final response comes: TimedOut, FlowClosed, NoRoute, Terminated.</exception>
    public Task<SipResponse> SendAsync(SipRequest request, SipFlow? flow = null, CancellationToken cancellationToken = default)
    {
        if (request.Method.IsInvite || request.Method.IsUnanswered)
        {
            throw new ArgumentException($"{request.Method} is not sent this way.", nameof(request));
        }

        var parent = SipTelemetry.Source.HasListeners() ? Activity.Current : null;
        return Loop.InvokeAsync(async () =>
        {
            if (parent is not null)
            {
                // The loop has no caller of its own; the transaction belongs to who asked for it.
                Activity.Current = parent;
            }

            ServerSet? servers = null;
            if (_servers is { } finder && _core.RouteOf(request, flow) is null && ServerFinder.NextHopOf(request) is { } hop)
            {
                (flow, servers) = await finder.ReachAsync(hop, cancellationToken);
            }

            var target = RequireFlow(request, flow);
            var pending = new PendingRequest(_core, request);
            Run(() => _core.Send(request, target, pending, null, servers));
            return await pending.Answer.Task.UntilAsync(cancellationToken);
        });
    }

    /// <summary>Sends an INVITE. Called on the endpoint's loop.</summary>
    /// <param name="invite">Made by <see cref="CreateRequest"/>, with Contact and the offer.</param>
    /// <param name="options">Flow and patience; null for the defaults.</param>
    /// <exception cref="ArgumentException">The request is no INVITE.</exception>
    /// <exception cref="SipException">No flow leads there (NoRoute).</exception>
    public InviteSession Invite(SipRequest invite, InviteOptions? options = null)
    {
        RequireMethod(invite, SipMethod.Invite);
        var flow = RequireFlow(invite, options?.Flow);
        PutContact(invite, flow);
        var usage = new OutgoingInvite(_core, invite, flow);
        var session = new InviteSession(_core, usage);
        Run(() => usage.Start(options));
        return session;
    }

    /// <summary>
    /// Finds the server of the INVITE's next hop by the DNS where no flow is named or routed, and sends it there; should that server fail before
    /// anybody has answered, to the next. The session belongs to the endpoint's loop.
    /// </summary>
    /// <param name="invite">Made by <see cref="CreateRequest"/>, with the offer.</param>
    /// <param name="options">Flow and patience; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the finding.</param>
    /// <exception cref="ArgumentException">The request is no INVITE.</exception>
    /// <exception cref="SipException">No server is there (NoRoute), or none can be reached (ConnectFailed).</exception>
    public Task<InviteSession> InviteAsync(SipRequest invite, InviteOptions? options = null, CancellationToken cancellationToken = default) =>
        Loop.InvokeAsync(async () =>
        {
            if (_core.RouteOf(invite, options?.Flow) is null && ServerFinder.NextHopOf(invite) is { } hop)
            {
                var (flow, servers) = await RequireFinder("find a server").ReachAsync(hop, cancellationToken);
                options = (options ?? new()) with { Flow = flow, Servers = servers };
            }

            return Invite(invite, options);
        });

    /// <summary>A registration; nothing is sent before <see cref="Registration.RegisterAsync"/>.</summary>
    /// <exception cref="ArgumentException">A GRUU or outbound is asked for without a <c>+sip.instance</c> in the Contact, or the number of the flow is not positive.</exception>
    public Registration Register(RegistrationOptions options)
    {
        var needsInstance = options.RequestGruu || options.RegId is not null;
        if ((needsInstance && !options.Contact.Parameters.Contains(RegistrationRequests.Instance)) || options.RegId is < 1)
        {
            throw new ArgumentException("A GRUU or outbound needs a +sip.instance in the Contact (RFC 5626 §4.1) and a positive reg-id.", nameof(options));
        }

        return new(_core, new RegistrationUsage(_core, options));
    }

    /// <summary>A publication of event state (RFC 3903); nothing is sent before <see cref="Publication.PublishAsync"/>. Called on the endpoint's loop.</summary>
    /// <exception cref="SipException">No flow leads there (NoRoute).</exception>
    public Publication Publish(PublicationOptions options) =>
        new(_core, new PublicationUsage(_core, options, RequireFlow(new SipRequest(SipMethod.Publish, options.Aor), options.Flow)));

    /// <summary>Sends a SUBSCRIBE. Called on the endpoint's loop.</summary>
    /// <param name="subscribe">Made by <see cref="CreateRequest"/>, with Event, Accept, Contact; <c>Expires: 0</c> asks for the state once.</param>
    /// <param name="options">The flow, and what follows an end or a fork; null for the defaults.</param>
    /// <exception cref="ArgumentException">The request is no SUBSCRIBE.</exception>
    /// <exception cref="SipException">No flow leads there (NoRoute).</exception>
    public Subscription Subscribe(SipRequest subscribe, SubscriptionOptions? options = null)
    {
        RequireMethod(subscribe, SipMethod.Subscribe);
        var flow = RequireFlow(subscribe, options?.Flow);
        PutContact(subscribe, flow);
        var usage = new SubscriptionUsage(_core, subscribe, flow, options ?? new());
        var subscription = new Subscription(_core, usage);
        Run(usage.Start);
        return subscription;
    }

    /// <summary>Sends a REFER outside any dialog (RFC 3515); inside one, <see cref="InviteSession.Refer"/> does. Called on the endpoint's loop.</summary>
    /// <param name="refer">Made by <see cref="CreateRequest"/>, with one Refer-To; <c>Refer-Sub: false</c> asks for no notifications (RFC 4488).</param>
    /// <param name="flow">Null lets <see cref="RouteRequest"/> choose.</param>
    /// <exception cref="ArgumentException">The request is no REFER, or has no readable Refer-To.</exception>
    /// <exception cref="SipException">No flow leads there (NoRoute).</exception>
    public Referral Refer(SipRequest refer, SipFlow? flow = null)
    {
        RequireMethod(refer, SipMethod.Refer);
        var target = RequireFlow(refer, flow);
        PutContact(refer, target);
        var referral = new Referral(_core, refer, target, null);
        Run(referral.Start);
        return referral;
    }

    /// <summary>
    /// Ends everything at once: what is awaited fails with <see cref="SipException"/> (Terminated), flows are closed, transports disposed. To
    /// take leave of peers (BYE, unregister) is the application's part and comes before.
    /// </summary>
    public ValueTask DisposeAsync() => new(Loop.InvokeAsync(() => _disposing ??= DisposeCoreAsync()));

    private static void RequireMethod(SipRequest request, SipMethod method)
    {
        if (request.Method != method)
        {
            throw new ArgumentException($"{method} is wanted, not {request.Method}.", nameof(request));
        }
    }

    private ServerFinder RequireFinder(string operation) =>
        _servers ?? throw new InvalidOperationException($"The endpoint cannot {operation}: it has no {nameof(SipEndpointOptions.Resolver)}.");

    private void PutContact(SipRequest request, SipFlow flow)
    {
        if (!request.Headers.Contains(HeaderName.Contact))
        {
            request.Headers.Add(HeaderName.Contact, OwnAddresses.ContactOf(flow).ToString());
        }
    }

    private SipFlow RequireFlow(SipRequest request, SipFlow? flow)
    {
        ObjectDisposedException.ThrowIf(_disposing is not null, this);
        return _core.RouteOf(request, flow)
            ?? throw new SipException(SipFailure.NoRoute, $"{request.Method}: no flow leads to {request.UriText}.");
    }

    private sealed class LateCommand(SipEndpoint endpoint, Action command)
    {
        public void Run() => endpoint.Run(command);
    }

    private Redacted<T> Shown<T>(T value) => new(value, _options.LogUserData);

    private Exception? Shown(Exception? error) => _options.LogUserData ? error : null;
}
