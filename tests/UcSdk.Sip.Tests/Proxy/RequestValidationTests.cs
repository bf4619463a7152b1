namespace UcSdk.Sip.Tests;

/// <summary>RFC 3261 §16.3: what is not forwarded.</summary>
public sealed class RequestValidationTests
{
    private readonly ProxyWire _proxy = new();

    private PeerWire Wire => _proxy.Wire;

    [Theory]
    [InlineData("INVITE")]
    [InlineData("OPTIONS")]
    [InlineData("MESSAGE")]
    public void No_hops_left_is_a_483(string method)
    {
        Wire.Says(Messages.FromPeer(method).Replace("Max-Forwards: 70", "Max-Forwards: 0"));
        Assert.NotNull(Wire.ExpectResponse(483, _proxy.Caller).To!.Tag);
        Wire.ExpectNothing();
        Assert.Equal([483], _proxy.Finals);
    }

    [Theory]
    [InlineData("Max-Forwards: 1", "0")]
    [InlineData("Max-Forwards: 255", "254")]
    [InlineData("Subject: none", "70")]
    public void Each_hop_takes_one_and_a_request_without_gets_seventy(string header, string forwarded)
    {
        Wire.Says(Messages.FromPeer("OPTIONS").Replace("Max-Forwards: 70", header));
        Assert.Equal(forwarded, Wire.ExpectRequest(SipMethod.Options, _proxy.Desk).Headers[HeaderName.MaxForwards]);
    }

    [Fact]
    public void A_scheme_that_cannot_be_routed_is_a_416_before_anything_else()
    {
        Wire.Says(Messages.FromPeer("INVITE", uri: "http://example.test", more: "Proxy-Require: foo").Replace("Max-Forwards: 70", "Max-Forwards: 0"));
        Wire.ExpectResponse(416);
        Wire.ExpectNothing();
    }

    [Fact]
    public void What_Proxy_Require_demands_and_is_not_known_is_a_420_that_names_it()
    {
        _proxy.Options = new() { Extensions = ["sec-agree"] };
        Wire.Says(Messages.FromPeer("INVITE", more: "Proxy-Require: foo, Sec-Agree\nProxy-Require: bar"));
        Assert.Equal("foo, bar", Wire.ExpectResponse(420).Headers[HeaderName.Unsupported]);
        Wire.ExpectNothing();
    }

    [Fact]
    public void What_Proxy_Require_demands_and_is_known_goes_on_and_Require_is_not_the_proxys_to_judge()
    {
        _proxy.Options = new() { Extensions = ["sec-agree"] };
        Wire.Says(Messages.FromPeer("INVITE", more: "Proxy-Require: sec-agree\nRequire: unheard-of"));
        var (desk, _) = _proxy.ExpectInvites();
        Assert.Equal(("sec-agree", "unheard-of"), (desk.Headers[HeaderName.ProxyRequire], desk.Headers[HeaderName.Require]));
    }

    [Fact]
    public void A_request_with_nowhere_to_go_is_a_480()
    {
        _proxy.Targets = [];
        Wire.Says(Messages.FromPeer("MESSAGE"));
        Wire.ExpectResponse(480, _proxy.Caller);
    }

    [Fact]
    public void A_request_that_cannot_be_read_is_a_400_and_is_not_offered()
    {
        Wire.Says(Messages.FromPeer("INVITE").Replace("CSeq: 1 INVITE", "CSeq: 1 BYE"));
        Wire.ExpectResponse(400);
        Assert.Empty(_proxy.Offered);
    }
}
