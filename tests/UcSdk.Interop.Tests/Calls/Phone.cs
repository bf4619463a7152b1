using System.Text;
using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>A user agent of ours on loopback. It takes calls as the called user asks: <c>ringing</c> only rings, everybody else answers.</summary>
internal sealed class Phone : IAsyncDisposable
{
    private readonly List<string> _heard = [];

    private Phone(SipEndpoint endpoint, ISipTransport transport)
    {
        Endpoint = endpoint;
        Address = transport.ListenAddress!;
        endpoint.RequestReceived = Take;
    }

    public SipEndpoint Endpoint { get; }

    /// <summary>Where it listens.</summary>
    public SipTransportAddress Address { get; }

    public NameAddr Me => new(SipUri.Parse($"sip:phone@{Address.Host}:{Address.Port}"), "Phone");

    public static async Task<Phone> StartAsync(string transport, CancellationToken cancellationToken, SipEndpointOptions? options = null)
    {
        var carrier = Loopback.Listen(transport);
        var endpoint = SipEndpoint.Create(options ?? new(), carrier);
        await endpoint.StartAsync(cancellationToken);
        return new(endpoint, carrier);
    }

    /// <summary>Runs on the endpoint's loop, where its sessions are used.</summary>
    public Task<T> DoAsync<T>(Func<Task<T>> action) => Endpoint.Loop.InvokeAsync(action);

    /// <summary>Calls, with a flow to the peer.</summary>
    public Task<InviteSession> CallAsync(SipUri target, SipTransportAddress remote, Action<SipRequest>? edit, CancellationToken cancellationToken) => DoAsync(async () =>
    {
        var flow = await Endpoint.ConnectAsync(remote, cancellationToken);
        var invite = Endpoint.CreateRequest(SipMethod.Invite, target, Me, new NameAddr(target));
        invite.SetBody("application/sdp", Offer("sendrecv"));
        edit?.Invoke(invite);
        return Endpoint.Invite(invite, new InviteOptions { Flow = flow });
    });

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
        session.RequestReceived = inside => TakeInside(inside);
        session.Ring();
        if (request.Request.To!.Uri.User != "ringing")
        {
            _ = AnswerAsync(session);
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

    private bool TakeInside(IncomingRequest request)
    {
        Note(request.Request.ToString());
        if (!request.Request.Method.IsInvite)
        {
            return false;
        }

        var held = request.Request.BodyText.Contains("a=sendonly", StringComparison.Ordinal);
        request.Respond(StatusCode.Ok, null, response =>
        {
            response.Headers.Add(HeaderName.Contact, OwnAddresses.ContactOf(request.Flow).ToString());
            response.SetBody("application/sdp", Offer(held ? "recvonly" : "sendrecv"));
        });
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
