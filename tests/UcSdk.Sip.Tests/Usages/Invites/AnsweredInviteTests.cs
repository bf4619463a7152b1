using System.Runtime.CompilerServices;

namespace UcSdk.Sip.Tests;

/// <summary>Answers to an INVITE that come when its session is over: RFC 3261 §13.2.2.4, RFC 6026 §7.2.</summary>
public sealed class AnsweredInviteTests
{
    private readonly PeerWire _wire = PeerWire.Datagram();

    [Fact]
    public void A_2xx_that_comes_again_after_the_session_gets_the_same_ack()
    {
        var (invite, ack) = HoldSession();
        _wire.Answers(invite, 200);
        Assert.Equal(ack.ToBytes(), _wire.ExpectRequest(SipMethod.Ack).ToBytes());
        _wire.ExpectNothing();
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public void A_place_that_answers_after_the_session_is_acknowledged_and_ended_once()
    {
        var (invite, _) = HoldSession();
        var answer = _wire.Answers(invite, 200, tag: "late", edit: response => response.Headers.Add(HeaderName.RecordRoute, "<sip:proxy.test;lr>"));
        var ack = _wire.ExpectRequest(SipMethod.Ack);
        Assert.Equal("late", ack.To!.Tag);
        Assert.Equal(invite.From!.Tag, ack.From!.Tag);
        Assert.Equal(invite.CSeq!.Number, ack.CSeq!.Number);
        Assert.Equal("<sip:proxy.test;lr>", ack.Headers[HeaderName.Route]);
        var bye = _wire.ExpectRequest(SipMethod.Bye);
        Assert.Equal("late", bye.To!.Tag);
        Assert.Equal(invite.CSeq.Number + 1, bye.CSeq!.Number);
        Assert.Equal(ack.UriText, bye.UriText);
        _wire.Says(answer);
        Assert.Equal(ack.ToBytes(), _wire.ExpectRequest(SipMethod.Ack).ToBytes());
        _wire.Answers(bye, 481);
        _wire.ExpectNothing();
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public void A_place_that_rang_reliably_and_answers_after_the_session_is_ended_with_the_next_number()
    {
        var session = _wire.Do(() => _wire.Endpoint.Invite(Messages.Invite(_wire)));
        var invite = _wire.ExpectRequest(SipMethod.Invite);
        _wire.Answers(invite, 180, tag: "late", edit: response =>
        {
            response.Headers.Add(HeaderName.Require, "100rel");
            response.Headers.Add(HeaderName.RSeq, "7");
        });
        var prack = _wire.ExpectRequest(SipMethod.Prack);
        Assert.Equal(invite.CSeq!.Number + 1, prack.CSeq!.Number);
        _wire.Answers(prack, 200);
        _wire.Answers(invite, 200);
        _wire.ExpectRequest(SipMethod.Ack);
        _ = _wire.Do(() => session.ByeAsync());
        _wire.Answers(_wire.ExpectRequest(SipMethod.Bye), 200);
        _wire.Answers(invite, 200, tag: "late");
        Assert.Equal("late", _wire.ExpectRequest(SipMethod.Ack).To!.Tag);
        var bye = _wire.ExpectRequest(SipMethod.Bye);
        Assert.Equal(prack.CSeq.Number + 1, bye.CSeq!.Number);
        _wire.Answers(bye, 200);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public void What_waits_for_late_answers_does_not_hold_the_session()
    {
        var session = HoldSessionWeakly();
        Assert.NotEqual(0, _wire.Counts.Transactions);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(session.IsAlive);
    }

    private (SipRequest Invite, SipRequest Ack) HoldSession()
    {
        var session = _wire.Do(() => _wire.Endpoint.Invite(Messages.Invite(_wire)));
        var invite = _wire.ExpectRequest(SipMethod.Invite);
        _wire.Answers(invite, 200);
        var ack = _wire.ExpectRequest(SipMethod.Ack);
        _ = _wire.Do(() => session.ByeAsync());
        _wire.Answers(_wire.ExpectRequest(SipMethod.Bye), 200);
        Assert.Equal(InviteState.Terminated, session.State);
        return (invite, ack);
    }

    // On its own, so that no local variable holds the session when the collector runs.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference HoldSessionWeakly()
    {
        WeakReference? session = null;
        _wire.Do(() => session = new(_wire.Endpoint.Invite(Messages.Invite(_wire))));
        _wire.Answers(_wire.ExpectRequest(SipMethod.Invite), 200);
        _wire.ExpectRequest(SipMethod.Ack);
        _wire.Do(() => { _ = ((InviteSession)session!.Target!).ByeAsync(); });
        _wire.Answers(_wire.ExpectRequest(SipMethod.Bye), 200);
        return session!;
    }
}
