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

    /// <param name="core">Where it is.</param>
    /// <param name="flow">Where the INVITE went.</param>
    /// <param name="acks">The ACKs of the 2xx that have come.</param>
    public AnsweredInvite(SipCore core, SipFlow flow, List<KeptAck> acks)
    {
        _core = core;
        _flow = flow;
        _acks = acks;
    }

    public void ResponseReceived(ClientTransaction transaction, SipResponse response)
    {
        var tag = response.To?.Tag ?? "";
        if (_acks.Find(ack => ack.IsOf(tag)) is { } known)
        {
            _core.Context.TransmitAgain(_core.IsOpen(known.Flow) ? known.Flow : _flow, known.Copy);
            return;
        }

        // RFC 3261 §13.2.2.4: another branch's 2xx is acknowledged, and its dialog ended at once. What is needed of the INVITE stands in its answer (§8.2.6.2).
        var dialog = Dialog.OfUac(StandInOf(response), response);
        var ack = dialog.CreateRequest(SipMethod.Ack, response.CSeq!.Number);
        var kept = new KeptAck(dialog.RemoteTag, _core.RouteInDialog(ack, _flow) ?? _flow);
        _acks.Add(kept);
        _core.Transactions.SendUnanswered(ack, kept.Flow, null, kept.Copy);
        var bye = dialog.CreateRequest(SipMethod.Bye);
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
