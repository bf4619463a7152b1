using System.Globalization;

namespace UcSdk.Sip.Tests;

/// <summary>Requests that the application leaves without an answer: RFC 3261 §13.3.1, RFC 3262 §3, RFC 4320 §4.2. To the tick.</summary>
public sealed class UnansweredTests
{
    private static readonly SipTimings ShortLimit = new() { AnswerLimit = TimeSpan.FromMinutes(4) };

    private readonly List<(InviteState State, InviteReason Reason)> _history = [];
    private IncomingRequest? _request;
    private InviteSession? _session;
    private SipResponse? _ringing;

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public void A_request_other_than_INVITE_is_given_up_in_silence_after_64_T1(bool reliable, bool progressed)
    {
        var wire = Receiving(reliable ? PeerWire.Reliable() : PeerWire.Datagram());
        wire.Says(Messages.FromPeer("MESSAGE"));
        if (progressed)
        {
            wire.Do(() => _request!.Respond(100));
            wire.ExpectResponse(100);
        }

        wire.AdvanceToJustBefore(64 * Messages.T1);
        Assert.Equal((1, false), (wire.Counts.Transactions, _request!.IsAnswered));
        wire.Tick();
        wire.ExpectNothing();
        Assert.Equal(new SipEndpointCounts { Flows = 1 }, wire.Counts);
        Assert.True(_request.IsAnswered);
    }

    [Fact]
    public void A_subscription_that_nobody_accepts_ends_with_its_SUBSCRIBE()
    {
        var wire = PeerWire.Reliable();
        NotifierSubscription? subscription = null;
        var reasons = new List<NotifierReason>();
        wire.Endpoint.RequestReceived = request =>
        {
            subscription = request.CreateSubscription();
            subscription.StateChanged += change => reasons.Add(change.Reason);
        };
        wire.Says(Messages.FromPeer("SUBSCRIBE", more: "Event: presence"));
        wire.AdvanceToJustBefore(64 * Messages.T1);
        Assert.Empty(reasons);
        wire.Tick();
        Assert.Equal([NotifierReason.Expired], reasons);
        wire.ExpectNothing();
        Assert.Equal(new SipEndpointCounts { Flows = 1 }, wire.Counts);
    }

    [Fact]
    public void An_INVITE_that_the_application_forgets_gets_480_at_the_limit()
    {
        var wire = Receiving(PeerWire.Reliable(new() { Timings = ShortLimit }));
        wire.Says(Messages.FromPeer("INVITE"));
        wire.Advance(TimeSpan.FromMilliseconds(200));
        wire.ExpectResponse(100);
        wire.AdvanceToJustBefore(TimeSpan.FromMinutes(4) - TimeSpan.FromMilliseconds(200));
        wire.ExpectNothing();
        wire.Tick();
        var refusal = wire.ExpectResponse(480);
        Assert.NotNull(refusal.To!.Tag);
        wire.Says(Messages.FromPeer("ACK", toTag: refusal.To.Tag!));
        Assert.Equal(new SipEndpointCounts { Flows = 1 }, wire.Counts);
    }

    [Fact]
    public void A_session_that_rings_too_long_ends_with_480()
    {
        var wire = Ringing(PeerWire.Reliable(new() { Timings = ShortLimit }));
        wire.AdvanceToJustBefore(TimeSpan.FromMinutes(4));
        Repeated(wire, 3);
        wire.Tick();
        Assert.Equal(_session!.Dialog!.LocalTag, wire.ExpectResponse(480).To!.Tag);
        Assert.Equal((InviteState.Terminated, InviteReason.NoAnswer), _history[^1]);
        wire.Says(Messages.FromPeer("ACK", toTag: _session.Dialog.LocalTag));
        Assert.Equal(new SipEndpointCounts { Flows = 1 }, wire.Counts);
    }

    // RFC 3261 §13.3.1: the invitation has its own time.
    [Theory]
    [InlineData(90, 90, 487)]
    [InlineData(240, 240, 487)]
    [InlineData(241, 240, 480)]
    [InlineData(1, 1, 487)]
    public void The_Expires_of_an_INVITE_ends_it_with_487_when_it_comes_first(int expires, int seconds, int status)
    {
        var wire = Receiving(PeerWire.Reliable(new() { Timings = ShortLimit }));
        wire.Says(Messages.FromPeer("INVITE", more: $"Expires: {expires}"));
        wire.AdvanceToJustBefore(TimeSpan.FromSeconds(seconds));
        wire.ExpectResponse(100);
        wire.ExpectNothing();
        wire.Tick();
        wire.ExpectResponse(status);
    }

