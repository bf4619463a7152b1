using UcSdk.Sip;

namespace UcSdk;

/// <summary>The discovery of a client that was told its server: there is nothing to find.</summary>
internal sealed class ConfiguredServer(SipTransportAddress server) : IServerDiscovery
{
    private readonly DiscoveredServer _server = new(server, server.Host, DiscoverySource.Configured);

    public async IAsyncEnumerable<DiscoveredServer> FindAsync(
        SipUri user, Action<DiscoveryAttempt> report, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        report(new DiscoveryAttempt(DiscoverySource.Configured, _server.Address.ToString(), DiscoveryOutcome.Found, "", [_server.Address], TimeSpan.Zero));
        await Task.CompletedTask;
        yield return _server;
    }

    public void Remember(SipUri user, DiscoveredServer server)
    {
    }

    public void Forget(DiscoveryRenewal why)
    {
    }

    public void Dispose()
    {
    }
}
