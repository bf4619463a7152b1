using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>
/// Notices connections that have gone silent although their client promised keep-alives ([MS-CONMGMT] §3.1). Sans-IO: what is heard and the time in, silent connections
/// out. What comes in costs one dictionary entry; the timer is put off only when it fires.
/// </summary>
/// <param name="patience">After how much silence a connection counts as lost: the interval that clients are told, and a grace.</param>
internal sealed class KeepAliveWatch(TimeSpan patience)
{
    private readonly Dictionary<SipFlow, Timestamp> _heard = [];
    private readonly TimerQueue<SipFlow> _deadlines = new();

    public int Count => _heard.Count;

    /// <summary>When <see cref="TryTakeSilent"/> has something to do; null while nobody is watched.</summary>
    public Timestamp? NextDeadline => _deadlines.NextDeadline;

    /// <summary>Watches a connection from now on.</summary>
    public void Watch(SipFlow flow, Timestamp now)
    {
        if (_heard.TryAdd(flow, now))
        {
            _deadlines.Set(flow, now + patience);
        }
    }

    /// <summary>Something has come in, a keep-alive or anything else.</summary>
    public void Hear(SipFlow flow, Timestamp now)
    {
        if (_heard.ContainsKey(flow))
        {
            _heard[flow] = now;
        }
    }

    public void Forget(SipFlow flow)
    {
        if (_heard.Remove(flow))
        {
            _deadlines.Cancel(flow);
        }
    }

    /// <summary>Gives one connection that has been silent for too long; it is watched no more.</summary>
    public bool TryTakeSilent(Timestamp now, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SipFlow? silent)
    {
        while (_deadlines.TryTakeDue(now, out silent))
        {
            var due = _heard[silent] + patience;
            if (due <= now)
            {
                _heard.Remove(silent);
                return true;
            }

            _deadlines.Set(silent, due);
        }

        silent = null;
        return false;
    }
}
