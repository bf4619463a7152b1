using UcSdk.Core;
using static UcSdk.Sip.InviteClientState;
using static UcSdk.Sip.TransactionTrigger;

namespace UcSdk.Sip;

/// <summary>The INVITE client transaction of RFC 3261 §17.1.1 with the Accepted state of RFC 6026.</summary>
internal sealed class InviteClientTransaction : ClientTransaction
{
    public static readonly StateTable<InviteClientState, TransactionTrigger, TransactionReason> StateTable = new("InviteClientTransaction", Calling)
    {
        { Calling, TimerA, Calling, TransactionReason.Retransmitted, "RFC 3261 §17.1.1.2" },
        { Calling, TimerB, Terminated, TransactionReason.TimedOut, "RFC 3261 §17.1.1.2" },
        { Calling, Provisional, Proceeding, TransactionReason.Progressed, "RFC 3261 §17.1.1.2" },
        { Calling, Success, Accepted, TransactionReason.Answered, "RFC 6026 §7.2" },
        { Calling, Failure, Completed, TransactionReason.Refused, "RFC 3261 §17.1.1.2" },
        { Calling, TransactionTrigger.FlowClosed, Terminated, TransactionReason.FlowLost, "RFC 3261 §17.1.4" },
        { Calling, TransactionTrigger.Abandon, Terminated, TransactionReason.Abandoned, "RFC 3261 §16.8" },
        { Proceeding, Provisional, Proceeding, TransactionReason.Progressed, "RFC 3261 §17.1.1.2" },
        { Proceeding, Success, Accepted, TransactionReason.Answered, "RFC 6026 §7.2" },
        { Proceeding, Failure, Completed, TransactionReason.Refused, "RFC 3261 §17.1.1.2" },
        { Proceeding, TimerB, Terminated, TransactionReason.TimedOut, "RFC 3261 §9.1" },
        { Proceeding, TransactionTrigger.Abandon, Terminated, TransactionReason.Abandoned, "RFC 3261 §9.1" },
        { Proceeding, TransactionTrigger.FlowClosed, Terminated, TransactionReason.FlowLost, "RFC 3261 §17.1.4" },
        { Completed, Failure, Completed, TransactionReason.Absorbed, "RFC 3261 §17.1.1.2" },
        { Completed, TimerD, Terminated, TransactionReason.WaitOver, "RFC 3261 §17.1.1.2" },
        { Completed, TransactionTrigger.FlowClosed, Terminated, TransactionReason.FlowLost, "RFC 3261 §17.1.4" },
        { Accepted, Success, Accepted, TransactionReason.Answered, "RFC 6026 §7.2" },
        { Accepted, TimerM, Terminated, TransactionReason.WaitOver, "RFC 6026 §7.2" },
        { Accepted, TransactionTrigger.FlowClosed, Terminated, TransactionReason.FlowLost, "RFC 6026 §7.2" },
    };

    private InviteClientState _state = Calling;
    private TimeSpan _interval;
    private WireCopy? _ack;
    private bool _isGivenUp;

    public InviteClientTransaction(TransactionTable table, string branch, SipRequest request, SipFlow flow, IClientTransactionUser user)
        : base(table, branch, request, flow, user) => _interval = Timings.T1;

    public InviteClientState State => _state;

    public override bool IsTerminated => State == Terminated;

    public override void Start()
    {
        Context.Transmit(Flow, Request);
        Arm(SipTimer.B, Timings.TransactionTimeout);
        if (!Flow.IsReliable)
        {
            Arm(SipTimer.A, _interval);
        }
    }

