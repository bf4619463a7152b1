using UcSdk.Core;

namespace UcSdk.Sip.Tests;

/// <summary>RFC 3261 §16.5 and §16.6: what a copy looks like and where it goes.</summary>
public sealed class ForwardingTests
{
    private readonly ProxyWire _proxy = new();

    private PeerWire Wire => _proxy.Wire;

    [Fact]
    public void A_copy_has_the_targets_Request_URI_without_what_may_not_stand_there_and_everything_else_as_it_came()
    {
        _proxy.Targets = [new(SipUri.Parse("sip:alice@desk.test:5070;method=INVITE;user=phone?Subject=hi"), _proxy.Desk)];
        Wire.Says(Messages.FromPeer("INVITE", more: "X-First: 1\nSupported: gruu\nX-Second: \"a, b\"", body: "offer"));
        var copy = Wire.ExpectRequest(SipMethod.Invite, _proxy.Desk);
        Assert.Equal("sip:alice@desk.test:5070;user=phone", copy.UriText);
        Assert.Equal(("1", "gruu", "\"a, b\"", "offer"),
            (copy.Headers[HeaderName.Of("X-First")], copy.Headers[HeaderName.Supported], copy.Headers[HeaderName.Of("X-Second")], copy.BodyText));
        Assert.Equal(("peertag", null, "call1", 1u), (copy.From!.Tag, copy.To!.Tag, copy.CallId, copy.CSeq!.Number));
    }

    [Fact]
    public void Each_copy_has_a_Via_of_its_own_above_those_it_came_with()
    {
        var (desk, phone) = _proxy.Fork();
        Assert.NotEqual(desk.TopVia!.Branch, phone.TopVia!.Branch);
        Assert.Equal(("self.test:5060", true), (desk.TopVia.SentBy, desk.TopVia.HasMagicCookie));
        Assert.Equal("SIP/2.0/TCP peer.test:5070;branch=z9hG4bKpeer1", desk.Headers.GetList(HeaderName.Via).Last());
    }

    [Theory]
    [InlineData("INVITE", true)]
    [InlineData("SUBSCRIBE", true)]
    [InlineData("NOTIFY", true)]
    [InlineData("REFER", true)]
    [InlineData("MESSAGE", false)]
    [InlineData("REGISTER", false)]
    public void Record_Route_goes_on_requests_that_make_dialogs(string method, bool recorded)
    {
        Wire.Says(Messages.FromPeer(method));
        Assert.Equal(recorded ? "<sip:self.test:5060;transport=tcp;lr>" : null, Wire.ExpectRequest(SipMethod.Parse(method)).Headers[HeaderName.RecordRoute]);
    }

    [Fact]
    public void Record_Route_stands_above_what_others_have_recorded_and_may_be_left_out()
    {
        Wire.Says(Messages.FromPeer("INVITE", more: "Record-Route: <sip:before.test;lr>"));
        Assert.Equal(["<sip:self.test:5060;transport=tcp;lr>", "<sip:before.test;lr>"], _proxy.ExpectInvites().Desk.Headers.GetList(HeaderName.RecordRoute));
        _proxy.Options = new() { RecordRoute = false };
        Wire.Says(Messages.FromPeer("INVITE", branch: "z9hG4bK2", callId: "call2", more: "Record-Route: <sip:before.test;lr>"));
        Assert.Equal(["<sip:before.test;lr>"], _proxy.ExpectInvites().Desk.Headers.GetList(HeaderName.RecordRoute));
    }

    [Fact]
    public void A_Record_Route_of_a_configured_name_is_known_as_ours_when_it_comes_back()
    {
        _proxy.Options = new() { RecordRouteUri = SipUri.Parse("sip:pool.test;transport=tcp;lr") };
        Assert.Equal("<sip:pool.test;transport=tcp;lr>", _proxy.Fork().Desk.Headers[HeaderName.RecordRoute]);
        Wire.Says(Messages.FromPeer("INFO", 2, "z9hG4bKinfo", "desk", "Route: <sip:pool.test;transport=tcp;lr>"));
        Assert.False(Wire.ExpectRequest(SipMethod.Info).Headers.Contains(HeaderName.Route));
    }

