using UcSdk.Core;

namespace UcSdk.Media;

/// <summary>
/// The audio of one conference: a mixer, the legs of its participants, and the one clock of them all. Tick n is due at start + n · 20 ms;
/// a late timer is followed by all ticks that are due. Without legs the clock stands. Used on the loop, which is also that of its legs.
/// </summary>
internal sealed class ConferenceMixer : IDisposable
{
    private readonly SerialLoop _loop;
    private readonly LoopTimer _timer;
    private readonly AudioMixer _mixer = new();
    private readonly Dictionary<MediaSession, AudioMixerPort> _legs = [];
    private Timestamp _nextTick;

    public ConferenceMixer(SerialLoop loop)
    {
        _loop = loop;
        _timer = new(loop, Wake);
    }

    /// <summary>How many legs are mixed.</summary>
    public int LegCount => _legs.Count;

    /// <inheritdoc cref="AudioMixer.LeavesOutOwn"/>
    internal bool LeavesOutOwn
    {
        get => _mixer.LeavesOutOwn;
        set => _mixer.LeavesOutOwn = value;
    }

    /// <summary>Starts an agreed session and mixes it from the next tick on.</summary>
    public void AddLeg(MediaSession leg)
    {
        if (leg.Loop != _loop)
        {
            throw new ArgumentException("A leg lives on the loop of its mixer.", nameof(leg));
        }

        leg.StartExternallyPaced();
        _legs.Add(leg, _mixer.AddPort());
        if (_legs.Count == 1)
        {
            _nextTick = _loop.Now;
            _timer.SetDeadline(_nextTick);
        }
    }

    /// <summary>Mixes the session no more; false when it was not a leg. Closing it is its owner's part.</summary>
    public bool RemoveLeg(MediaSession leg)
    {
        if (!_legs.Remove(leg, out var port))
        {
            return false;
        }

        _mixer.RemovePort(port);
        if (_legs.Count == 0)
        {
            _timer.SetDeadline(null);
        }

        return true;
    }

    public void Dispose() => _timer.Dispose();

    private void Wake()
    {
        for (; _legs.Count > 0 && _nextTick <= _loop.Now; _nextTick += AudioClock.FrameDuration)
        {
            Tick();
        }

        _timer.SetDeadline(_legs.Count > 0 ? _nextTick : null);
    }

    private void Tick()
    {
        foreach (var (leg, port) in _legs)
        {
            if (!leg.TryReadFrame(port.Input))
            {
                Array.Clear(port.Input);
            }
        }

        _mixer.Mix();
        foreach (var (leg, port) in _legs)
        {
            leg.WriteFrame(port.Output);
        }
    }
}
