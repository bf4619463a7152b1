using System.Globalization;
using System.Text;
using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Simulation.Tests;

/// <summary>Somebody who calls, is called, and talks: one endpoint with the application of a user agent, everything it does drawn by chance.</summary>
internal sealed class Phone : CallHost
{
    private readonly int _number;
    private readonly SeededRandomSource _random;
    private readonly List<(string What, Task Task)> _scripts = [];
    private int _lastDescription;

    public Phone(CallWorld world, int number, string transport)
        : base(world, "p" + number.ToString(CultureInfo.InvariantCulture), world.Plan.HasStreamsBeside && transport == "UDP" ? ["UDP", "TCP"] : [transport])
    {
        _number = number;
        _random = world.Random.Fork();
    }

    public IEnumerable<string> Unfinished => _scripts.Where(script => !script.Task.IsCompleted).Select(script => $"{Name}: {script.What}");

    protected override SipEndpointOptions Options => new()
    {
        Timings = new() { AnswerLimit = TimeSpan.FromSeconds(200) },
        SessionTimer = World.Plan.SessionTimers[_number],
        Credentials = [new SipCredentials(Name, new SipPassword("secret"), CallProxy.Realm)],
    };

    /// <summary>Places calls until the day is over, then waits until everything it began has ended.</summary>
    public async Task LiveAsync()
    {
        while (World.Now < World.Plan.Duration)
        {
            await PauseAsync(Draw(World.Plan.CallPause));
            if (!IsDown)
            {
                Begin("call", () => new CallerScript(this, _random.Fork()).RunAsync());
            }
        }

        for (var i = 0; i < _scripts.Count; i++)
        {
            await _scripts[i].Task;
        }
    }

    /// <summary>Hangs up whatever still stands.</summary>
    public async Task HangUpAsync()
    {
        foreach (var call in World.Calls.Where(call => call.Phone == this && call.IsAlive).ToArray())
        {
            var ending = call.Session.ByeAsync();
            if (_random.Next(2) == 0)
            {
                await Attempt.RunAsync(World.Tally, "hang up at last", () => ending);
            }
        }

        await Task.WhenAll(World.Calls.Where(call => call.Phone == this).Select(call => call.Ending));
    }

    /// <summary>Runs something on the loop of the endpoint that is alive now, to be waited for at the end of the day.</summary>
    public void Begin(string what, Func<Task> script) => _scripts.Add((what, Endpoint.Loop.InvokeAsync(script)));

    /// <summary>The open flow by which a phone is reached, or a new one.</summary>
    /// <exception cref="SipException">It cannot be reached.</exception>
    public async Task<SipFlow> ReachAsync(string name)
    {
        var host = World.Proxy is null ? name : CallProxy.HostName;
        var transport = Transports[0];
        return Endpoint.Flows.LastOrDefault(flow => flow.Remote.Host == host && flow.Transport == transport && flow.Remote.Port == 5060)
            ?? await Endpoint.ConnectAsync(new SipTransportAddress(transport, host, 5060));
    }

    public PhoneCall Track(InviteSession session)
    {
        var call = new PhoneCall(this, session);
        session.RequestReceived = request => new TalkScript(call, _random.Fork()).Take(request);
        return call;
    }

    /// <summary>A description that nobody has used before; sometimes one that makes a datagram too long (RFC 3261 §18.1.1).</summary>
    public string Describe(SeededRandomSource random)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{Name}.{Life}.{++_lastDescription}");
        return random.Next(12) == 0 ? text + new string(' ', 1000) : text;
    }

    public static ReadOnlyMemory<byte> BytesOf(string description) => Encoding.ASCII.GetBytes(description);

    protected override void Started(SipEndpoint endpoint)
    {
        endpoint.RouteRequest = request => FlowTo(World.Proxy is null ? request.Uri!.Host : CallProxy.HostName);
        endpoint.RequestReceived = incoming =>
        {
            if (incoming.Request.Method.IsInvite)
            {
                Begin("answer", () => new CalleeScript(this, _random.Fork()).RunAsync(incoming));
            }
            else
            {
                World.Offences.Add($"{Name}: {incoming.Request} outside any dialog, where nobody sends it");
                incoming.Respond(StatusCode.NotImplemented);
            }
        };
    }

    private TimeSpan Draw(TimeSpan mean) => 2 * _random.NextDouble() * mean;
}
