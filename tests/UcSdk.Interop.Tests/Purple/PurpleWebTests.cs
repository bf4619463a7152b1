using System.Text.Json.Nodes;
using UcSdk.Server;
using UcSdk.Server.Web;
using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>SIPE searches the directory by the web service as soon as the server names one: metadata, a ticket by NTLM, the query. Groups it does not expand.</summary>
public sealed class PurpleWebTests(PurpleProgram program)
{
    [Fact]
    public async Task Whom_she_looks_for_she_finds_by_the_web_service()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var server = new UcServer(new UcServerOptions
        {
            Users = [new("alice") { DisplayName = "Alice", Password = new SipPassword("wonderland") }, new("bob") { DisplayName = "Bob Builder", Company = "Contoso" }],
        });
        await server.StartAsync(limit.Token);
        await using var web = new UcWebServer(server);
        await web.StartAsync(limit.Token);
        await using var alice = await PurpleSipe.SignInAsync(program, server.ListenAddresses[0], "alice", "wonderland", limit.Token);
        await alice.Host.WaitForLogAsync("<contactList", 1, limit.Token);

        await SearchAsync(alice, "Bo", limit.Token);
        await alice.SignOutAsync(limit.Token);
    }

    [Fact]
    public async Task Over_https_too_where_she_trusts_the_authority()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var world = await PurpleWorld.CreateAsync("_sipinternaltls._tcp IN SRV 0 0 5061 sip", limit.Token);
        await using var alice = await PurpleSipe.StartAsync(
            program, world, "--listen tls://127.0.0.1:5061 --web https://127.0.0.1:8443 --user alice:wonderland --user bob", "alice", "wonderland", limit.Token);
        await alice.ConnectAsync(limit.Token);
        await alice.WaitForSignInAsync(limit.Token);
        await alice.Host.WaitForLogAsync("<contactList", 1, limit.Token);

        await SearchAsync(alice, "bo", limit.Token);
        await alice.SignOutAsync(limit.Token);
    }

    private static async Task SearchAsync(PurpleSipe alice, string name, CancellationToken cancellationToken)
    {
        await alice.DoAsync("plugin.choose", new() { ["label"] = "Contact search..." }, cancellationToken);
        var form = await alice.Host.WaitForAsync("request", request => request.GetProperty("kind").GetString() == "fields", cancellationToken);
        await alice.DoAsync("request.answer", new() { ["request"] = form.GetProperty("request").GetInt32(), ["values"] = new JsonObject { ["given"] = name } }, cancellationToken);
        var found = await alice.Host.WaitForAsync("notify-searchresults", static _ => true, cancellationToken);
        Assert.Contains("bob@contoso.test", found.ToString(), StringComparison.Ordinal);
        await alice.Host.WaitForLogAsync("search_ab_entry_response: received valid SOAP message from service", 1, cancellationToken);
        Assert.DoesNotContain("m:directorySearch", alice.Host.Log, StringComparison.Ordinal);
    }
}
