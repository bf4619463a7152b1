namespace UcSdk.Sip;

/// <summary>
/// What is left of an INVITE of ours that was answered by 2xx when its session is over, for as long as such answers may still come (RFC 6026 §7.2): the ACKs that
/// go again, and an end for whoever answers late. It stands for the session, which is not held that long.
/// </summary>
internal sealed class AnsweredInvite : IClientTransactionUser, IRequestUser
{
    private readonly SipCore _core;
    private readonly SipFlow _flow;
    private readonly List<KeptAck> _acks;
    private readonly List<Dialog>? _early;

    /// <param name="core">Where it is.</param>
    /// <param name="flow">Where the INVITE went.</param>
    /// <param name="acks">The ACKs of the 2xx that have come.</param>
    /// <param name="early">The dialogs of other places that rang; null where there were none.</param>
    public AnsweredInvite(SipCore core, SipFlow flow, List<KeptAck> acks, List<Dialog>? early)
    {
        _core = core;
        _flow = flow;
        _acks = acks;
        _early = early;
    }

    public void ResponseReceived(ClientTransaction transaction, SipResponse response)
    {
        var tag = response.To?.Tag ?? "";
        if (_acks.Find(ack => ack.IsOf(tag)) is { } known)
        {
            _core.Context.TransmitAgain(_core.IsOpen(known.Flow) ? known.Flow : _flow, known.Copy);
            return;
        }

        // RFC 3261 §13.2.2.4: another branch's 2xx is acknowledged, and its dialog ended at once.
        var dialog = DialogOf(response, tag);
        var ack = dialog.CreateRequest(SipMethod.Ack, response.CSeq!.Number);
        var kept = new KeptAck(dialog.RemoteTag, _core.RouteInDialog(ack, _flow) ?? _flow);
        _acks.Add(kept);
        _core.Transactions.SendUnanswered(ack, kept.Flow, null, kept.Copy);
        var bye = dialog.CreateRequest(SipMethod.Bye);
        bye.Headers.Add(HeaderName.Reason, CancelReasons.CompletedElsewhere);
        _core.Identify(bye);
        _core.Send(bye, _core.RouteInDialog(bye, _flow) ?? _flow, this);
    }

    public void Failed(ClientTransaction transaction, SipFailure failure)
    {
    }

    // Nobody waits for what becomes of the BYE.
    void IRequestUser.ResponseReceived(OutgoingRequest request, SipResponse response)
    {
    }

    void IRequestUser.Failed(OutgoingRequest request, SipFailure failure)
    {
    }

    // Where it rang before, there may have been requests; where it did not, what is needed of the INVITE stands in its answer (§8.2.6.2).
    private Dialog DialogOf(SipResponse response, string tag)
    {
        if (_early?.Find(early => early.RemoteTag.Equals(tag, StringComparison.OrdinalIgnoreCase)) is { } rang)
        {
            rang.Confirm(response);
            return rang;
        }

        return Dialog.OfUac(StandInOf(response), response);
    }

    private static SipRequest StandInOf(SipResponse response)
    {
        var invite = new SipRequest(SipMethod.Invite, response.To!.Uri);
        foreach (var name in (ReadOnlySpan<HeaderName>)[HeaderName.From, HeaderName.To, HeaderName.CallId, HeaderName.CSeq])
        {
            invite.Headers.Add(name, response.Headers[name]!);
        }

        return invite;
    }
}
