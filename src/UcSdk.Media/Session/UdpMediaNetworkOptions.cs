using System.Net;

namespace UcSdk.Media;

/// <summary>Which addresses and ports real media sockets use. Checked when the network is created.</summary>
public sealed record UdpMediaNetworkOptions
{
    /// <summary>The local address to bind, and to tell peers unless <see cref="AdvertisedAddress"/> says another; default 127.0.0.1.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The address that peers are told; needed when <see cref="Address"/> is 0.0.0.0 or ::, or behind a fixed address translation.</summary>
    public IPAddress? AdvertisedAddress { get; init; }

    /// <summary>The lowest port to use, 1…65534, or 0 (the default) to let the system choose.</summary>
    public int FirstPort { get; init; }

    /// <summary>The highest port to use; not looked at when <see cref="FirstPort"/> is 0. Default 65535.</summary>
    public int LastPort { get; init; } = IPEndPoint.MaxPort;

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Address, nameof(Address));
        ArgumentOutOfRangeException.ThrowIfNegative(FirstPort, nameof(FirstPort));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(LastPort, IPEndPoint.MaxPort, nameof(LastPort));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(LastPort, FirstPort, nameof(LastPort));
        var isWildcard = Address.Equals(IPAddress.Any) || Address.Equals(IPAddress.IPv6Any);
        if (AdvertisedAddress is null && isWildcard)
        {
            throw new ArgumentException("Bound to all addresses, the network needs one to tell peers.", nameof(AdvertisedAddress));
        }

        if (AdvertisedAddress is not null && AdvertisedAddress.AddressFamily != Address.AddressFamily)
        {
            throw new ArgumentException("The advertised address must be of the family of the bound one.", nameof(AdvertisedAddress));
        }
    }
}
