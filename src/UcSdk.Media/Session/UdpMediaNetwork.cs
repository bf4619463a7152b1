using System.Net;
using System.Net.Sockets;

namespace UcSdk.Media;

/// <summary>Media over real UDP sockets.</summary>
public sealed class UdpMediaNetwork : IMediaNetwork
{
    // The system gives any port; about every second pair fits.
    private const int SystemPortAttempts = 64;

    private readonly UdpMediaNetworkOptions _options;

    /// <summary>Makes the network; no socket is opened yet.</summary>
    /// <param name="options">Addresses and ports; default the loopback address and ports of the system's choice.</param>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public UdpMediaNetwork(UdpMediaNetworkOptions? options = null)
    {
        _options = options ?? new();
        _options.Validate();
    }

    /// <inheritdoc/>
    public ValueTask<IMediaTransport> OpenAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var port in CandidatePorts())
        {
            if (TryOpenPair(port) is { } transport)
            {
                return new(transport);
            }
        }

        throw new IOException($"No pair of UDP ports is free at {_options.Address}.");
    }

    private IEnumerable<int> CandidatePorts() => _options.FirstPort == 0
        ? Enumerable.Repeat(0, SystemPortAttempts)
        : Enumerable.Range(_options.FirstPort, _options.LastPort - _options.FirstPort).Where(port => port % 2 == 0);

    private UdpMediaTransport? TryOpenPair(int port)
    {
        var rtp = TryBind(port);
        var bound = ((IPEndPoint?)rtp?.LocalEndPoint)?.Port ?? 1;
        var rtcp = bound % 2 == 0 ? TryBind(bound + 1) : null;
        if (rtp is null || rtcp is null)
        {
            rtp?.Dispose();
            rtcp?.Dispose();
            return null;
        }

        return new(rtp, rtcp, _options.AdvertisedAddress ?? _options.Address);
    }

    private Socket? TryBind(int port)
    {
        var socket = new Socket(_options.Address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Bind(new IPEndPoint(_options.Address, port));
            return socket;
        }
        catch (SocketException failure) when (failure.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            socket.Dispose();
            return null;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
