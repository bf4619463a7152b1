namespace UcSdk.Sip.Tests;

/// <summary>
/// RFC 3261 §16.12.1, the three examples message by message. Each proxy is an endpoint of its own; what stands between them, and the proxy that is a strict
/// router, is the test.
/// </summary>
public sealed class RouteExampleTests
{
    [Fact]
    public void Section_16_12_1_1_the_basic_trapezoid()
    {
        var p1 = Proxy("sip:p1.example.com;lr");
        var p2 = Proxy("sip:p2.domain.com;lr", "sip:callee@u2.domain.com");

        p1.Wire.Says(Request("INVITE", "sip:callee@domain.com"));
        var invite = p1.Wire.ExpectRequest(SipMethod.Invite, p1.Desk);
        Assert.Equal(("sip:callee@domain.com", "<sip:p1.example.com;lr>"), (invite.UriText, invite.Headers[HeaderName.RecordRoute]));

        p2.Wire.Says(invite);
        invite = p2.Wire.ExpectRequest(SipMethod.Invite, p2.Desk);
        Assert.Equal("sip:callee@u2.domain.com", invite.UriText);
        Assert.Equal(["<sip:p2.domain.com;lr>", "<sip:p1.example.com;lr>"], invite.Headers.GetList(HeaderName.RecordRoute));
        Assert.Equal("<sip:caller@u1.example.com>", invite.Headers[HeaderName.Contact]);

        p2.Wire.Answers(invite, 200, "u2", Contact("<sip:callee@u2.domain.com>"), p2.Desk);
        var answer = p2.Wire.ExpectResponse(200, p2.Caller);
        p1.Wire.Says(answer, p1.Desk);
        answer = p1.Wire.ExpectResponse(200, p1.Caller);
        Assert.Equal(["<sip:p2.domain.com;lr>", "<sip:p1.example.com;lr>"], answer.Headers.GetList(HeaderName.RecordRoute));

        p1.Wire.Says(Request("BYE", "sip:callee@u2.domain.com", "<sip:p1.example.com;lr>, <sip:p2.domain.com;lr>"));
        var bye = p1.Wire.ExpectRequest(SipMethod.Bye, p1.Desk);
        Assert.Equal(("sip:callee@u2.domain.com", "<sip:p2.domain.com;lr>"), (bye.UriText, bye.Headers[HeaderName.Route]));
        p2.Wire.Says(bye);
        bye = p2.Wire.ExpectRequest(SipMethod.Bye, p2.Desk);
        Assert.Equal(("sip:callee@u2.domain.com", null), (bye.UriText, bye.Headers[HeaderName.Route]));
    }

    [Fact]
    public void Section_16_12_1_2_through_a_strict_router()
    {
        var (p4, p2, p1) = (Proxy("sip:p4.domain.com;lr"), Proxy("sip:p2.example.com;lr"), Proxy("sip:p1.example.com;lr"));
        p4.Wire.Says(Request(
            "BYE", "sip:caller@u1.example.com", "<sip:p4.domain.com;lr>, <sip:p3.middle.com>, <sip:p2.example.com;lr>, <sip:p1.example.com;lr>"));
        var toStrict = p4.Wire.ExpectRequest(SipMethod.Bye, p4.Desk);
        Assert.Equal("sip:p3.middle.com", toStrict.UriText);
        Assert.Equal(["<sip:p2.example.com;lr>", "<sip:p1.example.com;lr>", "<sip:caller@u1.example.com>"], toStrict.Headers.GetList(HeaderName.Route));

        // P3 does as RFC 2543 has it.
        p2.Wire.Says(Request("BYE", "sip:p2.example.com;lr", "<sip:p1.example.com;lr>, <sip:caller@u1.example.com>"));
        var bye = p2.Wire.ExpectRequest(SipMethod.Bye, p2.Desk);
        Assert.Equal(("sip:caller@u1.example.com", "<sip:p1.example.com;lr>"), (bye.UriText, bye.Headers[HeaderName.Route]));
        p1.Wire.Says(bye);
        bye = p1.Wire.ExpectRequest(SipMethod.Bye, p1.Desk);
        Assert.Equal(("sip:caller@u1.example.com", null), (bye.UriText, bye.Headers[HeaderName.Route]));
    }

    [Fact]
    public void Section_16_12_1_3_Record_Route_rewritten_for_the_other_side()
    {
        var p1 = Proxy("sip:gateway.rightprivatespace.com;lr", "sip:callee@rightprivatespace.com", "sip:gateway.leftprivatespace.com");
        p1.Options = p1.Options with
        {
            EditResponse = response => response.Headers[HeaderName.RecordRoute] = "<sip:gateway.leftprivatespace.com;lr>",
        };
        p1.Wire.Says(Request("INVITE", "sip:callee@gateway.leftprivatespace.com"));
        var invite = p1.Wire.ExpectRequest(SipMethod.Invite, p1.Desk);
        Assert.Equal(
            ("sip:callee@rightprivatespace.com", "<sip:gateway.rightprivatespace.com;lr>"), (invite.UriText, invite.Headers[HeaderName.RecordRoute]));
        p1.Wire.Answers(invite, 200, "u2", Contact("<sip:callee@u2.rightprivatespace.com>"), p1.Desk);
        Assert.Equal("<sip:gateway.leftprivatespace.com;lr>", p1.Wire.ExpectResponse(200, p1.Caller).Headers[HeaderName.RecordRoute]);

        p1.Targets = null;
        p1.Wire.Says(Request("BYE", "sip:callee@u2.rightprivatespace.com", "<sip:gateway.leftprivatespace.com;lr>"));
        var bye = p1.Wire.ExpectRequest(SipMethod.Bye, p1.Desk);
        Assert.Equal(("sip:callee@u2.rightprivatespace.com", null), (bye.UriText, bye.Headers[HeaderName.Route]));
    }

    // A proxy of that name, behind which everything is reached by one flow; it rewrites INVITEs where it has a target.
    private static ProxyWire Proxy(string name, string? target = null, params string[] aliases)
    {
        var proxy = new ProxyWire(PeerWire.Reliable(new() { IsProxy = true, Aliases = [SipUri.Parse(name), .. aliases.Select(SipUri.Parse)] }, seed: (ulong)name.Sum(c => c)))
        {
            Options = new() { RecordRouteUri = SipUri.Parse(name) },
            Targets = null,
        };
        proxy.Wire.Endpoint.RouteRequest = _ => proxy.Desk;
        if (target is not null)
        {
            var inner = proxy.Wire.Endpoint.RequestReceived!;
            proxy.Wire.Endpoint.RequestReceived = request =>
            {
                proxy.Targets = request.Request.Method.IsInvite ? [new(SipUri.Parse(target))] : null;
                inner(request);
            };
        }

        return proxy;
    }

    private static string Request(string method, string uri, string? route = null) =>
        Messages.FromPeer(method, method == "BYE" ? 2 : 1, $"z9hG4bK{method}", method == "BYE" ? "u2" : "", route is null ? "" : "Route: " + route, uri: uri)
            .Replace("<sip:bob@peer.test:5070;transport=tcp>", "<sip:caller@u1.example.com>");

    private static Action<SipResponse> Contact(string contact) => response => response.Headers[HeaderName.Contact] = contact;
}
