using System.Text.Json;
using ImBot;
using UcSdk.Server;

namespace UcSdk.Samples.Tests;

/// <summary>The command line of the sample ImBot, at a server on loopback where it gets as far as that.</summary>
public sealed class BotCommandLineTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("ucsdk-bot-");
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _directory.Delete(recursive: true);
        _output.Dispose();
        _error.Dispose();
    }

    [Theory]
    [InlineData("Required", "--json")]
    [InlineData("--uri takes sip:USER@DOMAIN, not bot.", "--uri", "bot")]
    [InlineData("--server takes tcp://HOST:PORT, tls://HOST:PORT or udp://HOST:PORT, not here.", "--uri", "sip:bot@contoso.test", "--server", "here")]
    [InlineData("Unrecognized command or argument '--greet'.", "--uri", "sip:bot@contoso.test", "--greet")]
    public async Task Options_that_cannot_be_used_end_with_2_and_one_line(string error, params string[] args)
    {
        Assert.Equal(2, await RunAsync(args));
        var line = Assert.Single(_error.ToString().Trim().Split('\n'));
        Assert.StartsWith("ImBot: ", line, StringComparison.Ordinal);
        Assert.Contains(error, line, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public async Task A_history_that_cannot_be_written_is_refused_before_anybody_signs_in()
    {
        var file = Path.Combine(_directory.FullName, "nowhere", "bot.jsonl");
        Assert.Equal(2, await RunAsync("--uri", "sip:bot@contoso.test", "--history", file));
        Assert.StartsWith($"ImBot: --history: {file} cannot be written: ", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_history_is_for_its_owners_eyes_only()
    {
        await using var server = await StartAsync();
        var file = Path.Combine(_directory.FullName, "bot.jsonl");
        Assert.Equal(1, await RunAsync("--uri", server.AddressOf("zoe"), "--server", $"{server.ListenAddresses[0]}", "--history", file));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_refused_sign_in_ends_with_1_and_one_line(bool isJson)
    {
        await using var server = await StartAsync();
        Assert.Equal(1, await RunAsync(["--uri", server.AddressOf("zoe"), "--server", $"{server.ListenAddresses[0]}", .. isJson ? ["--json"] : Array.Empty<string>()]));

        Assert.StartsWith("ImBot: The sign-in failed at the stage Register: 404", Assert.Single(_error.ToString().Trim().Split('\n')), StringComparison.Ordinal);
        var told = _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => isJson ? JsonDocument.Parse(line).RootElement.GetProperty("event").GetString() : line.Trim());
        Assert.Equal("SigningIn (SignInRequested)", told.First());
    }

    private static async Task<UcServer> StartAsync()
    {
        var server = new UcServer(new UcServerOptions());
        await server.StartAsync(Token);
        return server;
    }

    private Task<int> RunAsync(params string[] args) => new CommandLine(_ => null).RunAsync(args, TextWriter.Synchronized(_output), _error);
}
