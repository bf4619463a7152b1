using System.Text;

namespace UcSdk.Sip.Tests;

/// <summary>RFC 3665 §3.4–§3.7: a proxy that is dead, an application layer gateway, a redirect server, and a session that changes.</summary>
public sealed class IndirectSessionTests : IDisposable
{
    private readonly FlowWorld _world = new();

    public void Dispose() => _world.Dispose();

    /// <summary>
    /// The RFC's Alice cancels before she tries the other proxy; RFC 3261 §9.1 lets nobody cancel what has had no response, so her INVITE runs out.
    /// </summary>
    [Fact]
    public async Task Section_3_4_a_session_with_a_proxy_failure()
    {
        var alice = _world.Add("alice");
        _world.AddProxy("ss1", _ => null);
        _world.AddProxy("ss2", _ => FlowWorld.UriOf("bob", "bob"));
        _world.Add("bob");
        var first = _world.Connect("alice", "ss1", "UDP");
        var second = _world.Connect("alice", "ss2", "UDP");
        _world.Connect("ss2", "bob", "UDP");
        _world.Block("ss1");
        var callee = _world.BobRings();
        var failed = _world.Do("alice", () => alice.Invite(_world.AliceInvites(), new() { Flow = first }));
        _world.Advance(TimeSpan.FromSeconds(128));
        Assert.Equal(SipFailure.TimedOut, (await Assert.ThrowsAsync<SipException>(() => failed.Answer)).Failure);
        _world.Said(
            """
            F1 alice → ss1: INVITE sip:bob@biloxi.example.com | 1 INVITE | a- | Via alice | Route ss1
            F2 alice → ss1: INVITE sip:bob@biloxi.example.com | 1 INVITE | a- | Via alice | Route ss1
            F3 alice → ss1: INVITE sip:bob@biloxi.example.com | 1 INVITE | a- | Via alice | Route ss1
            F4 alice → ss1: INVITE sip:bob@biloxi.example.com | 1 INVITE | a- | Via alice | Route ss1
            F5 alice → ss1: INVITE sip:bob@biloxi.example.com | 1 INVITE | a- | Via alice | Route ss1
            F6 alice → ss1: INVITE sip:bob@biloxi.example.com | 1 INVITE | a- | Via alice | Route ss1
            F7 alice → ss1: INVITE sip:bob@biloxi.example.com | 1 INVITE | a- | Via alice | Route ss1
            """);

        var caller = _world.Do("alice", () => alice.Invite(_world.AliceInvites(route: "ss2"), new() { Flow = second }));
        _world.Advance(TimeSpan.FromSeconds(1.5));
        _world.BobAnswers(callee);
        _ = _world.Do("alice", () => caller.ByeAsync());
        _world.Settle();
        _world.Said(
            """
            F1 alice → ss2: INVITE sip:bob@biloxi.example.com | 1 INVITE | b- | Via alice | Route ss2
            F2 ss2 → bob: INVITE sip:bob@client.biloxi.example.com | 1 INVITE | b- | Via ss2 alice | Record-Route ss2
            F3 ss2 → alice: 100 Trying | 1 INVITE | b- | Via alice
            F4 bob → ss2: 180 Ringing | 1 INVITE | bc | Via ss2 alice | Record-Route ss2
            F5 ss2 → alice: 180 Ringing | 1 INVITE | bc | Via alice | Record-Route ss2
            F6 bob → ss2: 200 OK | 1 INVITE | bc | Via ss2 alice | Record-Route ss2
            F7 ss2 → alice: 200 OK | 1 INVITE | bc | Via alice | Record-Route ss2
            F8 alice → ss2: ACK sip:bob@client.biloxi.example.com | 1 ACK | bc | Via alice | Route ss2
            F9 ss2 → bob: ACK sip:bob@client.biloxi.example.com | 1 ACK | bc | Via ss2 alice
            F10 alice → ss2: BYE sip:bob@client.biloxi.example.com | 2 BYE | bc | Via alice | Route ss2
            F11 ss2 → bob: BYE sip:bob@client.biloxi.example.com | 2 BYE | bc | Via ss2 alice
            F12 bob → ss2: 200 OK | 2 BYE | bc | Via ss2 alice
            F13 ss2 → alice: 200 OK | 2 BYE | bc | Via alice
            """);
        _world.NothingIsLeft();
    }

