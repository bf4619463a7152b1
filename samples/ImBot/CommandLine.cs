using System.CommandLine;
using System.Text.Encodings.Web;
using Samples;
using UcSdk;

namespace ImBot;

/// <summary>The options of the sample. Unusable ones give one clear line on standard error and exit code 2.</summary>
/// <param name="environment">Reads an environment variable; null for those of the process.</param>
internal sealed class CommandLine(Func<string, string?>? environment = null)
{
    private readonly Option<string?> _history = new("--history") { Description = "keep what is said, a line of JSON for each message", HelpName = "FILE.jsonl", Validators = { WritableFile.Require } };

    /// <summary>Reads the command line and runs the bot until somebody ends it.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="output">Where it tells what it does.</param>
    /// <param name="error">Where errors go; null for standard error.</param>
    public Task<int> RunAsync(string[] args, TextWriter output, TextWriter? error = null) =>
        new SignInArguments(new RootCommand("Answers instant messages: help, time, who, tell.") { _history }, environment).RunAsync(
            "ImBot",
            args,
            async (parsed, request, seeing, cancellationToken) =>
            {
                await using var history = parsed.GetValue(_history) is { } file ? new JsonLinesHistory(file) : null;
                await using var client = new LyncClient(request.CreateClientOptions(seeing) with { History = history });
                _ = new Bot(client, TimeProvider.System, line => output.WriteLine(request.Json ? $"{{\"event\":\"{JavaScriptEncoder.Default.Encode(line)}\"}}" : Legible(line)));
                await client.SignInAsync(request.Uri, cancellationToken);
                await Task.Delay(Timeout.Infinite, cancellationToken).ContinueWith(static _ => { }, TaskScheduler.Default);
                return 0;
            },
            error);

    // What others say commands no terminal.
    private static string Legible(string line) => string.Concat(line.Select(letter => char.IsControl(letter) ? ' ' : letter));
}
