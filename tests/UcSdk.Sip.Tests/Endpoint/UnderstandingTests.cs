namespace UcSdk.Sip.Tests;

/// <summary>RFC 3261 §8.2.2: what a user agent cannot act on, and what it says.</summary>
public sealed class UnderstandingTests
{
    private readonly PeerWire _wire = PeerWire.Reliable();

    [Fact]
    public void An_extension_that_nobody_here_knows_is_named_in_the_refusal()
    {
        _wire.Says(Messages.FromPeer("OPTIONS", more: "Require: 100rel, nothingSIPsupports\nRequire: nothingEither"));
        Assert.Equal("nothingSIPsupports, nothingEither", _wire.ExpectResponse(420).Headers[HeaderName.Unsupported]);
    }

    [Fact]
    public void An_extension_that_the_application_knows_is_let_through()
    {
        var wire = PeerWire.Reliable(new SipEndpointOptions { Extensions = ["mine"] });
        wire.Says(Messages.FromPeer("OPTIONS", more: "Require: MINE"));
        wire.ExpectResponse(200);
    }

    [Fact]
    public void What_a_proxy_forwards_is_not_its_to_judge()
    {
        var wire = PeerWire.Reliable(new SipEndpointOptions { IsProxy = true });
        wire.Says(Messages.FromPeer("OPTIONS", more: "Require: nothingSIPsupports"));
        wire.ExpectResponse(200);
    }

    // RFC 4475 §3.3.2.
    [Fact]
    public void An_unknown_scheme_is_told_so()
    {
        _wire.SaysBytes(System.Text.Encoding.Latin1.GetString(Corpus.Read("rfc4475/unkscm.dat")));
        _wire.ExpectResponse(416);
    }

    // RFC 4475 §3.1.2.16.
    [Fact]
    public void Another_version_of_SIP_is_told_so()
    {
        _wire.SaysBytes(System.Text.Encoding.Latin1.GetString(Corpus.Read("rfc4475/badvers.dat")));
        _wire.ExpectResponse(505);
    }

    // RFC 4475 §3.3.5.
    [Fact]
    public void The_extensions_of_the_torture_message_are_refused()
    {
        _wire.SaysBytes(System.Text.Encoding.Latin1.GetString(Corpus.Read("rfc4475/bext01.dat")));
        Assert.Equal("nothingSupportsThis, nothingSupportsThisEither", _wire.ExpectResponse(420).Headers[HeaderName.Unsupported]);
    }

    // §8.2.2.2: the same request by two paths.
    [Fact]
    public void The_same_request_by_another_path_is_merged()
    {
        _wire.Endpoint.RequestReceived = _ => { };
        _wire.Says(Messages.FromPeer("MESSAGE", branch: "z9hG4bKone"));
        _wire.ExpectNothing();
        _wire.Says(Messages.FromPeer("MESSAGE", branch: "z9hG4bKtwo"));
        _wire.ExpectResponse(482);
    }
}
