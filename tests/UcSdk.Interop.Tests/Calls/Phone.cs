using System.Text;
using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>A user agent of ours on loopback. It takes calls as the called user asks: <c>ringing</c> only rings, <c>early</c> sends early
/// media until it is changed, everybody else answers.</summary>
internal sealed class Phone : IAsyncDisposable
{
    private readonly List<string> _heard = [];
    private readonly ISipTransport _transport;

    private Phone(SipEndpoint endpoint, ISipTransport transport)
    {
        Endpoint = endpoint;
        _transport = transport;
        endpoint.RequestReceived = Take;
    }

    public SipEndpoint Endpoint { get; }

    /// <summary>Where it listens.</summary>
    public SipTransportAddress Address => _transport.ListenAddress!;

    public NameAddr Me { get => field ?? new(SipUri.Parse($"sip:phone@{Address.Host}:{Address.Port}"), "Phone"); init; }

    public static Task<Phone> StartAsync(string transport, CancellationToken cancellationToken) => StartAsync(Loopback.Open(transport), cancellationToken);

    public static Task<Phone> StartAsync(ISipTransport transport, CancellationToken cancellationToken) => StartAsync(transport, new(), null, cancellationToken);

    /// <summary>A phone of that user of contoso.test, who knows the password, in reach of Kamailio.</summary>
    public static Task<Phone> StartAsync(KamailioServer server, string transport, string user, CancellationToken cancellationToken) =>
        StartAsync(Loopback.Open(transport, server.Authority), user, cancellationToken);

    /// <summary>The same without Kamailio.</summary>
    public static Task<Phone> StartAsync(string transport, string user, CancellationToken cancellationToken) =>
        StartAsync(Loopback.Open(transport), user, cancellationToken);

    private static Task<Phone> StartAsync(ISipTransport transport, string user, CancellationToken cancellationToken)
    {
        var me = new NameAddr(SipUri.Parse($"sip:{user}@contoso.test"));
        var options = new SipEndpointOptions { Credentials = [new SipCredentials(user, new SipPassword(KamailioServer.Password))] };
        return StartAsync(transport, options, me, cancellationToken);
    }

    private static async Task<Phone> StartAsync(ISipTransport transport, SipEndpointOptions options, NameAddr? me, CancellationToken cancellationToken)
    {
        var endpoint = SipEndpoint.Create(options, transport);
        await endpoint.StartAsync(cancellationToken);
        return me is null ? new(endpoint, transport) : new(endpoint, transport) { Me = me };
    }

    /// <summary>Registers on a flow of its own, which then leads to the phone too.</summary>
    public Task<(SipFlow Flow, Registration Registration, RegistrationResult Result)> RegisterAsync(SipTransportAddress registrar, CancellationToken cancellationToken) =>
        DoAsync(async () =>
        {
            var flow = await Endpoint.ConnectAsync(registrar, cancellationToken);
            var contact = new NameAddr(SipUri.Parse($"sip:{Me.Uri.User}@{flow.Local.Host}:{flow.Local.Port};transport={flow.Transport.ToLowerInvariant()}"));
            var registration = Endpoint.Register(new RegistrationOptions { Aor = Me.Uri, Flow = flow, Contact = contact, Expires = TimeSpan.FromMinutes(10) });
            return (flow, registration, await registration.RegisterAsync(cancellationToken));
        });

    /// <summary>Runs on the endpoint's loop, where its sessions are used.</summary>
    public Task<T> DoAsync<T>(Func<Task<T>> action) => Endpoint.Loop.InvokeAsync(action);

    /// <summary>Calls, with a flow to the peer.</summary>
    public async Task<InviteSession> CallAsync(SipUri target, SipTransportAddress remote, Action<SipRequest>? edit, CancellationToken cancellationToken) =>
        await CallAsync(target, await Endpoint.ConnectAsync(remote, cancellationToken), edit);