    [Fact]
    public void Without_a_limit_an_INVITE_waits_as_long_as_it_must()
    {
        var wire = Receiving(PeerWire.Reliable(new() { Timings = new() { AnswerLimit = null } }));
        wire.Says(Messages.FromPeer("INVITE"));
        wire.Advance(TimeSpan.FromHours(3));
        wire.ExpectResponse(100);
        wire.ExpectNothing();
    }

    [Fact]
    public void A_re_INVITE_that_the_application_forgets_gets_480_and_the_session_stands()
    {
        var wire = Ringing(PeerWire.Reliable(new() { Timings = ShortLimit }));
        _session!.RequestReceived = _ => true;
        _ = wire.Do(() => _session.AcceptAsync());
        wire.ExpectResponse(200);
        wire.Says(Messages.FromPeer("ACK", 1, "z9hG4bKack", _session.Dialog!.LocalTag));
        wire.Says(Messages.FromPeer("INVITE", 2, "z9hG4bKre", _session.Dialog.LocalTag));
        wire.AdvanceToJustBefore(TimeSpan.FromMinutes(4));
        wire.ExpectResponse(100);
        wire.Tick();
        wire.ExpectResponse(480);
        Assert.Equal(InviteState.Confirmed, _session.State);
        // The next one is not refused as a collision with the one that was forgotten.
        _session.RequestReceived = null;
        wire.Says(Messages.FromPeer("ACK", 2, "z9hG4bKre", _session.Dialog.LocalTag));
        wire.Says(Messages.FromPeer("INVITE", 3, "z9hG4bKre3", _session.Dialog.LocalTag));
        wire.ExpectResponse(488);
    }

    // RFC 3261 §13.3.1.1: a non-100 provisional response every minute keeps proxies from giving up.
    [Fact]
    public void A_callee_repeats_its_ringing_each_minute_and_stops_with_the_answer()
    {
        var wire = Ringing(PeerWire.Datagram());
        for (var minute = 1; minute <= 3; minute++)
        {
            wire.AdvanceToJustBefore(TimeSpan.FromMinutes(1));
            wire.ExpectNothing();
            wire.Tick();
            Assert.Equal(_session!.Dialog!.LocalTag, wire.ExpectResponse(180).To!.Tag);
        }

        // Another response starts the minute anew.
        wire.Advance(TimeSpan.FromSeconds(30));
        wire.Do(() => _session!.Ring(183));
        wire.ExpectResponse(183);
        wire.AdvanceToJustBefore(TimeSpan.FromMinutes(1));
        wire.ExpectNothing();
        wire.Tick();
        wire.ExpectResponse(183);
        wire.Do(() => _session!.Reject(486));
        var busy = wire.ExpectResponse(486);
        wire.Says(Messages.FromPeer("ACK", toTag: busy.To!.Tag!));
        wire.Advance(TimeSpan.FromMinutes(5));
        wire.ExpectNothing();
    }

    // RFC 3262 §3: what is sure to arrive needs it every two and a half minutes only.
    [Fact]
    public void A_callee_that_rings_reliably_sends_another_reliable_response_after_two_and_a_half_minutes()
    {
        var wire = Ringing(PeerWire.Reliable(), "Require: 100rel");
        var number = uint.Parse(_ringing!.Headers[HeaderName.RSeq]!, CultureInfo.InvariantCulture);
        Prack(wire, number, 2);
        for (var round = 1u; round <= 2; round++)
        {
            wire.AdvanceToJustBefore(TimeSpan.FromSeconds(150));
            wire.ExpectNothing();
            wire.Tick();
            var again = wire.ExpectResponse(180);
            Assert.Equal(((number + round).ToString(CultureInfo.InvariantCulture), "100rel"), (again.Headers[HeaderName.RSeq], again.Headers[HeaderName.Require]));
            Prack(wire, number + round, 2 + (int)round);
        }
    }

    private void Prack(PeerWire wire, uint number, int cseq)
    {
        wire.Says(Messages.FromPeer("PRACK", cseq, $"z9hG4bKp{cseq}", _session!.Dialog!.LocalTag, more: $"RAck: {number} 1 INVITE"));
        wire.ExpectResponse(200);
    }

    private static void Repeated(PeerWire wire, int times)
    {
        for (var time = 0; time < times; time++)
        {
            wire.ExpectResponse(180);
        }

        wire.ExpectNothing();
    }

    private PeerWire Receiving(PeerWire wire)
    {
        wire.Endpoint.RequestReceived = request => _request = request;
        return wire;
    }

    private PeerWire Ringing(PeerWire wire, string more = "")
    {
        wire.Endpoint.RequestReceived = request =>
        {
            _session = request.CreateInviteSession();
            _session.StateChanged += change => _history.Add((change.Current, change.Reason));
            _session.Ring();
        };
        wire.Says(Messages.FromPeer("INVITE", more: more));
        _ringing = wire.ExpectResponse(180);
        return wire;
    }
}
