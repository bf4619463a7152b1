using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>A whole client at Kamailio: a SIP server that knows nothing of Lync, and asks for passwords by Digest.</summary>
public sealed class ClientTests
{
    private readonly WireLog _wire = new();

    [Theory]
    [InlineData("UDP")]
    [InlineData("TCP")]
    [InlineData("TLS")]
    public async Task She_signs_in_without_settings_refreshes_and_signs_out(string transport)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var server = await KamailioServer.StartAsync(limit.Token, expires: 6);
        await using var client = Create(server, transport, KamailioServer.Password);

        await client.SignInAsync("sip:alice@contoso.test", limit.Token);
        Assert.Equal((ClientState.SignedIn, "sip:alice@contoso.test"), (client.State, client.Uri));
        Assert.Null(client.Self!.Gruu);
        Assert.Equal(["→ REGISTER", "← 401 REGISTER", "→ REGISTER", "← 200 REGISTER"], _wire.Lines.Take(4));

        // A refresh uses the nonce that it has, and is not challenged again.
        await _wire.WaitForAsync("← 200 REGISTER", 3, limit.Token);
        Assert.Equal(1, _wire.Lines.Count(line => line == "← 401 REGISTER"));
        Assert.Equal(ClientState.SignedIn, client.State);

        await client.SignOutAsync(limit.Token);
        Assert.Equal(ClientState.SignedOut, client.State);
        Assert.Equal(["→ REGISTER", "← 200 REGISTER"], _wire.Lines.TakeLast(2));
    }

    [Fact]
    public async Task A_wrong_password_is_refused_and_tried_once()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var server = await KamailioServer.StartAsync(limit.Token);
        await using var client = Create(server, "TCP", "looking-glass");

        var failure = await Assert.ThrowsAsync<RegisterException>(() => client.SignInAsync("sip:alice@contoso.test", limit.Token));
        Assert.Equal(StatusCode.Unauthorized, StatusOf(failure));
        Assert.DoesNotContain("looking-glass", failure.ToString(), StringComparison.Ordinal);
        Assert.Equal(["→ REGISTER", "← 401 REGISTER", "→ REGISTER", "← 401 REGISTER"], _wire.Lines);
        Assert.Equal(ClientState.SignedOut, client.State);
    }

    [Fact]
    public async Task Who_may_not_register_is_told_so()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var server = await KamailioServer.StartAsync(limit.Token);
        await using var client = Create(server, "TCP", KamailioServer.Password);

        var failure = await Assert.ThrowsAsync<RegisterException>(() => client.SignInAsync($"sip:{KamailioServer.Barred}@contoso.test", limit.Token));
        Assert.Equal(StatusCode.Forbidden, StatusOf(failure));
        Assert.Contains("Not For You", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["→ REGISTER", "← 401 REGISTER", "→ REGISTER", "← 403 REGISTER"], _wire.Lines);
    }

    [Theory]
    [InlineData("TCP")]
    [InlineData("TLS")]
    public async Task When_Kamailio_comes_back_she_is_signed_in_again(string transport)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var server = await KamailioServer.StartAsync(limit.Token);
        await using var client = Create(server, transport, KamailioServer.Password);
        await client.SignInAsync("sip:alice@contoso.test", limit.Token);

        await server.RestartAsync(() => client.WaitForStateAsync(ClientState.SigningIn, limit.Token), limit.Token);
        await client.WaitForStateAsync(ClientState.SignedIn, limit.Token);
        Assert.Equal(2, _wire.Lines.Count(line => line == "← 200 REGISTER"));

        await client.SignOutAsync(limit.Token);
        Assert.Equal(["→ REGISTER", "← 200 REGISTER"], _wire.Lines.TakeLast(2));
    }

    private static int? StatusOf(RegisterException failure) => (failure.InnerException as SipException)?.StatusCode;

    private LyncClient Create(KamailioServer server, string transport, string password) => new(new LyncClientOptions
    {
        Server = server.AddressOf(transport),
        TransportFactory = () => Loopback.Open(transport, server.Authority),
        Password = new SipPassword(password),
        // On loopback nothing is lost. On a busy machine a copy would be challenged anew, because Kamailio keeps no state of challenges.
        Timings = SipTimings.Default with { T1 = TimeSpan.FromSeconds(4) },
        Trace = _wire,
    });
}
