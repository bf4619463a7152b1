using System.CommandLine;

namespace Samples;

/// <summary>
/// Runs a sample's command: 0 when it did what it was asked to, 1 when it could not, 2 when the options are unusable. What went wrong is one line on standard error.
/// </summary>
internal static class SampleCommand
{
    public const int Failed = 1;

    public const int UnusableOptions = 2;

    /// <summary>Reads the command line, adds <c>--capture</c> and <c>--ladder</c>, and runs the sample until it or somebody at the keyboard ends it.</summary>
    /// <param name="command">The command with its own options.</param>
    /// <param name="sample">The name before an error.</param>
    /// <param name="args">The command line.</param>
    /// <param name="run">The sample. A <see cref="SampleFailedException"/> that it lets go is told by its message.</param>
    /// <param name="error">Where errors go; null for standard error.</param>
    public static async Task<int> RunAsync(
        RootCommand command, string sample, string[] args, Func<ParseResult, Seeing, CancellationToken, Task<int>> run, TextWriter? error = null)
    {
        error ??= Console.Error;
        Seeing.AddTo(command);
        command.SetAction((parsed, _) => Seeing.RunAsync(parsed, sample, error, (seeing, cancellationToken) => TellAsync(parsed, seeing, cancellationToken)));

        var parsed = command.Parse(args);
        if (parsed.Errors.Count == 0)
        {
            return await parsed.InvokeAsync();
        }

        await error.WriteLineAsync($"{sample}: {parsed.Errors[0].Message}");
        return UnusableOptions;

        async Task<int> TellAsync(ParseResult parsed, Seeing seeing, CancellationToken cancellationToken)
        {
            try
            {
                return await run(parsed, seeing, cancellationToken);
            }
            catch (SampleFailedException failure)
            {
                await error.WriteLineAsync($"{sample}: {failure.Message}");
                return Failed;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                await error.WriteLineAsync($"{sample}: interrupted");
                return Failed;
            }
        }
    }
}
