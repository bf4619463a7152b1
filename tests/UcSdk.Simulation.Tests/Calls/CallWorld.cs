using System.Globalization;
using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Simulation.Tests;

/// <summary>Phones that are nothing but SIP endpoints, perhaps a proxy, and the network between them: on one thread, in virtual time, from one seed.</summary>
internal sealed class CallWorld : IDisposable
{
    public CallWorld(ulong seed, CallPlan plan, Tally tally, bool keepTranscript)
    {
        Random = new(seed);
        Plan = plan;
        Tally = tally;
        Log = new(this);
        Network = new(
            new MemoryNetworkOptions
            {
                Seed = Random.NextUInt64(),
                Delay = plan.Network.Delay,
                Jitter = plan.Network.Jitter,
                Loss = plan.Network.Loss,
                Duplication = plan.Network.Duplication,
                MaxSegmentBytes = plan.MaxSegmentBytes,
                ConnectTimeout = TimeSpan.FromSeconds(5),
                KeepTranscript = keepTranscript,
            },
            new LoopRuntime(Scheduler, Random.Fork()));
        Phones = [.. plan.Transports.Select((transport, i) => new Phone(this, i, transport))];
        Proxy = plan.Path == CallPath.Direct ? null : new CallProxy(this);
        Hosts = Proxy is null ? Phones : [.. Phones, Proxy];
    }

    public SimulationScheduler Scheduler { get; } = new();

    public SeededRandomSource Random { get; }

    public CallPlan Plan { get; }

    public Tally Tally { get; }

    public WireLog Log { get; }

    public MemoryNetwork Network { get; }

    public IReadOnlyList<Phone> Phones { get; }

    public CallProxy? Proxy { get; }

    public IReadOnlyList<CallHost> Hosts { get; }

    /// <summary>Both sides of every call, in the order in which they began.</summary>
    public List<PhoneCall> Calls { get; } = [];

    public List<CallFault> Faults { get; } = [];

    /// <summary>What an application was told and must not have been told.</summary>
    public List<string> Offences { get; } = [];

    public TimeSpan Now => Scheduler.Clock.Now - new Timestamp(0);

    public async Task StartAsync()
    {
        foreach (var host in Hosts)
        {
            await host.StartAsync();
        }
    }

    /// <summary>True when something befell one of the hosts of a call while it lived.</summary>
    public bool IsDisturbed(params IEnumerable<PhoneCall> sides)
    {
        var began = sides.Min(side => side.BeganAt);
        var hosts = sides.Select(side => side.Phone.Name).Append(CallProxy.HostName).ToHashSet();
        return Faults.Exists(fault => hosts.Contains(fault.Host) && fault.To + Plan.Network.Delay + Plan.Network.Jitter >= began);
    }

    /// <summary>Everything sent, one line each, with what identifies its bytes.</summary>
    public IEnumerable<string> DescribeTranscript() => Network.Transcript.Select(
        entry => $"{entry} {Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(entry.Bytes.Span)).AsSpan(0, 16)}");

    public string DescribeFaults() => string.Join('\n', Faults.Select(
        fault => string.Create(CultureInfo.InvariantCulture, $"{fault.From.TotalSeconds,9:0.000}  {fault.Host}: {fault.Kind} until {fault.To.TotalSeconds:0.000}")));

    public void Dispose()
    {
        Network.Dispose();
        Scheduler.RunUntilIdle();
    }
}
