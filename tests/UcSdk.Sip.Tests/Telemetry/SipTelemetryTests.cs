using System.Diagnostics;
using UcSdk.Shared;

namespace UcSdk.Sip.Tests;

/// <summary>What an endpoint tells of itself, in virtual time. While somebody listens, every endpoint of the process makes what is listened to: no test of costs may run beside.</summary>
[Collection(nameof(Alone))]
public sealed class SipTelemetryTests
{
    [Fact]
    public void A_request_of_ours_is_a_client_activity_of_its_caller_and_measured_to_its_final_response()
    {
        using var listening = new Listening();
        var wire = PeerWire.Reliable();
        using var caller = new Activity("caller").Start();
        _ = wire.Endpoint.SendAsync(Messages.Options(wire), wire.Flow, TestContext.Current.CancellationToken);
        Activity.Current = null;
        wire.Simulation.RunUntilIdle();
        Assert.Null(Activity.Current);
        var request = wire.ExpectRequest(SipMethod.Options);
        wire.Advance(TimeSpan.FromMilliseconds(100));
        wire.Answers(request, 100);
        wire.Advance(TimeSpan.FromMilliseconds(150));
        wire.Answers(request, 404);

        Assert.Equal(["0.25 sip.role=client sip.method=OPTIONS network.transport=tcp sip.status_code=404"], listening.Take(SipTelemetry.TransactionDuration));
        var activity = Assert.Single(listening.Ended);
        Assert.Equal(("OPTIONS", ActivityKind.Client, caller.SpanId), (activity.OperationName, activity.Kind, activity.ParentSpanId));
        Assert.Equal((TimeSpan.FromMilliseconds(250), ActivityStatusCode.Error), (activity.Duration, activity.Status));
        Assert.Equal("sip.method=OPTIONS network.transport=tcp sip.status_code=404 error.type=404", Tags(activity));
        Assert.Null(Activity.Current);
    }

    [Fact]
    public void A_request_to_us_is_a_server_activity_and_no_error_where_the_peer_is_to_blame()
    {
        using var listening = new Listening();
        var wire = PeerWire.Reliable(new() { LogUserData = true });
        wire.Says(Messages.FromPeer("MESSAGE", callId: "theirs"));
        wire.ExpectResponse(501);
        wire.Says(Messages.FromPeer("OPTIONS", branch: "z9hG4bKpeer2", callId: "theirs"));
        wire.ExpectResponse(200);
        Assert.Equal(
            ["0 sip.role=server sip.method=MESSAGE network.transport=tcp sip.status_code=501", "0 sip.role=server sip.method=OPTIONS network.transport=tcp sip.status_code=200"],
            listening.Take(SipTelemetry.TransactionDuration));
        Assert.Equal([(ActivityKind.Server, ActivityStatusCode.Error), (ActivityKind.Server, ActivityStatusCode.Unset)], listening.Ended.Select(activity => (activity.Kind, activity.Status)));
        Assert.Equal(
            "sip.method=OPTIONS network.transport=tcp sip.call_id=theirs network.peer.address=peer.test network.peer.port=40000 sip.status_code=200", Tags(listening.Ended[1]));
    }

    [Fact]
    public void What_has_no_answer_says_why()
    {
        using var listening = new Listening();
        var wire = PeerWire.Reliable();
        Send(wire);
        wire.Advance(64 * Messages.T1);
        Send(wire);
        wire.Endpoint.RequestReceived = _ => { };
        wire.Says(Messages.FromPeer("MESSAGE"));
        Assert.Null(Activity.Current);
        using var other = new Activity("other").Start();
        wire.Breaks();
        Assert.Same(other, Activity.Current);
        Assert.Equal(
            ["32 sip.role=client sip.method=OPTIONS network.transport=tcp error.type=timed_out", "0 sip.role=client sip.method=OPTIONS network.transport=tcp error.type=flow_closed", "0 sip.role=server sip.method=MESSAGE network.transport=tcp error.type=flow_closed"],
            listening.Take(SipTelemetry.TransactionDuration));
        Assert.All(listening.Ended, activity => Assert.Equal(ActivityStatusCode.Error, activity.Status));
    }

