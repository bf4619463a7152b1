namespace UcSdk.Sip;

/// <summary>
/// A request of ours that was challenged and waits for a step that is taken outside the loop. It ends with the step, after 64·T1 (as long as any answer is
/// waited for; then the next scheme is tried), with the flow, or when nobody wants the request any more.
/// </summary>
internal sealed class HandshakeWait(SipCore core, OutgoingRequest request, SipResponse challenge) : ITimerOwner
{
    private HandshakeStep? _step;
    private bool _isOver;

    /// <summary>The 401 or 407 that is being answered.</summary>
    public SipResponse Challenge => challenge;

    public SipFlow Flow => request.Flow;

    public void Start(HandshakeStep step)
    {
        _step = step;
        core.Waits.Add(this);
        core.Context.Arm(this, SipTimer.HandshakeWait, core.Context.Timings.TransactionTimeout);
        if (step.TryStart())
        {
            core.Context.Emit(new SipEffect.RunStep(step));
        }

        step.WhenDone(() =>
        {
            if (TryEnd())
            {
                request.Stepped(step, challenge);
            }
        });
    }

    /// <summary>False when it has ended before.</summary>
    public bool TryEnd()
    {
        var ends = !_isOver;
        _isOver = true;
        core.Waits.Remove(this);
        core.Context.Disarm(this, SipTimer.HandshakeWait);
        return ends;
    }

    public void FlowClosed()
    {
        if (TryEnd())
        {
            request.WaitFailed(SipFailure.FlowClosed);
        }
    }

    void ITimerOwner.Elapsed(SipTimer timer)
    {
        if (TryEnd())
        {
            request.WaitTimedOut(_step!, challenge);
        }
    }
}
