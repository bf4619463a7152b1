namespace UcSdk.Sip.Tests;

/// <summary>The client machines of RFC 3261 §17.1 and RFC 6026, beside their timers (<see cref="TimerTableTests"/>).</summary>
public sealed class ClientTransactionTests
{
    private static readonly TimeSpan T4 = TimeSpan.FromSeconds(5);

    [Fact]
    public void A_provisional_response_stops_the_repeating_for_good()
    {
        var wire = PeerWire.Datagram();
        wire.Do(() => wire.Endpoint.Invite(Messages.Invite(wire)));
        var invite = wire.ExpectRequest(SipMethod.Invite);
        wire.Answers(invite, 100, tag: null);
        wire.Advance(TimeSpan.FromMinutes(5));
        wire.ExpectNothing();
        wire.Answers(invite, 180);
        wire.Answers(invite, 486);
        wire.ExpectRequest(SipMethod.Ack);
        wire.ExpectNothingLeft();
    }

    [Fact]
    public void A_repeated_failure_is_acknowledged_again_until_timer_D()
    {
        var wire = PeerWire.Datagram();
        wire.Do(() => wire.Endpoint.Invite(Messages.Invite(wire)));
        var invite = wire.ExpectRequest(SipMethod.Invite);
        wire.Answers(invite, 486);
        var ack = wire.ExpectRequest(SipMethod.Ack);
        wire.AdvanceToJustBefore(TimeSpan.FromSeconds(32));
        wire.Answers(invite, 486);
        Assert.Equal(ack.ToBytes(), wire.ExpectRequest(SipMethod.Ack).ToBytes());
        Assert.Equal(1, wire.Counts.Transactions);
        wire.Tick();
        Assert.Equal(0, wire.Counts.Transactions);
        wire.Answers(invite, 486);
        wire.ExpectNothing();
    }

