using System.Net;
using System.Net.NetworkInformation;

namespace UcSdk;

/// <summary>The network changes that the operating system reports (<see cref="NetworkChange.NetworkAddressChanged"/>).</summary>
public sealed class SystemNetworkChanges : INetworkChanges
{
    private SystemNetworkChanges()
    {
    }

    /// <summary>The only one: it has no state.</summary>
    public static SystemNetworkChanges Instance { get; } = new();

    /// <inheritdoc/>
    public IDisposable Watch(Action changed)
    {
        ArgumentNullException.ThrowIfNull(changed);
        return new Subscription(changed);
    }

    /// <inheritdoc/>
    public bool HasAddress(string host)
    {
        if (!IPAddress.TryParse(host, out var address) || IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            return true;
        }

        try
        {
            // A zone is the number of an interface here and perhaps its name there; the bytes are the address.
            var bytes = address.GetAddressBytes();
            return Array.Exists(
                NetworkInterface.GetAllNetworkInterfaces(),
                one => one.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown
                    && one.GetIPProperties().UnicastAddresses.Any(known => known.Address.GetAddressBytes().AsSpan().SequenceEqual(bytes)));
        }
        catch (NetworkInformationException)
        {
            // Nobody can tell; the connection itself will.
            return true;
        }
    }

    private sealed class Subscription : IDisposable
    {
        private readonly NetworkAddressChangedEventHandler _handler;

        public Subscription(Action changed)
        {
            _handler = (_, _) => changed();
            NetworkChange.NetworkAddressChanged += _handler;
        }

        public void Dispose() => NetworkChange.NetworkAddressChanged -= _handler;
    }
}
