using System.Text;

namespace UcSdk.Sip.Tests;

/// <summary>
/// One user agent of RFC 5359: it rings when it is called, takes hold and its end as they come, and keeps what else is asked of it for the test to
/// answer.
/// </summary>
internal sealed class ServicePhone
{
    private readonly ServiceWorld _world;
    private readonly List<InviteSession> _incoming = [];

    public ServicePhone(ServiceWorld world, string name, SipEndpoint endpoint)
    {
        _world = world;
        Name = name;
        Endpoint = endpoint;
        endpoint.RequestReceived = Take;
    }

    public string Name { get; }

    public SipEndpoint Endpoint { get; }

    /// <summary>Where the phone is.</summary>
    public SipUri Uri => SipUri.Parse($"sip:{ServiceWorld.HostOf(Name)}:5060;transport=tcp");

    /// <summary>Whose it is.</summary>
    public NameAddr Address => new(SipUri.Parse($"sip:{Name}@example.com"));

    /// <summary>What the phone puts into Contact as the focus of a conference (RFC 4579 §5.1).</summary>
    public string Focus => $"<{Uri}>;isfocus";

    /// <summary>Takes instant messages; null for nobody.</summary>
    public Action<SipRequest>? Heard { get; set; }

    /// <summary>The call that came in last.</summary>
    public InviteSession Incoming => _incoming[^1];

    /// <summary>The REFER that came last.</summary>
    public IncomingReferral? Referral { get; private set; }

    /// <summary>The subscription that came last.</summary>
    public NotifierSubscription? Subscription { get; private set; }

    /// <summary>What to do with a call that wants something special, before it rings; true when that is all.</summary>
    public Func<IncomingRequest, InviteSession, bool>? Takes { get; set; }

    /// <summary>Calls a phone, directly or over a proxy.</summary>
    public InviteSession Call(SipUri target, ServicePhone? proxy = null, Action<SipRequest>? edit = null) => _world.Do(this, () =>
    {
        var invite = Create(SipMethod.Invite, target);
        invite.SetBody("application/sdp", Sdp("sendrecv"));
        if (proxy is not null)
        {
            invite.Headers.Add(HeaderName.Route, $"<{proxy.Uri.WithParameter("lr")}>");
        }

        edit?.Invoke(invite);
        return Watched(Endpoint.Invite(invite));
    });

    public InviteSession Call(ServicePhone target) => Call(target.Uri);

    /// <summary>Calls a phone from where the phone itself decides to, on its loop.</summary>
    public InviteSession Invite(ServicePhone target)
    {
        var invite = Create(SipMethod.Invite, target.Uri);
        invite.SetBody("application/sdp", Sdp("sendrecv"));
        return Watched(Endpoint.Invite(invite));
    }

    /// <summary>A request of this phone, with its Contact.</summary>
    public SipRequest Create(SipMethod method, SipUri target)
    {
        var request = Endpoint.CreateRequest(method, target, Address, new NameAddr(target));
        request.Headers.Add(HeaderName.Contact, $"<{Uri}>");
        return request;
    }

    /// <summary>Answers the call that came in last.</summary>
    public InviteSession Answer(string direction = "sendrecv", Action<SipResponse>? edit = null)
    {
        _ = _world.Do(this, () => Incoming.AcceptAsync("application/sdp", Sdp(direction), edit));
        return Incoming;
    }

    /// <summary>Changes the media: hold and its end.</summary>
    public void Reinvite(InviteSession session, string direction, Action<SipRequest>? edit = null) => _ = _world.Do(this, () =>
    {
        var invite = session.CreateRequest(SipMethod.Invite);
        invite.SetBody("application/sdp", Sdp(direction));
        edit?.Invoke(invite);
        return session.SendAsync(invite);
    });

    public void HangUp(InviteSession session) => _ = _world.Do(this, () => session.ByeAsync());

    public Referral Refer(InviteSession session, ReferTo target) => _world.Do(this, () => session.Refer(target));

