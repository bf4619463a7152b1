using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using PresenceWatcher.Reports;
using Samples;
using UcSdk;

namespace PresenceWatcher;

/// <summary>The options of the sample. Unusable ones give one clear line on standard error and exit code 2.</summary>
internal sealed class CommandLine
{
    // The words of the desktop client beside the names of the object model.
    private static readonly Dictionary<string, ContactAvailability> Availabilities = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Available"] = ContactAvailability.Free,
        ["Busy"] = ContactAvailability.Busy,
        ["DoNotDisturb"] = ContactAvailability.DoNotDisturb,
        ["BeRightBack"] = ContactAvailability.TemporarilyAway,
        ["Away"] = ContactAvailability.Away,
        ["Offline"] = ContactAvailability.Offline,
        ["Reset"] = ContactAvailability.None,
    };

    private readonly Option<string?> _export = new("--export") { Description = "write each change as a line of comma separated values", HelpName = "FILE.csv", Validators = { WritableFile.Require } };

    private readonly Option<string?> _publish = new("--publish")
    {
        Description = "publish first: " + string.Join(", ", Availabilities.Keys),
        HelpName = "AVAILABILITY",
        Validators = { RequireAvailability },
    };

    private readonly Option<string?> _note = new("--note") { Description = "publish a note first; an empty one removes it", HelpName = "TEXT" };

    private readonly Option<TimeSpan?> _duration = new("--duration") { Description = "end after so many seconds (default: when somebody ends it)", HelpName = "SECONDS", CustomParser = ParseSeconds };

    private readonly Func<string, string?>? _environment;

    /// <summary>The options.</summary>
    /// <param name="environment">Reads environment variables; null for those of the process.</param>
    public CommandLine(Func<string, string?>? environment = null) => _environment = environment;

    /// <summary>Reads the command line and watches.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="createReport">Makes what shows it all; the argument says whether a program reads it.</param>
    /// <param name="error">Where errors go; null for standard error.</param>
    /// <param name="change">Changes the options of the client; null for no change.</param>
    public Task<int> RunAsync(string[] args, Func<bool, IReport> createReport, TextWriter? error = null, Func<LyncClientOptions, LyncClientOptions>? change = null)
    {
        var command = new RootCommand("Shows the contacts of a user and their presence as they change.") { _export, _publish, _note, _duration };
        var signIn = new SignInArguments(command, _environment);
        return signIn.RunAsync(
            "PresenceWatcher",
            args,
            async (parsed, request, seeing, cancellationToken) =>
            {
                var options = request.CreateClientOptions(seeing);
                await using var report = createReport(request.Json);
                await using var watch = new Watch(change?.Invoke(options) ?? options, Read(parsed), report);
                await watch.RunAsync(request.Uri, cancellationToken);
                return 0;
            },
            error);
    }

    private WatchOptions Read(ParseResult parsed) => new()
    {
        Publish = parsed.GetValue(_publish) is { } word ? Availabilities[word] : null,
        Note = parsed.GetValue(_note),
        ExportFile = parsed.GetValue(_export),
        Duration = parsed.GetValue(_duration),
    };

    private static TimeSpan? ParseSeconds(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= 31_536_000)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        result.AddError($"--duration takes a number of seconds, more than 0 and at most a year, not {text}.");
        return null;
    }

    private static void RequireAvailability(OptionResult result)
    {
        if (result.Tokens.Count > 0 && !Availabilities.ContainsKey(result.Tokens[0].Value))
        {
            result.AddError($"--publish takes {string.Join(", ", Availabilities.Keys)}, not {result.Tokens[0].Value}.");
        }
    }
}
