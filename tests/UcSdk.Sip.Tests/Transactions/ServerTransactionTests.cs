namespace UcSdk.Sip.Tests;

/// <summary>The server machines of RFC 3261 §17.2 and RFC 6026, beside their timers (<see cref="TimerTableTests"/>).</summary>
public sealed class ServerTransactionTests
{
    private IncomingRequest? _request;

    [Fact]
    public void An_invite_that_nobody_answers_in_200_ms_gets_a_100()
    {
        var wire = Receiving(PeerWire.Reliable());
        wire.Says(Messages.FromPeer("INVITE"));
        wire.AdvanceToJustBefore(TimeSpan.FromMilliseconds(200));
        wire.ExpectNothing();
        wire.Tick();
        Assert.Null(wire.ExpectResponse(100).To!.Tag);
        wire.Do(() => _request!.Respond(180));
        wire.ExpectResponse(180);
    }

    [Fact]
    public void A_repeated_invite_gets_the_last_provisional_response_again()
    {
        var wire = Receiving(PeerWire.Datagram());
        wire.Says(Messages.FromPeer("INVITE"));
        wire.Says(Messages.FromPeer("INVITE"));
        wire.ExpectNothing();
        wire.Do(() => _request!.Respond(180));
        var ringing = wire.ExpectResponse(180);
        wire.Says(Messages.FromPeer("INVITE"));
        Assert.Equal(ringing.ToBytes(), wire.ExpectResponse(180).ToBytes());
    }

    [Fact]
    public void A_failure_is_repeated_by_timer_G_until_timer_H()
    {
        var wire = Receiving(PeerWire.Datagram());
        wire.Says(Messages.FromPeer("INVITE"));
        wire.Do(() => _request!.Respond(486));
        wire.ExpectResponse(486);
        foreach (var seconds in new[] { 0.5, 1, 2, 4, 4, 4, 4, 4, 4, 4 })
        {
            wire.AdvanceToJustBefore(TimeSpan.FromSeconds(seconds));
            wire.ExpectNothing();
            wire.Tick();
            wire.ExpectResponse(486);
        }

        wire.Says(Messages.FromPeer("INVITE"));
        wire.ExpectResponse(486);
        wire.AdvanceToJustBefore(TimeSpan.FromSeconds(0.5));
        Assert.Equal(1, wire.Counts.Transactions);
        wire.Tick();
        Assert.Equal(new SipEndpointCounts { Flows = 1 }, wire.Counts);
    }

    [Fact]
    public void Timer_I_absorbs_repeated_acks_for_T4()
    {
        var wire = Receiving(PeerWire.Datagram());
        wire.Says(Messages.FromPeer("INVITE"));
        wire.Do(() => _request!.Respond(486));
        var busy = wire.ExpectResponse(486);
        wire.Says(Messages.FromPeer("ACK", toTag: busy.To!.Tag!));
        wire.AdvanceToJustBefore(TimeSpan.FromSeconds(5));
        wire.Says(Messages.FromPeer("ACK", toTag: busy.To!.Tag!));
        Assert.Equal(1, wire.Counts.Transactions);
        wire.Tick();
        Assert.Equal(0, wire.Counts.Transactions);
        wire.ExpectNothing();
    }

    [Fact]
    public void After_a_2xx_timer_L_keeps_the_transaction_64_T1_and_absorbs_the_invite()
    {
        var wire = PeerWire.Datagram();
        InviteSession? session = null;
        wire.Endpoint.RequestReceived = request => session = request.CreateInviteSession();
        wire.Says(Messages.FromPeer("INVITE"));
        _ = wire.Do(() => session!.AcceptAsync());
        var ok = wire.ExpectResponse(200);
        wire.Says(Messages.FromPeer("ACK", branch: "z9hG4bKother", toTag: ok.To!.Tag!));
        wire.Says(Messages.FromPeer("INVITE"));
        wire.ExpectNothing();
        wire.AdvanceToJustBefore(64 * Messages.T1);
        Assert.Equal(1, wire.Counts.Transactions);
        wire.Tick();
        Assert.Equal(0, wire.Counts.Transactions);
    }