    [Fact]
    public void Section_3_5_a_session_through_a_SIP_ALG()
    {
        var alice = _world.Add("alice");
        // The gateway puts its own address in the place of each media address.
        _world.AddProxy("alg", _ => SipUri.Parse("sip:bob@biloxi.example.com"), new()
        {
            RecordRouteUri = SipUri.Parse($"sip:{FlowWorld.HostOf("alg")};lr"),
            EditRequest = (request, _) => Rewrite(request, "192.0.2.101", "192.0.2.128"),
            EditResponse = response => Rewrite(response, "192.0.2.201", "192.0.2.129"),
        });
        _world.AddProxy("ss2", _ => FlowWorld.UriOf("bob", "bob"));
        _world.Add("bob");
        _world.Connect("alice", "alg");
        _world.Connect("alg", "ss2");
        _world.Connect("ss2", "bob");
        var callee = _world.BobRings();
        var caller = _world.Do("alice", () => alice.Invite(_world.AliceInvites(route: "alg")));
        _world.Settle();
        _world.BobAnswers(callee);
        _ = _world.Do("alice", () => caller.ByeAsync());
        _world.Settle();
        _world.Said(
            """
            F1 alice → alg: INVITE sip:bob@biloxi.example.com | 1 INVITE | a- | Via alice | Route alg
            F2 alg → ss2: INVITE sip:bob@biloxi.example.com | 1 INVITE | a- | Via alg alice | Record-Route alg
            F3 alg → alice: 100 Trying | 1 INVITE | a- | Via alice
            F4 ss2 → bob: INVITE sip:bob@client.biloxi.example.com | 1 INVITE | a- | Via ss2 alg alice | Record-Route ss2 alg
            F5 ss2 → alg: 100 Trying | 1 INVITE | a- | Via alg alice
            F6 bob → ss2: 180 Ringing | 1 INVITE | ab | Via ss2 alg alice | Record-Route ss2 alg
            F7 ss2 → alg: 180 Ringing | 1 INVITE | ab | Via alg alice | Record-Route ss2 alg
            F8 alg → alice: 180 Ringing | 1 INVITE | ab | Via alice | Record-Route ss2 alg
            F9 bob → ss2: 200 OK | 1 INVITE | ab | Via ss2 alg alice | Record-Route ss2 alg
            F10 ss2 → alg: 200 OK | 1 INVITE | ab | Via alg alice | Record-Route ss2 alg
            F11 alg → alice: 200 OK | 1 INVITE | ab | Via alice | Record-Route ss2 alg
            F12 alice → alg: ACK sip:bob@client.biloxi.example.com | 1 ACK | ab | Via alice | Route alg ss2
            F13 alg → ss2: ACK sip:bob@client.biloxi.example.com | 1 ACK | ab | Via alg alice | Route ss2
            F14 ss2 → bob: ACK sip:bob@client.biloxi.example.com | 1 ACK | ab | Via ss2 alg alice
            F15 alice → alg: BYE sip:bob@client.biloxi.example.com | 2 BYE | ab | Via alice | Route alg ss2
            F16 alg → ss2: BYE sip:bob@client.biloxi.example.com | 2 BYE | ab | Via alg alice | Route ss2
            F17 ss2 → bob: BYE sip:bob@client.biloxi.example.com | 2 BYE | ab | Via ss2 alg alice
            F18 bob → ss2: 200 OK | 2 BYE | ab | Via ss2 alg alice
            F19 ss2 → alg: 200 OK | 2 BYE | ab | Via alg alice
            F20 alg → alice: 200 OK | 2 BYE | ab | Via alice
            """);
        Assert.Contains("c=IN IP4 192.0.2.128", _world.Messages[3].BodyText, StringComparison.Ordinal);
        Assert.Contains("c=IN IP4 192.0.2.129", _world.Messages[10].BodyText, StringComparison.Ordinal);
        _world.NothingIsLeft();
    }

