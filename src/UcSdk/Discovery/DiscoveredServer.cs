using UcSdk.Sip;

namespace UcSdk;

/// <summary>A server that may be connected to.</summary>
/// <param name="Address">Transport, host and port. Where it is TLS, the certificate must be for <paramref name="ServerName"/>, or for <see cref="SipTransportAddress.Domain"/> when that is given.</param>
/// <param name="ServerName">The host's name as it was found, without the last dot.</param>
/// <param name="Source">Who named it.</param>
internal sealed record DiscoveredServer(SipTransportAddress Address, string ServerName, DiscoverySource Source);
