using UcSdk.Documents;
using UcSdk.Media;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// One signed-in endpoint on the wire: its flow to the server, its registration and what the server told it. Everything else that the user
/// sends is made here, so that it carries the user's identity and the endpoint's.
/// </summary>
internal sealed class ServerConnection
{
    private const string ConferenceInvitationType = ContentTypes.ConferencingInvitation;
    private const string ProvisioningEvent = "vnd-microsoft-provisioning-v2";
    private readonly ModelContext _context;
    private readonly string _epid;
    private SipEndpoint? _endpoint;
    private SipFlow? _flow;
    private Registration? _registration;
    private SipException? _lost;
    private bool _offersSettings;
    private bool _closed;

    public ServerConnection(ModelContext context, string epid, SipUri user)
    {
        _context = context;
        _epid = epid;
        User = user;
        ConferenceFactory = new(context, this);
        MediaNetwork = context.Options.MediaNetwork ?? new UdpMediaNetwork();
        Contact = new NameAddr(user);
    }

    /// <summary>Raised once when the connection or the registration is gone without the user's doing.</summary>
    public Action<ConnectionEnd, Exception?>? Ended { get; set; }

    /// <summary>Takes INVITEs with an invitation to a conference.</summary>
    public Action<IncomingRequest>? InvitationReceived { get; set; }

    public SipUri User { get; }

    public SipEndpoint Endpoint => _endpoint ?? throw new InvalidOperationException("The server connection is not open.");

    public SipFlow Flow => _flow ?? throw new InvalidOperationException("The server connection is not open.");

    public bool IsOpen => !_closed && _flow is { } flow && Endpoint.Flows.Contains(flow);

    /// <summary>The address of this very endpoint; null when the server gave none.</summary>
    public SipUri? Gruu { get; private set; }

    /// <summary>Where this endpoint can be reached: its GRUU, or its address on the connection.</summary>
    public NameAddr Contact { get; private set; }

    public SipUri? FocusFactoryUri { get; private set; }

    public ConferenceFactory ConferenceFactory { get; }

    public IMediaNetwork MediaNetwork { get; }

    public TimeSpan TransactionTimeout => _context.Options.Timings.TransactionTimeout;

    /// <summary>Connects, registers and reads the server's settings.</summary>
    /// <exception cref="RegisterException">A stage failed.</exception>
    public async Task OpenAsync(SipEndpoint endpoint, CancellationToken cancellationToken)
    {
        _endpoint = endpoint;
        var stage = SignInStage.Connect;
        try
        {
            _flow = await endpoint.ConnectAsync(_context.Options.Server, cancellationToken);
            stage = SignInStage.Register;
            await RegisterAsync(cancellationToken);
            stage = SignInStage.Provision;
            await ProvisionAsync(cancellationToken);
            if (_lost is { } lost)
            {
                // It ended behind the last answer, when nobody was there to be told.
                throw lost;
            }
        }
        catch (Exception failure) when (failure is SipException or TimeoutException)
        {
            throw new RegisterException(stage, failure);
        }
    }

    private async Task RegisterAsync(CancellationToken cancellationToken)
    {
        var instance = InstanceId.FromEpid(_epid);
        var registration = _registration = Endpoint.Register(new RegistrationOptions
        {
            Aor = User,
            Flow = Flow,
            Epid = _epid,
            Contact = RegistrationContact.Create(Flow, instance, _context.Random.NextHex(5)),
            Edit = RegistrationContact.AddCapabilities,
        });
        registration.StateChanged += OnRegistrationChanged;
        var result = await _context.Loop.UntilAsync(registration.RegisterAsync(CancellationToken.None), cancellationToken);
        Gruu = result.Gruu;
        Contact = new NameAddr(result.Gruu ?? registration.Options.Contact.Uri);
        _offersSettings = result.AllowEvents.Contains(ProvisioningEvent, StringComparer.OrdinalIgnoreCase);
    }

