using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>A user of contoso.test with SIPE in a purple-host of her own: all that SIPE offers its users, and its debug log.</summary>
internal sealed class PurpleSipe : IAsyncDisposable
{
    private const string Protocol = "prpl-sipe";

    private readonly PurpleHost _host;

    private PurpleSipe(PurpleHost host) => _host = host;

    /// <summary>Commands and events for which there is nothing shorter here.</summary>
    public PurpleHost Host => _host;

    /// <summary>What SIPE has logged so far.</summary>
    public SipeLog Log => new(_host.Log);

    /// <summary>Starts it with an account that is not signed in yet; without other options it takes NTLM, by the transport of the address.</summary>
    public static async Task<PurpleSipe> StartAsync(
        PurpleProgram program, SipTransportAddress server, string name, string password, CancellationToken cancellationToken, JsonObject? options = null, string? login = null)
    {
        var host = await PurpleHost.StartAsync(program, cancellationToken);
        var all = new JsonObject
        {
            ["server"] = string.Create(CultureInfo.InvariantCulture, $"{server.Host}:{server.Port}"),
            ["transport"] = server.Transport.ToLowerInvariant(),
            ["authentication"] = "ntlm",
            // Otherwise it looks for an Exchange server as soon as it is signed in.
            ["dont-publish"] = true,
        };
        foreach (var (option, value) in options ?? [])
        {
            all[option] = value?.DeepClone();
        }

        return await CreateAsync(host, $"{name}@contoso.test,{login ?? name}", password, all, cancellationToken);
    }

    /// <summary>Starts it beside a Lab that it has to find by itself.</summary>
    public static async Task<PurpleSipe> StartAsync(PurpleProgram program, PurpleWorld world, string labOptions, string name, string password, CancellationToken cancellationToken)
    {
        var host = await PurpleHost.StartAsync(program, world.Run(labOptions), cancellationToken, "--authorities", world.Authorities);
        return await CreateAsync(host, $"{name}@contoso.test,{name}", password, new() { ["dont-publish"] = true }, cancellationToken);
    }

    /// <summary>Starts it, signs in, and waits until that is done.</summary>
    public static async Task<PurpleSipe> SignInAsync(PurpleProgram program, SipTransportAddress server, string name, string password, CancellationToken cancellationToken)
    {
        var user = await StartAsync(program, server, name, password, cancellationToken);
        await user.ConnectAsync(cancellationToken);
        await user.WaitForSignInAsync(cancellationToken);
        return user;
    }

    /// <summary>Begins to sign in.</summary>
    public Task ConnectAsync(CancellationToken cancellationToken) => _host.DoAsync("account.connect", null, cancellationToken);

    /// <summary>Waits until she is signed in.</summary>
    public Task WaitForSignInAsync(CancellationToken cancellationToken) => _host.WaitForAsync("signed-on", static _ => true, cancellationToken);

    /// <summary>Why she is not signed in, in the words that she reads.</summary>
    public async Task<string> WaitForErrorAsync(CancellationToken cancellationToken) =>
        (await _host.WaitForAsync("connection-error", static _ => true, cancellationToken)).GetProperty("reason").GetString()!;

    /// <summary>Signs out, and ends the process, so that the log is whole.</summary>
    public async Task SignOutAsync(CancellationToken cancellationToken)
    {
        await _host.DoAsync("account.disconnect", null, cancellationToken);
        await _host.WaitForAsync("signed-off", static _ => true, cancellationToken);
        await _host.StopAsync(cancellationToken);
    }

    /// <summary>Does something that yields nothing.</summary>
    public Task DoAsync(string command, JsonObject arguments, CancellationToken cancellationToken) => _host.DoAsync(command, arguments, cancellationToken);

    /// <summary>Sets her status, with a note or without one.</summary>
    public Task SetStatusAsync(string status, string? note, CancellationToken cancellationToken) =>
        _host.DoAsync("status.set", note is null ? new() { ["status"] = status } : new() { ["status"] = status, ["message"] = note }, cancellationToken);

    /// <summary>Waits until her list shows somebody as wanted.</summary>
    public Task<JsonElement> WaitForBuddyAsync(string name, Func<JsonElement, bool> wanted, CancellationToken cancellationToken) =>
        _host.WaitUntilAsync("buddy.get", new() { ["name"] = $"sip:{name}@contoso.test" }, wanted, cancellationToken);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static async Task<PurpleSipe> CreateAsync(PurpleHost host, string username, string password, JsonObject options, CancellationToken cancellationToken)
    {
        await host.DoAsync("account.create", new() { ["protocol"] = Protocol, ["username"] = username, ["password"] = password, ["options"] = options }, cancellationToken);
        return new(host);
    }
}
