namespace UcSdk.Sip.Tests;

/// <summary>The edge itself: routing, refusals, bad bytes, disposal.</summary>
public sealed class SipEndpointTests
{
    private readonly PeerWire _wire = PeerWire.Reliable();

    [Theory]
    [InlineData("INVITE", 480)]
    [InlineData("OPTIONS", 200)]
    [InlineData("MESSAGE", 501)]
    [InlineData("SUBSCRIBE", 501)]
    [InlineData("BYE", 481)]
    [InlineData("PRACK", 481)]
    [InlineData("UPDATE", 481)]
    [InlineData("INFO", 481)]
    public void Without_a_handler_requests_are_refused(string method, int status)
    {
        _wire.Says(Messages.FromPeer(method));
        var response = _wire.ExpectResponse(status);
        Assert.NotNull(response.To!.Tag);
        Assert.Equal("UcSdk", response.Headers[HeaderName.Server]);
    }

    [Fact]
    public async Task A_request_goes_where_the_routing_says_and_nowhere_without_a_flow()
    {
        var second = _wire.Connect("second.test");
        var ambiguous = await Assert.ThrowsAsync<SipException>(() => _wire.Do(() => _wire.Endpoint.SendAsync(Messages.Options(_wire))));
        Assert.Equal((SipFailure.NoRoute, 480), (ambiguous.Failure, ambiguous.StatusCode));
        _wire.Endpoint.RouteRequest = _ => second;
        _ = _wire.Do(() => _wire.Endpoint.SendAsync(Messages.Options(_wire)));
        _wire.ExpectRequest(SipMethod.Options, second);
        _ = _wire.Do(() => _wire.Endpoint.SendAsync(Messages.Options(_wire), _wire.Flow));
        _wire.ExpectRequest(SipMethod.Options, _wire.Flow);
    }

    [Theory]
    [InlineData("INVITE")]
    [InlineData("MESSAGE")]
    public void A_request_may_be_dropped_and_is_a_new_one_when_it_is_repeated(string method)
    {
        var dropped = new List<IncomingRequest>();
        _wire.Endpoint.RequestReceived = request =>
        {
            request.Drop();
            dropped.Add(request);
        };
        _wire.Says(Messages.FromPeer(method));
        _wire.Says(Messages.FromPeer(method));
        Assert.Equal(2, dropped.Count);
        Assert.Throws<InvalidOperationException>(() => dropped[0].Respond(200));
        _wire.ExpectNothingLeft();
        _wire.ExpectNothing();
    }

    [Fact]
    public void A_request_outside_a_dialog_is_complete()
    {
        var request = _wire.Endpoint.CreateRequest(SipMethod.Message, Messages.Bob.Uri, Messages.Alice.WithParameter("epid", "01010101"), Messages.Bob);
        Assert.Equal(("70", "1 MESSAGE", "UcSdk"), (request.Headers[HeaderName.MaxForwards], request.CSeq!.ToString(), request.Headers[HeaderName.UserAgent]));
        Assert.Matches("^<sip:alice@self.test>;tag=[0-9a-f]{10};epid=01010101$", request.Headers[HeaderName.From]!);
        Assert.Equal(32, request.CallId!.Length);
        Assert.Null(request.To!.Tag);
        Assert.ThrowsAny<ArgumentException>(() => { _ = _wire.Endpoint.SendAsync(Messages.Invite(_wire)); });
        Assert.ThrowsAny<ArgumentException>(() => _wire.Endpoint.Invite(request));
        Assert.ThrowsAny<ArgumentException>(() => _wire.Endpoint.Subscribe(request));
    }

    [Fact]
    public async Task A_peer_that_cannot_be_reached_is_a_failure_to_connect()
    {
        var failure = await Assert.ThrowsAsync<SipException>(() => Connect("tcp://nowhere.test:1"));
        Assert.Equal(SipFailure.ConnectFailed, failure.Failure);
        Assert.Equal(SipFailure.ConnectFailed, (await Assert.ThrowsAsync<SipException>(() => Connect("tls://peer.test:1"))).Failure);
        var opened = new List<SipFlow>();
        _wire.Endpoint.FlowOpened += opened.Add;
        var flow = await Connect("tcp://peer.test:1");
        Assert.Equal([flow], opened);
        Assert.Contains(flow, _wire.Endpoint.Flows);

        Task<SipFlow> Connect(string address)
        {
            Assert.True(SipTransportAddress.TryParse(address, out var remote));
            return _wire.Do(() => _wire.Endpoint.ConnectAsync(remote));
        }
    }