    [Fact]
    public async Task Section_3_6_a_session_via_redirect_and_proxy_servers_with_SDP_in_ACK()
    {
        var alice = _world.Add("alice");
        _world.Add("redirect").RequestReceived = request => request.Respond(302, null, moved => moved.Headers.Add(HeaderName.Contact, "<sip:bob@chicago.example.com>"));
        _world.AddProxy("ss3", _ => FlowWorld.UriOf("bob", "bob"));
        _world.Add("bob");
        _world.Connect("alice", "redirect");
        _world.Connect("alice", "ss3");
        _world.Connect("ss3", "bob");
        var callee = _world.BobRings();
        var first = _world.AliceInvites("sip:bob@biloxi.example.com", "redirect", offer: false);
        var redirected = _world.Do("alice", () => alice.Invite(first));
        _world.Settle();
        var target = (await redirected.Answer).Contact!.Uri;

        // RFC 3261 §8.1.3.4: the same From, To and Call-ID, the next sequence number.
        var second = _world.AliceInvites(target.Text, "ss3", offer: false);
        second.Headers[HeaderName.From] = first.Headers[HeaderName.From];
        second.Headers[HeaderName.CallId] = first.CallId;
        second.Headers[HeaderName.CSeq] = "2 INVITE";
        var caller = _world.Do("alice", () =>
        {
            var session = alice.Invite(second);
            session.AckSending = (ack, answer) => ack.SetBody("application/sdp", Encoding.UTF8.GetBytes(answer.BodyText.Replace("bob", "alice", StringComparison.Ordinal)));
            return session;
        });
        _world.Settle();
        byte[]? answered = null;
        callee.Session.AckReceived += ack => answered = ack.Body.ToArray();
        _world.BobAnswers(callee);
        Assert.Equal(0, _world.Messages[4].Body.Length);
        Assert.Equal(Encoding.UTF8.GetString(FlowWorld.Sdp("bob", "192.0.2.201")).Replace("bob", "alice", StringComparison.Ordinal), Encoding.UTF8.GetString(answered!));
        _ = _world.Do("bob", () => callee.Session.ByeAsync());
        _world.Settle();
        _world.Said(
            """
            F1 alice → redirect: INVITE sip:bob@biloxi.example.com | 1 INVITE | a- | Via alice | Route redirect
            F2 redirect → alice: 302 Moved Temporarily | 1 INVITE | ab | Via alice
            F3 alice → redirect: ACK sip:bob@biloxi.example.com | 1 ACK | ab | Via alice | Route redirect
            F4 alice → ss3: INVITE sip:bob@chicago.example.com | 2 INVITE | a- | Via alice | Route ss3
            F5 ss3 → bob: INVITE sip:bob@client.biloxi.example.com | 2 INVITE | a- | Via ss3 alice | Record-Route ss3
            F6 ss3 → alice: 100 Trying | 2 INVITE | a- | Via alice
            F7 bob → ss3: 180 Ringing | 2 INVITE | ac | Via ss3 alice | Record-Route ss3
            F8 ss3 → alice: 180 Ringing | 2 INVITE | ac | Via alice | Record-Route ss3
            F9 bob → ss3: 200 OK | 2 INVITE | ac | Via ss3 alice | Record-Route ss3
            F10 ss3 → alice: 200 OK | 2 INVITE | ac | Via alice | Record-Route ss3
            F11 alice → ss3: ACK sip:bob@client.biloxi.example.com | 2 ACK | ac | Via alice | Route ss3
            F12 ss3 → bob: ACK sip:bob@client.biloxi.example.com | 2 ACK | ac | Via ss3 alice
            F13 bob → ss3: BYE sip:alice@client.atlanta.example.com | 1 BYE | ca | Via bob | Route ss3
            F14 ss3 → alice: BYE sip:alice@client.atlanta.example.com | 1 BYE | ca | Via ss3 bob
            F15 alice → ss3: 200 OK | 1 BYE | ca | Via ss3 bob
            F16 ss3 → bob: 200 OK | 1 BYE | ca | Via bob
            """);
        Assert.Equal(InviteState.Terminated, caller.State);
        _world.NothingIsLeft();
    }

