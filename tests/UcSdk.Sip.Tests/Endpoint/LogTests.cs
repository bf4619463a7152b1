using System.Net.Sockets;
using UcSdk.Shared;

namespace UcSdk.Sip.Tests;

/// <summary>What an endpoint writes into logs, and what it never does.</summary>
public sealed class LogTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Addresses_and_what_peers_wrote_are_shown_only_where_user_data_may_be_and_secrets_never(bool isAllowed)
    {
        var lines = new RecordingLog();
        var wire = PeerWire.Reliable(new() { LoggerFactory = lines, LogUserData = isAllowed });
        wire.Says("SIP/2.0 200 OK\nVia: SIP/2.0/TCP self.test;branch=z9hG4bKunknown\nCSeq: 1 OPTIONS\nAuthorization: Digest response=\"SECRET\"\n\na=crypto:1 inline:SECRET");
        wire.Says("MESSAGE sip:alice@self.test SIP/2.0\nAuthorization: Basic SECRET\n\nSECRET");
        wire.SaysBytes("peer.test no SIP at all, SECRET\r\n\r\n");
        await Assert.ThrowsAsync<SipException>(() => wire.Do(() => wire.Endpoint.ConnectAsync(new SipTransportAddress("TCP", "nowhere.test", 1), TestContext.Current.CancellationToken)));
        wire.Breaks();
        Assert.True(lines.Lines.Count >= 5, string.Join('\n', lines.Lines));
        Assert.Equal(isAllowed, lines.Lines.Any(line => line.Contains(".test", StringComparison.Ordinal)));
        Assert.DoesNotContain(lines.Lines, line => line.Contains("SECRET", StringComparison.Ordinal));
    }

    [Fact]
    public void A_failure_says_its_kind_and_not_whose_it_is()
    {
        var socket = new SocketException((int)SocketError.ConnectionRefused);
        Assert.Equal("ConnectionRefused", Log.CauseOf(socket));
        Assert.Equal("ConnectionRefused", Log.CauseOf(new IOException("tcp://secret.test refused", socket)));
        Assert.Equal("IOException", Log.CauseOf(new IOException("tcp://secret.test is gone")));
        Assert.Equal("ConnectFailed", Log.CauseOf(new SipException(SipFailure.ConnectFailed, "tcp://secret.test cannot be reached")));
        Assert.Equal("no error", Log.CauseOf(null));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_error_that_ended_a_flow_goes_with_the_line_only_where_user_data_may(bool isAllowed)
    {
        var lines = new RecordingLog();
        var wire = PeerWire.Reliable(new() { LoggerFactory = lines, LogUserData = isAllowed });
        wire.Breaks(error: new IOException("tcp://peer.test:5060 reset the connection"));
        var line = Assert.Single(lines.Lines, line => line.Contains("closed", StringComparison.Ordinal));
        Assert.Contains("ConnectionLost (IOException)", line, StringComparison.Ordinal);
        Assert.Equal(isAllowed, line.Contains("reset the connection", StringComparison.Ordinal));
    }
}
