namespace UcSdk.Sip.Tests;

/// <summary>RFC 3261 §16.6 step 11, §16.7 step 2 and §16.8: how long a branch may ring.</summary>
public sealed class TimerCTests
{
    // More than three minutes, as §16.6 step 11 wants.
    private static readonly TimeSpan TimerC = TimeSpan.FromSeconds(181);

    private readonly ProxyWire _proxy = new();

    private PeerWire Wire => _proxy.Wire;

    [Fact]
    public void A_branch_that_rings_for_more_than_three_minutes_is_cancelled_and_each_provisional_starts_the_time_again()
    {
        var (desk, phone) = _proxy.Fork();
        _proxy.Refuses(phone, 486, _proxy.Phone);
        _proxy.Rings(desk, _proxy.Desk);
        Wire.Advance(TimeSpan.FromMinutes(2));
        _proxy.Rings(desk, _proxy.Desk);
        Wire.AdvanceToJustBefore(TimerC);
        Wire.ExpectNothing();
        Wire.Tick();
        var cancel = Wire.ExpectRequest(SipMethod.Cancel, _proxy.Desk);
        Assert.Equal("SIP;cause=408;text=\"Request Timeout\"", cancel.Headers[HeaderName.Reason]);
        // A branch that says nothing even to the CANCEL counts as 408, which is worse than the other's 486.
        Wire.AdvanceToJustBefore(64 * Messages.T1);
        Wire.ExpectNothing();
        Wire.Tick();
        Wire.ExpectResponse(486, _proxy.Caller);
        Wire.ExpectNothingLeft();
    }

    [Fact]
    public void A_100_does_not_start_the_time_again()
    {
        var (desk, phone) = _proxy.Fork();
        _proxy.Refuses(phone, 486, _proxy.Phone);
        Wire.Answers(desk, 100, null, flow: _proxy.Desk);
        Wire.Advance(TimeSpan.FromMinutes(2));
        Wire.ExpectResponse(100);
        Wire.Answers(desk, 100, null, flow: _proxy.Desk);
        Wire.AdvanceToJustBefore(TimerC - TimeSpan.FromMinutes(2));
        Wire.ExpectNothing();
        Wire.Tick();
        _proxy.IsCanceled(desk, _proxy.Desk);
        Wire.ExpectResponse(486, _proxy.Caller);
    }

    [Fact]
    public void A_branch_that_has_not_answered_at_all_counts_as_408_without_a_cancel()
    {
        var proxy = Impatient();
        proxy.Fork();
        proxy.Wire.AdvanceToJustBefore(TimeSpan.FromSeconds(5));
        proxy.Wire.ExpectResponse(100);
        proxy.Wire.ExpectNothing();
        proxy.Wire.Tick();
        proxy.Wire.ExpectResponse(408, proxy.Caller);
        proxy.Wire.ExpectNothing();
    }

    [Fact]
    public void So_does_one_that_was_to_be_cancelled_and_one_whose_server_is_still_being_sought()
    {
        var proxy = Impatient();
        proxy.Targets = [proxy.Targets![0], new(SipUri.Parse("sip:alice@192.0.2.77"))];
        proxy.Wire.Says(Messages.FromPeer("INVITE"));
        proxy.Wire.ExpectRequest(SipMethod.Invite, proxy.Desk);
        proxy.Wire.Advance(TimeSpan.FromSeconds(5));
        proxy.Wire.ExpectResponse(100);
        proxy.Wire.ExpectResponse(408, proxy.Caller);

        proxy.Targets = [proxy.Targets[0]];
        proxy.Wire.Says(Messages.FromPeer("INVITE", branch: "z9hG4bK2", callId: "call2"));
        proxy.Wire.ExpectRequest(SipMethod.Invite, proxy.Desk);
        proxy.Wire.Says(Messages.FromPeer("CANCEL", branch: "z9hG4bK2", callId: "call2"));
        proxy.Wire.ExpectResponse(200);
        proxy.Wire.Advance(TimeSpan.FromSeconds(5));
        proxy.Wire.ExpectResponse(100);
        proxy.Wire.ExpectResponse(408, proxy.Caller);
    }

    [Fact]
    public void Other_requests_have_no_Timer_C()
    {
        var proxy = Impatient();
        proxy.Wire.Says(Messages.FromPeer("MESSAGE"));
        var desk = proxy.Wire.ExpectRequest(SipMethod.Message, proxy.Desk);
        proxy.Wire.ExpectRequest(SipMethod.Message, proxy.Phone);
        proxy.Wire.Advance(TimeSpan.FromSeconds(10));
        proxy.Wire.Answers(desk, 200, flow: proxy.Desk);
        proxy.Wire.ExpectResponse(200, proxy.Caller);
    }

    private static ProxyWire Impatient() =>
        new(PeerWire.Reliable(new() { IsProxy = true, Timings = new() { ProxyInviteTimeout = TimeSpan.FromSeconds(5) } }));
}
