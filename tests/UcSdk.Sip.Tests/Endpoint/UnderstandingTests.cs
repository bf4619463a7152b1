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

    // RFC 3261 §8.2.3: what the body is, how it is coded, and whether it must be understood at all.
    [Theory]
    [InlineData("Content-Type: application/sdp", 200, null)]
    [InlineData("Content-Type: Application/SDP;version=1", 200, null)]
    [InlineData("Content-Type: application/unknown", 415, "Accept: application/sdp, text/plain")]
    [InlineData("Content-Type: application/unknown\nContent-Disposition: render;handling=optional", 200, null)]
    [InlineData("Content-Type: application/unknown\nContent-Disposition: render;handling=required", 415, "Accept: application/sdp, text/plain")]
    [InlineData("Content-Type: application/sdp\nContent-Encoding: gzip", 415, "Accept-Encoding: identity")]
    [InlineData("Content-Type: application/sdp\ne: identity", 200, null)]
    public void A_body_that_is_not_understood_gets_415_with_what_is(string headers, int status, string? says)
    {
        var wire = Knowing();
        wire.Says(Messages.FromPeer("MESSAGE", more: headers, body: "body"));
        var response = wire.ExpectResponse(status);
        if (says is not null)
        {
            var colon = says.IndexOf(':', StringComparison.Ordinal);
            Assert.Equal(says[(colon + 2)..], response.Headers[HeaderName.Of(says[..colon])]);
        }
    }

    // RFC 3261 §20.1, §21.4.7.
    [Theory]
    [InlineData("Accept: text/*", 200)]
    [InlineData("Accept: */*;q=0.1", 200)]
    [InlineData("Accept: application/pidf+xml, application/sdp;level=1", 200)]
    [InlineData("Accept: application/pidf+xml", 406)]
    [InlineData("Accept:", 406)]
    [InlineData("Subject: no Accept", 200)]
    public void An_INVITE_whose_caller_could_read_no_answer_gets_406(string header, int status)
    {
        var wire = Knowing();
        wire.Says(Messages.FromPeer("INVITE", more: header));
        wire.ExpectResponse(status);
    }

    [Fact]
    public void Without_a_list_the_application_judges_bodies()
    {
        var wire = PeerWire.Reliable();
        wire.Endpoint.RequestReceived = request => request.Respond(200);
        wire.Says(Messages.FromPeer("MESSAGE", more: "Content-Type: application/unknown", body: "body"));
        wire.ExpectResponse(200);
    }

    [Fact]
    public void A_BYE_ends_the_session_whatever_its_body()
    {
        var wire = PeerWire.Reliable(new() { ContentTypes = ["application/sdp"] });
        InviteSession? session = null;
        wire.Endpoint.RequestReceived = request => session = request.CreateInviteSession();
        wire.Says(Messages.FromPeer("INVITE"));
        _ = wire.Do(() => session!.AcceptAsync());
        var tag = wire.ExpectResponse(200).To!.Tag!;
        wire.Says(Messages.FromPeer("ACK", branch: "z9hG4bKa", toTag: tag));
        wire.Says(Messages.FromPeer("BYE", 2, "z9hG4bKb", tag, "Content-Type: application/unknown", body: "body"));
        wire.ExpectResponse(200);
        Assert.Equal(InviteState.Terminated, session!.State);
    }

    private static PeerWire Knowing()
    {
        var wire = PeerWire.Reliable(new() { ContentTypes = ["application/sdp", "text/plain"] });
        wire.Endpoint.RequestReceived = request => request.Respond(200);
        return wire;
    }
}
