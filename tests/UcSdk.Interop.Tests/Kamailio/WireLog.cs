using System.Globalization;
using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>What one endpoint says and hears: <c>→ REGISTER</c>, <c>← 200 REGISTER</c>.</summary>
internal sealed class WireLog : ISipTraceSink
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private readonly List<(string Line, int Times, TaskCompletionSource Seen)> _awaited = [];

    /// <summary>All of it, in order.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>Waits until the line has been there that many times.</summary>
    public Task WaitForAsync(string line, int times, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Add((line, times, seen));
            Tell();
            return seen.Task.WaitAsync(cancellationToken);
        }
    }

    public void Message(SipTraceEntry entry)
    {
        var what = entry.Message switch
        {
            SipRequest request => request.Method.ToString(),
            SipResponse response => string.Create(CultureInfo.InvariantCulture, $"{response.StatusCode} {response.CSeq?.Method}"),
            _ => "keep-alive",
        };
        lock (_lock)
        {
            _lines.Add((entry.Direction == SipTraceDirection.Sent ? "→ " : "← ") + what);
            Tell();
        }
    }

    private void Tell()
    {
        foreach (var (line, times, seen) in _awaited)
        {
            if (_lines.Count(heard => heard == line) >= times)
            {
                seen.TrySetResult();
            }
        }
    }
}