    [Fact]
    public void The_ack_of_a_failure_repeats_route_and_via_and_takes_the_tag_of_the_response()
    {
        var wire = PeerWire.Reliable();
        var request = Messages.Invite(wire);
        request.Headers.Add(HeaderName.Route, "<sip:proxy.test;lr>");
        wire.Do(() => wire.Endpoint.Invite(request));
        var invite = wire.ExpectRequest(SipMethod.Invite);
        wire.Answers(invite, 404, tag: "theirs");
        var ack = wire.ExpectRequest(SipMethod.Ack);
        Assert.Equal(invite.UriText, ack.UriText);
        Assert.Equal(invite.Headers[HeaderName.Via], ack.Headers[HeaderName.Via]);
        Assert.Equal("<sip:proxy.test;lr>", ack.Headers[HeaderName.Route]);
        Assert.Equal("theirs", ack.To!.Tag);
        Assert.Equal("1 ACK", ack.CSeq!.ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void After_a_2xx_timer_M_keeps_the_transaction_64_T1_for_repeated_answers(bool reliable)
    {
        var wire = reliable ? PeerWire.Reliable() : PeerWire.Datagram();
        wire.Do(() => wire.Endpoint.Invite(Messages.Invite(wire)));
        var invite = wire.ExpectRequest(SipMethod.Invite);
        wire.Answers(invite, 200);
        wire.ExpectRequest(SipMethod.Ack);
        wire.AdvanceToJustBefore(64 * Messages.T1);
        wire.Answers(invite, 200);
        wire.ExpectRequest(SipMethod.Ack);
        // A failure after a 2xx is in no figure: dropped.
        wire.Answers(invite, 486);
        wire.ExpectNothing();
        wire.Tick();
        Assert.Equal(0, wire.Counts.Transactions);
        wire.Answers(invite, 200);
        wire.ExpectNothing();
    }

    [Theory]
    [InlineData(200)]
    [InlineData(404)]
    public async Task Timer_K_absorbs_repeated_answers_for_T4(int status)
    {
        var wire = PeerWire.Datagram();
        var answer = Send(wire);
        var options = wire.ExpectRequest(SipMethod.Options);
        wire.Answers(options, status);
        Assert.Equal(status, (await answer).StatusCode);
        wire.AdvanceToJustBefore(T4);
        wire.Answers(options, status);
        Assert.Equal(1, wire.Counts.Transactions);
        wire.Tick();
        Assert.Equal(0, wire.Counts.Transactions);
        wire.ExpectNothingLeft();
    }

    [Theory]
    [InlineData(200)]
    [InlineData(503)]
    public async Task Timer_K_is_zero_on_a_stream(int status)
    {
        var wire = PeerWire.Reliable();
        var answer = Send(wire);
        var options = wire.ExpectRequest(SipMethod.Options);
        wire.Answers(options, 100, tag: null);
        wire.Answers(options, status);
        Assert.Equal(status, (await answer).StatusCode);
        Assert.Equal(new SipEndpointCounts { Flows = 1 }, wire.Counts);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_lost_flow_fails_what_waits_on_it(bool proceeding)
    {
        var wire = PeerWire.Reliable();
        var answer = Send(wire);
        var options = wire.ExpectRequest(SipMethod.Options);
        if (proceeding)
        {
            wire.Answers(options, 100, tag: null);
        }

        wire.Breaks();
        var failure = await Assert.ThrowsAsync<SipException>(() => answer);
        Assert.Equal((SipFailure.FlowClosed, 503), (failure.Failure, failure.StatusCode));
        Assert.Equal(new SipEndpointCounts(), wire.Counts);
    }

    [Fact]
    public void A_lost_flow_ends_transactions_that_only_wait_for_stragglers()
    {
        var wire = PeerWire.Datagram();
        Send(wire);
        wire.Answers(wire.ExpectRequest(SipMethod.Options), 200);
        wire.Do(() => wire.Endpoint.Invite(Messages.Invite(wire)));
        wire.Answers(wire.ExpectRequest(SipMethod.Invite), 486);
        wire.ExpectRequest(SipMethod.Ack);
        wire.Do(() => wire.Endpoint.Invite(Messages.Invite(wire)));
        wire.Answers(wire.ExpectRequest(SipMethod.Invite), 200);
        wire.ExpectRequest(SipMethod.Ack);
        Assert.Equal(3, wire.Counts.Transactions);
        wire.Breaks();
        Assert.Equal(new SipEndpointCounts(), wire.Counts);
    }

    [Fact]
    public async Task A_response_is_matched_by_branch_and_method_without_regard_to_case()
    {
        var wire = PeerWire.Reliable();
        var answer = Send(wire);
        var options = wire.ExpectRequest(SipMethod.Options);
        var upper = options.TopVia!.Branch!.ToUpperInvariant();
        wire.Says($"SIP/2.0 200 OK\nVIA: SIP/2.0/TCP self.test:5060;branch={upper}\nFROM: {options.From}\nTO: {options.To};tag=x\nCALL-ID: {options.CallId}\nCSEQ: 1 MESSAGE\n\n");
        Assert.False(answer.IsCompleted);
        wire.Says($"SIP/2.0 200 OK\nVIA: SIP/2.0/TCP self.test:5060;branch={upper}\nFROM: {options.From}\nTO: {options.To};tag=x\nCALL-ID: {options.CallId}\nCSEQ: 1 OPTIONS\n\n");
        Assert.Equal(200, (await answer).StatusCode);
    }

    [Fact]
    public void Cancelling_stops_the_waiting_and_leaves_the_transaction_to_the_wire()
    {
        var wire = PeerWire.Reliable();
        using var cancel = new CancellationTokenSource();
        var answer = wire.Do(() => wire.Endpoint.SendAsync(Messages.Options(wire), null, cancel.Token));
        wire.ExpectRequest(SipMethod.Options);
        wire.Do(cancel.Cancel);
        Assert.True(answer.IsCanceled);
        Assert.Equal(1, wire.Counts.Transactions);
        wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task Who_might_give_up_has_the_answer_as_soon_as_who_will_not()
    {
        var wire = PeerWire.Reliable();
        using var cancel = new CancellationTokenSource();
        var answer = wire.Do(() => wire.Endpoint.SendAsync(Messages.Options(wire), null, cancel.Token));
        wire.Answers(wire.ExpectRequest(SipMethod.Options), 200);
        Assert.True(answer.IsCompletedSuccessfully);
        Assert.Equal(200, (await answer).StatusCode);
    }

    private static Task<SipResponse> Send(PeerWire wire) => wire.Do(() => wire.Endpoint.SendAsync(Messages.Options(wire)));
}
