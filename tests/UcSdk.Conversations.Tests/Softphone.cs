using UcSdk.Sip;

namespace UcSdk.Conversations.Tests;

// listing: softphone
/// <summary>A phone of an ordinary SIP server: it signs in, takes every call, and calls.</summary>
public sealed class Softphone : IAsyncDisposable
{
    private readonly SipUri _me;
    private readonly ReadOnlyMemory<byte> _description;
    private readonly SipEndpoint _endpoint;
    private readonly List<Task> _taken = [];
    private SipFlow? _flow;

    /// <param name="me">The address of record.</param>
    /// <param name="password">What answers the server's challenges.</param>
    /// <param name="description">The SDP that is offered and answered.</param>
    /// <param name="transports">For real servers those of <see cref="SipTransports.ToReach"/>.</param>
    public Softphone(SipUri me, SipPassword password, ReadOnlyMemory<byte> description, params ISipTransport[] transports)
    {
        _me = me;
        _description = description;
        _endpoint = SipEndpoint.Create(new SipEndpointOptions { Credentials = [new SipCredentials(me.User, password)] }, transports);
        _endpoint.RequestReceived = Take;
    }

    /// <summary>Told of every call, in either direction, and of how it goes.</summary>
    public event Action<InviteSession, InviteStateChange>? CallChanged;

    public async Task SignInAsync(SipTransportAddress server, CancellationToken cancellationToken)
    {
        await _endpoint.StartAsync(cancellationToken);
        _flow = await _endpoint.ConnectAsync(server, cancellationToken);
        var contact = new NameAddr(SipUri.Parse($"sip:{_me.User}@{_flow.Local.Host}:{_flow.Local.Port};transport={_flow.Transport.ToLowerInvariant()}"));
        await _endpoint.Register(new RegistrationOptions { Aor = _me, Flow = _flow, Contact = contact }).RegisterAsync(cancellationToken);
    }

    /// <summary>Calls, and gives the call when somebody has answered.</summary>
    public async Task<InviteSession> CallAsync(string uri, CancellationToken cancellationToken)
    {
        var target = SipUri.Parse(uri);
        var invite = _endpoint.CreateRequest(SipMethod.Invite, target, new NameAddr(_me), new NameAddr(target));
        invite.SetBody("application/sdp", _description);
        // On the loop, so that no ringing is missed between the call and the watching.
        var call = await _endpoint.InvokeAsync(() => Task.FromResult(Watch(_endpoint.Invite(invite, new InviteOptions { Flow = _flow }))), cancellationToken);
        var answer = await call.Answer.WaitAsync(cancellationToken);
        return answer.IsSuccess ? call : throw new InvalidOperationException($"{uri} does not take the call: {answer.StatusCode} {answer.ReasonPhrase}");
    }

    public async ValueTask DisposeAsync()
    {
        await _endpoint.DisposeAsync();
        await Task.WhenAll(_taken);
    }

    private void Take(IncomingRequest incoming)
    {
        if (incoming.Request.Method != SipMethod.Invite)
        {
            incoming.Respond(StatusCode.NotImplemented);
            return;
        }

        var call = Watch(incoming.CreateInviteSession());
        call.Ring();
        _taken.Add(AcceptAsync(call));
    }

    private async Task AcceptAsync(InviteSession call)
    {
        try
        {
            await call.AcceptAsync("application/sdp", _description);
        }
        catch (SipException)
        {
            // The caller has gone or never acknowledged: the call is over, as CallChanged has told.
        }
    }

    private InviteSession Watch(InviteSession call)
    {
        call.StateChanged += change => CallChanged?.Invoke(call, change);
        return call;
    }
}
// end of listing
