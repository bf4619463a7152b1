using ConferenceJoin;
using ConferenceJoin.Reports;
using Spectre.Console;

return await CommandLine.RunAsync(args, async (options, cancellationToken) =>
{
    await using var report = new SerialReport(
        options.Json ? new JsonReport(Console.OpenStandardOutput())
        : Console.IsOutputRedirected || options.Verbose ? new PlainReport(Console.Out)
        : new LiveReport(AnsiConsole.Console));
    MeetingResult result;
    await using (var meeting = new Meeting(options, report))
    {
        result = await meeting.RunAsync(cancellationToken);
    }

    await report.FinishAsync(result);
    return result.Failure is null ? 0 : 1;
});
