using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// What an INVITE dialog is for, either side: the offer of a session, its answer, its end (RFC 3261 §§13–15). This part holds the state
/// and what both sides share; <see cref="OutgoingInvite"/> and <see cref="IncomingInvite"/> hold what only one side does.
/// </summary>
internal abstract partial class InviteUsage : IUsage, IRequestUser, IServerTransactionUser, IDialogUsage
{
    private readonly StateMachine<InviteState, InviteTrigger, InviteReason> _machine;
    private readonly List<AnswerRetransmission> _answers = [];
    private readonly OfferGlare _glare = new();
    private OutgoingRequest? _bye;
    private OutgoingRequest? _refresh;
    private OutgoingRequest? _reinvite;
    private SipMessage _description;

    private protected InviteUsage(SipCore core, InviteState initial, SipRequest request, SipFlow flow)
    {
        Core = core;
        InitialRequest = request;
        Flow = flow;
        _machine = new(InviteTable.StateTable, initial);
        Timer = new(core.Context, this);
        _description = request;
        core.Usages.Add(this);
        core.Context.Observer?.SessionBegins(this);
    }

    public InviteState State => _machine.State;

    public bool IsTerminated => State == InviteState.Terminated;

    /// <summary>Why the session ended or is ending: what began the end, not what completed it. Null while it lives.</summary>
    public InviteReason? EndReason { get; private set; }

    /// <summary>What the peer said for why, with the message that began the end.</summary>
    public IReadOnlyList<ReasonHeader> PeerReasons { get; private set; } = [];

    /// <summary>What our side says for why, in the CANCEL or BYE that ends the session.</summary>
    public IReadOnlyList<ReasonHeader> Reasons { get; set; } = [];

    public SipRequest InitialRequest { get; protected set; }

    /// <summary>The flow on which the dialog was made.</summary>
    public SipFlow Flow { get; private set; }

    public Dialog? Dialog { get; protected set; }

    /// <summary>The handle that shows this usage to the application; the core only carries it.</summary>
    public InviteSession? Session { get; set; }

    /// <summary>The activity that shows this usage to whoever traces the process; null where nobody does.</summary>
    public System.Diagnostics.Activity? Activity { get; set; }

    protected SipCore Core { get; }

    protected SessionTimer Timer { get; }

    protected CoreContext Context => Core.Context;

    protected bool HasUnacknowledgedAnswer => _answers.Count > 0;

    public bool Permits(InviteTrigger trigger) => _machine.Permits(trigger);

    /// <summary>Ends the session by BYE, or by what stands for it before the dialog is confirmed; nothing when it is ending already.</summary>
    public abstract void End(Action<SipRequest>? edit);

    public virtual IReadOnlyList<Dialog> EarlyDialogs => Dialog is { IsEarly: true } dialog ? [dialog] : [];

    public void DialogLost(SipResponse cause)
    {
        if (Permits(InviteTrigger.DialogGone))
        {
            Change(InviteTrigger.DialogGone, cause);
        }
    }

    public void Abandon() => Session?.Abandon();

    public void FlowClosed()
    {
        if (Permits(InviteTrigger.FlowClosed))
        {
            Change(InviteTrigger.FlowClosed, null);
        }
    }

    /// <summary>The peer has not refreshed the session (RFC 4028 §10).</summary>
    public void SessionExpired()
    {
        if (Permits(InviteTrigger.SessionTimeout))
        {
            Change(InviteTrigger.SessionTimeout, null);
            SendBye(null);
        }
    }

    protected void Change(InviteTrigger trigger, SipMessage? cause)
    {
        var row = _machine.Fire(trigger);
        if (row.To is InviteState.Terminating or InviteState.Terminated)
        {
            EndReason ??= row.Reason;
            PeerReasons = PeerReasons.Count == 0 && cause is not null ? ReasonHeader.AllOf(cause) : PeerReasons;
        }

        Context.Emit(new SipEffect.InviteChanged(this, new(row.From, row.To, row.Reason, cause)));
        if (row.To == InviteState.Terminated)
        {
            Context.Observer?.SessionEnded(this);
            Release();
        }
    }

    /// <summary>The request went over another flow than was meant; what follows goes there too.</summary>
    protected void MoveTo(SipFlow flow)
    {
        if (flow != Flow)
        {
            Core.Usages.Remove(this);
            Flow = flow;
            Core.Usages.Add(this);
        }
    }

    protected virtual void Release()
    {
        Timer.Stop();
        _reinvite?.GiveUp();
        foreach (var answer in _answers)
        {
            answer.Stop();
        }

        _answers.Clear();
        if (Dialog is not null)
        {
            Core.Dialogs.Remove(Dialog, this);
            if (!Dialog.IsEarly)
            {
                Core.Ended.Add(Dialog, Context.Now);
            }
        }

        Core.Usages.Remove(this);
    }
}
