using System.Net.Sockets;
using System.Text;

namespace UcSdk.Sip.Tests;

/// <summary>Small messages and a bare socket that speaks them.</summary>
internal static class Wire
{
    public static byte[] Options(int number = 1, string body = "") => Encoding.UTF8.GetBytes(
        $"OPTIONS sip:b@example.test SIP/2.0\r\nVia: SIP/2.0/TCP a.example.test;branch=z9hG4bK{number}\r\nFrom: <sip:a@example.test>;tag=1\r\n" +
        $"To: <sip:b@example.test>\r\nCall-ID: c{number}\r\nCSeq: {number} OPTIONS\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    public static async Task<Socket> DialAsync(SipTransportAddress address)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(System.Net.IPAddress.Loopback, address.Port);
        return socket;
    }

    /// <summary>Reads until the peer closes its end.</summary>
    public static async Task<string> ReadToEndAsync(this Socket socket)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (await socket.ReceiveAsync(buffer).WaitAsync(TimeSpan.FromSeconds(30)) is var count and > 0)
        {
            text.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }

        return text.ToString();
    }

    /// <summary>Reads until the peer is gone, in order or not.</summary>
    public static async Task ReadToEndOrResetAsync(this Socket socket)
    {
        try
        {
            await socket.ReadToEndAsync();
        }
        catch (SocketException)
        {
            // Reset.
        }
    }
}
