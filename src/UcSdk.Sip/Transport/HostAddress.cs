using System.Net;

namespace UcSdk.Sip;

/// <summary>From the host of a <see cref="SipTransportAddress"/> to addresses, by the system's resolver.</summary>
internal static class HostAddress
{
    /// <summary>At least one address.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The name is not known.</exception>
    public static async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
        IPAddress.TryParse(host.AsSpan().Trim("[]"), out var address) ? [address] : await Dns.GetHostAddressesAsync(host, cancellationToken);
}
