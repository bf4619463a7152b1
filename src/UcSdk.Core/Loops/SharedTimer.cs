namespace UcSdk.Core;

/// <summary>
/// A few deadlines on one timer of the platform, which is not made before the first of them is set: for owners of which there are many. Used from the loop only.
/// </summary>
internal sealed class SharedTimer(SerialLoop loop) : IDisposable
{
    private readonly List<SharedDeadline> _deadlines = [];
    private LoopTimer? _timer;
    private bool _disposed;

    /// <summary>A deadline that is not set yet.</summary>
    /// <param name="wake">Runs on the loop when it is reached, which clears it.</param>
    public SharedDeadline Add(Action wake)
    {
        var deadline = new SharedDeadline(this, wake);
        _deadlines.Add(deadline);
        return deadline;
    }

    public void Dispose()
    {
        _disposed = true;
        _timer?.Dispose();
    }

    internal void Arm()
    {
        if (_disposed)
        {
            return;
        }

        var next = Timestamp.Never;
        foreach (var deadline in _deadlines)
        {
            next = deadline.Due < next ? deadline.Due : next;
        }

        if (next != Timestamp.Never || _timer is not null)
        {
            (_timer ??= new LoopTimer(loop, Wake)).SetDeadline(next == Timestamp.Never ? null : next);
        }
    }

    private void Wake()
    {
        var now = loop.Now;
        for (var index = 0; index < _deadlines.Count && !_disposed; index++)
        {
            _deadlines[index].WakeIfDue(now);
        }

        Arm();
    }
}
