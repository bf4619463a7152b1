using UcSdk.Core;

namespace UcSdk.Media;

/// <summary>
/// The one timer of a media session. Frame n is due at start + n · 20 ms, whenever the timer wakes: a late timer is followed by all frames
/// that are due, so that none is skipped and nothing drifts. With an external clock it only watches the core's deadline.
/// </summary>
internal sealed class MediaPacer : IDisposable
{
    private readonly SerialLoop _loop;
    private readonly Action _elapse;
    private readonly Action<short[]> _moveFrame;
    private readonly LoopTimer _timer;
    private readonly short[] _frame = new short[AudioClock.SamplesPerFrame];
    private Timestamp _nextFrame;
    private Timestamp? _coreDeadline;
    private bool _isDisposed;

    public MediaPacer(SerialLoop loop, bool isExternal, Action elapse, Action<short[]> moveFrame)
    {
        _loop = loop;
        _elapse = elapse;
        _moveFrame = moveFrame;
        _timer = new(loop, Wake);
        _nextFrame = isExternal ? Timestamp.Never : loop.Now;
    }

    /// <summary>Wakes for this deadline of the core, and for the next frame.</summary>
    public void Watch(Timestamp? coreDeadline)
    {
        _coreDeadline = coreDeadline;
        Arm();
    }

    public void Dispose()
    {
        _isDisposed = true;
        _timer.Dispose();
    }

    private void Arm() => _timer.SetDeadline(Timestamp.Earlier(_nextFrame, _coreDeadline ?? Timestamp.Never));

    private void Wake()
    {
        _elapse();
        while (!_isDisposed && _nextFrame <= _loop.Now)
        {
            _nextFrame += AudioClock.FrameDuration;
            _moveFrame(_frame);
        }

        Arm();
    }
}
