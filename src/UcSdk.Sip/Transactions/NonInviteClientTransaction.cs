using UcSdk.Core;
using static UcSdk.Sip.NonInviteClientState;
using static UcSdk.Sip.TransactionTrigger;

namespace UcSdk.Sip;

/// <summary>The non-INVITE client transaction of RFC 3261 §17.1.2.</summary>
internal sealed class NonInviteClientTransaction : ClientTransaction
{
    public static readonly StateTable<NonInviteClientState, TransactionTrigger, TransactionReason> StateTable = new("NonInviteClientTransaction", Trying)
    {
        { Trying, TimerE, Trying, TransactionReason.Retransmitted, "RFC 3261 §17.1.2.2" },
        { Trying, TimerF, Terminated, TransactionReason.TimedOut, "RFC 3261 §17.1.2.2" },
        { Trying, Provisional, Proceeding, TransactionReason.Progressed, "RFC 3261 §17.1.2.2" },
        { Trying, Success, Completed, TransactionReason.Answered, "RFC 3261 §17.1.2.2" },
        { Trying, Failure, Completed, TransactionReason.Refused, "RFC 3261 §17.1.2.2" },
        { Trying, TransactionTrigger.FlowClosed, Terminated, TransactionReason.FlowLost, "RFC 3261 §17.1.4" },
        { Proceeding, TimerE, Proceeding, TransactionReason.Retransmitted, "RFC 3261 §17.1.2.2" },
        { Proceeding, TimerF, Terminated, TransactionReason.TimedOut, "RFC 3261 §17.1.2.2" },
        { Proceeding, Provisional, Proceeding, TransactionReason.Progressed, "RFC 3261 §17.1.2.2" },
        { Proceeding, Success, Completed, TransactionReason.Answered, "RFC 3261 §17.1.2.2" },
        { Proceeding, Failure, Completed, TransactionReason.Refused, "RFC 3261 §17.1.2.2" },
        { Proceeding, TransactionTrigger.FlowClosed, Terminated, TransactionReason.FlowLost, "RFC 3261 §17.1.4" },
        { Completed, TimerK, Terminated, TransactionReason.WaitOver, "RFC 3261 §17.1.2.2" },
        { Completed, TransactionTrigger.FlowClosed, Terminated, TransactionReason.FlowLost, "RFC 3261 §17.1.4" },
    };

    private NonInviteClientState _state = Trying;
    private TimeSpan _interval;

    public NonInviteClientTransaction(TransactionTable table, string branch, SipRequest request, SipFlow flow, IClientTransactionUser user)
        : base(table, branch, request, flow, user) => _interval = Timings.T1;

    public NonInviteClientState State => _state;

    public override bool IsTerminated => State == Terminated;

    public override void Start()
    {
        Context.Transmit(Flow, Request);
        Arm(SipTimer.F, Timings.TransactionTimeout);
        if (!Flow.IsReliable)
        {
            Arm(SipTimer.E, _interval);
        }
    }

    public override void Receive(SipResponse response)
    {
        var trigger = response.IsProvisional ? Provisional : response.IsSuccess ? Success : Failure;
        if (!StateTable.TryMove(ref _state, trigger, out var row))
        {
            return;
        }

        Observation?.Responded(response);
        if (row.To == Completed)
        {
            EnterCompleted();
        }

        User!.ResponseReceived(this, response);
        if (row.To == Completed)
        {
            ForgetAnswered();
        }
    }

    public override void Elapsed(SipTimer timer)
    {
        if (timer == SipTimer.E)
        {
            var again = StateTable.Move(ref _state, TimerE);
            Context.Retransmit(Flow, Request);
            // In Proceeding the interval is T2 at once.
            _interval = again.From == Proceeding || 2 * _interval > Timings.T2 ? Timings.T2 : 2 * _interval;
            Arm(SipTimer.E, _interval);
            return;
        }

        var row = StateTable.Move(ref _state, timer == SipTimer.F ? TimerF : TimerK);
        Observation?.Failed(SipRecorder.TimedOut);
        Finish();
        if (row.Reason == TransactionReason.TimedOut)
        {
            User!.Failed(this, SipFailure.TimedOut);
        }
    }

    public override void FlowClosed()
    {
        var row = StateTable.Move(ref _state, TransactionTrigger.FlowClosed);
        Finish();
        if (row.From != Completed)
        {
            User!.Failed(this, SipFailure.FlowClosed);
        }
    }

    private void EnterCompleted()
    {
        Disarm(SipTimer.E, SipTimer.F);
        if (Flow.IsReliable)
        {
            // Timer K is zero on a reliable transport.
            StateTable.Move(ref _state, TimerK);
            Finish();
        }
        else
        {
            Arm(SipTimer.K, Timings.T4);
        }
    }

    private void Finish()
    {
        Disarm(SipTimer.E, SipTimer.F, SipTimer.K);
        Table.Remove(this);
    }
}
