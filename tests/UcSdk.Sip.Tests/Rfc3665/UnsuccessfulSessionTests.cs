namespace UcSdk.Sip.Tests;

/// <summary>RFC 3665 §3.8–§3.11: no answer, busy, no response at all, not available.</summary>
public sealed class UnsuccessfulSessionTests : IDisposable
{
    private readonly FlowWorld _world = new();
    private readonly SipEndpoint _alice;

    public UnsuccessfulSessionTests() => _alice = _world.Add("alice");

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Section_3_8_no_answer()
    {
        _world.AddTwoProxies();
        var callee = _world.BobRings();
        var caller = _world.Do("alice", () => _alice.Invite(_world.AliceInvites()));
        _world.Settle();
        _ = _world.Do("alice", () => caller.CancelAsync());
        _world.Settle();
        _world.Said(
            """
            F1 alice → ss1: INVITE sip:bob@biloxi.example.com | 1 INVITE | a- | Via alice | Route ss1
            F2 ss1 → ss2: INVITE sip:bob@biloxi.example.com | 1 INVITE | a- | Via ss1 alice | Record-Route ss1
            F3 ss1 → alice: 100 Trying | 1 INVITE | a- | Via alice
            F4 ss2 → bob: INVITE sip:bob@client.biloxi.example.com | 1 INVITE | a- | Via ss2 ss1 alice | Record-Route ss2 ss1
            F5 ss2 → ss1: 100 Trying | 1 INVITE | a- | Via ss1 alice
            F6 bob → ss2: 180 Ringing | 1 INVITE | ab | Via ss2 ss1 alice | Record-Route ss2 ss1
            F7 ss2 → ss1: 180 Ringing | 1 INVITE | ab | Via ss1 alice | Record-Route ss2 ss1
            F8 ss1 → alice: 180 Ringing | 1 INVITE | ab | Via alice | Record-Route ss2 ss1
            F9 alice → ss1: CANCEL sip:bob@biloxi.example.com | 1 CANCEL | a- | Via alice | Route ss1
            F10 ss1 → alice: 200 OK | 1 CANCEL | ac | Via alice
            F11 ss1 → ss2: CANCEL sip:bob@biloxi.example.com | 1 CANCEL | a- | Via ss1
            F12 ss2 → ss1: 200 OK | 1 CANCEL | ad | Via ss1
            F13 ss2 → bob: CANCEL sip:bob@client.biloxi.example.com | 1 CANCEL | a- | Via ss2
            F14 bob → ss2: 200 OK | 1 CANCEL | ab | Via ss2
            F15 bob → ss2: 487 Request Terminated | 1 INVITE | ab | Via ss2 ss1 alice
            F16 ss2 → bob: ACK sip:bob@client.biloxi.example.com | 1 ACK | ab | Via ss2
            F17 ss2 → ss1: 487 Request Terminated | 1 INVITE | ab | Via ss1 alice
            F18 ss1 → ss2: ACK sip:bob@biloxi.example.com | 1 ACK | ab | Via ss1
            F19 ss1 → alice: 487 Request Terminated | 1 INVITE | ab | Via alice
            F20 alice → ss1: ACK sip:bob@biloxi.example.com | 1 ACK | ab | Via alice | Route ss1
            """);
        Assert.Equal((InviteReason.LocalCancel, InviteReason.RemoteCancel), (await caller.Ended, await callee.Session.Ended));
        _world.NothingIsLeft();
    }

    [Fact]
    public async Task Section_3_9_busy()
    {
        _world.AddTwoProxies();
        _world.BobSays(request => request.Respond(486));
        var caller = _world.Do("alice", () => _alice.Invite(_world.AliceInvites()));
        _world.Settle();
        Assert.Equal(486, (await caller.Answer).StatusCode);
        _world.Said(
            """
            F1 alice → ss1: INVITE sip:bob@biloxi.example.com | 1 INVITE | a- | Via alice | Route ss1
            F2 ss1 → ss2: INVITE sip:bob@biloxi.example.com | 1 INVITE | a- | Via ss1 alice | Record-Route ss1
            F3 ss1 → alice: 100 Trying | 1 INVITE | a- | Via alice
            F4 ss2 → bob: INVITE sip:bob@client.biloxi.example.com | 1 INVITE | a- | Via ss2 ss1 alice | Record-Route ss2 ss1
            F5 ss2 → ss1: 100 Trying | 1 INVITE | a- | Via ss1 alice
            F6 bob → ss2: 486 Busy Here | 1 INVITE | ab | Via ss2 ss1 alice
            F7 ss2 → bob: ACK sip:bob@client.biloxi.example.com | 1 ACK | ab | Via ss2
            F8 ss2 → ss1: 486 Busy Here | 1 INVITE | ab | Via ss1 alice
            F9 ss1 → ss2: ACK sip:bob@biloxi.example.com | 1 ACK | ab | Via ss1
            F10 ss1 → alice: 486 Busy Here | 1 INVITE | ab | Via alice
            F11 alice → ss1: ACK sip:bob@biloxi.example.com | 1 ACK | ab | Via alice | Route ss1
            """);
        _world.NothingIsLeft();
    }

