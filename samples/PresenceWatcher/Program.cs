using PresenceWatcher;
using PresenceWatcher.Reports;
using Spectre.Console;

return await new CommandLine().RunAsync(
    args,
    json => json ? new JsonReport(Console.Out)
        : Console.IsOutputRedirected ? new PlainReport(Console.Out)
        : new LiveReport(AnsiConsole.Console));
