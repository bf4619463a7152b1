using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>The Lab as a script controls it.</summary>
public sealed class LabControlTests
{
    [Fact]
    public async Task A_script_deregisters_users_moves_them_starts_the_server_again_and_stops_it()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var lab = PeerProcess.Start("dotnet", Sample.Assembly("Lab"), "--listen", "tcp://127.0.0.1:0", "--user", "alice", "--control");
        await lab.WaitForTextAsync("Ctrl+C ends.", limit.Token);
        var line = lab.Output.Split('\n').Single(text => text.StartsWith("Listening on ", StringComparison.Ordinal));
        Assert.True(SipTransportAddress.TryParse(line["Listening on ".Length..].Trim(), out var address));

        await using var endpoint = SipEndpoint.Create(new SipEndpointOptions(), new TcpTransport());
        await endpoint.StartAsync(limit.Token);
        var registration = await RegisterAsync(endpoint, address, limit.Token);
        await lab.WaitForTextAsync("{\"event\":\"Registered\",\"endpoint\":{\"user\":\"sip:alice@contoso.test\",\"epid\":\"451e9252b6\"", limit.Token);
        await lab.SayAsync("endpoints alice", limit.Token);
        await lab.WaitForTextAsync("{\"ok\":true,\"command\":\"endpoints alice\",\"endpoints\":[{", limit.Token);

        await lab.SayAsync("deregister alice rejected", limit.Token);
        Assert.Equal(RegistrationReason.Deregistered, await registration.Ended.WaitAsync(limit.Token));
        await lab.WaitForTextAsync("{\"ok\":true,\"command\":\"deregister alice rejected\",\"count\":1}", limit.Token);

        await lab.SayAsync("move alice tls://pool2.contoso.test", limit.Token);
        await lab.WaitForTextAsync("\"command\":\"move alice", limit.Token);
        Assert.Equal(301, (await Assert.ThrowsAsync<SipException>(() => RegisterAsync(endpoint, address, limit.Token))).StatusCode);

        await lab.SayAsync("restart", limit.Token);
        await lab.WaitForTextAsync("{\"ok\":true,\"command\":\"restart\"}", limit.Token);
        // At the same address, with nothing of before.
        await RegisterAsync(endpoint, address, limit.Token);

        await lab.SayAsync("disable mallory", limit.Token);
        await lab.WaitForTextAsync("{\"ok\":false,\"command\":\"disable mallory\",\"error\":", limit.Token);
        await lab.SayAsync("abracadabra", limit.Token);
        await lab.WaitForTextAsync("{\"ok\":false,\"command\":\"abracadabra\",\"error\":\"endpoints [USER] | ", limit.Token);
        await lab.SayAsync("stop", limit.Token);
        Assert.Equal(0, await lab.WaitForExitAsync(limit.Token));
        Assert.Empty(lab.Errors);
    }

    private static async Task<Registration> RegisterAsync(SipEndpoint endpoint, SipTransportAddress address, CancellationToken cancellationToken)
    {
        var flow = await endpoint.ConnectAsync(address, cancellationToken);
        Assert.True(NameAddr.TryParse($"<sip:127.0.0.1:{flow.Local.Port};transport=tcp>;proxy=replace", out var contact));
        return await endpoint.InvokeAsync(
            async () =>
            {
                var registration = endpoint.Register(new RegistrationOptions { Aor = SipUri.Parse("sip:alice@contoso.test"), Flow = flow, Contact = contact, Epid = "451e9252b6" });
                await registration.RegisterAsync(cancellationToken);
                return registration;
            },
            cancellationToken);
    }
}
