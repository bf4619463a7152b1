using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace UcSdk.Sip;

/// <summary>Where a transport listens or connects to, written <c>tcp://127.0.0.1:5060</c>.</summary>
/// <param name="Transport">The transport as in Via, in upper case: TCP, TLS, UDP; an in-memory network uses TCP or UDP too.</param>
/// <param name="Host">A name or an address, IPv6 in brackets.</param>
/// <param name="Port">1–65535; 0 when listening means any free port.</param>
public sealed record SipTransportAddress(string Transport, string Host, int Port)
{
    /// <summary>
    /// The SIP domain that the peer's certificate must be for, when it is not <see cref="Host"/>: the domain of the URI that was looked up
    /// (RFC 5922 §7.1). Null for the host.
    /// </summary>
    public string? Domain { get; init; }

    /// <summary>Reads <c>scheme://host[:port]</c>; the default port is 5061 for TLS and 5060 otherwise (RFC 3261 §19.1.2).</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SipTransportAddress? address)
    {
        address = null;
        var cut = text?.IndexOf("://", StringComparison.Ordinal) ?? -1;
        if (cut <= 0 || !SipGrammar.IsToken(text.AsSpan(0, cut)))
        {
            return false;
        }

        var transport = text![..cut].ToUpperInvariant();
        var rest = text.AsSpan(cut + 3);
        // A listener may ask for any free port, which a URI cannot express.
        var anyPort = rest.EndsWith(":0");
        if (!HostPort.TryParse(anyPort ? rest[..^2] : rest, out var host, out var port))
        {
            return false;
        }

        address = new(transport, host, anyPort ? 0 : port ?? (transport == "TLS" ? 5061 : 5060));
        return true;
    }

    /// <summary>The address of a socket; an IPv4 address mapped into IPv6 is given as what it is.</summary>
    internal static SipTransportAddress Of(string transport, IPEndPoint endPoint)
    {
        var address = endPoint.Address.IsIPv4MappedToIPv6 ? endPoint.Address.MapToIPv4() : endPoint.Address;
        return new(transport, address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString(), endPoint.Port);
    }

    /// <summary><c>tcp://host:port</c>.</summary>
    public override string ToString() => $"{Transport.ToLowerInvariant()}://{Host}:{Port.ToString(CultureInfo.InvariantCulture)}";
}
