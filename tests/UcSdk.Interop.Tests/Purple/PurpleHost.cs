using System.Text.Json;
using System.Text.Json.Nodes;

namespace UcSdk.Interop.Tests;

/// <summary>
/// A process of tests/interop/purple-host: takes commands and tells events, in JSON. An event is waited for by what it says; who waits for it takes it, the others
/// stay for those who wait for them.
/// </summary>
internal sealed class PurpleHost : IAsyncDisposable
{
    // SIPE 1.25 hands GLib nothing where something is expected: a table that it has not made when a connection ends, an mrasUri that no server named, a header field
    // that a message does not have.
    private static readonly string[] OfSipe =
    [
        "g_hash_table_destroy: assertion 'hash_table != NULL' failed",
        "g_strchug: assertion 'string != NULL' failed",
        "g_strchomp: assertion 'string != NULL' failed",
        "g_str_has_prefix: assertion 'str != NULL' failed",
    ];

    private readonly Lock _gate = new();
    private readonly List<JsonElement> _events = [];
    private readonly List<(Func<JsonElement, bool> Wanted, TaskCompletionSource<JsonElement> Found)> _waiting = [];
    private readonly Dictionary<int, TaskCompletionSource<JsonElement>> _commands = [];
    private readonly TempDirectory _directory = new();
    private PeerProcess? _process;
    private int _lastCommand;

    private PurpleHost()
    {
    }

    /// <summary>What the plugins have logged so far.</summary>
    public string Log
    {
        get
        {
            using var file = new StreamReader(new FileStream(LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return file.ReadToEnd();
        }
    }

    // Without the hundred roots of the system.
    private string LogToRead => string.Join('\n', Log.Split('\n').Where(line => !line.StartsWith("info nss", StringComparison.Ordinal) && !line.StartsWith("info certificate/", StringComparison.Ordinal)));

    private string LogFile => _directory["debug.log"];

    /// <summary>Starts it, in a directory of its own.</summary>
    public static Task<PurpleHost> StartAsync(PurpleProgram program, CancellationToken cancellationToken) => StartAsync(program, [], cancellationToken);

    /// <summary>Starts it on a machine of another name: what SIPE calls itself follows from the names of its user and its machine.</summary>
    public static Task<PurpleHost> StartAsync(PurpleProgram program, string machine, CancellationToken cancellationToken) =>
        StartAsync(program, [Peer.Require("unshare", "util-linux"), "-ru", "sh", "-c", "hostname \"$0\" && exec \"$@\"", machine], cancellationToken);

    /// <summary>Starts it by another command, which gets its own as its last arguments.</summary>
    public static async Task<PurpleHost> StartAsync(PurpleProgram program, IReadOnlyList<string> by, CancellationToken cancellationToken, params string[] options)
    {
        var path = await program.GetAsync();
        var host = new PurpleHost();
        string[] command = [.. by, path, "--user-dir", host._directory["purple"], "--debug-file", host.LogFile, .. options];
        host._process = PeerProcess.Start(command[0], new Dictionary<string, string>(), host.Take, command[1..]);
        await host.WaitForAsync("ready", static _ => true, cancellationToken);
        return host;
    }

    /// <summary>Gives a command, and gives its answer; one that cannot be done fails the test.</summary>
    public async Task<JsonElement> DoAsync(string command, JsonObject? arguments, CancellationToken cancellationToken)
    {
        var answer = await TryAsync(command, arguments, cancellationToken);
        Assert.True(answer.GetProperty("ok").GetBoolean(), $"{command} {arguments?.ToJsonString()}: {answer}");
        return answer;
    }

    /// <summary>Gives a command, and gives its answer, whatever that is.</summary>
    public async Task<JsonElement> TryAsync(string command, JsonObject? arguments, CancellationToken cancellationToken)
    {
        var line = arguments?.DeepClone().AsObject() ?? [];
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            line["id"] = ++_lastCommand;
            _commands.Add(_lastCommand, answer);
        }

        line["command"] = command;
        await _process!.SayAsync(line.ToJsonString(), cancellationToken);
        return await InTimeAsync(answer.Task, $"an answer to {line.ToJsonString()}", cancellationToken);
    }

    /// <summary>Takes the first event of that name which is as wanted, of those that nobody took yet.</summary>
    public async Task<JsonElement> WaitForAsync(string name, Func<JsonElement, bool> wanted, CancellationToken cancellationToken)
    {
        bool IsWanted(JsonElement candidate) => candidate.GetProperty("event").GetString() == name && wanted(candidate);
        var found = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            var index = _events.FindIndex(IsWanted);
            if (index >= 0)
            {
                var first = _events[index];
                _events.RemoveAt(index);
                return first;
            }

            _waiting.Add((IsWanted, found));
        }

        return await InTimeAsync(found.Task, $"a wanted '{name}'", cancellationToken);
    }

    /// <summary>Asks again and again until the answer is as wanted.</summary>
    public async Task<JsonElement> WaitUntilAsync(string command, JsonObject? arguments, Func<JsonElement, bool> wanted, CancellationToken cancellationToken)
    {
        var last = "";
        try
        {
            while (true)
            {
                var answer = await TryAsync(command, arguments, cancellationToken);
                last = answer.ToString();
                if (answer.GetProperty("ok").GetBoolean() && wanted(answer))
                {
                    return answer;
                }

                await Task.Delay(50, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{command} did not come to answer as wanted; last {last}\n{_process!.Output}\n{LogToRead}");
        }
    }

    /// <summary>Waits until a plugin has logged the text that many times since the start.</summary>
    public async Task WaitForLogAsync(string text, int times, CancellationToken cancellationToken)
    {
        try
        {
            while (Log.Split(text).Length - 1 < times)
            {
                await Task.Delay(50, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"'{text}' was not logged {times} times:\n{LogToRead}");
        }
    }

    /// <summary>Ends it in order: whoever is signed in signs out.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await DoAsync("quit", null, cancellationToken);
        Assert.Equal(0, await _process!.WaitForExitAsync(cancellationToken));
        var complaints = _process.Errors.Split('\n').Where(line => line.Length > 0 && !OfSipe.Any(known => line.EndsWith(known, StringComparison.Ordinal)));
        Assert.False(complaints.Any(), string.Join('\n', complaints));
    }

    public async ValueTask DisposeAsync()
    {
        await _process!.DisposeAsync();
        _directory.Dispose();
    }

    private async Task<JsonElement> InTimeAsync(Task<JsonElement> task, string what, CancellationToken cancellationToken)
    {
        try
        {
            return await task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"purple-host did not give {what}:\n{_process!.Output}\n{_process.Errors}\n{LogToRead}");
        }
    }

    private void Take(string line)
    {
        using var document = JsonDocument.Parse(line);
        var said = document.RootElement.Clone();
        lock (_gate)
        {
            if (!said.TryGetProperty("event", out _))
            {
                if (said.TryGetProperty("id", out var id) && _commands.Remove(id.GetInt32(), out var command))
                {
                    command.TrySetResult(said);
                }

                return;
            }

            var index = _waiting.FindIndex(waiting => waiting.Wanted(said));
            if (index < 0)
            {
                _events.Add(said);
                return;
            }

            _waiting[index].Found.TrySetResult(said);
            _waiting.RemoveAt(index);
        }
    }
}