    private async Task ProvisionAsync(CancellationToken cancellationToken)
    {
        if (!_offersSettings)
        {
            // Another SIP server; it has no conferences to offer, and may well send a SUBSCRIBE to oneself back to its sender.
            return;
        }

        var subscribe = CreateSubscribe(User, ProvisioningEvent, ContentTypes.Provisioning);
        subscribe.Headers.Add(HeaderName.Expires, "0");
        var request = new ProvisioningRequest(
            [ProvisioningGroupNames.ServerConfiguration, ProvisioningGroupNames.MeetingPolicy, ProvisioningGroupNames.UcPolicy]);
        subscribe.SetBody(ContentTypes.Provisioning, request.ToBytes());
        var subscription = Endpoint.Subscribe(subscribe, new SubscriptionOptions { Flow = Flow });
        var notified = new TaskCompletionSource<SipMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        subscription.NotificationReceived += message => notified.TrySetResult(message);
        var answer = await _context.Loop.UntilAsync(subscription.Established, cancellationToken);
        if (answer.StatusCode is StatusCode.BadEvent or StatusCode.MethodNotAllowed or StatusCode.NotImplemented)
        {
            // What the registrar offered is not there; there are no conferences either.
            return;
        }

        SipException.ThrowIfRefused(answer, "SUBSCRIBE provisioning");
        await _context.Loop.WithinAsync(notified.Task, TransactionTimeout, "The server's settings", cancellationToken);
        Read(await notified.Task);
    }

    private void Read(SipMessage message)
    {
        if (!ProvisioningNotification.TryRead(message.Body, out var settings, out var error))
        {
            Log.UnreadableDocument(_context.Logger, error.ToString());
            return;
        }

        FocusFactoryUri = SipUri.TryParse(settings.ServerConfiguration?.FocusFactoryUri, out var factory) ? factory : null;
    }

    private void OnRegistrationChanged(RegistrationStateChange change)
    {
        if (change is not { Previous: RegistrationState.Registered, Current: RegistrationState.Unregistered })
        {
            return;
        }

        var (end, failure) = change.Reason switch
        {
            RegistrationReason.Deregistered => (ConnectionEnd.Deregistered, SipFailure.Terminated),
            RegistrationReason.FlowLost => (ConnectionEnd.FlowLost, SipFailure.FlowClosed),
            RegistrationReason.TimedOut or RegistrationReason.Expired => (ConnectionEnd.RegistrationLost, SipFailure.TimedOut),
            _ => (ConnectionEnd.RegistrationLost, SipFailure.Refused),
        };
        var cause = change.Cause is SipResponse { StatusCode: >= 300 } refusal
            ? new SipException(refusal, "REGISTER")
            : new SipException(failure, $"The registration ended: {change.Reason}.");
        _lost = cause;
        Ended?.Invoke(end, new RegisterException(SignInStage.Register, cause));
    }

    /// <summary>A request of this user from this endpoint.</summary>
    public SipRequest CreateRequest(SipMethod method, SipUri target)
    {
        var request = Endpoint.CreateRequest(method, target, new NameAddr(User).WithParameter("epid", _epid), new NameAddr(target));
        request.Headers[HeaderName.Contact] = Contact.ToString();
        return request;
    }

    /// <summary>A SUBSCRIBE as Lync peers expect it ([MS-SIP] §3.2: best-effort notifications, the first one in the answer).</summary>
    public SipRequest CreateSubscribe(SipUri target, string eventPackage, string accept)
    {
        var request = CreateRequest(SipMethod.Subscribe, target);
        request.Headers.Add(HeaderName.Event, eventPackage);
        request.Headers.Add(HeaderName.Accept, accept);
        request.Headers.Add(HeaderName.Supported, "com.microsoft.autoextend");
        request.Headers.Add(HeaderName.Supported, "ms-benotify");
        request.Headers.Add(HeaderName.Supported, "ms-piggyback-first-notify");
        request.Headers.Add(HeaderName.ProxyRequire, "ms-benotify");
        return request;
    }

    /// <summary>Takes a request that no dialog has taken.</summary>
    public void OnRequest(IncomingRequest incoming)
    {
        var request = incoming.Request;
        if (!request.Method.IsInvite)
        {
            incoming.Respond(StatusCode.NotImplemented);
        }
        else if (request.ContentType == ConferenceInvitationType && InvitationReceived is { } received)
        {
            received(incoming);
        }
        else
        {
            incoming.Respond(StatusCode.UnsupportedMediaType, edit: response => response.Headers.Add(HeaderName.Accept, ConferenceInvitationType));
        }
    }

    /// <summary>Withdraws the registration and closes the flow; what is gone already is no error.</summary>
    public async Task CloseAsync()
    {
        if (_closed)
        {
            return;
        }

        Ended = null;
        try
        {
            if (_registration is { State: RegistrationState.Registered or RegistrationState.Registering } registration)
            {
                await registration.UnregisterAsync();
            }
        }
        catch (SipException failure)
        {
            Log.UncleanEnd(_context.Logger, failure);
        }

        _closed = true;
        if (_flow is { } flow)
        {
            await Endpoint.CloseFlowAsync(flow);
        }
    }
}
