using System.Text.Json;
using PresenceWatcher;
using PresenceWatcher.Reports;
using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Samples.Tests;

/// <summary>The sample PresenceWatcher at a server on loopback.</summary>
public sealed class PresenceWatcherTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("ucsdk-watcher-");
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _directory.Delete(recursive: true);
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task Contacts_and_the_user_are_shown_published_and_exported()
    {
        await using var server = new UcServer(new UcServerOptions { Users = [new("alice"), new("bob") { DisplayName = "Bob" }] });
        await server.StartAsync(TestContext.Current.CancellationToken);
        await using var bob = await SignInAsync(server, "bob");
        await bob.Self!.PublishAvailabilityAsync(ContactAvailability.Away, cancellationToken: TestContext.Current.CancellationToken);
        await using (var alice = await SignInAsync(server, "alice"))
        {
            var friends = await alice.ContactManager.AddGroupAsync("Friends", TestContext.Current.CancellationToken);
            await friends.AddContactAsync(alice.ContactManager.GetContactByUri(server.AddressOf("bob")), TestContext.Current.CancellationToken);
        }

        var export = Path.Combine(_directory.FullName, "out.csv");
        var exitCode = await RunAsync(
            "--uri", server.AddressOf("alice"), "--server", $"{server.ListenAddresses[0]}", "--publish", "busy", "--note", "=cmd", "--export", export, "--duration", "4", "--json");

        Assert.Equal((0, ""), (exitCode, _error.ToString()));
        var people = _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.GetProperty("event").GetString() == "presence")
            .ToLookup(line => line.GetProperty("uri").GetString());
        var shown = people[server.AddressOf("bob")].Last();
        Assert.Equal(("Away", "Friends"), (shown.GetProperty("availability").GetString(), shown.GetProperty("groups").GetString()));
        var own = people[server.AddressOf("alice")].Last();
        Assert.Equal(("Busy", "=cmd", "me"), (own.GetProperty("availability").GetString(), own.GetProperty("note").GetString(), own.GetProperty("groups").GetString()));
        var lines = await File.ReadAllLinesAsync(export, TestContext.Current.CancellationToken);
        Assert.Equal("time,uri,name,groups,availability,activity,note", lines[0]);
        Assert.Contains(lines, line => line.EndsWith("me,Busy,,'=cmd", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--publish", "Sleeping", "--publish takes Available, Busy, DoNotDisturb, BeRightBack, Away, Offline, Reset, not Sleeping.")]
    [InlineData("--duration", "0", "--duration takes a number of seconds, more than 0 and at most a year, not 0.")]
    [InlineData("--duration", "soon", "--duration takes a number of seconds, more than 0 and at most a year, not soon.")]
    public async Task Options_that_cannot_be_used_end_with_2_and_one_line(string option, string value, string error)
    {
        Assert.Equal(2, await RunAsync("--uri", "sip:alice@contoso.test", option, value));
        Assert.Equal(("", $"PresenceWatcher: {error}"), (_output.ToString(), _error.ToString().Trim()));
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_refused_before_anybody_signs_in()
    {
        var file = Path.Combine(_directory.FullName, "nowhere", "out.csv");
        Assert.Equal(2, await RunAsync("--uri", "sip:alice@contoso.test", "--export", file));
        Assert.StartsWith($"PresenceWatcher: --export: {file} cannot be written: ", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_sign_in_ends_with_1_and_one_line()
    {
        await using var server = new UcServer(new UcServerOptions());
        await server.StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, await RunAsync("--uri", "sip:zoe@contoso.test", "--server", $"{server.ListenAddresses[0]}"));
        Assert.StartsWith("PresenceWatcher: The sign-in failed at the stage Register: 404", Assert.Single(_error.ToString().Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\r\nlines", "\"two\r\nlines\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@x,y", "\"'@x,y\"")]
    [InlineData("", "")]
    public void A_field_is_what_it_was_and_no_formula(string text, string expected) => Assert.Equal(expected, CsvExport.Field(text));

    [Fact]
    public void What_others_write_cannot_command_the_terminal()
    {
        var report = new PlainReport(_output);
        report.Changed(default, new("sip:bob@contoso.test", "Bob\u001b[2J", "Friends", ContactAvailability.Free, "", "a\nb"), []);

        Assert.Equal("00:00:00 Bob [2J <sip:bob@contoso.test> Available \"a b\" [Friends]", _output.ToString().TrimEnd());
    }

    private Task<int> RunAsync(params string[] args) =>
        new CommandLine(_ => null).RunAsync(args, json => json ? new JsonReport(TextWriter.Synchronized(_output)) : new PlainReport(TextWriter.Synchronized(_output)), _error);

    private static async Task<LyncClient> SignInAsync(UcServer server, string name)
    {
        var client = new LyncClient(new LyncClientOptions { Server = server.ListenAddresses[0] });
        await client.SignInAsync(server.AddressOf(name), TestContext.Current.CancellationToken);
        return client;
    }
}
