using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>SIPp, speaking one of the scenarios of this project, once or many times.</summary>
internal static class SippProgram
{
    /// <summary>SIPp as caller: runs the scenario against the address; anything but success fails the test.</summary>
    public static async Task CallAsync(SipTransportAddress remote, string scenario, CancellationToken cancellationToken, params string[] options)
    {
        var sipp = Peer.Require("sipp", "sip-tester");
        await using var peer = PeerProcess.Start(
            sipp, [$"{remote.Host}:{remote.Port.ToString(CultureInfo.InvariantCulture)}", .. Arguments(remote.Transport, $"Caller/{scenario}", FreePort()), .. options]);
        await ExpectSuccessAsync(peer, scenario, cancellationToken);
    }

    /// <summary>SIPp as callee: listens, and speaks the scenario with whoever calls.</summary>
    public static Task<SippCallee> ListenAsync(string transport, string scenario, CancellationToken cancellationToken, params string[] options) =>
        ListenAsync(transport, scenario, FreePort(), cancellationToken, options);

    /// <summary>SIPp as callee on a port that is known already.</summary>
    public static async Task<SippCallee> ListenAsync(string transport, string scenario, int port, CancellationToken cancellationToken, params string[] options)
    {
        var sipp = Peer.Require("sipp", "sip-tester");
        var address = new SipTransportAddress(transport, "127.0.0.1", port);
        var callee = new SippCallee(PeerProcess.Start(sipp, [.. Arguments(transport, $"Callee/{scenario}", address.Port), .. options]), scenario, address);
        while (!IsListening(address))
        {
            await Task.Delay(20, cancellationToken);
        }

        return callee;
    }

    public static async Task ExpectSuccessAsync(PeerProcess peer, string scenario, CancellationToken cancellationToken)
    {
        var code = await peer.WaitForExitAsync(cancellationToken);
        Assert.True(code == 0, $"SIPp ended {scenario} with {code.ToString(CultureInfo.InvariantCulture)}:\n{peer.Errors}\n{peer.Output}");
    }

    // A port that was free a moment ago for both kinds of socket: SIPp cannot say which one it took.
    public static int FreePort()
    {
        using var stream = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        stream.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)stream.LocalEndPoint!).Port;
    }

    private static bool IsListening(SipTransportAddress address)
    {
        var sockets = IPGlobalProperties.GetIPGlobalProperties();
        return (address.Transport == "UDP" ? sockets.GetActiveUdpListeners() : sockets.GetActiveTcpListeners()).Any(socket => socket.Port == address.Port);
    }

    private static string[] Arguments(string transport, string scenario, int port) =>
    [
        "-sf", Path.Combine(AppContext.BaseDirectory, "Scenarios", scenario + ".xml"),
        "-t", transport == "UDP" ? "u1" : "t1",
        "-i", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-m", "1", "-nostdin", "-timeout", "40", "-timeout_error",
    ];
}
