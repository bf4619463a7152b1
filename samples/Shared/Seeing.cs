using System.CommandLine;
using System.CommandLine.Parsing;
using UcSdk.Sip;

namespace Samples;

/// <summary>
/// What every sample can show of its SIP: <c>--capture</c> writes a file for Wireshark, <c>--ladder</c> a picture. Both hold every message that the
/// sample's server, or its client where it has none, received or sent, without credentials and keys.
/// </summary>
internal sealed class Seeing
{
    private const int CouldNotWrite = 1;

    // A server may run for days; a picture of more would serve nobody.
    private const int MaxLadderMessages = 5000;

    private static readonly Option<string?> Capture = new("--capture") { Description = "write every SIP message to a file that Wireshark opens", HelpName = "FILE.pcapng", Validators = { RequireFile } };

    private static readonly Option<string?> Ladder = new("--ladder") { Description = "draw the SIP messages, at most the last 5,000, as a picture", HelpName = "FILE.svg", Validators = { RequireFile } };

    private readonly PcapngTrace? _capture;
    private readonly RecordingTrace? _record;
    private readonly string _ladderFile = "";

    private Seeing(string? captureFile, string? ladderFile)
    {
        _capture = captureFile is null ? null : PcapngTrace.Create(captureFile);
        if (ladderFile is not null)
        {
            _record = new RecordingTrace { Limit = MaxLadderMessages };
            _ladderFile = ladderFile;
        }
    }

    /// <summary>Adds the options to a command.</summary>
    public static void AddTo(Command command)
    {
        command.Add(Capture);
        command.Add(Ladder);
    }

    /// <summary>Runs the sample until it or somebody at the keyboard ends it, and then writes what it was asked to show. The exit code is the sample's, or 1 where a file could not be written.</summary>
    public static async Task<int> RunAsync(ParseResult parsed, string sample, TextWriter error, Func<Seeing, CancellationToken, Task<int>> run)
    {
        var seeing = new Seeing(parsed.GetValue(Capture), parsed.GetValue(Ladder));
        using var interruption = new Interruption();
        var exitCode = 0;
        try
        {
            exitCode = await run(seeing, interruption.Token);
        }
        finally
        {
            if (await seeing.FinishAsync() is { } failure)
            {
                await error.WriteLineAsync($"{sample}: {failure}");
                exitCode = exitCode == 0 ? CouldNotWrite : exitCode;
            }
        }

        return exitCode;
    }

    /// <summary>The sink for the server or the client; the other, where there is one, gets everything too.</summary>
    public ISipTraceSink? With(ISipTraceSink? other) =>
        new[] { other, _capture, _record }.OfType<ISipTraceSink>().ToArray() switch
        {
            [] => null,
            [var one] => one,
            var all => new TraceFanOut(all),
        };

    private async Task<string?> FinishAsync()
    {
        string? failure = null;
        if (_record is not null)
        {
            try
            {
                await File.WriteAllTextAsync(_ladderFile, SipLadder.DrawSvg(_record.Entries, LadderOptions(_record.Entries)));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                failure = $"--ladder: {error.Message}";
            }
        }

        if (_capture is not null)
        {
            await _capture.DisposeAsync();
            failure ??= _capture.Failure is { } error ? $"--capture: {error.Message}" : null;
        }

        return failure;
    }

    // People are called what they registered as, and all addresses of a server are the server.
    private static SipLadderOptions LadderOptions(IReadOnlyList<SipTraceEntry> entries)
    {
        var names = new Dictionary<SipTransportAddress, string>();
        foreach (var entry in entries)
        {
            if (entry.Message is SipRequest { From.Uri.User: { } user } request && request.Method == SipMethod.Register)
            {
                names[entry.From] = user;
                names[entry.To] = "server";
            }
        }

        var isServer = entries.Any(entry => entry.Direction == SipTraceDirection.Received && entry.Message is SipRequest request && request.Method == SipMethod.Register);
        foreach (var entry in isServer ? entries : [])
        {
            names[entry.Flow.Local] = "server";
        }

        return new() { MaxLifelines = 64, NameOf = address => names.TryGetValue(address, out var name) ? name : $"{address.Host}:{address.Port}" };
    }

    private static void RequireFile(OptionResult result)
    {
        foreach (var token in result.Tokens)
        {
            try
            {
                using var file = new FileStream(token.Value, FileMode.OpenOrCreate, FileAccess.Write);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                result.AddError($"{result.Option.Name}: {token.Value} cannot be written: {failure.Message}");
            }
        }
    }
}