    public override void Receive(SipResponse response)
    {
        var trigger = response.IsProvisional ? Provisional : response.IsSuccess ? Success : Failure;
        // RFC 3261 and RFC 6026 drop what their figures do not show: a failure after a 2xx, a 1xx after a final response.
        if (!StateTable.TryMove(ref _state, trigger, out var row))
        {
            return;
        }

        Observation?.Responded(response);
        Disarm(SipTimer.A);
        if (!_isGivenUp || row.To != Proceeding)
        {
            Disarm(SipTimer.B);
        }
        else if (row.From == Calling)
        {
            // Somebody is there after all; the final response gets the same time from now on as where it was given up now.
            Arm(SipTimer.B, Timings.TransactionTimeout);
        }

        switch (row.To)
        {
            case Accepted when row.From != Accepted:
                Arm(SipTimer.M, Timings.TransactionTimeout);
                break;
            case Completed:
                Acknowledge(response);
                EnterCompleted(row.From);
                break;
        }

        if (row.Reason != TransactionReason.Absorbed)
        {
            User!.ResponseReceived(this, response);
        }

        switch (row.To)
        {
            case Completed:
                ForgetAnswered();
                break;
            case Accepted:
                // Every further 2xx is for the user (RFC 6026 §7.2), but the INVITE itself goes no more.
                ForgetRequest();
                break;
        }
    }

    /// <summary>
    /// The user has cancelled, or needs the answer no more: what has none after another 64·T1 is over (RFC 3261 §9.1), counted from the first provisional response where there is
    /// none yet. Without this a server that has said 100 and died would be waited for as long as its flow stands.
    /// </summary>
    public void GiveUp()
    {
        if (_isGivenUp || State is not (Calling or Proceeding))
        {
            return;
        }

        _isGivenUp = true;
        if (State == Proceeding)
        {
            Arm(SipTimer.B, Timings.TransactionTimeout);
        }
    }

    /// <summary>Gives the further 2xx to another user; nothing where there is no 2xx.</summary>
    public void HandOver(IClientTransactionUser user)
    {
        if (State == Accepted)
        {
            User = user;
        }
    }

    public override void Elapsed(SipTimer timer)
    {
        if (timer == SipTimer.A)
        {
            StateTable.Move(ref _state, TimerA);
            Context.Retransmit(Flow, Request);
            _interval *= 2;
            Arm(SipTimer.A, _interval);
            return;
        }

        var row = StateTable.Move(ref _state, timer switch { SipTimer.B => TimerB, SipTimer.D => TimerD, _ => TimerM });
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
        if (row.From is Calling or Proceeding)
        {
            User!.Failed(this, SipFailure.FlowClosed);
        }
    }

    public override void Abandon()
    {
        if (StateTable.TryMove(ref _state, TransactionTrigger.Abandon, out _))
        {
            Finish();
        }
    }

    private void EnterCompleted(InviteClientState from)
    {
        if (from == Completed)
        {
            return;
        }

        if (Flow.IsReliable)
        {
            // Timer D is zero on a reliable transport.
            StateTable.Move(ref _state, TimerD);
            Finish();
        }
        else
        {
            Arm(SipTimer.D, Timings.CompletedWait);
        }
    }

    // RFC 3261 §17.1.1.3: same Request-URI, Call-ID, From, CSeq number, top Via and Route as the INVITE; To from the response.
    private void Acknowledge(SipResponse response)
    {
        if (_ack is not null)
        {
            Context.TransmitAgain(Flow, _ack);
            return;
        }

        var ack = new SipRequest(SipMethod.Ack, Request.Uri!);
        ack.Headers.Add(HeaderName.Via, Request.TopVia!.ToString());
        foreach (var route in Request.Headers.GetAll(HeaderName.Route))
        {
            ack.Headers.Add(HeaderName.Route, route);
        }

        ack.Headers.Add(HeaderName.MaxForwards, "70");
        ack.Headers.Add(HeaderName.From, Request.Headers[HeaderName.From]!);
        ack.Headers.Add(HeaderName.To, response.Headers[HeaderName.To] ?? Request.Headers[HeaderName.To]!);
        ack.Headers.Add(HeaderName.CallId, Request.CallId!);
        ack.Headers.Add(HeaderName.CSeq, new CSeq(Request.CSeq!.Number, SipMethod.Ack).ToString());
        CredentialCache.Copy(Request, ack);
        ack.Addressee = Association?.Address;
        _ack = new();
        Context.Transmit(Flow, ack, _ack);
    }

    private void Finish()
    {
        Disarm(SipTimer.A, SipTimer.B, SipTimer.D, SipTimer.M);
        Table.Remove(this);
    }
}
