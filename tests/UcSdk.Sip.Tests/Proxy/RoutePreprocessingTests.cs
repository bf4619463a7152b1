namespace UcSdk.Sip.Tests;

/// <summary>RFC 3261 §16.4: what is undone before a request is looked at. The proxy listens on self.test:5060 and is also called pool.test.</summary>
public sealed class RoutePreprocessingTests
{
    private const string Ours = "sip:self.test:5060;transport=tcp;lr";

    private readonly ProxyWire _proxy = new(PeerWire.Reliable(new() { IsProxy = true, Aliases = [SipUri.Parse("sip:pool.test")] }));

    private PeerWire Wire => _proxy.Wire;

    [Theory]
    [InlineData(Ours, "<sip:next.test;lr>, <sip:alice@desk.test:5070>", "sip:alice@desk.test:5070", "<sip:next.test;lr>")]
    [InlineData(Ours, "<sip:alice@desk.test:5070>", "sip:alice@desk.test:5070", null)]
    [InlineData("sip:pool.test;lr", "<sip:alice@desk.test;transport=tcp>", "sip:alice@desk.test;transport=tcp", null)]
    public void What_a_strict_router_has_made_of_our_Record_Route_is_undone(string uri, string route, string target, string? left)
    {
        Says(uri, route);
        var seen = Assert.Single(_proxy.Offered);
        Assert.Equal((target, uri), (seen.Request.UriText, seen.OwnRoute!.Text));
        Assert.Equal(left, Wire.ExpectRequest(SipMethod.Info, _proxy.Desk).Headers[HeaderName.Route]);
    }

    [Theory]
    [InlineData("sip:self.test:5060;transport=tcp", "<sip:alice@desk.test>")] // addressed to us, not routed through us
    [InlineData("sip:other.test;lr", "<sip:alice@desk.test>")]
    [InlineData(Ours, null)]
    public void Any_other_Request_URI_is_left_as_it_is(string uri, string? route)
    {
        Says(uri, route);
        Assert.Equal(uri, Assert.Single(_proxy.Offered).Request.UriText);
        Assert.Equal(route, Wire.ExpectRequest(SipMethod.Info).Headers[HeaderName.Route]);
    }

    [Theory]
    [InlineData("sip:alice@domain.test:5060;maddr=self.test;transport=tcp;user=phone", "sip:alice@domain.test;user=phone")]
    [InlineData("sip:alice@domain.test:5060;maddr=pool.test;transport=tcp", "sip:alice@domain.test")]
    [InlineData("sip:alice@domain.test:5060;maddr=elsewhere.test;transport=tcp", null)] // not ours
    [InlineData("sip:alice@domain.test:5080;maddr=self.test;transport=tcp", null)] // did not come to that port
    [InlineData("sip:alice@domain.test:5060;maddr=self.test", null)] // did not come by UDP
    public void A_maddr_of_ours_is_taken_off_with_the_way_here(string uri, string? rewritten)
    {
        Says(uri, null);
        Assert.Equal(rewritten ?? uri, Assert.Single(_proxy.Offered).Request.UriText);
    }

    [Fact]
    public void All_values_of_ours_are_taken_off_the_top_of_Route_and_the_last_is_told()
    {
        Says("sip:alice@desk.test", $"<{Ours}>, <sip:pool.test;lr;ticket=7>, <sip:next.test;lr>, <{Ours}>");
        Assert.Equal("7", Assert.Single(_proxy.Offered).OwnRoute!.Parameters["ticket"]);
        Assert.Equal(["<sip:next.test;lr>", $"<{Ours}>"], Wire.ExpectRequest(SipMethod.Info).Headers.GetList(HeaderName.Route));
    }

    [Fact]
    public void A_Route_that_begins_elsewhere_stays()
    {
        Says("sip:alice@desk.test", $"<sip:next.test;lr>, <{Ours}>");
        Assert.Null(Assert.Single(_proxy.Offered).OwnRoute);
        Assert.Equal(2, Wire.ExpectRequest(SipMethod.Info).Headers.GetList(HeaderName.Route).Count());
    }

    [Fact]
    public void A_request_that_is_repeated_is_the_same_although_it_was_rewritten()
    {
        // Without a branch what tells two requests apart is their Request-URI too.
        var text = Messages.FromPeer("INFO", 2, toTag: "desk", uri: Ours, more: "Route: <sip:alice@desk.test>").Replace(";branch=z9hG4bKpeer1", "");
        Wire.Says(text);
        Wire.ExpectRequest(SipMethod.Info, _proxy.Desk);
        Wire.ExpectRequest(SipMethod.Info, _proxy.Phone);
        Wire.Says(text);
        Wire.ExpectNothing();
    }

    private void Says(string uri, string? route) =>
        Wire.Says(Messages.FromPeer("INFO", 2, toTag: "desk", uri: uri, more: route is null ? "" : "Route: " + route));
}
