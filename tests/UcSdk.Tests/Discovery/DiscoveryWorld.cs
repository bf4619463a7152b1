using Microsoft.Extensions.Logging.Abstractions;
using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Tests.Discovery;

/// <summary>A user at home in contoso.com who looks for a server, in virtual time.</summary>
internal sealed class DiscoveryWorld
{
    public static readonly SipUri Alice = SipUri.Parse("sip:alice@contoso.com");
    private readonly SimulationScheduler _simulation = new();

    public ScriptedDns Dns { get; } = new();

    public ScriptedWeb Web { get; } = new();

    public ServerDiscoveryOptions Options { get; set; } = new();

    public SipTransportAddress? Server { get; set; }

    /// <summary>Every attempt, as a line without its time.</summary>
    public List<string> Lines { get; } = [];

    public List<DiscoveryAttempt> Attempts { get; } = [];

    public SimulationScheduler Simulation => _simulation;

    /// <summary>Looks until enough servers are found, and gives them as <c>Source address</c>.</summary>
    public List<string> Find(int enough = int.MaxValue, SipUri? user = null) =>
        Use(discovery => FindAsync(discovery, user ?? Alice, enough, CancellationToken.None));

    public T Use<T>(Func<IServerDiscovery, Task<T>> story)
    {
        var loop = new SerialLoop(_simulation);
        var options = new LyncClientOptions
        {
            Server = Server,
            TimeProvider = _simulation.Time,
            Discovery = Options with { HttpHandler = () => Web, Resolver = Dns },
        };
        options.Validate();
        return _simulation.Run(() => loop.InvokeAsync(async () =>
        {
            using var discovery = ServerDiscovery.Create(options, loop, new SeededRandomSource(1), NullLogger.Instance);
            return await story(discovery);
        }));
    }

    public async Task<List<string>> FindAsync(IServerDiscovery discovery, SipUri user, int enough, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        await foreach (var server in discovery.FindAsync(user, Report, cancellationToken))
        {
            found.Add($"{server.Source} {server.Address}");
            Assert.Equal(server.Address.Host, server.ServerName);
            if (found.Count == enough)
            {
                break;
            }
        }

        return found;
    }

    /// <summary>The one attempt at a place; of two, the last.</summary>
    public DiscoveryAttempt At(DiscoverySource source) => Attempts.Last(attempt => attempt.Source == source);

    private void Report(DiscoveryAttempt attempt)
    {
        Attempts.Add(attempt);
        Lines.Add($"{attempt.Source} {attempt.Question}: {attempt.Outcome}");
        Assert.DoesNotContain("alice", attempt.ToString(), StringComparison.OrdinalIgnoreCase);
    }
}
