using ConferenceJoin;
using ConferenceJoin.Reports;
using Spectre.Console;

return await CommandLine.RunAsync(args, async (options, cancellationToken) =>
{
    await using IReport report = options.Json ? new JsonReport(Console.OpenStandardOutput())
        : Console.IsOutputRedirected || options.Verbose ? new PlainReport(Console.Out)
        : new LiveReport(AnsiConsole.Console);
    _ = report;
    await Task.CompletedTask;
    return 0;
});
