namespace UcSdk.Sip.Tests;

/// <summary>RFC 3261 §16.10 and §9.1: the caller changes its mind.</summary>
public sealed class CancelTests
{
    private readonly ProxyWire _proxy = new();

    private PeerWire Wire => _proxy.Wire;

    [Fact]
    public void The_callers_cancel_goes_to_every_branch_that_has_answered_and_487_comes_back()
    {
        var (desk, phone) = _proxy.Fork();
        _proxy.Rings(desk, _proxy.Desk);
        Wire.Says(Messages.FromPeer("CANCEL", more: "Reason: SIP;cause=600;text=\"enough\""));
        Wire.ExpectResponse(200, _proxy.Caller);
        var cancel = Wire.ExpectRequest(SipMethod.Cancel, _proxy.Desk);
        Assert.Equal((desk.UriText, desk.TopVia!.Branch, 1), (cancel.UriText, cancel.TopVia!.Branch, cancel.Headers.GetAll(HeaderName.Via).Count()));
        Assert.Equal("SIP;cause=600;text=\"enough\"", cancel.Headers[HeaderName.Reason]);
        Wire.Answers(cancel, 200, flow: _proxy.Desk);
        Wire.ExpectNothing();
        Wire.Answers(phone, 183, flow: _proxy.Phone);
        Wire.Answers(Wire.ExpectRequest(SipMethod.Cancel, _proxy.Phone), 200, flow: _proxy.Phone);
        Wire.ExpectResponse(183);
        // A provisional response that crosses the CANCEL asks for no second one.
        _proxy.Rings(phone, _proxy.Phone);
        Wire.ExpectNothing();
        _proxy.Refuses(desk, 487, _proxy.Desk);
        _proxy.Refuses(phone, 487, _proxy.Phone);
        Wire.ExpectResponse(487, _proxy.Caller);
        Assert.Equal([487], _proxy.Finals);
        Assert.True(_proxy.Offered[0].IsCanceled);
    }

    [Fact]
    public void A_200_that_crosses_the_cancel_wins()
    {
        var (desk, phone) = _proxy.Fork();
        _proxy.Rings(desk, _proxy.Desk);
        Wire.Says(Messages.FromPeer("CANCEL"));
        Wire.ExpectResponse(200, _proxy.Caller);
        Wire.ExpectRequest(SipMethod.Cancel, _proxy.Desk);
        Wire.Answers(desk, 200, "desk", flow: _proxy.Desk);
        Assert.True(Wire.ExpectResponse(200, _proxy.Caller).CSeq!.Method.IsInvite);
        // The other branch had said nothing when the CANCEL came, and refuses now.
        _proxy.Refuses(phone, 487, _proxy.Phone);
        Wire.ExpectNothing();
    }

    [Fact]
    public void A_200_that_comes_before_the_cancel_could_be_sent_wins_too()
    {
        var (desk, _) = _proxy.Fork();
        Wire.Says(Messages.FromPeer("CANCEL"));
        Wire.ExpectResponse(200, _proxy.Caller);
        Wire.Answers(desk, 200, "desk", flow: _proxy.Desk);
        Assert.True(Wire.ExpectResponse(200, _proxy.Caller).CSeq!.Method.IsInvite);
        Wire.ExpectNothing();
    }

    [Fact]
    public void A_branch_that_was_to_be_cancelled_and_breaks_first_is_done()
    {
        var (_, phone) = _proxy.Fork();
        Wire.Says(Messages.FromPeer("CANCEL"));
        Wire.ExpectResponse(200, _proxy.Caller);
        Wire.Breaks(_proxy.Desk);
        _proxy.Refuses(phone, 486, _proxy.Phone);
        Wire.ExpectResponse(486, _proxy.Caller);
    }

    [Fact]
    public void A_cancelled_branch_that_breaks_is_done()
    {
        var (desk, phone) = _proxy.Fork();
        _proxy.Rings(desk, _proxy.Desk);
        _proxy.Refuses(phone, 480, _proxy.Phone);
        Wire.Says(Messages.FromPeer("CANCEL"));
        Wire.ExpectResponse(200, _proxy.Caller);
        Wire.ExpectRequest(SipMethod.Cancel, _proxy.Desk);
        Wire.Breaks(_proxy.Desk);
        Wire.ExpectResponse(480, _proxy.Caller);
    }

    [Fact]
    public void No_target_is_tried_after_the_cancel()
    {
        _proxy.Targets = [_proxy.Targets![0], _proxy.Targets[1] with { Q = 0.1 }];
        Wire.Says(Messages.FromPeer("INVITE"));
        var desk = Wire.ExpectRequest(SipMethod.Invite, _proxy.Desk);
        _proxy.Rings(desk, _proxy.Desk);
        Wire.Says(Messages.FromPeer("CANCEL"));
        Wire.ExpectResponse(200, _proxy.Caller);
        _proxy.IsCanceled(desk, _proxy.Desk);
        Wire.ExpectResponse(487, _proxy.Caller);
        Wire.ExpectNothing();
    }

    [Fact]
    public void A_branch_whose_server_is_still_being_sought_ends_at_once()
    {
        var proxy = new ProxyWire(PeerWire.Reliable(new() { IsProxy = true }))
        {
            Targets = [new(SipUri.Parse("sip:alice@192.0.2.77"))], // whose connection never comes
        };
        proxy.Wire.Says(Messages.FromPeer("INVITE"));
        proxy.Wire.Says(Messages.FromPeer("CANCEL"));
        proxy.Wire.ExpectResponse(200);
        Assert.True(proxy.Wire.ExpectResponse(487).CSeq!.Method.IsInvite);
        proxy.Wire.ExpectNothing();
    }

    [Fact]
    public void A_cancel_of_nothing_is_a_481_and_one_of_an_answered_invite_changes_nothing()
    {
        Wire.Says(Messages.FromPeer("CANCEL", branch: "z9hG4bKunknown"));
        Wire.ExpectResponse(481);
        var (desk, phone) = _proxy.Fork();
        Wire.Answers(phone, 200, "phone", flow: _proxy.Phone);
        Wire.ExpectResponse(200);
        Wire.Says(Messages.FromPeer("CANCEL"));
        Wire.ExpectResponse(200);
        Wire.ExpectNothing();
        _proxy.Refuses(desk, 487, _proxy.Desk);
        Wire.ExpectNothing();
    }
}
