using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// The registrars of the user that a server named: the primary first, then its backups (301, [MS-SIPREGE] §3.1; P-Preferred-Registrar, §2.2.1.8). Kept for the life
/// of the client; those who know better are asked again when none of them signs the user in.
/// </summary>
internal sealed class HomeServers
{
    /// <summary>The servers, the preferred one first; empty when nobody has named any.</summary>
    public IReadOnlyList<SipTransportAddress> Servers { get; private set; } = [];

    /// <summary>Keeps what a server said, in the place of what was known.</summary>
    public void Remember(IReadOnlyList<SipTransportAddress> servers) => Servers = servers;

    /// <summary>One server is preferred from now on; the others stay behind it.</summary>
    public void Prefer(SipTransportAddress server) => Servers = [server, .. Servers.Where(other => other != server)];

    /// <summary>The user is elsewhere now, nobody said where.</summary>
    public void Forget() => Servers = [];
}