    /// <summary>Calls on a flow.</summary>
    public Task<InviteSession> CallAsync(SipUri target, SipFlow flow, Action<SipRequest>? edit) => DoAsync(() =>
    {
        var invite = Endpoint.CreateRequest(SipMethod.Invite, target, Me, new NameAddr(target));
        invite.SetBody("application/sdp", Offer("sendrecv"));
        edit?.Invoke(invite);
        var session = Endpoint.Invite(invite, new InviteOptions { Flow = flow });
        session.ProvisionalReceived += response => Note(response.ToString());
        return Task.FromResult(session);
    });

    /// <summary>Waits until it has happened.</summary>
    public async Task HearAsync(string what, CancellationToken cancellationToken)
    {
        while (!Heard.Contains(what))
        {
            await Task.Delay(5, cancellationToken);
        }
    }

    /// <summary>What happened, in order.</summary>
    public IReadOnlyList<string> Heard
    {
        get
        {
            lock (_heard)
            {
                return [.. _heard];
            }
        }
    }

    /// <summary>Nothing is left: waits for the stragglers' timers of the transactions.</summary>
    public SipEndpointCounts Counts => Endpoint.Counts;

    public static byte[] Offer(string direction) => Encoding.ASCII.GetBytes(
        $"v=0\r\no=phone 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 7000 RTP/AVP 0\r\na={direction}\r\n");

    public ValueTask DisposeAsync() => Endpoint.DisposeAsync();

    private void Take(IncomingRequest request)
    {
        Note(request.Request.ToString());
        if (request.Request.Method.IsInvite)
        {
            Ring(request);
        }
        else
        {
            request.Respond(request.Request.Method == SipMethod.Options ? StatusCode.Ok : StatusCode.NotImplemented);
        }
    }

    private void Ring(IncomingRequest request)
    {
        var session = request.CreateInviteSession();
        session.StateChanged += change => Note($"{change.Current}");
        session.RequestReceived = inside => TakeInside(session, inside);
        switch (request.Request.To!.Uri.User)
        {
            case "ringing":
                session.Ring();
                break;
            case "early":
                session.RingReliably(StatusCode.SessionProgress, "application/sdp", Offer("sendrecv"));
                break;
            default:
                session.Ring();
                _ = AnswerAsync(session);
                break;
        }
    }

    private async Task AnswerAsync(InviteSession session)
    {
        try
        {
            await session.AcceptAsync("application/sdp", Offer("sendrecv"));
        }
        catch (SipException failure)
        {
            Note(failure.Message);
        }
    }

    // Says that it has reached the other, and leaves the call.
    private async Task GoAsync(InviteSession session, IncomingReferral referral)
    {
        referral.Accept();
        referral.Report(StatusCode.Ok);
        Note($"{referral.ReferTo.Target} for {referral.ReferredBy?.Referrer.Uri}: {await referral.Ended}");
        await session.ByeAsync();
    }

    private bool TakeInside(InviteSession session, IncomingRequest request)
    {
        Note(request.Request.ToString());
        if (request.Request.Method == SipMethod.Refer)
        {
            _ = GoAsync(session, request.CreateReferral());
            return true;
        }

        if (!request.Request.Method.IsInvite && request.Request.Method != SipMethod.Update)
        {
            return false;
        }

        var held = request.Request.BodyText.Contains("a=sendonly", StringComparison.Ordinal);
        request.Respond(StatusCode.Ok, null, response =>
        {
            response.Headers.Add(HeaderName.Contact, OwnAddresses.ContactOf(request.Flow).ToString());
            response.SetBody("application/sdp", Offer(held ? "recvonly" : "sendrecv"));
        });
        if (session.State == InviteState.Incoming)
        {
            // Early media was changed: it is time to answer.
            _ = AnswerAsync(session);
        }

        return true;
    }

    private void Note(string what)
    {
        lock (_heard)
        {
            _heard.Add(what);
        }
    }
}
