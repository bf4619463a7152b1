using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>A server that restarts, on the sockets of this machine and the system's clock.</summary>
public sealed class RealRestartTests
{
    private static readonly ReconnectOptions AtOnce = new()
    {
        FirstDelay = TimeSpan.Zero,
        BaseDelay = TimeSpan.FromMilliseconds(20),
        MaxDelay = TimeSpan.FromMilliseconds(200),
    };

    [Theory(Timeout = 60_000)]
    [InlineData("TCP")]
    [InlineData("TLS")]
    public async Task A_client_comes_back_to_a_server_that_restarts_with_a_new_association_and_meets(string transport)
    {
        using var password = new SipPassword("Rumpelstiltskin");
        using var certificate = DevelopmentCertificate.Create("contoso.test");
        var options = new UcServerOptions
        {
            Users = [new("alice") { Password = password }],
            Listen = [new(transport, "127.0.0.1", 0)],
            Certificate = transport == "TLS" ? certificate.Certificate : null,
        };
        var server = await StartAsync(options);
        var address = server.ListenAddresses[0];
        var states = new Recorder<ClientStateChange>();
        await using var alice = new LyncClient(new()
        {
            Server = address,
            Tls = new TlsTransportOptions { TrustedRoots = [certificate.Authority] },
            Password = password,
            Reconnect = AtOnce,
        });
        using var subscription = alice.StateChanges.Subscribe(states);
        await alice.SignInAsync("sip:alice@contoso.test");
        var gruu = alice.Self!.Gruu;

        var gone = alice.WaitForStateAsync(ClientState.SigningIn);
        await server.DisposeAsync();
        await gone;
        await using var again = await StartAsync(options with { Listen = [address] });
        await alice.WaitForStateAsync(ClientState.SignedIn);

        Assert.Equal((1, 1), ((await again.GetCountsAsync()).Bindings, await again.CountAssociationsAsync()));
        Assert.Equal(gruu, alice.Self!.Gruu);
        var meeting = await alice.ConversationManager.MeetNowAsync();
        Assert.NotNull(meeting.ConferenceSession);
        await alice.SignOutAsync();
        Assert.Equal(0, (await again.GetCountsAsync()).Bindings);
        Assert.Contains("SignedIn → SigningIn (ConnectionLost)", states.Log);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_server_that_comes_back_with_another_ones_certificate_is_not_believed()
    {
        using var password = new SipPassword("Rumpelstiltskin");
        using var certificate = DevelopmentCertificate.Create("contoso.test");
        using var other = DevelopmentCertificate.Create("contoso.test");
        var options = new UcServerOptions { Users = [new("alice") { Password = password }], Listen = [new("TLS", "127.0.0.1", 0)], Certificate = certificate.Certificate };
        var server = await StartAsync(options);
        var address = server.ListenAddresses[0];
        await using var alice = new LyncClient(new()
        {
            Server = address,
            Tls = new TlsTransportOptions { TrustedRoots = [certificate.Authority] },
            Password = password,
            Reconnect = AtOnce,
        });
        await alice.SignInAsync("sip:alice@contoso.test");
        var states = new Recorder<ClientStateChange>();
        using var subscription = alice.StateChanges.Subscribe(states);

        var gone = alice.WaitForStateAsync(ClientState.SigningIn);
        await server.DisposeAsync();
        await gone;
        await using var impostor = await StartAsync(options with { Listen = [address], Certificate = other.Certificate });
        await alice.WaitForStateAsync(ClientState.SignedOut);

        Assert.Equal(0, (await impostor.GetCountsAsync()).Bindings);
    }

    private static async Task<UcServer> StartAsync(UcServerOptions options)
    {
        var server = new UcServer(options);
        await server.StartAsync();
        return server;
    }
}
