using UcSdk.Sip;

namespace UcSdk;

/// <summary>What one sign-in leaves for the next: who the endpoint is, and which servers are known.</summary>
internal sealed class SignInMemory(RegistrationIdentity identity, IServerDiscovery discovery, Func<CancellationToken, Task<SipEndpoint>> openEndpoint)
{
    private SipUri? _owner;

    public RegistrationIdentity Identity { get; set; } = identity;

    public HomeServers Home { get; } = new();

    /// <summary>Who signed in last, and where; null before anybody did.</summary>
    public (SipUri User, SipTransportAddress Server, SipUri? Gruu)? Last { get; set; }

    public IServerDiscovery Discovery => discovery;

    /// <summary>The endpoint of the client, started with the first sign-in.</summary>
    public Task<SipEndpoint> OpenEndpointAsync(CancellationToken cancellationToken) => openEndpoint(cancellationToken);

    /// <summary>The user belongs to another server now: the one that was named, where that may be believed, or one to be found.</summary>
    public void OnMoved(SipTransportAddress from, ConnectionLoss loss, TrustedDomains trusted)
    {
        Discovery.Forget(DiscoveryRenewal.UserMoved);
        if (loss.Cause.Response is { } response && Redirect.Read(response, from, response.IsVouchedFor, trusted) is { Servers.Count: > 0 } redirect)
        {
            Home.Remember(redirect.Servers);
        }
        else if (loss.Deregistration?.PreferredRegistrar is { } uri && Redirect.TryRead(uri, out var server) && Redirect.Objection(from, server, isSigned: false, trusted) is null)
        {
            Home.Prefer(server);
        }
        else
        {
            Home.Forget();
        }
    }

    /// <summary>A user signs in: what was learned about another is not theirs.</summary>
    public void BelongTo(SipUri user)
    {
        if (_owner is { } owner && !owner.Equals(user))
        {
            Home.Forget();
            Identity = new(Identity.Epid);
        }

        _owner = user;
    }

    /// <summary>What a sign-in needs that runs beside the connection with that identity, and may come to nothing.</summary>
    public SignInMemory Beside(RegistrationIdentity standing) => new(standing, Discovery, OpenEndpointAsync);

    /// <summary>Takes over what such a sign-in was told of the user's servers.</summary>
    public void Learn(SignInMemory other)
    {
        if (other.Home.Servers.Count > 0)
        {
            Home.Remember(other.Home.Servers);
        }
    }

    /// <summary>What another process needs to go on; null before anybody signed in.</summary>
    public ClientSnapshot? Export(RegistrationIdentity identity, DateTimeOffset now) => Last is not var (user, server, gruu) ? null : new()
    {
        User = user.Text,
        Epid = identity.Epid,
        Server = server,
        HomeServers = Home.Servers,
        Gruu = gruu?.Text,
        CallId = identity.CallId,
        CSeq = identity.CSeq,
        TakenAt = now,
    };

    /// <summary>Goes on with what another process exported.</summary>
    public void Resume(ClientSnapshot snapshot)
    {
        Identity = new(snapshot.Epid, snapshot.CallId, snapshot.CSeq);
        Home.Remember([snapshot.Server, .. snapshot.HomeServers.Where(server => server != snapshot.Server)]);
    }
}
