namespace UcSdk.Sip;

/// <summary>
/// A 2xx to an INVITE that waits for its ACK. The UAS core itself repeats it, on every transport, because a proxy on the way may have
/// turned a stream into datagrams (RFC 3261 §13.3.1.4).
/// </summary>
internal sealed class AnswerRetransmission : ITimerOwner
{
    private readonly CoreContext _context;
    private readonly InviteUsage _usage;
    private readonly ServerTransaction _transaction;
    private readonly SipResponse _response;
    private TimeSpan _interval;

    public AnswerRetransmission(CoreContext context, InviteUsage usage, ServerTransaction transaction, SipResponse response)
    {
        _context = context;
        _usage = usage;
        _transaction = transaction;
        _response = response;
        _interval = context.Timings.T1;
        CSeq = transaction.Request.CSeq!.Number;
        context.Arm(this, SipTimer.AnswerRetransmission, _interval);
        context.Arm(this, SipTimer.AckWait, context.Timings.TransactionTimeout);
    }

    /// <summary>The number that the ACK must carry.</summary>
    public uint CSeq { get; }

    public void Elapsed(SipTimer timer)
    {
        if (timer == SipTimer.AckWait)
        {
            Stop();
            _usage.AckTimedOut(this);
            return;
        }

        _context.Retransmit(_transaction.Flow, _response);
        _interval = 2 * _interval > _context.Timings.T2 ? _context.Timings.T2 : 2 * _interval;
        _context.Arm(this, SipTimer.AnswerRetransmission, _interval);
    }

    public void Stop()
    {
        _context.Disarm(this, SipTimer.AnswerRetransmission);
        _context.Disarm(this, SipTimer.AckWait);
    }
}
