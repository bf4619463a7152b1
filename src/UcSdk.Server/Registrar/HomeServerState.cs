namespace UcSdk.Server;

/// <summary>What a server knows of another one at which users of its domain are at home (<see cref="UcServerUser.HomeServer"/>).</summary>
public enum HomeServerState
{
    /// <summary>It serves; users who come here are sent to it: 301, or 302 when they are at home there for a time only.</summary>
    Available,

    /// <summary>It cannot be reached, and nobody stands in for it: users who come here get 504.</summary>
    Unreachable,

    /// <summary>It cannot be reached, and this server is its backup: its users are registered here until it is available again.</summary>
    TakenOver,
}
