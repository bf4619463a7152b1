using UcSdk.Core;

namespace UcSdk;

/// <summary>
/// Whether the user is active, inactive or away: a function of the time since it last did something, looked at when it changes. On the loop only, but for what the source
/// calls.
/// </summary>
internal sealed class ActivityMonitor : IDisposable
{
    // A mouse tells hundreds of times a second; what counts is minutes.
    private static readonly TimeSpan Grain = TimeSpan.FromSeconds(1);

    private readonly SerialLoop _loop;
    private readonly PresenceOptions _options;
    private readonly Action<UserActivity> _changed;
    private readonly LoopTimer _timer;
    private Timestamp _lastActive;
    private IDisposable? _source;
    private bool _isWatching;
    private long _lastHeard = long.MinValue;

    public ActivityMonitor(SerialLoop loop, PresenceOptions options, Action<UserActivity> changed)
    {
        _loop = loop;
        _options = options;
        _changed = changed;
        _timer = new(loop, Look);
    }

    /// <summary>As last told.</summary>
    public UserActivity Current { get; private set; }

    /// <summary>Begins on a connection: the user is active then, and watched where there is a source.</summary>
    public void Start()
    {
        _lastActive = _loop.Now;
        Current = UserActivity.Active;
        _isWatching |= _options.ActivitySource is not null;
        _source ??= _options.ActivitySource?.Subscribe(OnActive);
        Look();
    }

    /// <summary>Ends with the connection.</summary>
    public void Stop()
    {
        _source?.Dispose();
        _source = null;
        _timer.SetDeadline(null);
    }

    /// <summary>The user does something; from now on it is watched.</summary>
    public void Report()
    {
        _isWatching = true;
        _lastActive = _loop.Now;
        Look();
    }

    public void Dispose()
    {
        Stop();
        _timer.Dispose();
    }

    private void OnActive()
    {
        var now = _loop.Now.Ticks;
        var last = Volatile.Read(ref _lastHeard);
        if ((last == long.MinValue || now - last >= Grain.Ticks) && Interlocked.CompareExchange(ref _lastHeard, now, last) == last)
        {
            _loop.Post(() =>
            {
                if (_source is not null)
                {
                    Report();
                }
            });
        }
    }

    private void Look()
    {
        if (!_isWatching)
        {
            return;
        }

        var inactive = _lastActive + _options.InactiveAfter;
        var away = inactive + _options.AwayAfter;
        var now = _loop.Now;
        var (activity, next) = now >= away ? (UserActivity.Away, (Timestamp?)null) : now >= inactive ? (UserActivity.Inactive, away) : (UserActivity.Active, inactive);
        _timer.SetDeadline(next);
        if (activity != Current)
        {
            Current = activity;
            _changed(activity);
        }
    }
}
