using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>How the registrar grants.</summary>
internal sealed record RegistrarOptions
{
    /// <summary>What is granted to a client that asks for nothing or for more.</summary>
    public TimeSpan Expires { get; init; } = TimeSpan.FromSeconds(7200);

    /// <summary>What is refused with 423 (RFC 3261 §10.3, step 6).</summary>
    public TimeSpan MinimumExpires { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The keep-alive interval that clients are told ([MS-CONMGMT] §2.2.1).</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>How much longer a connection may be silent whose client promised keep-alives; null for as long as it likes.</summary>
    public TimeSpan? KeepAliveGrace { get; init; }

    /// <summary>Endpoints at which one user may be signed in; the next displaces the oldest ([MS-SIPREGE] §2.2.1.13).</summary>
    public int MaxEndpointsPerUser { get; init; } = 8;

    /// <summary>How long an endpoint whose connection is gone has to come back on another; zero for none.</summary>
    public TimeSpan LostConnectionGrace { get; init; }

    /// <summary>Where users are at home who name no server of their own; null for here.</summary>
    public SipTransportAddress? HomeServer { get; init; }

    /// <summary>Who stands in for the home server of users who name nobody; null for nobody.</summary>
    public SipTransportAddress? BackupServer { get; init; }

    /// <summary>True when users are told that they come from outside.</summary>
    public bool IsAccessEdge { get; init; }

    /// <summary>Asked with the User-Agent of each REGISTER, empty when it has none; null to take every client.</summary>
    public Func<string, bool>? AcceptClient { get; init; }
}
