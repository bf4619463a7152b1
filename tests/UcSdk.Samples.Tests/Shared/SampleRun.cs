using System.CommandLine;
using Samples;

namespace UcSdk.Samples.Tests;

/// <summary>One run of a sample that only signs in: what it was asked for, how it ended, and what it said.</summary>
internal sealed class SampleRun
{
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>The client's options as the sample would use them; null where it did not run.</summary>
    public LyncClientOptions? Options { get; private set; }

    public SignInRequest? Request { get; private set; }

    public string Error { get; private set; } = "";

    /// <summary>Reads the options and does that with them; nothing for null.</summary>
    public async Task<int> RunAsync(string[] args, Func<LyncClientOptions, CancellationToken, Task>? work = null)
    {
        var signIn = new SignInArguments(new RootCommand("A sample under test."), name => Environment.GetValueOrDefault(name));
        using var error = new StringWriter();
        var exitCode = await signIn.RunAsync(
            "Sample",
            args,
            async (_, request, seeing, cancellationToken) =>
            {
                (Request, Options) = (request, request.CreateClientOptions(seeing));
                await (work?.Invoke(Options, cancellationToken) ?? Task.CompletedTask);
                return 0;
            },
            error);
        Error = error.ToString();
        return exitCode;
    }
}
