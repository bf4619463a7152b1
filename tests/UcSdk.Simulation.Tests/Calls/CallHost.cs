using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Simulation.Tests;

/// <summary>A host with one SIP endpoint, which can break down without a word and start anew with nothing in its memory.</summary>
internal abstract class CallHost(CallWorld world, string name, IReadOnlyList<string> transports) : IAsyncDisposable
{
    private SipEndpoint? _endpoint;
    private int _blocks;

    public string Name { get; } = name;

    public IReadOnlyList<string> Transports { get; } = transports;

    public CallWorld World { get; } = world;

    /// <summary>How often it was started: what a script remembers of an earlier life is gone.</summary>
    public int Life { get; private set; }

    public bool IsDown => _endpoint is null;

    public SipEndpoint Endpoint => _endpoint ?? throw new InvalidOperationException($"{Name} is down.");

    public SipEndpointCounts Counts => Endpoint.Counts;

    protected abstract SipEndpointOptions Options { get; }

    public async Task StartAsync()
    {
        Unblock();
        Life++;
        var loop = new SerialLoop(World.Scheduler);
        var carriers = Transports.Select(transport => World.Network.CreateTransport(Name, new(transport, Name, 5060), loop)).ToArray();
        _endpoint = new(Options with { Trace = World.Log.Of(Name, Life) }, new LoopRuntime(World.Scheduler, World.Random.Fork()), loop, carriers);
        Started(_endpoint);
        await _endpoint.StartAsync();
        await ReadyAsync();
    }

    /// <summary>Nothing that it would say at its end leaves the host. What it had is forgotten.</summary>
    public async Task CrashAsync()
    {
        Block();
        var dying = Endpoint;
        _endpoint = null;
        Crashed();
        await dying.DisposeAsync();
        CallRules.Require(dying.Counts == new SipEndpointCounts(), $"{Name} keeps {dying.Counts} after its disposal");
    }

    /// <summary>Nothing reaches or leaves the host; several causes may hold at once.</summary>
    public void Block()
    {
        if (++_blocks == 1)
        {
            World.Network.Block(Name);
        }
    }

    public void Unblock()
    {
        if (_blocks > 0 && --_blocks == 0)
        {
            World.Network.Unblock(Name);
        }
    }

    public async ValueTask DisposeAsync()
    {
        var endpoint = Endpoint;
        await endpoint.DisposeAsync();
        CallRules.Require(endpoint.Counts == new SipEndpointCounts(), $"{Name} keeps {endpoint.Counts} after its disposal");
    }

    /// <summary>Waits, on the loop of the caller.</summary>
    public Task PauseAsync(TimeSpan time) => World.Scheduler.DelayAsync(time);

    protected SipFlow? FlowTo(string host) => _endpoint?.Flows.LastOrDefault(flow => flow.Remote.Host.Equals(host, StringComparison.OrdinalIgnoreCase));

    protected virtual void Started(SipEndpoint endpoint)
    {
    }

    protected virtual Task ReadyAsync() => Task.CompletedTask;

    protected virtual void Crashed()
    {
    }
}
