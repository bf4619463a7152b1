using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using UcSdk.Sip;

namespace UcSdk.Server.Tests;

public sealed class UcServerTests
{
    [Fact]
    public async Task A_client_signs_in_over_real_TCP()
    {
        await using var server = new UcServer(new UcServerOptions { Users = [new("alice")] });
        await server.StartAsync();
        var address = Assert.Single(server.ListenAddresses);
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", address.Port);
        var local = $"127.0.0.1:{((IPEndPoint)client.Client.LocalEndPoint!).Port}";

        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"""
            REGISTER sip:contoso.test SIP/2.0
            Via: SIP/2.0/tcp {local};branch=z9hG4bK1
            From: <{server.AddressOf("alice")}>;tag=1;epid=aabb
            To: <{server.AddressOf("alice")}>
            Max-Forwards: 70
            CSeq: 1 REGISTER
            Call-ID: login
            Contact: <sip:10.1.2.3:5;transport=tcp>;proxy=replace
            Content-Length: 0


            """.ReplaceLineEndings("\r\n")));
        var answer = await ReadHeadAsync(client.GetStream());

        Assert.StartsWith("SIP/2.0 200 OK", answer, StringComparison.Ordinal);
        Assert.Contains($"Contact: <sip:{local};transport=tcp;ms-received-cid=", answer, StringComparison.Ordinal);
        Assert.Equal(1, (await server.GetCountsAsync()).Bindings);
    }

    [Fact]
    public async Task Disposal_closes_the_connections_and_a_second_one_waits_for_the_first()
    {
        var server = new UcServer();
        await server.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", server.ListenAddresses[0].Port);
        // Its pong says that the server has taken the connection; one that still waits for that is reset.
        await client.GetStream().WriteAsync("\r\n\r\n"u8.ToArray());
        await client.GetStream().ReadExactlyAsync(new byte[2]);

        await server.DisposeAsync();
        await server.DisposeAsync();

        Assert.Equal(0, await client.GetStream().ReadAsync(new byte[1]));
        Assert.Equal(0, (await server.GetCountsAsync()).Sip.Flows);
    }

    [Fact]
    public async Task A_server_starts_once_and_not_after_its_end()
    {
        var server = new UcServer();
        await server.StartAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => server.StartAsync());
        await server.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => server.StartAsync());
    }

    [Theory]
    [InlineData("alice", "ALICE")]
    [InlineData("al ice", "bob")]
    [InlineData("alice@elsewhere", "bob")]
    [InlineData("", "bob")]
    public void Users_who_cannot_be_told_apart_or_addressed_are_refused(string first, string second) =>
        Assert.Throws<ArgumentException>(() => new UcServer(new UcServerOptions { Users = [new(first), new(second)] }));

    [Theory]
    [InlineData("contoso.test:5060")]
    [InlineData("")]
    [InlineData("contoso.test;lr")]
    public void A_domain_that_is_none_is_refused(string domain) =>
        Assert.Throws<ArgumentException>(() => new UcServer(new UcServerOptions { Domain = domain }));

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Throws(new UcServerOptions { MinimumRegistrationExpires = TimeSpan.Zero });
        Throws(new UcServerOptions { RegistrationExpires = TimeSpan.FromSeconds(59) });
        Throws(new UcServerOptions { SubscriptionExpires = TimeSpan.Zero });
        Throws(new UcServerOptions { KeepAlive = TimeSpan.Zero });
        Throws(new UcServerOptions { MaxEndpointsPerUser = 0 });
        Throws(new UcServerOptions { StopTimeout = TimeSpan.FromTicks(-1) });
        Throws(new UcServerOptions { Conferences = new ConferenceLimits { MaxUsers = 0 } });
        Throws(new UcServerOptions { Conferences = new ConferenceLimits { MaxListedUsers = -1 } });
        Assert.Throws<ArgumentException>(() => new UcServer(new UcServerOptions { Listen = [new SipTransportAddress("SCTP", "127.0.0.1", 0)] }));
        Assert.Throws<ArgumentException>(() => new UcServer(new UcServerOptions { Listen = [new SipTransportAddress("TLS", "127.0.0.1", 0)] }));
    }

    private static void Throws(UcServerOptions options) => Assert.Throws<ArgumentOutOfRangeException>(() => new UcServer(options));

    private static async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!text.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var length = await stream.ReadAsync(buffer);
            Assert.True(length > 0, "The server closed the connection.");
            text.Append(CultureInfo.InvariantCulture, $"{Encoding.ASCII.GetString(buffer, 0, length)}");
        }

        return text.ToString();
    }
}
