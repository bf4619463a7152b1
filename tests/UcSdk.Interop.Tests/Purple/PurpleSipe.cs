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

    private PurpleSipe(PurpleHost host, string name)
    {
        _host = host;
        Name = name;
    }

    /// <summary>Her name in contoso.test.</summary>
    public string Name { get; }

    /// <summary>Commands and events for which there is nothing shorter here.</summary>
    public PurpleHost Host => _host;

    /// <summary>What SIPE has logged so far.</summary>
    public SipeLog Log => new(_host.Log);

    /// <summary>Starts it with an account that is not signed in yet; without other options it takes NTLM, by the transport of the address.</summary>
    public static async Task<PurpleSipe> StartAsync(
        PurpleProgram program, SipTransportAddress server, string name, string password, CancellationToken cancellationToken, JsonObject? options = null, string? login = null, string? machine = null)
    {
        var host = machine is null ? await PurpleHost.StartAsync(program, cancellationToken) : await PurpleHost.StartAsync(program, machine, cancellationToken);
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
    public static async Task<PurpleSipe> SignInAsync(
        PurpleProgram program, SipTransportAddress server, string name, string password, CancellationToken cancellationToken, string? machine = null)
    {
        var user = await StartAsync(program, server, name, password, cancellationToken, machine: machine);
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

    /// <summary>Writes to somebody.</summary>
    public Task SayAsync(string name, string text, CancellationToken cancellationToken) => _host.DoAsync("im.send", new() { ["to"] = UriOf(name), ["text"] = text }, cancellationToken);

    /// <summary>The next that somebody writes to her.</summary>
    public async Task<string> HearAsync(CancellationToken cancellationToken) =>
        (await _host.WaitForAsync("received-im", static _ => true, cancellationToken)).GetProperty("text").GetString()!;

    /// <summary>The next group conversation that she is in.</summary>
    public async Task<string> WaitForChatAsync(CancellationToken cancellationToken) =>
        (await _host.WaitForAsync("chat-joined", static _ => true, cancellationToken)).GetProperty("chat").GetString()!;

    /// <summary>Waits until so many are in a group conversation, herself included.</summary>
    public Task WaitForMembersAsync(string chat, int count, CancellationToken cancellationToken) =>
        _host.WaitUntilAsync("chat.members", new() { ["chat"] = chat }, answer => answer.GetProperty("members").GetArrayLength() == count, cancellationToken);

    /// <summary>Writes to a group conversation.</summary>
    public Task SayInChatAsync(string chat, string text, CancellationToken cancellationToken) => _host.DoAsync("chat.send", new() { ["chat"] = chat, ["text"] = text }, cancellationToken);

    /// <summary>Waits until somebody has written that to a group conversation.</summary>
    public Task HearInChatAsync(string name, string text, CancellationToken cancellationToken) => _host.WaitForAsync(
        "received-chat", said => said.GetProperty("text").GetString() == text && said.GetProperty("from").GetString() == UriOf(name), cancellationToken);

    /// <summary>Sets her status, with a note or without one.</summary>
    public Task SetStatusAsync(string status, string? note, CancellationToken cancellationToken) =>
        _host.DoAsync("status.set", note is null ? new() { ["status"] = status } : new() { ["status"] = status, ["message"] = note }, cancellationToken);

    /// <summary>Waits until her list shows somebody as wanted.</summary>
    public Task<JsonElement> WaitForBuddyAsync(string name, Func<JsonElement, bool> wanted, CancellationToken cancellationToken) =>
        _host.WaitUntilAsync("buddy.get", new() { ["name"] = UriOf(name) }, wanted, cancellationToken);

    /// <summary>Puts somebody into a group of her list, which is made where it is not there.</summary>
    public Task AddAsync(string name, string group, CancellationToken cancellationToken) =>
        _host.DoAsync("buddy.add", new() { ["name"] = UriOf(name), ["group"] = group }, cancellationToken);

    /// <summary>Chooses from somebody's menu.</summary>
    public Task ChooseAsync(string name, CancellationToken cancellationToken, params string[] path) =>
        _host.DoAsync("buddy.choose", new() { ["name"] = UriOf(name), ["path"] = new JsonArray([.. path.Select(label => JsonValue.Create(label))]) }, cancellationToken);

    /// <summary>Waits until somebody's menu marks the access level: <c>* Blocked</c> for one's own, <c>= Company</c> for that of a group of people.</summary>
    public Task WaitForAccessLevelAsync(string name, string level, CancellationToken cancellationToken) =>
        _host.WaitUntilAsync("buddy.menu", new() { ["name"] = UriOf(name) }, answer => MarkedLevel(answer) == level, cancellationToken);

    /// <summary>Waits until her whole list is that: <c>Group: one other; Another: third</c>, in the order of names.</summary>
    public Task WaitForListAsync(string list, CancellationToken cancellationToken) => _host.WaitUntilAsync("blist.list", null, answer => Describe(answer) == list, cancellationToken);

    /// <summary>Her whole list, in that form.</summary>
    public async Task<string> ListAsync(CancellationToken cancellationToken) => Describe(await _host.DoAsync("blist.list", null, cancellationToken));

    /// <summary>How SIPE calls a user of contoso.test.</summary>
    public static string UriOf(string name) => $"sip:{name}@contoso.test";

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static string? MarkedLevel(JsonElement answer) =>
        answer.GetProperty("menu").EnumerateArray().Single(entry => entry.GetProperty("label").GetString() == "Access level").GetProperty("children").EnumerateArray()
            .Select(entry => entry.GetProperty("label").GetString()!).SingleOrDefault(label => label[0] is '*' or '=');

    // A group that is in her list for being empty only is none of the server's: SIPE makes no group there before somebody is in it.
    private static string Describe(JsonElement answer)
    {
        static string NameOf(JsonElement element) => element.GetProperty("name").GetString()!;
        static string UserOf(JsonElement buddy) => NameOf(buddy).Replace("sip:", "", StringComparison.Ordinal).Replace("@contoso.test", "", StringComparison.Ordinal);
        var groups = answer.GetProperty("groups").EnumerateArray()
            .Select(group => (Name: NameOf(group), Buddies: string.Join(' ', group.GetProperty("buddies").EnumerateArray().Select(UserOf).Order(StringComparer.Ordinal))))
            .Where(group => group.Buddies.Length > 0)
            .OrderBy(group => group.Name, StringComparer.Ordinal);
        return string.Join("; ", groups.Select(group => $"{group.Name}: {group.Buddies}"));
    }

    private static async Task<PurpleSipe> CreateAsync(PurpleHost host, string username, string password, JsonObject options, CancellationToken cancellationToken)
    {
        await host.DoAsync("account.create", new() { ["protocol"] = Protocol, ["username"] = username, ["password"] = password, ["options"] = options }, cancellationToken);
        return new(host, username[..username.IndexOf('@', StringComparison.Ordinal)]);
    }
}
