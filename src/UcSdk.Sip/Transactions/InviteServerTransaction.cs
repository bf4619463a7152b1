using System.Globalization;
using UcSdk.Core;
using static UcSdk.Sip.InviteServerState;
using static UcSdk.Sip.TransactionTrigger;

namespace UcSdk.Sip;

/// <summary>The INVITE server transaction of RFC 3261 §17.2.1 with the Accepted state of RFC 6026.</summary>
internal sealed class InviteServerTransaction : ServerTransaction
{
    public static readonly StateTable<InviteServerState, TransactionTrigger, TransactionReason> StateTable = new("InviteServerTransaction", Proceeding)
    {
        { Proceeding, RequestAgain, Proceeding, TransactionReason.Retransmitted, "RFC 3261 §17.2.1" },
        { Proceeding, Provisional, Proceeding, TransactionReason.Progressed, "RFC 3261 §17.2.1" },
        { Proceeding, Success, Accepted, TransactionReason.Answered, "RFC 6026 §7.1" },
        { Proceeding, Failure, Completed, TransactionReason.Refused, "RFC 3261 §17.2.1" },
        { Proceeding, TransactionTrigger.Abandon, Terminated, TransactionReason.Abandoned, "RFC 3261 §16.2" },
        { Proceeding, TransactionTrigger.FlowClosed, Terminated, TransactionReason.FlowLost, "RFC 3261 §17.2.4" },
        { Completed, RequestAgain, Completed, TransactionReason.Retransmitted, "RFC 3261 §17.2.1" },
        { Completed, TimerG, Completed, TransactionReason.Retransmitted, "RFC 3261 §17.2.1" },
        { Completed, Ack, Confirmed, TransactionReason.Acknowledged, "RFC 3261 §17.2.1" },
        { Completed, TimerH, Terminated, TransactionReason.TimedOut, "RFC 3261 §17.2.1" },
        { Completed, TransactionTrigger.FlowClosed, Terminated, TransactionReason.FlowLost, "RFC 3261 §17.2.4" },
        { Confirmed, TimerI, Terminated, TransactionReason.WaitOver, "RFC 3261 §17.2.1" },
        { Confirmed, TransactionTrigger.FlowClosed, Terminated, TransactionReason.FlowLost, "RFC 3261 §17.2.4" },
        { Accepted, Success, Accepted, TransactionReason.Answered, "RFC 6026 §7.1" },
        { Accepted, TimerL, Terminated, TransactionReason.WaitOver, "RFC 6026 §7.1" },
        { Accepted, TransactionTrigger.FlowClosed, Terminated, TransactionReason.FlowLost, "RFC 6026 §7.1" },
    };

    private static readonly TimeSpan TryingDelay = TimeSpan.FromMilliseconds(200);

    private InviteServerState _state = Proceeding;
    private TimeSpan _interval;

    public InviteServerTransaction(TransactionTable table, in TransactionKey key, SipRequest request, SipFlow flow)
        : base(table, key, request, flow)
    {
        _interval = Timings.T1;
        Arm(SipTimer.Trying, TryingDelay);
        if (Patience() is { } patience)
        {
            Arm(SipTimer.Unanswered, patience);
        }
    }

    public InviteServerState State => _state;

    public override bool IsTerminated => State == Terminated;

    public override bool IsAnswered => State != Proceeding;

    public override bool Respond(SipResponse response)
    {
        var trigger = response.IsProvisional ? Provisional : response.IsSuccess ? Success : Failure;
        if (!StateTable.TryMove(ref _state, trigger, out var row))
        {
            return false;
        }

        Disarm(SipTimer.Trying);
        Transmit(response, isRepeated: row.To == Completed);
        if (row.To == Proceeding)
        {
            ArmExtension(response);
        }
        else
        {
            Disarm(SipTimer.Unanswered, SipTimer.Extension);
        }

        if (row is { From: Proceeding, To: Accepted })
        {
            Arm(SipTimer.L, Timings.TransactionTimeout);
        }
        else if (row.To == Completed)
        {
            Arm(SipTimer.H, Timings.TransactionTimeout);
            if (!Flow.IsReliable)
            {
                Arm(SipTimer.G, _interval);
            }
        }

        User?.Responded(this, response);
        if (row.To != Proceeding)
        {
            ForgetAnswered();
        }

        return true;
    }