    // RFC 5658 §5: each side of the dialog must find the address that it can reach.
    [Fact]
    public void Between_two_addresses_of_ours_both_are_recorded_the_outgoing_one_on_top_and_both_come_off_again()
    {
        var inside = Wire.Connect("inner.test", new("TCP", "inside.test", 5070));
        _proxy.Targets = [new(SipUri.Parse("sip:alice@inner.test"), inside)];
        Wire.Says(Messages.FromPeer("INVITE"));
        var invite = Wire.ExpectRequest(SipMethod.Invite, inside);
        string[] recorded = [.. invite.Headers.GetList(HeaderName.RecordRoute)];
        Assert.Equal(["<sip:inside.test:5070;transport=tcp;lr>", "<sip:self.test:5060;transport=tcp;lr>"], recorded);

        // The callee's BYE has them in this order, the caller's in the other.
        Wire.Says(Messages.FromPeer("BYE", 2, "z9hG4bKcallee", "x", $"Route: {recorded[0]}, {recorded[1]}"), inside);
        Assert.False(Wire.ExpectRequest(SipMethod.Bye).Headers.Contains(HeaderName.Route));
        Wire.Says(Messages.FromPeer("BYE", 3, "z9hG4bKcaller", "x", $"Route: {recorded[1]}, {recorded[0]}"));
        Assert.False(Wire.ExpectRequest(SipMethod.Bye).Headers.Contains(HeaderName.Route));
    }

    // RFC 3261 §16.6 step 6, RFC 3327 §5.3.
    [Fact]
    public void Routes_of_the_target_stand_above_those_of_the_request()
    {
        _proxy.Targets = [new(SipUri.Parse("sip:alice@desk.test"), _proxy.Desk) { Routes = ["<sip:edge.test;lr>", "<sip:inner.test;lr>"] }];
        Wire.Says(Messages.FromPeer("MESSAGE", more: "Route: <sip:self.test:5060;lr>, <sip:later.test;lr>"));
        Assert.Equal(
            ["<sip:edge.test;lr>", "<sip:inner.test;lr>", "<sip:later.test;lr>"], Wire.ExpectRequest(SipMethod.Message).Headers.GetList(HeaderName.Route));
    }

    [Fact]
    public void A_next_hop_without_lr_gets_its_own_URI_as_Request_URI_and_the_target_last_in_Route()
    {
        Wire.Endpoint.RouteRequest = request => request.UriText.Contains("strict.test", StringComparison.Ordinal) ? _proxy.Desk : null;
        _proxy.Targets = null;
        Wire.Says(Messages.FromPeer("BYE", 2, toTag: "x", uri: "sip:bob@far.test", more: "Route: <sip:self.test:5060;lr>, <sip:strict.test;method=BYE>, <sip:later.test;lr>"));
        var copy = Wire.ExpectRequest(SipMethod.Bye, _proxy.Desk);
        Assert.Equal("sip:strict.test", copy.UriText);
        Assert.Equal(["<sip:later.test;lr>", "<sip:bob@far.test>"], copy.Headers.GetList(HeaderName.Route));
    }

    [Fact]
    public void The_application_may_change_each_copy_and_each_response()
    {
        _proxy.Options = new()
        {
            EditRequest = (copy, target) => copy.Headers.Add(HeaderName.Date, target.Flow!.Remote.Host),
            EditResponse = response => response.Headers.Add(HeaderName.Date, "back"),
        };
        Wire.Says(Messages.FromPeer("INFO", 2, toTag: "desk"));
        var info = Wire.ExpectRequest(SipMethod.Info, _proxy.Desk);
        Assert.Equal("desk.test", info.Headers[HeaderName.Date]);
        Assert.Equal("phone.test", Wire.ExpectRequest(SipMethod.Info, _proxy.Phone).Headers[HeaderName.Date]);
        Wire.Answers(info, 200, flow: _proxy.Desk, edit: response => response.Headers.Remove(HeaderName.Date));
        Assert.Equal("back", Wire.ExpectResponse(200).Headers[HeaderName.Date]);
    }

    [Fact]
    public void An_ack_of_a_2xx_and_a_benotify_go_on_by_Route_without_a_transaction()
    {
        Wire.Endpoint.RouteRequest = request => request.UriText.Contains("desk", StringComparison.Ordinal) ? _proxy.Desk : null;
        var (desk, _) = _proxy.Fork();
        Wire.Answers(desk, 200, tag: "desk", flow: _proxy.Desk);
        Wire.ExpectResponse(200);
        var count = Wire.Counts.Transactions;
        Wire.Says(Messages.FromPeer("ACK", 1, "z9hG4bKack", "desk", "Route: <sip:self.test:5060;transport=tcp;lr>", uri: "sip:alice@desk.test:5061"));
        var ack = Wire.ExpectRequest(SipMethod.Ack, _proxy.Desk);
        Assert.Equal(("sip:alice@desk.test:5061", "69", false), (ack.UriText, ack.Headers[HeaderName.MaxForwards], ack.Headers.Contains(HeaderName.Route)));
        Wire.Says(Messages.FromPeer("BENOTIFY", 2, "z9hG4bKbe", "desk", "Route: <sip:self.test:5060;transport=tcp;lr>", uri: "sip:alice@desk.test:5061"));
        Wire.ExpectRequest(SipMethod.Benotify, _proxy.Desk);
        // Not by our Route, without hops, and without a way on.
        Wire.Says(Messages.FromPeer("ACK", 1, "z9hG4bKack2", "desk", uri: "sip:alice@desk.test:5061"));
        Wire.Says(Messages.FromPeer("ACK", 1, "z9hG4bKack3", "desk", "Route: <sip:self.test:5060;lr>", uri: "sip:alice@desk.test").Replace("Max-Forwards: 70", "Max-Forwards: 0"));
        Wire.Says(Messages.FromPeer("ACK", 1, "z9hG4bKack4", "desk", "Route: <sip:self.test:5060;lr>", uri: "sip:alice@unknown.test"));
        Wire.ExpectNothing();
        Assert.Equal(count, Wire.Counts.Transactions);
    }