    /// <summary>Refers a phone with which no call stands.</summary>
    public Referral Refer(ServicePhone phone, ReferTo target, ServicePhone? proxy = null) => _world.Do(this, () =>
    {
        var refer = Create(SipMethod.Refer, phone.Uri);
        if (proxy is not null)
        {
            refer.Headers.Add(HeaderName.Route, $"<{proxy.Uri.WithParameter("lr")}>");
        }

        refer.Headers.Add(HeaderName.ReferTo, target.ToString());
        refer.Headers.Add(HeaderName.ReferredBy, $"<{Address.Uri}>");
        return Endpoint.Refer(refer);
    });

    /// <summary>Does what the last REFER asks for, and tells what becomes of it.</summary>
    public InviteSession Obey() => _world.Do(this, () =>
    {
        Referral!.Accept();
        var invite = Referral.CreateRequest(Address);
        invite.Headers.Add(HeaderName.Contact, $"<{Uri}>");
        invite.SetBody("application/sdp", Sdp("sendrecv"));
        var session = Watched(Endpoint.Invite(invite));
        Referral.Follow(session);
        return session;
    });

    /// <summary>Asks a phone for the state of its dialogs (RFC 4235).</summary>
    public Subscription Watch(ServicePhone phone, string expires) => _world.Do(this, () =>
    {
        var subscribe = Create(SipMethod.Subscribe, phone.Uri);
        subscribe.Headers.Add(HeaderName.Event, "dialog");
        subscribe.Headers.Add(HeaderName.Expires, expires);
        return Endpoint.Subscribe(subscribe);
    });

    public static byte[] Sdp(string direction) => Encoding.UTF8.GetBytes(
        $"v=0\r\no=- 1 1 IN IP4 192.0.2.101\r\ns=-\r\nc=IN IP4 192.0.2.101\r\nt=0 0\r\nm=audio 49170 RTP/AVP 0\r\na={direction}\r\n");

    /// <summary>The state of dialogs as a document would tell it; RFC 4235's XML is the application's.</summary>
    public static ReadOnlyMemory<byte> State(string text) => Encoding.UTF8.GetBytes(text);

    private void Take(IncomingRequest request)
    {
        if (request.Request.Method.IsInvite)
        {
            TakeCall(request);
        }
        else if (request.Request.Method == SipMethod.Refer)
        {
            Referral = request.CreateReferral(new NameAddr(Uri));
        }
        else if (request.Request.Method == SipMethod.Subscribe)
        {
            Subscription = request.CreateSubscription(new NameAddr(Uri));
        }
        else
        {
            Heard?.Invoke(request.Request);
            request.Respond(StatusCode.Ok);
        }
    }

    private void TakeCall(IncomingRequest request)
    {
        var session = Watched(request.CreateInviteSession(new NameAddr(Uri)));
        _incoming.Add(session);
        if (Takes?.Invoke(request, session) == true)
        {
            return;
        }

        if (request.Replaced is not null)
        {
            // Who takes a standing call over does not ring again.
            _ = session.AcceptAsync("application/sdp", Sdp("sendrecv"));
        }
        else
        {
            session.Ring();
        }
    }

    private InviteSession Watched(InviteSession session)
    {
        session.RequestReceived = TakeInside;
        return session;
    }

    private bool TakeInside(IncomingRequest request)
    {
        if (request.Request.Method.IsInvite)
        {
            var direction = request.Request.BodyText switch
            {
                var sdp when sdp.Contains("a=sendonly", StringComparison.Ordinal) => "recvonly",
                var sdp when sdp.Contains("a=inactive", StringComparison.Ordinal) => "inactive",
                _ => "sendrecv",
            };
            request.Respond(StatusCode.Ok, null, response =>
            {
                response.Headers.Add(HeaderName.Contact, $"<{Uri}>");
                response.SetBody("application/sdp", Sdp(direction));
            });
        }
        else
        {
            Take(request);
        }

        return true;
    }
}
