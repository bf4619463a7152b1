namespace UcSdk.Sip;

/// <content>What the application answers to a SUBSCRIBE inside the dialog, where it wants to.</content>
internal sealed partial class NotifierUsage
{
    /// <summary>The application's answer to what came inside the dialog.</summary>
    public void AcceptRefresh(ServerTransaction refresh, string contentType, ReadOnlyMemory<byte> body, bool piggyback, Action<SipResponse>? edit)
    {
        var request = refresh.Request;
        _undecided.Remove(refresh);
        var granted = Prolong(request);
        // A notification that still waits for its turn is older than this state and must not come behind it.
        var carries = piggyback && BestEffortNotify.TakesPiggyback(request) && _notify is null;
        var isEnd = granted == TimeSpan.Zero;
        Grant(refresh, granted, isEnd ? "terminated;expires=0" : StateText(), carries, contentType, body, edit);
        if (!isEnd)
        {
            Fire(NotifierTrigger.Refresh, request);
            if (!carries)
            {
                Notify(contentType, body);
            }
        }
        else if (carries)
        {
            Fire(NotifierTrigger.Unsubscribe, request);
        }
        else
        {
            End(NotifierTrigger.Unsubscribe, SubscriptionStateHeader.Terminated("timeout"), contentType, body);
        }
    }

    public void RejectRefresh(ServerTransaction refresh, int status, string? reason, Action<SipResponse>? edit)
    {
        _undecided.Remove(refresh);
        var response = refresh.Request.CreateResponse(status, reason);
        _core.Identify(response);
        edit?.Invoke(response);
        refresh.Respond(response);
    }

    public void Extend(TimeSpan life)
    {
        _longest = life;
        _end = Context.Now + life;
        Context.Arm(this, SipTimer.Expiry, life);
    }

    // The life that a SUBSCRIBE inside the dialog gets: what it asks for, and no more than the longest.
    private TimeSpan Prolong(SipRequest request)
    {
        var wish = RequestedExpires(request) ?? _longest;
        var granted = wish < _longest ? wish : _longest;
        _end = Context.Now + granted;
        if (granted > TimeSpan.Zero)
        {
            Context.Arm(this, SipTimer.Expiry, granted);
        }

        return granted;
    }
}
