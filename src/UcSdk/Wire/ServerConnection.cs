using UcSdk.Core;
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
    private const string AcceptedTypes = $"{ConferenceInvitationType}, {SessionDescription.ContentType}";
    private readonly ModelContext _context;
    private readonly RegistrationIdentity _identity;
    private readonly SignInReport? _report;
    private SipEndpoint? _endpoint;
    private SipFlow? _flow;
    private Registration? _registration;
    private bool _offersSettings;
    private RegistrationResult? _granted;
    private bool _isCutOff;
    private bool _closed;

    public ServerConnection(ModelContext context, RegistrationIdentity identity, SipUri user, SipTransportAddress server, SignInReport? report = null)
    {
        _context = context;
        _identity = identity;
        _report = report;
        User = user;
        Server = server;
        ConferenceFactory = new(context, this);
        MediaNetwork = context.Options.MediaNetwork ?? new UdpMediaNetwork();
        Contact = new NameAddr(user);
    }

    /// <summary>Raised once when the connection or the registration is gone without the user's doing.</summary>
    public Action<ConnectionLoss>? Ended { get; set; }

    /// <summary>Takes INVITEs with an invitation to a conference.</summary>
    public Action<IncomingRequest>? InvitationReceived { get; set; }

    /// <summary>Takes INVITEs for instant messages.</summary>
    public Action<IncomingRequest>? MessageInviteReceived { get; set; }

    /// <summary>Takes MESSAGEs outside any session.</summary>
    public Action<IncomingRequest>? MessageReceived { get; set; }

    public SipUri User { get; }

    /// <summary>The server as it was found; the flow shows the address that it was reached at.</summary>
    public SipTransportAddress Server { get; }

    /// <summary>How it ended without the user's doing; null while it has not.</summary>
    public ConnectionLoss? Loss { get; private set; }

    /// <summary>How far the opening has come.</summary>
    public SignInStage Stage { get; private set; } = SignInStage.Connect;

    /// <summary>With what the next registration of this endpoint goes on.</summary>
    public RegistrationIdentity Identity => _registration is { } registration ? _identity with { CallId = registration.CallId, CSeq = registration.CSeq } : _identity;

    public SipEndpoint Endpoint => _endpoint ?? throw new InvalidOperationException("The server connection is not open.");

    public SipFlow Flow => _flow ?? throw new InvalidOperationException("The server connection is not open.");

    public bool IsOpen => !_closed && _flow is { } flow && Endpoint.IsOpen(flow);

    /// <summary>The address of this very endpoint; null when the server gave none.</summary>
    public SipUri? Gruu { get; private set; }

    /// <summary>Where this endpoint can be reached: its GRUU, or its address on the connection.</summary>
    public NameAddr Contact { get; private set; }

    public SipUri? FocusFactoryUri { get; private set; }

    /// <summary>What the server told of its settings; null when it offers none.</summary>
    public ProvisioningNotification? Settings { get; private set; }

    public ConferenceFactory ConferenceFactory { get; }

    public IMediaNetwork MediaNetwork { get; }

    public TimeSpan TransactionTimeout => _context.Options.Timings.TransactionTimeout;

    /// <summary>Connects, registers and reads the server's settings. What fails is closed with <see cref="CloseAsync"/>.</summary>
    /// <exception cref="SipException">A stage failed: <see cref="Stage"/>.</exception>
    /// <exception cref="TimeoutException">The server did not tell its settings.</exception>
    public async Task OpenAsync(SipEndpoint endpoint, CancellationToken cancellationToken)
    {
        _endpoint = endpoint;
        Begin(SignInStage.Connect);
        _flow = await endpoint.ConnectAsync(Server, cancellationToken);
        Begin(SignInStage.Register);
        await RegisterAsync(cancellationToken);
        Begin(SignInStage.Provision);
        await ProvisionAsync(cancellationToken);
        if (Loss is { } loss)
        {
            // It ended behind the last answer, when nobody was there to be told.
            throw loss.Cause;
        }
    }

    private void Begin(SignInStage stage)
    {
        Stage = stage;
        _report?.Stage(stage, Server);
    }

    private async Task RegisterAsync(CancellationToken cancellationToken)
    {
        var instance = InstanceId.FromEpid(_identity.Epid);
        var registration = _registration = Endpoint.Register(new RegistrationOptions
        {
            Aor = User,
            Flow = Flow,
            Epid = _identity.Epid,
            CallId = _identity.CallId,
            LastCSeq = _identity.CSeq,
            Contact = RegistrationContact.Create(Flow, instance, _context.Random.NextHex(5)),
            Edit = RegistrationContact.AddCapabilities,
        });
        registration.StateChanged += OnRegistrationChanged;
        var result = await registration.RegisterAsync(CancellationToken.None).UntilAsync(cancellationToken);
        _granted = result;
        Gruu = result.Gruu;
        Contact = new NameAddr(result.Gruu ?? registration.Options.Contact.Uri);
        _offersSettings = result.AllowEvents.Contains(SettingsFetch.Event, StringComparer.OrdinalIgnoreCase);
    }

    private async Task ProvisionAsync(CancellationToken cancellationToken)
    {
        if (!_offersSettings)
        {
            // Another SIP server; it has no conferences to offer, and may well send a SUBSCRIBE to oneself back to its sender.
            return;
        }

        Settings = await new SettingsFetch(_context, this).ReadGroupsAsync(cancellationToken);
        FocusFactoryUri = SipUri.TryParse(Settings?.ServerConfiguration?.FocusFactoryUri, out var factory) ? factory : null;
    }

    private void OnRegistrationChanged(RegistrationStateChange change)
    {
        if (change is not { Previous: RegistrationState.Registered, Current: RegistrationState.Unregistered })
        {
            return;
        }

        var loss = ConnectionLoss.Of(change);
        Loss = _isCutOff ? loss with { End = ConnectionEnd.NetworkChanged } : loss;
        Ended?.Invoke(Loss);
    }

    /// <summary>True when the registrar offers the event package (Allow-Events).</summary>
    public bool Offers(string eventPackage) => _granted?.AllowEvents.Contains(eventPackage, StringComparer.OrdinalIgnoreCase) ?? false;

    /// <summary>True when the registrar names the extension (Supported).</summary>
    public bool Supports(string extension) => _granted?.Supported.Contains(extension, StringComparer.OrdinalIgnoreCase) ?? false;

    /// <summary>True when the registrar sees the user outside of the organisation (<c>ms-user-logon-data</c>, [MS-SIPRE] §2.2.16): then external URLs count.</summary>
    public bool IsRemoteUser => "RemoteUser".Equals(_granted?.Response.Headers[HeaderName.Of("ms-user-logon-data")]?.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>A request of this user from this endpoint.</summary>
    public SipRequest CreateRequest(SipMethod method, SipUri target)
    {
        var request = Endpoint.CreateRequest(method, target, new NameAddr(User).WithParameter("epid", _identity.Epid), new NameAddr(target));
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
        if (request.Method == SipMethod.Message && MessageReceived is { } messages)
        {
            messages(incoming);
        }
        else if (!request.Method.IsInvite)
        {
            incoming.Respond(StatusCode.NotImplemented);
        }
        else if (MessageInviteReceived is { } invites && MessageSdp.IsOffer(request))
        {
            invites(incoming);
        }
        else if (request.ContentType == ConferenceInvitationType && InvitationReceived is { } received)
        {
            received(incoming);
        }
        else
        {
            incoming.Respond(StatusCode.UnsupportedMediaType, edit: response => response.Headers.Add(HeaderName.Accept, AcceptedTypes));
        }
    }

    /// <summary>Gives up a connection that cannot carry anything any more: everything on it ends as if it had broken.</summary>
    public Task CutOffAsync()
    {
        _isCutOff = true;
        return Endpoint.CloseFlowAsync(Flow);
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
        if (_flow is { } flow && !_context.Seams.KeepsConnections)
        {
            await Endpoint.CloseFlowAsync(flow);
        }
    }
}