    [Fact]
    public void A_repeated_request_gets_the_same_answer_until_timer_J()
    {
        var wire = Receiving(PeerWire.Datagram());
        wire.Says(Messages.FromPeer("MESSAGE"));
        wire.Says(Messages.FromPeer("MESSAGE"));
        wire.ExpectNothing();
        wire.Do(() => _request!.Respond(100));
        wire.ExpectResponse(100);
        wire.Do(() => _request!.Respond(100));
        wire.ExpectResponse(100);
        wire.Says(Messages.FromPeer("MESSAGE"));
        wire.ExpectResponse(100);
        wire.Do(() => _request!.Respond(202));
        var accepted = wire.ExpectResponse(202);
        wire.AdvanceToJustBefore(64 * Messages.T1);
        wire.Says(Messages.FromPeer("MESSAGE"));
        Assert.Equal(accepted.ToBytes(), wire.ExpectResponse(202).ToBytes());
        wire.Tick();
        Assert.Equal(new SipEndpointCounts { Flows = 1 }, wire.Counts);
    }

    [Theory]
    [InlineData(200, false)]
    [InlineData(404, false)]
    [InlineData(200, true)]
    [InlineData(404, true)]
    public void Timer_J_is_zero_on_a_stream(int status, bool provisional)
    {
        var wire = Receiving(PeerWire.Reliable());
        wire.Says(Messages.FromPeer("MESSAGE"));
        if (provisional)
        {
            wire.Do(() => _request!.Respond(100));
            wire.ExpectResponse(100);
        }

        wire.Do(() => _request!.Respond(status));
        wire.ExpectResponse(status);
        Assert.Equal(0, wire.Counts.Transactions);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_408_to_a_request_other_than_invite_is_never_sent(bool provisional)
    {
        var wire = Receiving(PeerWire.Reliable());
        wire.Says(Messages.FromPeer("MESSAGE"));
        if (provisional)
        {
            wire.Do(() => _request!.Respond(100));
            wire.ExpectResponse(100);
        }

        wire.Do(() => _request!.Respond(408));
        wire.ExpectNothing();
        Assert.Equal(0, wire.Counts.Transactions);
    }

    [Theory]
    [InlineData("INVITE", 0)]
    [InlineData("INVITE", 486)]
    [InlineData("MESSAGE", 0)]
    [InlineData("MESSAGE", 100)]
    [InlineData("MESSAGE", 200)]
    public void A_lost_flow_ends_the_transaction_in_every_state(string method, int status)
    {
        var wire = Receiving(PeerWire.Datagram());
        wire.Says(Messages.FromPeer(method));
        if (status > 0)
        {
            wire.Do(() => _request!.Respond(status));
        }

        wire.Breaks();
        Assert.Equal(new SipEndpointCounts(), wire.Counts);
    }

    [Fact]
    public void A_lost_flow_ends_a_confirmed_and_an_accepted_invite()
    {
        var wire = Receiving(PeerWire.Datagram());
        wire.Says(Messages.FromPeer("INVITE"));
        wire.Do(() => _request!.Respond(486));
        wire.Says(Messages.FromPeer("ACK", toTag: "x"));
        wire.Endpoint.RequestReceived = request => _ = request.CreateInviteSession().AcceptAsync();
        wire.Says(Messages.FromPeer("INVITE", branch: "z9hG4bKsecond", callId: "call2"));
        Assert.Equal(2, wire.Counts.Transactions);
        wire.Breaks();
        Assert.Equal(new SipEndpointCounts(), wire.Counts);
    }

    [Fact]
    public void The_same_request_by_another_path_is_merged_away()
    {
        var wire = Receiving(PeerWire.Reliable());
        wire.Says(Messages.FromPeer("INVITE"));
        wire.Says(Messages.FromPeer("INVITE", branch: "z9hG4bKother"));
        wire.ExpectResponse(482);
    }

    [Fact]
    public void A_sender_seen_elsewhere_than_it_believes_is_marked_in_its_via()
    {
        var wire = Receiving(PeerWire.Datagram());
        wire.Says("MESSAGE sip:a@self.test SIP/2.0\nVia: SIP/2.0/UDP 10.0.0.1:5060;rport;branch=z9hG4bKnat, SIP/2.0/UDP far.test;branch=z9hG4bKfar\n" +
            "From: <sip:b@x>;tag=1\nTo: <sip:a@self.test>\nCall-ID: nat\nCSeq: 1 MESSAGE\n\n");
        wire.Do(() => _request!.Respond(200));
        var vias = wire.ExpectResponse(200).Headers.GetList(HeaderName.Via).ToArray();
        Assert.Equal("SIP/2.0/UDP 10.0.0.1:5060;rport=40000;branch=z9hG4bKnat;received=peer.test", vias[0]);
        Assert.Equal("SIP/2.0/UDP far.test;branch=z9hG4bKfar", vias[1]);
    }

    private PeerWire Receiving(PeerWire wire)
    {
        wire.Endpoint.RequestReceived = request => _request = request;
        return wire;
    }
}
