using System.CommandLine;
using System.Text.Encodings.Web;
using Samples;
using UcSdk;

namespace ImBot;

/// <summary>The options of the sample. Unusable ones give one clear line on standard error and exit code 2.</summary>
internal sealed class CommandLine
{
    private readonly Option<string?> _history = new("--history") { Description = "keep what is said, a line of JSON for each message", HelpName = "FILE.jsonl" };

    /// <summary>Reads the command line and runs the bot until somebody ends it.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="output">Where it tells what it does.</param>
    /// <param name="error">Where errors go; null for standard error.</param>
    public Task<int> RunAsync(string[] args, TextWriter output, TextWriter? error = null)
    {
        var command = new RootCommand("Answers instant messages: help, time, who, tell.") { _history };
        return new SignInArguments(command).RunAsync(
            "ImBot",
            args,
            async (parsed, request, seeing, cancellationToken) =>
            {
                await using var history = parsed.GetValue(_history) is { } file ? new JsonLinesHistory(file) : null;
                await using var bot = new Bot(request.CreateClientOptions(seeing) with { History = history }, line => output.WriteLine(request.Json ? Json(line) : line));
                await bot.StartAsync(request.Uri, cancellationToken);
                try
                {
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                }
                catch (OperationCanceledException)
                {
                    // Somebody has had enough of it.
                }

                return 0;
            },
            error);
    }

    private static string Json(string line) => $"{{\"event\":\"{JavaScriptEncoder.Default.Encode(line)}\"}}";
}
