using UcSdk.Core;
using static UcSdk.Sip.NonInviteServerState;
using static UcSdk.Sip.TransactionTrigger;

namespace UcSdk.Sip;

/// <summary>The non-INVITE server transaction of RFC 3261 §17.2.2, without the late 408 that RFC 4320 forbids.</summary>
internal sealed class NonInviteServerTransaction : ServerTransaction
{
    public static readonly StateTable<NonInviteServerState, TransactionTrigger, TransactionReason> StateTable = new("NonInviteServerTransaction", Trying)
    {
        { Trying, RequestAgain, Trying, TransactionReason.Absorbed, "RFC 3261 §17.2.2" },
        { Trying, Provisional, Proceeding, TransactionReason.Progressed, "RFC 3261 §17.2.2" },
        { Trying, Success, Completed, TransactionReason.Answered, "RFC 3261 §17.2.2" },
        { Trying, Failure, Completed, TransactionReason.Refused, "RFC 3261 §17.2.2" },
        { Trying, Abandon, Terminated, TransactionReason.Abandoned, "RFC 4320 §4.2" },
        { Trying, TransactionTrigger.FlowClosed, Terminated, TransactionReason.FlowLost, "RFC 3261 §17.2.4" },
        { Proceeding, RequestAgain, Proceeding, TransactionReason.Retransmitted, "RFC 3261 §17.2.2" },
        { Proceeding, Provisional, Proceeding, TransactionReason.Progressed, "RFC 3261 §17.2.2" },
        { Proceeding, Success, Completed, TransactionReason.Answered, "RFC 3261 §17.2.2" },
        { Proceeding, Failure, Completed, TransactionReason.Refused, "RFC 3261 §17.2.2" },
        { Proceeding, Abandon, Terminated, TransactionReason.Abandoned, "RFC 4320 §4.2" },
        { Proceeding, TransactionTrigger.FlowClosed, Terminated, TransactionReason.FlowLost, "RFC 3261 §17.2.4" },
        { Completed, RequestAgain, Completed, TransactionReason.Retransmitted, "RFC 3261 §17.2.2" },
        { Completed, TimerJ, Terminated, TransactionReason.WaitOver, "RFC 3261 §17.2.2" },
        { Completed, TransactionTrigger.FlowClosed, Terminated, TransactionReason.FlowLost, "RFC 3261 §17.2.4" },
    };

    private NonInviteServerState _state = Trying;

    public NonInviteServerTransaction(TransactionTable table, in TransactionKey key, SipRequest request, SipFlow flow)
        : base(table, key, request, flow)
    {
        Arm(SipTimer.Unanswered, Timings.TransactionTimeout);
    }

    public NonInviteServerState State => _state;

    public override bool IsTerminated => State == Terminated;

    public override bool IsAnswered => State is Completed or Terminated;

    public override bool Respond(SipResponse response)
    {
        // RFC 4320 §4.2: by the time a 408 could be sent, the client has given up too, and would take it for an answer of somebody else.
        var trigger = response.StatusCode == StatusCode.RequestTimeout ? Abandon
            : response.IsProvisional ? Provisional
            : response.IsSuccess ? Success : Failure;
        if (!StateTable.TryMove(ref _state, trigger, out var row))
        {
            return false;
        }

        switch (row.To)
        {
            case Terminated:
                Finish();
                return true;
            case Completed:
                Transmit(response, isRepeated: !Flow.IsReliable);
                EnterCompleted();
                break;
            default:
                Transmit(response, isRepeated: false);
                break;
        }

        User?.Responded(this, response);
        if (response.IsFinal)
        {
            ForgetAnswered();
        }

        return true;
    }

    public override void Drop()
    {
        if (StateTable.TryMove(ref _state, Abandon, out _))
        {
            Finish();
        }
    }

    public override void ReceiveAgain()
    {
        if (StateTable.Move(ref _state, RequestAgain).Reason == TransactionReason.Retransmitted)
        {
            TransmitAgain();
        }
    }

    public override void Elapsed(SipTimer timer)
    {
        if (timer == SipTimer.Unanswered)
        {
            GiveUp();
            return;
        }

        StateTable.Move(ref _state, TimerJ);
        Finish();
    }

    public override void FlowClosed()
    {
        StateTable.Move(ref _state, TransactionTrigger.FlowClosed);
        Finish();
        User?.Failed(this, SipFailure.FlowClosed);
    }

    // The client has given up by now: it waits no longer than 64·T1 from its first sending.
    private void GiveUp()
    {
        if (User is { KeepsTime: true })
        {
            return;
        }

        StateTable.Move(ref _state, Abandon);
        Observation?.Failed(SipRecorder.TimedOut);
        Finish();
        User?.Failed(this, SipFailure.TimedOut);
    }

    private void EnterCompleted()
    {
        Disarm(SipTimer.Unanswered);
        if (Flow.IsReliable)
        {
            // Timer J is zero on a reliable transport.
            StateTable.Move(ref _state, TimerJ);
            Finish();
        }
        else
        {
            Arm(SipTimer.J, Timings.TransactionTimeout);
        }
    }

    private void Finish()
    {
        Disarm(SipTimer.J, SipTimer.Unanswered);
        Table.Remove(this);
    }
}
