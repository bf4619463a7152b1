using System.Security.Cryptography.X509Certificates;

namespace UcSdk.Sip;

/// <summary>How a <see cref="TlsTransport"/> listens, connects, proves who it is and checks who the peer is.</summary>
public sealed record TlsTransportOptions : StreamTransportOptions
{
    /// <summary>The defaults: no listener, the system's roots, the peer must be who it should be.</summary>
    public static TlsTransportOptions Default { get; } = new();

    /// <summary>What our side shows: as a server always (required for listening), as a client when the server asks; with its private key. Default null.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>
    /// As a server, the certificate for the name that the client asks for (RFC 6066 §3; null when it asks for none). Null, or a null result,
    /// means <see cref="Certificate"/>.
    /// </summary>
    public Func<string?, X509Certificate2?>? SelectCertificate { get; init; }

    /// <summary>The roots that are trusted in place of the system's; default null: the system's.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    /// <summary>
    /// SHA-256 digests of the SubjectPublicKeyInfo of servers, in base64 (as in RFC 7469 §2.4). Where there are any, a server must have one of
    /// these keys, and neither its name nor its issuer matters. Default none.
    /// </summary>
    public IReadOnlyList<string> PinnedKeys { get; init; } = [];

    /// <summary>Whether revocation is asked for; default <see cref="X509RevocationMode.NoCheck"/>, as lists of private authorities are seldom reachable.</summary>
    public X509RevocationMode Revocation { get; init; } = X509RevocationMode.NoCheck;

    /// <summary>As a server, whether clients must or may show a certificate; default none is asked for.</summary>
    public ClientCertificateDemand ClientCertificates { get; init; }

    /// <summary>True to talk to any server, whoever it is: only for finding out what one does. Default false.</summary>
    public bool DangerouslyAcceptAnyServer { get; init; }
}
