namespace UcSdk.Sip.Tests;

/// <summary>RFC 3665 §3.1–§3.3: directly, over two proxies, and with both of them asking who calls.</summary>
public sealed class SuccessfulSessionTests : IDisposable
{
    private readonly FlowWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Section_3_1_a_successful_session_establishment()
    {
        var alice = _world.Add("alice");
        _world.Add("bob");
        _world.Connect("alice", "bob");
        var callee = _world.BobRings();
        var caller = _world.Do("alice", () => alice.Invite(_world.AliceInvites("sip:bob@client.biloxi.example.com", route: null)));
        _world.Settle();
        _world.BobAnswers(callee);
        _ = _world.Do("bob", () => callee.Session.ByeAsync());
        _world.Settle();
        _world.Said(
            """
            F1 alice → bob: INVITE sip:bob@client.biloxi.example.com | 1 INVITE | a- | Via alice
            F2 bob → alice: 180 Ringing | 1 INVITE | ab | Via alice
            F3 bob → alice: 200 OK | 1 INVITE | ab | Via alice
            F4 alice → bob: ACK sip:bob@client.biloxi.example.com | 1 ACK | ab | Via alice
            F5 bob → alice: BYE sip:alice@client.atlanta.example.com | 1 BYE | ba | Via bob
            F6 alice → bob: 200 OK | 1 BYE | ba | Via bob
            """);
        Assert.Equal(FlowWorld.Sdp("alice"), _world.Messages[0].Body.ToArray());
        Assert.Equal(FlowWorld.Sdp("bob", "192.0.2.201"), _world.Messages[2].Body.ToArray());
        Assert.Equal(InviteReason.RemoteBye, await caller.Ended);
        _world.NothingIsLeft();
    }

    [Fact]
    public void Section_3_2_a_session_through_two_proxies()
    {
        var alice = _world.Add("alice", new() { Credentials = [FlowUsers.Of("alice")] });
        _world.AddTwoProxies(_world.Authenticator("atlanta.example.com"), null);
        var callee = _world.BobRings();
        _ = _world.Do("alice", () => alice.Invite(_world.AliceInvites()));
        _world.Settle();
        _world.BobAnswers(callee);
        _ = _world.Do("bob", () => callee.Session.ByeAsync());
        _world.Settle();
        _world.Said(
            """
            F1 alice → ss1: INVITE sip:bob@biloxi.example.com | 1 INVITE | a- | Via alice | Route ss1
            F2 ss1 → alice: 407 Proxy Authentication Required | 1 INVITE | ab | Via alice
            F3 alice → ss1: ACK sip:bob@biloxi.example.com | 1 ACK | ab | Via alice | Route ss1
            F4 alice → ss1: INVITE sip:bob@biloxi.example.com | 2 INVITE | a- | Via alice | Route ss1
            F5 ss1 → ss2: INVITE sip:bob@biloxi.example.com | 2 INVITE | a- | Via ss1 alice | Record-Route ss1
            F6 ss1 → alice: 100 Trying | 2 INVITE | a- | Via alice
            F7 ss2 → bob: INVITE sip:bob@client.biloxi.example.com | 2 INVITE | a- | Via ss2 ss1 alice | Record-Route ss2 ss1
            F8 ss2 → ss1: 100 Trying | 2 INVITE | a- | Via ss1 alice
            F9 bob → ss2: 180 Ringing | 2 INVITE | ac | Via ss2 ss1 alice | Record-Route ss2 ss1
            F10 ss2 → ss1: 180 Ringing | 2 INVITE | ac | Via ss1 alice | Record-Route ss2 ss1
            F11 ss1 → alice: 180 Ringing | 2 INVITE | ac | Via alice | Record-Route ss2 ss1
            F12 bob → ss2: 200 OK | 2 INVITE | ac | Via ss2 ss1 alice | Record-Route ss2 ss1
            F13 ss2 → ss1: 200 OK | 2 INVITE | ac | Via ss1 alice | Record-Route ss2 ss1
            F14 ss1 → alice: 200 OK | 2 INVITE | ac | Via alice | Record-Route ss2 ss1
            F15 alice → ss1: ACK sip:bob@client.biloxi.example.com | 2 ACK | ac | Via alice | Route ss1 ss2
            F16 ss1 → ss2: ACK sip:bob@client.biloxi.example.com | 2 ACK | ac | Via ss1 alice | Route ss2
            F17 ss2 → bob: ACK sip:bob@client.biloxi.example.com | 2 ACK | ac | Via ss2 ss1 alice
            F18 bob → ss2: BYE sip:alice@client.atlanta.example.com | 1 BYE | ca | Via bob | Route ss2 ss1
            F19 ss2 → ss1: BYE sip:alice@client.atlanta.example.com | 1 BYE | ca | Via ss2 bob | Route ss1
            F20 ss1 → alice: BYE sip:alice@client.atlanta.example.com | 1 BYE | ca | Via ss1 ss2 bob
            F21 alice → ss1: 200 OK | 1 BYE | ca | Via ss1 ss2 bob
            F22 ss1 → ss2: 200 OK | 1 BYE | ca | Via ss2 bob
            F23 ss2 → bob: 200 OK | 1 BYE | ca | Via bob
            """);
        // What the proxy was told goes no further.
        Assert.True(_world.Messages[3].Headers.Contains(HeaderName.ProxyAuthorization));
        Assert.False(_world.Messages[4].Headers.Contains(HeaderName.ProxyAuthorization));
        _world.NothingIsLeft();
    }

