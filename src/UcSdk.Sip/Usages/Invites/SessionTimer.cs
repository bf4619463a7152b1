using System.Globalization;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// The life of a confirmed session (RFC 4028): who refreshes it, when, and what happens when nobody does. Refreshed by UPDATE where the peer allows
/// it, otherwise by a re-INVITE with the last description of our side.
/// </summary>
internal sealed class SessionTimer(CoreContext context, InviteUsage usage) : ITimerOwner
{
    /// <summary>The option tag.</summary>
    public const string Tag = "timer";

    private TimeSpan _interval;
    private Timestamp _end;
    private bool _refreshes;
    private bool _peerTakesUpdate;

    /// <summary>True while the session has a limited life.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>Puts the proposal of the options into an INVITE (§7.1), or what stands into a refresh.</summary>
    public void Propose(SipRequest request, SessionTimerOptions? options)
    {
        if (options is null && !IsRunning)
        {
            return;
        }

        AddOption(request, HeaderName.Supported);
        var value = IsRunning
            ? new SessionExpiresHeader(_interval, _refreshes ? SessionRefresher.Uac : SessionRefresher.Uas)
            : new SessionExpiresHeader(options!.Interval);
        request.Headers[HeaderName.SessionExpires] = value.ToString();
        if (options is not null)
        {
            request.Headers[HeaderName.MinSE] = Seconds(options.Minimum);
        }
    }

    /// <summary>The peer bears no shorter life than this (422 to a refresh, §7.4): the next refresh proposes it.</summary>
    public void Raise(SipResponse refusal)
    {
        var least = MinimumOf(refusal);
        _interval = least > _interval ? least : _interval;
    }

    /// <summary>As callee: what a request gets that proposes too short a life (§9); null when it may be granted.</summary>
    public static SipResponse? Refuse(ServerTransaction transaction, SessionTimerOptions? options)
    {
        var request = transaction.Request;
        if (options is null || !SessionExpiresHeader.TryParse(request.Headers[HeaderName.SessionExpires], out var asked) || asked.Interval >= options.Minimum)
        {
            return null;
        }

        var refusal = request.CreateResponse(StatusCode.SessionIntervalTooSmall, null, transaction.LocalTag);
        refusal.Headers.Add(HeaderName.MinSE, Seconds(options.Minimum));
        return refusal;
    }

    /// <summary>As the one who answers: grants a life in the 2xx (§9), and starts it.</summary>
    public void Grant(SipRequest request, SipResponse response, SessionTimerOptions? options)
    {
        NotePeer(request);
        var isAsked = SessionExpiresHeader.TryParse(request.Headers[HeaderName.SessionExpires], out var asked);
        if (!isAsked && options is null)
        {
            Stop();
            return;
        }

        var peerKnows = request.HasOption(HeaderName.Supported, Tag);
        var interval = isAsked && (options is null || asked!.Interval < options.Interval) ? asked!.Interval : options!.Interval;
        var least = MinimumOf(request);
        interval = interval < least ? least : interval;
        // §9: who cannot refresh is not made to.
        var refresher = peerKnows ? asked?.Refresher ?? SessionRefresher.Uac : SessionRefresher.Uas;
        response.Headers[HeaderName.SessionExpires] = new SessionExpiresHeader(interval, refresher).ToString();
        if (refresher == SessionRefresher.Uac)
        {
            AddOption(response, HeaderName.Require);
        }

        Start(interval, refresher == SessionRefresher.Uas);
    }

    /// <summary>As the one who asked: takes what the 2xx grants (§7.2).</summary>
    public void Take(SipRequest request, SipResponse response)
    {
        NotePeer(response);
        if (SessionExpiresHeader.TryParse(response.Headers[HeaderName.SessionExpires], out var granted) && granted.Interval > TimeSpan.Zero)
        {
            Start(granted.Interval, granted.Refresher != SessionRefresher.Uas);
        }
        else if (SessionExpiresHeader.TryParse(request.Headers[HeaderName.SessionExpires], out var asked))
        {
            // §7.2: the peer knows nothing of it; our side may still refresh, and find out that way that the peer is gone.
            Start(asked.Interval, refreshes: true);
        }
        else
        {
            Stop();
        }
    }

    /// <summary>The shortest life that the message's sender bears; 90 s where it does not say (§5).</summary>
    public static TimeSpan MinimumOf(SipMessage message) =>
        uint.TryParse(message.Headers[HeaderName.MinSE]?.Split(';')[0].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.FromSeconds(90);

    public void Stop()
    {
        IsRunning = false;
        context.Disarm(this, SipTimer.Session);
    }

    public void Elapsed(SipTimer timer)
    {
        if (_refreshes && context.Now < _end)
        {
            // A refresh that is refused, or has no answer for long, goes again; without any success the session ends before its time is up (§10).
            var again = context.Now + (_interval / 16);
            context.ArmAt(this, SipTimer.Session, again < _end ? again : _end);
            usage.Refresh(_peerTakesUpdate ? SipMethod.Update : SipMethod.Invite);
        }
        else
        {
            Stop();
            usage.SessionExpired();
        }
    }

    private static string Seconds(TimeSpan time) => ((long)time.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    private static void AddOption(SipMessage message, HeaderName header)
    {
        if (!message.HasOption(header, Tag))
        {
            message.Headers.Add(header, Tag);
        }
    }

    private void NotePeer(SipMessage message)
    {
        if (message.Headers.Contains(HeaderName.Allow))
        {
            _peerTakesUpdate = message.HasOption(HeaderName.Allow, SipMethod.Update.Name);
        }
    }

    // §10: half the interval until the refresh, and slightly before the end the one who refreshes hangs up without success; the other hangs up 32 s, or a
    // third of the interval, before the end.
    private void Start(TimeSpan interval, bool refreshes)
    {
        _interval = interval;
        _refreshes = refreshes;
        IsRunning = true;
        var early = interval / 3 < TimeSpan.FromSeconds(32) ? interval / 3 : TimeSpan.FromSeconds(32);
        _end = context.Now + (interval - (refreshes ? interval / 10 : early));
        context.ArmAt(this, SipTimer.Session, refreshes ? context.Now + (interval / 2) : _end);
    }
}
