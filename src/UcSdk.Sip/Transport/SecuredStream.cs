using System.Security.Cryptography.X509Certificates;

namespace UcSdk.Sip;

/// <summary>What a connection reads and writes, once it is as secure as its transport promises.</summary>
/// <param name="Stream">The stream, which owns the socket.</param>
/// <param name="PeerCertificate">The certificate that the peer has proved to hold; null when it showed none.</param>
internal sealed record SecuredStream(Stream Stream, X509Certificate2? PeerCertificate);
