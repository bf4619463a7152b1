using System.Diagnostics;
using System.Text;

namespace UcSdk.Interop.Tests;

/// <summary>A process that the test started and ends; its output is kept for the failure message.</summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly List<(string Text, int Times, TaskCompletionSource Seen)> _awaited = [];

    private PeerProcess(Process process) => _process = process;

    public bool HasExited => _process.HasExited;

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public string Errors
    {
        get
        {
            lock (_output)
            {
                return _errors.ToString();
            }
        }
    }

    public static PeerProcess Start(string program, params string[] arguments) => Start(program, new Dictionary<string, string>(), arguments);

    /// <summary>Starts a program with more in its environment than we have.</summary>
    public static PeerProcess Start(string program, IReadOnlyDictionary<string, string> environment, params string[] arguments) => Start(program, environment, null, arguments);

    /// <summary>Starts a program whose lines somebody wants to have one by one; they are kept too.</summary>
    public static PeerProcess Start(string program, IReadOnlyDictionary<string, string> environment, Action<string>? onLine, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        var peer = new PeerProcess(process);
        process.OutputDataReceived += (_, line) =>
        {
            peer.Take(peer._output, line.Data);
            if (line.Data is not null)
            {
                onLine?.Invoke(line.Data);
            }
        };
        process.ErrorDataReceived += (_, line) => peer.Take(peer._errors, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return peer;
    }

    /// <summary>Runs a program to its end and gives its standard output; anything but exit code 0 fails the test.</summary>
    public static async Task<string> RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        await using var peer = Start(program, arguments);
        var exitCode = await peer.WaitForExitAsync(cancellationToken);
        Assert.True(exitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {exitCode}:\n{peer.Output}\n{peer.Errors}");
        return peer.Output;
    }

    /// <summary>Waits until the process has printed the text, within one line.</summary>
    public Task WaitForTextAsync(string text, CancellationToken cancellationToken) => WaitForTextAsync(text, 1, cancellationToken);

    /// <summary>Waits until the process has printed the text that many times, counted from its start.</summary>
    public async Task WaitForTextAsync(string text, int times, CancellationToken cancellationToken)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_output)
        {
            if (CountOf(text) >= times)
            {
                return;
            }

            _awaited.Add((text, times, seen));
        }

        await seen.Task.WaitAsync(cancellationToken);
    }

    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Gives the process a line on its standard input.</summary>
    public async Task SayAsync(string line, CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteLineAsync(line.AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
    }

    /// <summary>Asks the process to end in order, and waits for it. Not by SIGINT: what runs in a shell's background ignores that.</summary>
    public async Task InterruptAsync(CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private int CountOf(string text) => CountOf(_output, text) + CountOf(_errors, text);

    private static int CountOf(StringBuilder printed, string text) => printed.ToString().Split(text).Length - 1;

    private void Take(StringBuilder into, string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            into.AppendLine(line);
            foreach (var (_, _, seen) in _awaited.Where(awaited => line.Contains(awaited.Text, StringComparison.Ordinal) && CountOf(awaited.Text) >= awaited.Times))
            {
                seen.TrySetResult();
            }
        }
    }
}
