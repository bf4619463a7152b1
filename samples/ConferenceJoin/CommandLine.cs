using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Samples;

namespace ConferenceJoin;

/// <summary>The options of the sample. Unusable ones give one clear line on standard error and exit code 2.</summary>
internal static class CommandLine
{
    private static readonly Dictionary<string, MeetingTransport> Transports = new()
    {
        ["tcp"] = MeetingTransport.Tcp,
        ["tls"] = MeetingTransport.Tls,
        ["udp"] = MeetingTransport.Udp,
        ["memory"] = MeetingTransport.Memory,
    };

    private static readonly Option<string> Transport = new("--transport")
    {
        Description = "tcp (the default), tls or udp, by real sockets on loopback, or memory",
        DefaultValueFactory = _ => "tcp",
    };

    private static readonly Option<string?> Record = new("--record") { Description = "directory for the recordings (default: a new one for temporary files)", HelpName = "DIR" };

    private static readonly Option<string?> SpeechFile = new("--speech") { Description = "WAV file (PCM, 16 bit) that alice plays", HelpName = "FILE.wav" };

    private static readonly Option<int> Participants = new("--participants")
    {
        Description = "how many take part, 2 to 50",
        HelpName = "N",
        DefaultValueFactory = _ => 3,
        CustomParser = ParseParticipants,
    };

    private static readonly Option<bool> Verbose = new("--verbose") { Description = "print every SIP message" };

    private static readonly Option<bool> Json = new("--json") { Description = "print one JSON summary and nothing else" };

    public static async Task<int> RunAsync(string[] args, Func<MeetingOptions, CancellationToken, Task<int>> run)
    {
        var command = new RootCommand("Signs people in to an embedded server, joins them to a conference, and proves what they hear.")
        {
            Transport, Record, SpeechFile, Participants, Verbose, Json,
        };
        Transport.Validators.Add(static result => RequireTransport(result));
        SpeechFile.Validators.Add(static result => RequireWave(result));
        Record.Validators.Add(static result => RequireDirectory(result));
        return await SampleCommand.RunAsync(
            command, "ConferenceJoin", args, (parsed, seeing, cancellationToken) => run(Read(parsed) with { Seeing = seeing }, cancellationToken));
    }

    private static MeetingOptions Read(ParseResult parsed) => new()
    {
        Transport = Transports[parsed.GetValue(Transport)!],
        RecordDirectory = Path.GetFullPath(parsed.GetValue(Record) ?? Directory.CreateTempSubdirectory("ucsdk-conference-").FullName),
        SpeechFile = parsed.GetValue(SpeechFile) ?? Speech.Shipped("alice.wav"),
        Participants = parsed.GetValue(Participants),
        Verbose = parsed.GetValue(Verbose),
        Json = parsed.GetValue(Json),
    };

    private static int ParseParticipants(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 2 or > 50)
        {
            result.AddError($"--participants takes a number from 2 to 50, not {text}.");
        }

        return count;
    }

    private static void RequireTransport(OptionResult result)
    {
        if (result.Tokens.Count > 0 && !Transports.ContainsKey(result.Tokens[0].Value))
        {
            result.AddError($"--transport takes {string.Join(", ", Transports.Keys)}, not {result.Tokens[0].Value}.");
        }
    }

    private static void RequireWave(OptionResult result)
    {
        var file = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        if (Speech.Refuse(file) is { } reason)
        {
            result.AddError($"--speech: {reason}");
        }
    }

    private static void RequireDirectory(OptionResult result)
    {
        var directory = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        try
        {
            Directory.CreateDirectory(directory);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            result.AddError($"--record: {directory} cannot be used: {failure.Message}");
        }
    }
}