    [Fact]
    public void Flows_come_and_go_with_their_reason()
    {
        var ends = new List<(SipFlow, SipFlowEnd)>();
        _wire.Endpoint.FlowClosed += (flow, end) => ends.Add((flow, end));
        _wire.Breaks();
        _wire.Breaks();
        Assert.Equal([(_wire.Flow, SipFlowEnd.ConnectionLost)], ends);
        Assert.Empty(_wire.Endpoint.Flows);
    }

    [Fact]
    public void A_request_that_cannot_be_understood_gets_a_400_and_noise_ends_the_stream()
    {
        _wire.Says("OPTIONS sip:a SIP/2.0\nVia: SIP/2.0/TCP peer.test;branch=z9hG4bKbad\nFrom: <sip:b@x>;tag=1\nTo: <sip:a@x>\nCall-ID: bad\nCSeq: 1 INVITE\n\n");
        Assert.Contains("CSeq", _wire.ExpectResponse(400).ReasonPhrase, StringComparison.Ordinal);
        _wire.Says("ACK sip:a SIP/2.0\nVia: SIP/2.0/TCP peer.test;branch=z9hG4bKbad\nFrom: <sip:b@x>;tag=1\nTo: <sip:a@x>\nCall-ID: bad\nCSeq: 1 INVITE\n\n");
        _wire.Says("SIP/2.0 200 OK\nVia: SIP/2.0/TCP self.test;branch=z9hG4bKstray\nFrom: <sip:b@x>;tag=1\nTo: <sip:a@x>\nCall-ID: s\nCSeq: 1 OPTIONS\n\n");
        _wire.Says("SIP/2.0 200 OK\nFrom: <sip:b@x>;tag=1\n\n");
        _wire.SaysBytes("\r\n\r\n");
        _wire.ExpectNothing();
        Assert.Single(_wire.Endpoint.Flows);
        _wire.SaysBytes("this is no SIP\r\n\r\n");
        Assert.Empty(_wire.Endpoint.Flows);
    }

    [Fact]
    public void Every_message_is_traced()
    {
        var sink = new RecordingTrace();
        var wire = PeerWire.Reliable(new() { Trace = sink });
        wire.Says(Messages.FromPeer("OPTIONS"));
        wire.ExpectResponse(200);
        Assert.Equal(
            [(SipTraceDirection.Received, "OPTIONS sip:alice@self.test SIP/2.0"), (SipTraceDirection.Sent, "SIP/2.0 200 OK")],
            sink.Entries.Select(e => (e.Direction, e.Message!.ToString())));
    }

    [Fact]
    public async Task A_handler_that_throws_is_reported_and_keeps_nothing_from_going_on()
    {
        _wire.Endpoint.RequestReceived = request =>
        {
            request.Respond(200);
            throw new InvalidDataException("the application's own mistake");
        };
        Assert.Throws<AggregateException>(() => _wire.Says(Messages.FromPeer("MESSAGE")));
        _wire.Do(() => { });
        _wire.ExpectResponse(200);
        _wire.Endpoint.RequestReceived = null;
        var answer = _wire.Do(() => _wire.Endpoint.SendAsync(Messages.Options(_wire)));
        _wire.Answers(_wire.ExpectRequest(SipMethod.Options), 200);
        Assert.Equal(200, (await answer).StatusCode);
    }

    [Fact]
    public async Task Disposal_ends_everything_that_is_awaited_and_leaves_nothing()
    {
        var sent = _wire.Do(() => _wire.Endpoint.SendAsync(Messages.Options(_wire)));
        var session = _wire.Do(() => _wire.Endpoint.Invite(Messages.Invite(_wire)));
        var subscription = _wire.Do(() => _wire.Endpoint.Subscribe(Messages.Subscribe(_wire)));
        _wire.Simulation.Run(async () =>
        {
            await _wire.Endpoint.DisposeAsync();
            await _wire.Endpoint.DisposeAsync();
        });
        foreach (var task in new Task[] { sent, session.Answer, session.Ended, subscription.Established, subscription.Ended })
        {
            Assert.Equal(SipFailure.Terminated, (await Assert.ThrowsAsync<SipException>(() => task)).Failure);
        }

        Assert.Equal(new SipEndpointCounts(), _wire.Counts);
        Assert.Equal(0, _wire.Simulation.Clock.ArmedTimers);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _wire.Do(() => _wire.Endpoint.SendAsync(Messages.Options(_wire))));
    }

    [Fact]
    public void What_a_handler_starts_is_told_after_what_it_is_told()
    {
        var order = new List<string>();
        _wire.Endpoint.RequestReceived = request =>
        {
            var session = request.CreateInviteSession();
            session.StateChanged += change => order.Add($"{change.Current} told");
            session.Reject(486);
            order.Add($"{session.State} known");
        };
        _wire.Says(Messages.FromPeer("INVITE"));
        Assert.Equal(["Terminated known", "Terminated told"], order);
    }
}