    // RFC 3261 §18.1.1. The caller's 1,000 bytes fit; with our Via and Record-Route they might not.
    [Theory]
    [InlineData(true, "UDP TCP TCP UDP")]
    [InlineData(false, "UDP UDP UDP UDP")]
    public void A_copy_too_large_for_a_datagram_goes_over_a_stream_where_there_is_one(bool hasStream, string transports)
    {
        var simulation = new SimulationScheduler();
        using var network = new MemoryNetwork(new(), new LoopRuntime(simulation, new SeededRandomSource(1)));
        var caller = Endpoint("caller.test", new(), 2, "UDP");
        var proxy = Endpoint("proxy.test", new() { IsProxy = true }, 3, "UDP", "TCP");
        var callee = Endpoint("callee.test", new(), 4, hasStream ? ["UDP", "TCP"] : ["UDP"]);
        callee.RequestReceived = request => request.Respond(200);
        simulation.Run(async () =>
        {
            await Task.WhenAll(caller.StartAsync(), proxy.StartAsync(), callee.StartAsync());
            var onward = await proxy.ConnectAsync(new SipTransportAddress("UDP", "callee.test", 5060));
            proxy.RequestReceived = request => request.Proxy([new(request.Request.Uri!, onward)]);
            var flow = await caller.ConnectAsync(new SipTransportAddress("UDP", "proxy.test", 5060));
            var request = caller.CreateRequest(SipMethod.Message, Messages.Bob.Uri, Messages.Alice, Messages.Bob);
            request.SetBody("text/plain", new byte[850]);
            Assert.Equal(200, (await caller.SendAsync(request, flow)).StatusCode);
        });
        var sent = network.Transcript.Where(entry => entry.Bytes.Length > 100);
        Assert.Equal(transports, string.Join(' ', sent.Select(entry => entry.From.Transport)));
        simulation.Run(async () =>
        {
            await Task.WhenAll(caller.DisposeAsync().AsTask(), proxy.DisposeAsync().AsTask(), callee.DisposeAsync().AsTask());
        });

        SipEndpoint Endpoint(string host, SipEndpointOptions options, ulong seed, params string[] names)
        {
            var loop = new SerialLoop(simulation);
            return new(options, new(simulation, new SeededRandomSource(seed)), loop, [.. names.Select(name => network.CreateTransport(host, new(name, host, 5060), loop))]);
        }
    }

    [Fact]
    public void What_the_application_throws_at_a_copy_is_reported_and_the_branch_counts_as_500()
    {
        _proxy.Options = new() { EditRequest = (_, target) => Throw(target.Uri.Host == "desk.test") };
        Assert.Throws<AggregateException>(() => Wire.Says(Messages.FromPeer("INVITE")));
        Wire.Do(() => { });
        Wire.ExpectResponse(500, _proxy.Caller);
        Wire.Says(Messages.FromPeer("ACK", toTag: "x"));
        Wire.ExpectNothing();
        Wire.ExpectNothingLeft();
    }

    [Fact]
    public void What_it_throws_at_a_response_is_reported_and_the_response_goes_out()
    {
        _proxy.Options = new() { EditResponse = _ => Throw(true), Retarget = _ => throw new InvalidDataException("retarget") };
        var (desk, phone) = _proxy.Fork();
        Assert.Throws<AggregateException>(() => Wire.Answers(desk, 180, flow: _proxy.Desk));
        Wire.Do(() => { });
        Wire.ExpectResponse(180, _proxy.Caller);
        _proxy.Refuses(desk, 486, _proxy.Desk);
        Assert.Throws<AggregateException>(() => Wire.Answers(phone, 480, flow: _proxy.Phone));
        Wire.Do(() => { });
        Wire.ExpectRequest(SipMethod.Ack, _proxy.Phone);
        Wire.ExpectResponse(486, _proxy.Caller);
    }

    private static void Throw(bool now)
    {
        if (now)
        {
            throw new InvalidDataException("the application's own mistake");
        }
    }
}