    [Fact]
    public void Section_3_7_a_session_with_re_INVITE()
    {
        var alice = _world.Add("alice");
        _world.AddProxy("ss2", _ => FlowWorld.UriOf("bob", "bob"), new() { RecordRoute = false });
        _world.Add("bob");
        _world.Connect("alice", "ss2");
        _world.Connect("ss2", "bob");
        // The proxy does not stay in the path: the two have to reach each other.
        _world.Connect("alice", "bob");
        _world.Connect("bob", "alice");
        var callee = _world.BobRings();
        var caller = _world.Do("alice", () => alice.Invite(_world.AliceInvites(route: "ss2")));
        caller.RequestReceived = request =>
        {
            request.Respond(200, null, ok =>
            {
                ok.Headers.Add(HeaderName.Contact, $"<{FlowWorld.UriOf("alice", "alice")}>");
                ok.SetBody("application/sdp", FlowWorld.Sdp("alice"));
            });
            return true;
        };
        _world.Settle();
        _world.BobAnswers(callee);

        var moved = FlowWorld.Sdp("bob", "192.0.2.203", 2890844528);
        _ = _world.Do("bob", () =>
        {
            var invite = callee.Session.CreateRequest(SipMethod.Invite);
            invite.Headers[HeaderName.Contact] = $"<{FlowWorld.UriOf("bob", "bob-moved")}>";
            invite.SetBody("application/sdp", moved);
            return callee.Session.SendAsync(invite);
        });
        _world.Settle();
        _ = _world.Do("alice", () => caller.ByeAsync());
        _world.Settle();
        _world.Said(
            """
            F1 alice → ss2: INVITE sip:bob@biloxi.example.com | 1 INVITE | a- | Via alice | Route ss2
            F2 ss2 → bob: INVITE sip:bob@client.biloxi.example.com | 1 INVITE | a- | Via ss2 alice
            F3 ss2 → alice: 100 Trying | 1 INVITE | a- | Via alice
            F4 bob → ss2: 180 Ringing | 1 INVITE | ab | Via ss2 alice
            F5 ss2 → alice: 180 Ringing | 1 INVITE | ab | Via alice
            F6 bob → ss2: 200 OK | 1 INVITE | ab | Via ss2 alice
            F7 ss2 → alice: 200 OK | 1 INVITE | ab | Via alice
            F8 alice → bob: ACK sip:bob@client.biloxi.example.com | 1 ACK | ab | Via alice
            F9 bob → alice: INVITE sip:alice@client.atlanta.example.com | 1 INVITE | ba | Via bob
            F10 alice → bob: 200 OK | 1 INVITE | ba | Via bob
            F11 bob → alice: ACK sip:alice@client.atlanta.example.com | 1 ACK | ba | Via bob
            F12 alice → bob: BYE sip:bob-moved@client.biloxi.example.com | 2 BYE | ab | Via alice
            F13 bob → alice: 200 OK | 2 BYE | ab | Via alice
            """);
        Assert.Equal(moved, _world.Messages[8].Body.ToArray());
        _world.NothingIsLeft();
    }

    private static void Rewrite(SipMessage message, string from, string to)
    {
        if (message.ContentType is { } type)
        {
            message.SetBody(type, Encoding.UTF8.GetBytes(message.BodyText.Replace(from, to, StringComparison.Ordinal)));
        }
    }
}