    /// <summary>The RFC's proxy makes a 480 of the silence; RFC 3261 §16.7 and §16.8 make it 408.</summary>
    [Fact]
    public async Task Section_3_10_no_response_from_the_user_agent()
    {
        _world.AddTwoProxies(transportToBob: "UDP");
        _world.Block("bob");
        var caller = _world.Do("alice", () => _alice.Invite(_world.AliceInvites()));
        _world.Advance(TimeSpan.FromSeconds(130));
        Assert.Equal(408, (await caller.Answer).StatusCode);
        _world.Said(
            """
            F1 alice → ss1: INVITE sip:bob@biloxi.example.com | 1 INVITE | a- | Via alice | Route ss1
            F2 ss1 → ss2: INVITE sip:bob@biloxi.example.com | 1 INVITE | a- | Via ss1 alice | Record-Route ss1
            F3 ss1 → alice: 100 Trying | 1 INVITE | a- | Via alice
            F4 ss2 → bob: INVITE sip:bob@client.biloxi.example.com | 1 INVITE | a- | Via ss2 ss1 alice | Record-Route ss2 ss1
            F5 ss2 → ss1: 100 Trying | 1 INVITE | a- | Via ss1 alice
            F6 ss2 → bob: INVITE sip:bob@client.biloxi.example.com | 1 INVITE | a- | Via ss2 ss1 alice | Record-Route ss2 ss1
            F7 ss2 → bob: INVITE sip:bob@client.biloxi.example.com | 1 INVITE | a- | Via ss2 ss1 alice | Record-Route ss2 ss1
            F8 ss2 → bob: INVITE sip:bob@client.biloxi.example.com | 1 INVITE | a- | Via ss2 ss1 alice | Record-Route ss2 ss1
            F9 ss2 → bob: INVITE sip:bob@client.biloxi.example.com | 1 INVITE | a- | Via ss2 ss1 alice | Record-Route ss2 ss1
            F10 ss2 → bob: INVITE sip:bob@client.biloxi.example.com | 1 INVITE | a- | Via ss2 ss1 alice | Record-Route ss2 ss1
            F11 ss2 → bob: INVITE sip:bob@client.biloxi.example.com | 1 INVITE | a- | Via ss2 ss1 alice | Record-Route ss2 ss1
            F12 ss2 → ss1: 408 Request Timeout | 1 INVITE | ab | Via ss1 alice
            F13 ss1 → ss2: ACK sip:bob@biloxi.example.com | 1 ACK | ab | Via ss1
            F14 ss1 → alice: 408 Request Timeout | 1 INVITE | ab | Via alice
            F15 alice → ss1: ACK sip:bob@biloxi.example.com | 1 ACK | ab | Via alice | Route ss1
            """);
        _world.NothingIsLeft();
    }

    [Fact]
    public async Task Section_3_11_temporarily_unavailable()
    {
        _world.AddTwoProxies();
        _world.BobSays(request => request.Respond(480, null, response => response.Headers.Add(HeaderName.RetryAfter, "3600")));
        var caller = _world.Do("alice", () => _alice.Invite(_world.AliceInvites()));
        _world.Settle();
        var answer = await caller.Answer;
        Assert.Equal((480, "3600"), (answer.StatusCode, answer.Headers[HeaderName.RetryAfter]));
        _world.Said(
            """
            F1 alice → ss1: INVITE sip:bob@biloxi.example.com | 1 INVITE | a- | Via alice | Route ss1
            F2 ss1 → ss2: INVITE sip:bob@biloxi.example.com | 1 INVITE | a- | Via ss1 alice | Record-Route ss1
            F3 ss1 → alice: 100 Trying | 1 INVITE | a- | Via alice
            F4 ss2 → bob: INVITE sip:bob@client.biloxi.example.com | 1 INVITE | a- | Via ss2 ss1 alice | Record-Route ss2 ss1
            F5 ss2 → ss1: 100 Trying | 1 INVITE | a- | Via ss1 alice
            F6 bob → ss2: 480 Temporarily Unavailable | 1 INVITE | ab | Via ss2 ss1 alice
            F7 ss2 → bob: ACK sip:bob@client.biloxi.example.com | 1 ACK | ab | Via ss2
            F8 ss2 → ss1: 480 Temporarily Unavailable | 1 INVITE | ab | Via ss1 alice
            F9 ss1 → ss2: ACK sip:bob@biloxi.example.com | 1 ACK | ab | Via ss1
            F10 ss1 → alice: 480 Temporarily Unavailable | 1 INVITE | ab | Via alice
            F11 alice → ss1: ACK sip:bob@biloxi.example.com | 1 ACK | ab | Via alice | Route ss1
            """);
        _world.NothingIsLeft();
    }
}
