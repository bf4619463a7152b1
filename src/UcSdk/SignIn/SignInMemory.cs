using UcSdk.Sip;

namespace UcSdk;

/// <summary>What one sign-in leaves for the next: who the endpoint is, and which servers are known.</summary>
internal sealed class SignInMemory(RegistrationIdentity identity, IServerDiscovery discovery, Func<CancellationToken, Task<SipEndpoint>> openEndpoint)
{
    public RegistrationIdentity Identity { get; set; } = identity;

    public HomeServers Home { get; } = new();

    public IServerDiscovery Discovery => discovery;

    /// <summary>The endpoint of the client, started with the first sign-in.</summary>
    public Task<SipEndpoint> OpenEndpointAsync(CancellationToken cancellationToken) => openEndpoint(cancellationToken);
}
