using System.Buffers.Binary;
using System.Net;

namespace UcSdk.Sip;

/// <summary>
/// Addresses for the hosts of a capture. A host that is an address keeps it; a name, as networks in memory have them, gets the next of the
/// documentation ranges (RFC 5737: 192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24; then RFC 3849: 2001:db8::/32), which no real host has.
/// </summary>
internal sealed class CaptureAddresses(Action<IPAddress, string> onNamed)
{
    private const int HostsPerRange = 254;

    private static readonly byte[][] Ranges = [[192, 0, 2], [198, 51, 100], [203, 0, 113]];

    private readonly Dictionary<string, IPAddress> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Both ends, of one family: where only one is IPv6, the other is mapped into it (RFC 4291 §2.5.5.2).</summary>
    public (IPAddress First, IPAddress Second) Of(string first, string second)
    {
        var (one, other) = (Of(first), Of(second));
        return one.AddressFamily == other.AddressFamily ? (one, other) : (one.MapToIPv6(), other.MapToIPv6());
    }

    private IPAddress Of(string host)
    {
        if (IPAddress.TryParse(host.AsSpan().Trim("[]"), out var address))
        {
            return address;
        }

        if (!_names.TryGetValue(host, out address))
        {
            address = At(_names.Count);
            _names.Add(host, address);
            onNamed(address, host);
        }

        return address;
    }

    private static IPAddress At(int index)
    {
        var (range, host) = Math.DivRem(index, HostsPerRange);
        if (range < Ranges.Length)
        {
            return new([.. Ranges[range], (byte)(host + 1)]);
        }

        var octets = new byte[16];
        (octets[0], octets[1], octets[2], octets[3]) = (0x20, 0x01, 0x0d, 0xb8);
        BinaryPrimitives.WriteInt32BigEndian(octets.AsSpan(12), index + 1);
        return new(octets);
    }
}
