using System.Globalization;
using System.Text;
using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Simulation.Tests;

/// <summary>
/// Somebody with a plain SIP client, which knows no sessions of messages (RFC 3428): it writes to one person, reads what is answered, and registers anew when it has lost its
/// connection.
/// </summary>
internal sealed class PlainTalker : IAsyncDisposable
{
    private readonly MessageWorld _world;
    private readonly Talker _friend;
    private readonly SeededRandomSource _random;
    private readonly SipEndpoint _endpoint;
    private Registration? _registration;
    private SipFlow? _flow;
    private Task _returning = Task.CompletedTask;
    private bool _isLeaving;
    private int _number;

    public PlainTalker(MessageWorld world, string name, Talker friend)
    {
        (_world, Name, _friend) = (world, name, friend);
        _random = world.Random.Fork();
        var runtime = new LoopRuntime(world.Scheduler, world.Random.Fork());
        _endpoint = new(new SipEndpointOptions { TimeProvider = world.Scheduler.Time }, runtime, new SerialLoop(runtime.Scheduler), [world.Network.CreateTransport(Host)]) { RequestReceived = Take };
        _endpoint.FlowClosed += (flow, _) => Lose(flow);
    }

    public string Name { get; }

    public string Host => Name + "-phone";

    public string Uri => $"sip:{Name}@{MessageWorld.Domain}";

    public bool IsConnected => _flow is not null;

    /// <summary>What was given to be sent, until it is known what became of it.</summary>
    public List<Task> Sending { get; } = [];

    public async Task SignInAsync()
    {
        await _endpoint.StartAsync();
        await (_returning = ComeBackAsync());
    }

    /// <summary>Writes at times drawn by chance.</summary>
    public async Task WriteAsync()
    {
        for (var turn = 0; turn < _world.Plan.Turns; turn++)
        {
            await _world.Scheduler.DelayAsync(2 * _random.NextDouble() * (_world.Plan.Duration / _world.Plan.Turns));
            _world.Tally.Count("pages", _flow is null ? "nowhere to write" : "written");
            var sending = SayAsync();
            Sending.Add(sending);
            await sending;
        }
    }

    /// <summary>Writes one message and waits for what becomes of it; null where there is no connection.</summary>
    public async Task<RecipientDelivery?> SayAsync()
    {
        if (_flow is not { } flow)
        {
            return null;
        }

        var number = ++_number;
        var text = string.Create(CultureInfo.InvariantCulture, $"{Name}/{number}");
        _world.History.Say(new(text, Uri, number, [_friend.Uri], null, _world.Now));
        var friend = SipUri.Parse(_friend.Uri);
        var request = _endpoint.CreateRequest(SipMethod.Message, friend, new NameAddr(SipUri.Parse(Uri)), new NameAddr(friend));
        request.SetBody("text/plain; charset=UTF-8", Encoding.UTF8.GetBytes(text));
        DeliveryResult result;
        try
        {
            result = DeliveryResult.Of(await _endpoint.SendAsync(request, flow));
        }
        catch (SipException failure)
        {
            result = DeliveryResult.Of(failure);
            Lose(failure.Failure == SipFailure.TimedOut ? null : flow);
        }

        var delivery = new RecipientDelivery(_friend.Uri, result.Outcome, result.StatusCode, result.ReasonPhrase, null);
        _world.History.Settle(text, [delivery], _world.Now);
        return delivery;
    }

    /// <summary>Unregisters, and is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        _isLeaving = true;
        await _returning;
        await _registration!.UnregisterAsync();
        await _endpoint.DisposeAsync();
    }

    public override string ToString() => Name;

    private void Lose(SipFlow? flow)
    {
        if (flow is not null && flow == _flow && !_isLeaving)
        {
            _flow = null;
            _returning = ComeBackAsync();
        }
    }

    private async Task ComeBackAsync()
    {
        while (_flow is null)
        {
            try
            {
                var flow = await _endpoint.ConnectAsync(new SipTransportAddress("TCP", MessageWorld.ServerHost, 5060));
                var contact = new NameAddr(SipUri.Parse(string.Create(CultureInfo.InvariantCulture, $"sip:{Name}@{flow.Local.Host}:{flow.Local.Port};transport=tcp")));
                _registration = _endpoint.Register(new RegistrationOptions { Aor = SipUri.Parse(Uri), Flow = flow, Contact = contact });
                await _registration.RegisterAsync();
                _flow = flow;
            }
            catch (SipException failure)
            {
                _world.Tally.Count("sign in", $"plain: {failure.Failure}");
                await _world.Scheduler.DelayAsync(TimeSpan.FromSeconds(2));
            }
        }
    }

    private void Take(IncomingRequest incoming)
    {
        var request = incoming.Request;
        if (request.Method != SipMethod.Message)
        {
            incoming.Respond(StatusCode.MethodNotAllowed, edit: response => response.Headers.Add(HeaderName.Allow, "MESSAGE"));
            return;
        }

        incoming.Respond(StatusCode.Ok);
        if (request.ContentType == "text/plain")
        {
            _world.History.Shown.Add(new(request.BodyText, request.From!.Uri.AddressOfRecord.Text, Uri, Host, _world.Now));
        }
    }
}
