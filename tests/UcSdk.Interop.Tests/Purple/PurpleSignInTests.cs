using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>SIPE in our own host at the embedded server: the ways of signing in that BitlBee does not offer.</summary>
public sealed class PurpleSignInTests(PurpleProgram program)
{
    [Theory]
    [InlineData("alice", "ntlm")]
    [InlineData("alice", "auto")]
    [InlineData("CONTOSO\\alice", "ntlm")]
    [InlineData("contoso.test\\alice", "auto")]
    [InlineData("alice@contoso.test", "ntlm")]
    public async Task She_signs_in_by_whatever_login_names_her_and_every_signature_is_right(string login, string authentication)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var server = await StartAsync(limit.Token);
        await using var alice = await PurpleSipe.StartAsync(
            program, server.ListenAddresses[0], "alice", "wonderland", limit.Token, new() { ["authentication"] = authentication }, login);

        await alice.ConnectAsync(limit.Token);
        await alice.WaitForSignInAsync(limit.Token);
        await alice.Host.WaitForLogAsync("<focusFactoryUri>", 1, limit.Token);
        await alice.SignOutAsync(limit.Token);

        Assert.Equal(["401", "401", "200"], alice.Log.RegisterStatuses.Take(3));
        alice.Log.RequireEverySignatureValidated(atLeast: 2);
        Assert.Equal(0, (await server.GetCountsAsync(limit.Token)).Bindings);
    }

    [Fact]
    public async Task Nobody_else_gets_in_and_she_reads_why()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var server = await StartAsync(limit.Token);
        await using var alice = await PurpleSipe.StartAsync(program, server.ListenAddresses[0], "alice", "looking-glass", limit.Token);

        await alice.ConnectAsync(limit.Token);
        Assert.Equal("Authentication failed", await alice.WaitForErrorAsync(limit.Token));
        Assert.Equal(["401", "401", "401"], alice.Log.RegisterStatuses);
    }

    [Fact]
    public async Task A_director_sends_her_home_and_she_is_signed_in_there()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var home = await StartAsync(limit.Token);
        await using var director = await StartAsync(limit.Token, home.ListenAddresses[0]);
        await using var alice = await PurpleSipe.StartAsync(program, director.ListenAddresses[0], "alice", "wonderland", limit.Token);

        await alice.ConnectAsync(limit.Token);
        await alice.WaitForSignInAsync(limit.Token);
        Assert.Equal((0, 1), ((await director.GetCountsAsync(limit.Token)).Bindings, (await home.GetCountsAsync(limit.Token)).Bindings));
        await alice.SignOutAsync(limit.Token);

        Assert.Equal(["401", "401", "301", "401", "401", "200"], alice.Log.RegisterStatuses.Take(6));
        Assert.Equal(0, (await home.GetCountsAsync(limit.Token)).Bindings);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_hers_to_accept()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var certificate = DevelopmentCertificate.Create("contoso.test");
        await using var server = new UcServer(new UcServerOptions
        {
            Domain = "contoso.test",
            Users = [new("alice") { Password = new SipPassword("wonderland") }],
            Listen = [new SipTransportAddress("TLS", "127.0.0.1", 0)],
            Certificate = certificate.Certificate,
        });
        await server.StartAsync(limit.Token);
        await using var alice = await PurpleSipe.StartAsync(program, server.ListenAddresses[0], "alice", "wonderland", limit.Token);

        await alice.ConnectAsync(limit.Token);
        var question = await alice.Host.WaitForAsync("request", request => request.GetProperty("primary").GetString()!.StartsWith("Accept certificate for 127.0.0.1?", StringComparison.Ordinal), limit.Token);
        await alice.DoAsync("request.answer", new() { ["request"] = question.GetProperty("request").GetInt32(), ["choice"] = "Accept" }, limit.Token);
        await alice.WaitForSignInAsync(limit.Token);
        await alice.Host.WaitForLogAsync("<focusFactoryUri>", 1, limit.Token);
        await alice.SignOutAsync(limit.Token);
        alice.Log.RequireEverySignatureValidated(atLeast: 2);
    }

    private static async Task<UcServer> StartAsync(CancellationToken cancellationToken, SipTransportAddress? home = null)
    {
        var server = new UcServer(new UcServerOptions
        {
            Domain = "contoso.test",
            Users = [new("alice") { Password = new SipPassword("wonderland") }],
            HomeServer = home,
        });
        await server.StartAsync(cancellationToken);
        return server;
    }
}
