namespace UcSdk.Sip;

/// <summary>
/// A request of ours that was challenged and waits for a step that is taken outside the loop, or for the handshake of another request. It ends with that, with the
/// flow, or when nobody wants the request any more. A step that takes longer than 32·T1 (16 s) is given up, so that another scheme has its turn while the user still
/// waits; another request's handshake is waited for as long as its answer, 64·T1.
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
        core.Context.Arm(this, SipTimer.HandshakeWait, core.Context.Timings.TransactionTimeout / (step.MayBlock ? 2 : 1));
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
        if (_step!.MayBlock)
        {
            _step.GiveUp();
        }
        else if (TryEnd())
        {
            request.WaitFailed(SipFailure.TimedOut);
        }
    }
}
