using System.Net;
using System.Net.Sockets;
using System.Text;

namespace UcSdk.Interop.Tests;

/// <summary>As much of IRC (RFC 1459) as it takes to talk to BitlBee in its control channel.</summary>
internal sealed class IrcClient : IDisposable
{
    private const string Channel = "&bitlbee";
    private const string FromBitlbee = $" PRIVMSG {Channel} :";

    private readonly TcpClient _connection;
    private readonly StreamReader _reader;
    private readonly List<string> _heard = [];

    private IrcClient(TcpClient connection)
    {
        _connection = connection;
        _reader = new StreamReader(connection.GetStream(), Encoding.UTF8);
    }

    /// <summary>Connects as soon as the peer listens, and joins the control channel.</summary>
    public static async Task<IrcClient> ConnectAsync(int port, PeerProcess peer, CancellationToken cancellationToken)
    {
        while (true)
        {
            var connection = new TcpClient();
            try
            {
                await connection.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                var client = new IrcClient(connection);
                await client.SendAsync("NICK tester\r\nUSER tester 0 * :tester", cancellationToken);
                await client.ReadUntilAsync($"JOIN :{Channel}", cancellationToken);
                return client;
            }
            catch (SocketException)
            {
                connection.Dispose();
                Assert.False(peer.HasExited, $"BitlBee did not start:\n{peer.Errors}\n{peer.Output}");
                await Task.Delay(50, cancellationToken);
            }
        }
    }

    /// <summary>Says something in the control channel.</summary>
    public Task SayAsync(string text, CancellationToken cancellationToken) => TellAsync(Channel, text, cancellationToken);

    /// <summary>Says something to one person.</summary>
    public Task TellAsync(string nick, string text, CancellationToken cancellationToken) => SendAsync($"PRIVMSG {nick} :{text}", cancellationToken);

    /// <summary>The next thing that BitlBee says which has the text in it; what it says before is passed over.</summary>
    public async Task<string> HearAsync(string text, CancellationToken cancellationToken)
    {
        while (true)
        {
            var line = await ReadUntilAsync(FromBitlbee, cancellationToken);
            var said = line[(line.IndexOf(FromBitlbee, StringComparison.Ordinal) + FromBitlbee.Length)..];
            if (said.Contains(text, StringComparison.Ordinal))
            {
                return said;
            }
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _connection.Dispose();
    }

    private async Task SendAsync(string lines, CancellationToken cancellationToken) =>
        await _connection.GetStream().WriteAsync(Encoding.UTF8.GetBytes(lines + "\r\n"), cancellationToken);

    private async Task<string> ReadUntilAsync(string text, CancellationToken cancellationToken)
    {
        while (true)
        {
            string? line;
            try
            {
                line = await _reader.ReadLineAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"BitlBee did not say '{text}':\n{string.Join('\n', _heard)}");
            }

            if (line is null)
            {
                throw new IOException($"BitlBee hung up before it said '{text}':\n{string.Join('\n', _heard)}");
            }

            if (line.Contains(FromBitlbee, StringComparison.Ordinal))
            {
                _heard.Add(line);
            }

            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }
    }
}