    [Fact]
    public void An_INVITE_that_is_never_answered_and_a_request_that_nobody_answers_time_out()
    {
        using var listening = new Listening();
        var wire = PeerWire.Reliable();
        var session = wire.Do(() => wire.Endpoint.Invite(Messages.Invite(wire)));
        wire.Endpoint.RequestReceived = _ => { };
        wire.Says(Messages.FromPeer("MESSAGE"));
        wire.Advance(64 * Messages.T1);
        Assert.True(session.State == InviteState.Terminated);
        Assert.Equal(
            ["32 sip.role=client sip.method=INVITE network.transport=tcp error.type=timed_out", "32 sip.role=server sip.method=MESSAGE network.transport=tcp error.type=timed_out"],
            listening.Take(SipTelemetry.TransactionDuration).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_session_is_an_activity_from_the_INVITE_to_its_end()
    {
        using var listening = new Listening();
        var wire = PeerWire.Reliable();
        wire.Do(() => wire.Endpoint.Invite(Messages.Invite(wire)));
        var invite = wire.ExpectRequest(SipMethod.Invite);
        wire.Advance(TimeSpan.FromSeconds(3));
        var answer = wire.Answers(invite, 200);
        wire.Advance(TimeSpan.FromSeconds(57));
        wire.Says(
            $"""
            BYE sip:alice@self.test SIP/2.0
            Via: SIP/2.0/TCP peer.test:5070;branch=z9hG4bKbye
            Max-Forwards: 70
            From: {answer.Headers[HeaderName.To]}
            To: {answer.Headers[HeaderName.From]}
            Call-ID: {invite.CallId}
            CSeq: 1 BYE


            """);
        Assert.Equal(["INVITE", "BYE", "sip.session"], listening.Ended.Select(activity => activity.OperationName).OrderBy(name => name == "sip.session"));
        var session = listening.Ended.Single(activity => activity.OperationName == "sip.session");
        Assert.Equal((ActivityKind.Internal, TimeSpan.FromSeconds(60)), (session.Kind, session.Duration));
        Assert.Equal("sip.method=INVITE network.transport=tcp sip.role=caller sip.end_reason=remote_bye", Tags(session));
    }

    [Fact]
    public void Messages_bytes_and_waits_are_counted_by_method_and_class()
    {
        using var listening = new Listening();
        var wire = PeerWire.Datagram();
        wire.Says(Messages.FromPeer("OPTIONS"));
        var answer = wire.ExpectResponse(200);
        wire.Says(Messages.FromPeer("INVENTED", branch: "z9hG4bKpeer2"));
        Assert.Equal(["1 sip.method=OPTIONS network.transport=udp", "1 sip.method=_OTHER network.transport=udp"], listening.Take(SipTelemetry.MessagesReceived));
        Assert.Equal(
            ["1 sip.method=OPTIONS network.transport=udp sip.status_class=2xx", "1 sip.method=_OTHER network.transport=udp sip.status_class=5xx"],
            listening.Take(SipTelemetry.MessagesSent));
        Assert.Equal($"{answer.ToBytes().Length} network.transport=udp", listening.Take(SipTelemetry.BytesSent)[0]);
        Assert.Equal(2, listening.Take(SipTelemetry.BytesReceived).Count);
        Assert.Equal(["0", "0"], listening.Take(SipTelemetry.MessageWait));
    }

    [Fact]
    public void What_goes_out_again_is_a_retransmission_whoever_asked_for_it()
    {
        using var listening = new Listening();
        var wire = PeerWire.Datagram();
        Send(wire);
        wire.Advance(Messages.T1);
        wire.Says(Messages.FromPeer("OPTIONS"));
        Assert.Equal(["1 sip.method=OPTIONS"], listening.Take(SipTelemetry.Retransmissions));
        wire.Says(Messages.FromPeer("OPTIONS"));
        Assert.Equal(["1 sip.method=OPTIONS"], listening.Take(SipTelemetry.Retransmissions));
        Assert.Equal(2, listening.Take(SipTelemetry.MessagesSent).Count(line => line == "1 sip.method=OPTIONS network.transport=udp sip.status_class=2xx"));
        wire.Says(Messages.FromPeer("INVITE", branch: "z9hG4bKpeer2"));
        wire.Advance(Messages.T1);
        Assert.Contains("1 sip.method=INVITE", listening.Take(SipTelemetry.Retransmissions));
    }

    [Fact]
    public void Problems_and_refusals_have_reasons()
    {
        using var listening = new Listening();
        var wire = PeerWire.Reliable();
        wire.Says("SIP/2.0 200 OK\nVia: SIP/2.0/TCP self.test;branch=z9hG4bKunknown\nCSeq: 1 OPTIONS\n\n");
        wire.Says("OPTIONS sip:alice@self.test SIP/2.0\nVia: SIP/2.0/TCP peer.test;branch=z9hG4bK1\nFrom: <sip:bob@peer.test>;tag=1\nCall-ID: c\nCSeq: 1 OPTIONS\n\n");
        wire.SaysBytes("no SIP at all\r\n\r\n");
        Assert.Equal(
            ["1 sip.reason=stray_response network.transport=tcp", "1 sip.reason=malformed_request network.transport=tcp", "1 sip.reason=unreadable_message network.transport=tcp"],
            listening.Take(SipTelemetry.Problems));
        Assert.Equal(["1 sip.method=OPTIONS sip.status_code=400"], listening.Take(SipTelemetry.Rejected));
    }

    [Fact]
    public void What_is_alive_can_be_observed_until_the_endpoint_is_disposed()
    {
        using var listening = new Listening();
        var wire = PeerWire.Reliable();
        wire.Do(() => wire.Endpoint.Invite(Messages.Invite(wire)));
        listening.Observe();
        Assert.All(
            [SipTelemetry.ActiveTransactions, SipTelemetry.ActiveSessions, SipTelemetry.ActiveFlows],
            name => Assert.True(listening.Observed[name] > 0, $"{name} is {listening.Observed[name]}."));
        Assert.All([SipTelemetry.ActiveDialogs, SipTelemetry.ActiveSubscriptions, SipTelemetry.ActiveRegistrations], name => Assert.True(listening.Observed[name] >= 0));
        Assert.True(LiveCores.Contains(wire.Endpoint.Core));
        _ = wire.Do(() => wire.Endpoint.DisposeAsync().AsTask());
        Assert.False(LiveCores.Contains(wire.Endpoint.Core));
    }

    [Fact]
    public void When_nobody_listens_nothing_is_made()
    {
        var wire = PeerWire.Reliable();
        Send(wire);
        var request = wire.ExpectRequest(SipMethod.Options);
        var transaction = wire.Endpoint.Core.Transactions.FindClient(request.CreateResponse(200))!;
        var recorder = (SipRecorder)wire.Endpoint.Core.Context.Observer!;
        Assert.Null(transaction.Observation);
        Assert.Equal(0, Allocated.Least(() => Record(100)));

        void Record(int times)
        {
            for (var time = 0; time < times; time++)
            {
                recorder.TransactionBegins(transaction);
                recorder.MessageReceived(wire.Flow, request);
                recorder.BytesReceived(wire.Flow, 100, TimeSpan.Zero);
                recorder.MessageSent(wire.Flow, SipRecorder.MethodOf(request), SipRecorder.StatusOf(request), 100);
                recorder.Retransmitted(request.Method);
                recorder.Refused(request, 503);
                recorder.Noticed(SipDiagnostic.StrayResponse, wire.Flow);
            }
        }
    }

    // The answer is seen on the wire.
    private static void Send(PeerWire wire)
    {
        _ = wire.Endpoint.SendAsync(Messages.Options(wire), wire.Flow, TestContext.Current.CancellationToken);
        wire.Simulation.RunUntilIdle();
    }

    private static string Tags(Activity activity) => string.Join(' ', activity.TagObjects.Select(tag => FormattableString.Invariant($"{tag.Key}={tag.Value}")));
}