    [Fact]
    public void Section_3_3_a_session_with_multiple_proxy_authentication()
    {
        var alice = _world.Add("alice", new() { Credentials = [FlowUsers.Of("alice", "atlanta.example.com"), FlowUsers.Of("alice", "biloxi.example.com")] });
        _world.AddTwoProxies(_world.Authenticator("atlanta.example.com"), _world.Authenticator("biloxi.example.com"));
        var callee = _world.BobRings();
        var caller = _world.Do("alice", () => alice.Invite(_world.AliceInvites()));
        _world.Settle();
        _world.BobAnswers(callee);
        _ = _world.Do("alice", () => caller.ByeAsync());
        _world.Settle();
        _world.Said(
            """
            F1 alice → ss1: INVITE sip:bob@biloxi.example.com | 1 INVITE | a- | Via alice | Route ss1
            F2 ss1 → alice: 407 Proxy Authentication Required | 1 INVITE | ab | Via alice
            F3 alice → ss1: ACK sip:bob@biloxi.example.com | 1 ACK | ab | Via alice | Route ss1
            F4 alice → ss1: INVITE sip:bob@biloxi.example.com | 2 INVITE | a- | Via alice | Route ss1
            F5 ss1 → ss2: INVITE sip:bob@biloxi.example.com | 2 INVITE | a- | Via ss1 alice | Record-Route ss1
            F6 ss1 → alice: 100 Trying | 2 INVITE | a- | Via alice
            F7 ss2 → ss1: 407 Proxy Authentication Required | 2 INVITE | ac | Via ss1 alice
            F8 ss1 → ss2: ACK sip:bob@biloxi.example.com | 2 ACK | ac | Via ss1
            F9 ss1 → alice: 407 Proxy Authentication Required | 2 INVITE | ac | Via alice
            F10 alice → ss1: ACK sip:bob@biloxi.example.com | 2 ACK | ac | Via alice | Route ss1
            F11 alice → ss1: INVITE sip:bob@biloxi.example.com | 3 INVITE | a- | Via alice | Route ss1
            F12 ss1 → ss2: INVITE sip:bob@biloxi.example.com | 3 INVITE | a- | Via ss1 alice | Record-Route ss1
            F13 ss1 → alice: 100 Trying | 3 INVITE | a- | Via alice
            F14 ss2 → bob: INVITE sip:bob@client.biloxi.example.com | 3 INVITE | a- | Via ss2 ss1 alice | Record-Route ss2 ss1
            F15 ss2 → ss1: 100 Trying | 3 INVITE | a- | Via ss1 alice
            F16 bob → ss2: 180 Ringing | 3 INVITE | ad | Via ss2 ss1 alice | Record-Route ss2 ss1
            F17 ss2 → ss1: 180 Ringing | 3 INVITE | ad | Via ss1 alice | Record-Route ss2 ss1
            F18 ss1 → alice: 180 Ringing | 3 INVITE | ad | Via alice | Record-Route ss2 ss1
            F19 bob → ss2: 200 OK | 3 INVITE | ad | Via ss2 ss1 alice | Record-Route ss2 ss1
            F20 ss2 → ss1: 200 OK | 3 INVITE | ad | Via ss1 alice | Record-Route ss2 ss1
            F21 ss1 → alice: 200 OK | 3 INVITE | ad | Via alice | Record-Route ss2 ss1
            F22 alice → ss1: ACK sip:bob@client.biloxi.example.com | 3 ACK | ad | Via alice | Route ss1 ss2
            F23 ss1 → ss2: ACK sip:bob@client.biloxi.example.com | 3 ACK | ad | Via ss1 alice | Route ss2
            F24 ss2 → bob: ACK sip:bob@client.biloxi.example.com | 3 ACK | ad | Via ss2 ss1 alice
            F25 alice → ss1: BYE sip:bob@client.biloxi.example.com | 4 BYE | ad | Via alice | Route ss1 ss2
            F26 ss1 → ss2: BYE sip:bob@client.biloxi.example.com | 4 BYE | ad | Via ss1 alice | Route ss2
            F27 ss2 → bob: BYE sip:bob@client.biloxi.example.com | 4 BYE | ad | Via ss2 ss1 alice
            F28 bob → ss2: 200 OK | 4 BYE | ad | Via ss2 ss1 alice
            F29 ss2 → ss1: 200 OK | 4 BYE | ad | Via ss1 alice
            F30 ss1 → alice: 200 OK | 4 BYE | ad | Via alice
            """);
        // F11 answers both, F12 only the second proxy, F14 nobody.
        Assert.Equal([2, 1, 0], new[] { 10, 11, 13 }.Select(at => _world.Messages[at].Headers.GetAll(HeaderName.ProxyAuthorization).Count()));
        Assert.Contains("biloxi.example.com", _world.Messages[11].Headers[HeaderName.ProxyAuthorization], StringComparison.Ordinal);
        _world.NothingIsLeft();
    }
}