    public override void Drop()
    {
        if (StateTable.TryMove(ref _state, TransactionTrigger.Abandon, out _))
        {
            Finish();
        }
    }

    public override void ReceiveAgain()
    {
        if (StateTable.TryMove(ref _state, RequestAgain, out _))
        {
            TransmitAgain();
        }
    }

    /// <summary>The ACK of a failure; the ACK of a 2xx belongs to the dialog.</summary>
    public void ReceiveAck()
    {
        if (!StateTable.TryMove(ref _state, Ack, out _))
        {
            return;
        }

        Disarm(SipTimer.G, SipTimer.H);
        if (Flow.IsReliable)
        {
            // Timer I is zero on a reliable transport.
            StateTable.Move(ref _state, TimerI);
            Finish();
        }
        else
        {
            Arm(SipTimer.I, Timings.T4);
        }
    }

    public override void Elapsed(SipTimer timer)
    {
        switch (timer)
        {
            case SipTimer.Trying:
                Respond(Request.CreateResponse(Sip.StatusCode.Trying));
                return;
            case SipTimer.Unanswered:
                Expire();
                return;
            case SipTimer.Extension:
                Extend();
                return;
            case SipTimer.G:
                StateTable.Move(ref _state, TimerG);
                TransmitAgain();
                _interval = 2 * _interval > Timings.T2 ? Timings.T2 : 2 * _interval;
                Arm(SipTimer.G, _interval);
                return;
        }

        var row = StateTable.Move(ref _state, timer switch { SipTimer.H => TimerH, SipTimer.I => TimerI, _ => TimerL });
        Finish();
        if (row.Reason == TransactionReason.TimedOut)
        {
            User?.Failed(this, SipFailure.TimedOut);
        }
    }

    public override void FlowClosed()
    {
        StateTable.Move(ref _state, TransactionTrigger.FlowClosed);
        Finish();
        User?.Failed(this, SipFailure.FlowClosed);
    }

    // RFC 3261 §13.3.1: the Expires of the INVITE is how long its sender wants an answer.
    private TimeSpan? Expires() => uint.TryParse(Request.Headers[HeaderName.Expires], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        ? TimeSpan.FromSeconds(seconds)
        : null;

    private TimeSpan? Patience() => Expires() is { } expires && !(expires > Timings.AnswerLimit) ? expires : Timings.AnswerLimit;

    private void Expire()
    {
        if (User is { KeepsTime: true })
        {
            return;
        }

        var status = Patience() == Expires() ? Sip.StatusCode.RequestTerminated : Sip.StatusCode.TemporarilyUnavailable;
        if (User is { } user)
        {
            user.Expired(this, status);
        }
        else
        {
            Respond(Request.CreateResponse(status, null, LocalTag));
        }
    }

    private void ArmExtension(SipResponse response)
    {
        if (response.StatusCode > Sip.StatusCode.Trying && User is not { KeepsTime: true })
        {
            Arm(SipTimer.Extension, response.Headers.Contains(HeaderName.RSeq) ? SipTimings.ReliableExtension : SipTimings.Extension);
        }
    }

    private void Extend()
    {
        if (LastResponse!.Headers.Contains(HeaderName.RSeq))
        {
            User?.ExtensionDue(this);
        }
        else
        {
            Context.Transmit(Flow, LastResponse);
            ArmExtension(LastResponse);
        }
    }

    private void Finish()
    {
        Disarm(SipTimer.Unanswered, SipTimer.Extension);
        Disarm(SipTimer.Trying, SipTimer.G, SipTimer.H, SipTimer.I, SipTimer.L);
        Table.Remove(this);
    }
}
