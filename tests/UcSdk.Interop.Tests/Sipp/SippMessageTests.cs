using System.Globalization;
using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>Messages of plain SIP clients through the embedded server: SIPp on either side, single messages and a session.</summary>
public sealed class SippMessageTests
{
    [Theory]
    [InlineData("UDP")]
    [InlineData("TCP")]
    public async Task SIPp_sends_SIPp_a_message_by_itself_and_others_in_a_session(string transport)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var server = await StartAsync(limit.Token);
        await TalkAsync(AddressOf(server, "UDP"), AddressOf(server, transport), limit.Token);
    }

    [Fact]
    public async Task Both_are_behind_a_Kamailio_that_the_server_reaches_them_by()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var server = await StartAsync(limit.Token);
        await using var edge = await KamailioServer.StartEdgeAsync(AddressOf(server, "UDP").Port, limit.Token);
        await TalkAsync(edge.AddressOf("UDP"), edge.AddressOf("UDP"), limit.Token);
        Assert.Equal(2, (await server.GetCountsAsync(limit.Token)).Bindings);
    }

    private static async Task TalkAsync(SipTransportAddress atBob, SipTransportAddress atAlice, CancellationToken cancellationToken)
    {
        var port = SippProgram.FreePort();
        // The binding outlives the socket from which it was made: whoever has the port then gets what comes.
        await SippProgram.CallAsync(atBob, "bind", cancellationToken, "-s", "bob", "-p", port.ToString(CultureInfo.InvariantCulture));
        await using var bob = await SippProgram.ListenAsync("UDP", "message", port, cancellationToken);
        await SippProgram.CallAsync(atAlice, "message", cancellationToken);
        await bob.ExpectSuccessAsync(cancellationToken);
    }

    // A transport for datagrams has one for streams beside it.
    private static SipTransportAddress AddressOf(UcServer server, string transport) => server.ListenAddresses.First(address => address.Transport == transport);

    private static async Task<UcServer> StartAsync(CancellationToken cancellationToken)
    {
        var server = new UcServer(new UcServerOptions
        {
            Domain = "contoso.test",
            Users = [new("alice"), new("bob")],
            Listen = [new SipTransportAddress("TCP", "127.0.0.1", 0), new SipTransportAddress("UDP", "127.0.0.1", 0)],
        });
        await server.StartAsync(cancellationToken);
        return server;
    }
}
