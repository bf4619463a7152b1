using UcSdk.Sip;

namespace UcSdk.Server.Tests;

/// <summary>Instant messages between two users as the server carries them: sessions as Lync and SIPE have them, and single messages of plain clients (RFC 3428).</summary>
public sealed class MessageRoutingConversationTests
{
    private const string Sdp =
        """
        v=0
        o=- 0 0 IN IP4 10.0.0.9
        s=session
        c=IN IP4 10.0.0.9
        t=0 0
        m=message 5060 sip null
        a=accept-types:text/plain text/html image/gif multipart/alternative application/im-iscomposing+xml application/ms-imdn+xml text/x-msmsgsinvite

        """;

    // What SIPE and Lync put into their invitations: nothing of it is the server's.
    private const string Invitation =
        """
        ms-text-format: text/plain; charset=UTF-8;msgr=WAAtAE0ATQBTAC0ASQBNAC0ARgBvAHIAbQBhAHQAOgAgAEYATgA9AA0ACgANAAoA;ms-body=aGVsbG8=
        Ms-Conversation-ID: AdPQwQ+QHyGgNm5cnnI5Sv0cCiqWRgACaRaw
        EndPoints: <sip:alice@contoso.test>, <sip:bob@contoso.test>
        Roster-Manager: sip:alice@contoso.test
        Supported: ms-delayed-accept
        Supported: ms-embedded-first-message
        Supported: ms-renders-mime-alternative
        Content-Type: application/sdp
        """;

    private const string Typing = """<?xml version="1.0"?><KeyboardActivity><status status="type"/></KeyboardActivity>""";

    [Fact]
    public void A_session_of_messages_and_typing_goes_through_untouched()
    {
        using var lab = new ServerLab();
        var (alice, bob) = (lab.SignIn("alice"), lab.SignIn("bob"));

        alice.Request("INVITE", bob.Address, "im", Invitation, Sdp);
        var invite = bob.ExpectsRequest("INVITE");
        Assert.Equal(Sdp.ReplaceLineEndings("\r\n"), invite.BodyText);
        foreach (var line in Invitation.ReplaceLineEndings("\n").Split('\n'))
        {
            var (name, value) = (line[..line.IndexOf(':')], line[(line.IndexOf(':') + 1)..].Trim());
            Assert.Contains(value, invite.Headers.GetAll(HeaderName.Of(name)));
        }

        bob.Answer(invite, 180);
        alice.ExpectsResponse(180);
        bob.Answer(invite, 200, $"Contact: <{bob.Gruu}>\nSupported: com.microsoft.rtc-multiparty\nContent-Type: application/sdp", Sdp);
        var accepted = alice.ExpectsResponse(200);
        Assert.Equal(Sdp.ReplaceLineEndings("\r\n"), accepted.BodyText);
        alice.InDialog("ACK", accepted, 1);
        bob.ExpectsRequest("ACK");

        alice.InDialog("MESSAGE", accepted, 2, "Content-Type: text/plain; charset=UTF-8;msgr=WAAt", "grüße\r\n\r\n");
        var message = bob.ExpectsRequest("MESSAGE");
        Assert.Equal(("text/plain; charset=UTF-8;msgr=WAAt", "grüße\r\n\r\n"), (message.Headers[HeaderName.ContentType], message.BodyText));
        bob.Answer(message, 200);
        alice.ExpectsResponse(200);

        alice.InDialog("INFO", accepted, 3, "Content-Type: application/xml", Typing);
        var info = bob.ExpectsRequest("INFO");
        Assert.Equal(Typing, info.BodyText);
        bob.Answer(info, 200);
        alice.ExpectsResponse(200);

        alice.InDialog("BYE", accepted, 4);
        bob.Answer(bob.ExpectsRequest("BYE"), 200);
        alice.ExpectsResponse(200);
    }

    [Fact]
    public void A_multipart_message_keeps_every_byte_although_each_leg_is_signed_anew()
    {
        using var lab = SigningConversationTests.Guarded();
        var (alice, bob) = (NtlmSignIn.Complete(lab, "alice", "wonderland"), NtlmSignIn.Complete(lab, "bob", "builder"));
        const string Body = "preamble\r\n--b\r\nContent-Type: text/plain\r\n\r\nhi \t\r\n--b\r\nContent-Type: text/html\r\n\r\n<b>hi</b>\u00a0\r\n--b--\r\nepilogue";

        alice.Request("MESSAGE", bob.Address, "note", "Content-Type: multipart/alternative; boundary=\"b\"", Body);

        var message = bob.ExpectsRequest("MESSAGE");
        Assert.Equal(Body, message.BodyText);
        Assert.Equal("\"Alice\" <sip:alice@contoso.test>", message.Headers[HeaderName.PAssertedIdentity]);
        Assert.Null(message.Headers[HeaderName.Authorization]);
        bob.Answer(message, 200);
        alice.ExpectsResponse(200);
        Assert.Empty(alice.Unsigned);
        Assert.Empty(bob.Unsigned);
    }

    [Fact]
    public void Of_two_endpoints_the_one_where_the_user_answers_gets_the_session_and_the_other_is_told_so()
    {
        using var lab = new ServerLab();
        var (alice, desk, phone) = (lab.SignIn("alice"), lab.SignIn("bob", "de51"), lab.SignIn("bob", "f0e1"));
        alice.Request("INVITE", "sip:bob@contoso.test", "im", Invitation, Sdp);
        var (atDesk, atPhone) = (desk.ExpectsRequest("INVITE"), phone.ExpectsRequest("INVITE"));

        desk.Answer(atDesk, 180);

        // SIPE with several endpoints waits ten seconds before it says anything.
        lab.Advance(TimeSpan.FromSeconds(10));
        alice.Expects("SIP/2.0 180");
        alice.ExpectsNothing();
        phone.Answer(atPhone, 200, $"Contact: <{phone.Gruu}>\nContent-Type: application/sdp", Sdp);

        var accepted = alice.ExpectsResponse(200);
        Assert.Equal("tf0e1", accepted.To!.Tag);
        var cancel = desk.ExpectsRequest("CANCEL");
        // As a trace of a Lync server has it.
        Assert.Equal("SIP;cause=200;text=\"Call completed elsewhere\";ms-acceptedby=\"sip:bob@contoso.test\"", cancel.Headers[HeaderName.Reason]);
        desk.Answer(cancel, 200);
        desk.Answer(atDesk, 487);
        desk.ExpectsRequest("ACK");
        alice.InDialog("ACK", accepted, 1);
        phone.ExpectsRequest("ACK");
        alice.InDialog("MESSAGE", accepted, 2, "Content-Type: text/plain", "hello");
        phone.Answer(phone.ExpectsRequest("MESSAGE"), 200);
        alice.ExpectsResponse(200);
        desk.ExpectsNothing();
    }

    [Theory]
    [InlineData(480, 486, 480)]
    [InlineData(486, 480, 486)]
    [InlineData(480, 415, 415)]
    [InlineData(503, 488, 488)]
    public void One_endpoint_that_refuses_leaves_the_other_its_chance_and_the_best_refusal_wins(int first, int second, int best)
    {
        using var lab = new ServerLab();
        var (alice, desk, phone) = (lab.SignIn("alice"), lab.SignIn("bob", "de51"), lab.SignIn("bob", "f0e1"));
        alice.Request("INVITE", "sip:bob@contoso.test", "im", Invitation, Sdp);
        var (atDesk, atPhone) = (desk.ExpectsRequest("INVITE"), phone.ExpectsRequest("INVITE"));

        desk.Answer(atDesk, first);
        desk.ExpectsRequest("ACK");
        phone.ExpectsNothing();
        alice.ExpectsNothing();
        phone.Answer(atPhone, second);

        phone.ExpectsRequest("ACK");
        alice.ExpectsResponse(best);
    }

    [Fact]
    public void Who_signs_in_while_it_rings_is_not_asked_in_the_place_of_an_endpoint_that_fails()
    {
        using var lab = new ServerLab();
        var (alice, desk) = (lab.SignIn("alice"), lab.SignIn("bob", "de51"));
        alice.Request("INVITE", "sip:bob@contoso.test", "im", Invitation, Sdp);
        var atDesk = desk.ExpectsRequest("INVITE");
        var phone = lab.SignIn("bob", "f0e1");

        desk.Answer(atDesk, 503);

        alice.ExpectsResponse(500);
        phone.ExpectsNothing();
    }

    [Fact]
    public void What_an_endpoint_says_of_signatures_and_of_itself_does_not_go_on()
    {
        using var lab = new ServerLab();
        var (alice, bob) = (lab.SignIn("alice"), lab.SignIn("bob"));
        alice.Request("MESSAGE", "sip:bob@contoso.test", "note", "Content-Type: text/plain", "hello");

        bob.Answer(
            bob.ExpectsRequest("MESSAGE"),
            200,
            "Authentication-Info: NTLM rspauth=\"01000000\", srand=\"AA\", snum=\"1\", opaque=\"B\", qop=\"auth\", targetname=\"x\", realm=\"y\"\nP-Asserted-Identity: <sip:carol@contoso.test>\nX-Other: kept");

        var response = alice.ExpectsResponse(200);
        Assert.Null(response.Headers[HeaderName.Of("Authentication-Info")]);
        Assert.Null(response.Headers[HeaderName.PAssertedIdentity]);
        Assert.Equal("kept", response.Headers[HeaderName.Of("X-Other")]);
    }

    [Theory]
    [InlineData(603)]
    [InlineData(606)]
    public void Who_declines_declines_for_all_endpoints(int status)
    {
        using var lab = new ServerLab();
        var (alice, desk, phone) = (lab.SignIn("alice"), lab.SignIn("bob", "de51"), lab.SignIn("bob", "f0e1"));
        alice.Request("INVITE", "sip:bob@contoso.test", "im", Invitation, Sdp);
        var (atDesk, atPhone) = (desk.ExpectsRequest("INVITE"), phone.ExpectsRequest("INVITE"));
        phone.Answer(atPhone, 180);

        desk.Answer(atDesk, status);

        var cancel = phone.ExpectsRequest("CANCEL");
        Assert.StartsWith($"SIP;cause={status};", cancel.Headers[HeaderName.Reason], StringComparison.Ordinal);
        phone.Answer(cancel, 200);
        phone.Answer(atPhone, 487);
        alice.ExpectsResponse(180);
        alice.ExpectsResponse(status);
    }

    [Fact]
    public void A_caller_who_gives_up_is_told_by_all_endpoints()
    {
        using var lab = new ServerLab();
        var (alice, desk, phone) = (lab.SignIn("alice"), lab.SignIn("bob", "de51"), lab.SignIn("bob", "f0e1"));
        alice.Request("INVITE", "sip:bob@contoso.test", "im", Invitation, Sdp);
        var (atDesk, atPhone) = (desk.ExpectsRequest("INVITE"), phone.ExpectsRequest("INVITE"));
        desk.Answer(atDesk, 180);
        phone.Answer(atPhone, 180);

        alice.Cancel();

        alice.ExpectsResponse(180);
        alice.ExpectsResponse(180);
        alice.ExpectsResponse(200);
        foreach (var (client, invite) in new[] { (desk, atDesk), (phone, atPhone) })
        {
            client.Answer(client.ExpectsRequest("CANCEL"), 200);
            client.Answer(invite, 487);
            client.ExpectsRequest("ACK");
        }

        alice.ExpectsResponse(487);
    }

    [Fact]
    public void A_single_message_goes_to_all_endpoints_and_one_that_takes_it_is_enough()
    {
        using var lab = new ServerLab();
        var (alice, desk, phone) = (lab.SignIn("alice"), lab.SignIn("bob", "de51"), lab.SignIn("bob", "f0e1"));

        // RFC 3428 §6: a proxy may fork a MESSAGE as any request.
        alice.Request("MESSAGE", "sip:bob@contoso.test", "note", "Content-Type: text/plain", "hello");
        var (atDesk, atPhone) = (desk.ExpectsRequest("MESSAGE"), phone.ExpectsRequest("MESSAGE"));
        desk.Answer(atDesk, 415);
        alice.ExpectsNothing();
        phone.Answer(atPhone, 200);

        alice.ExpectsResponse(200);
        desk.ExpectsNothing();
        phone.ExpectsNothing();
    }

    [Fact]
    public void A_message_in_a_session_whose_other_side_has_signed_out_is_refused_with_481_so_that_clients_begin_anew()
    {
        using var lab = new ServerLab();
        var (alice, bob) = (lab.SignIn("alice"), lab.SignIn("bob"));
        var accepted = Establish(alice, bob);
        bob.Register("Expires: 0");
        bob.ExpectsResponse(200);

        alice.InDialog("MESSAGE", accepted, 2, "Content-Type: text/plain", "are you there?");
        alice.ExpectsResponse(481);

        // Outside of any session the same user is offline.
        alice.Request("MESSAGE", bob.Address, "note", "Content-Type: text/plain", "hello");
        Assert.StartsWith("2;", alice.ExpectsResponse(480).Headers[HeaderName.MsDiagnostics], StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_survives_the_loss_of_a_connection()
    {
        using var lab = new ServerLab(options => options with { LostConnectionGrace = TimeSpan.FromSeconds(30) });
        var (alice, bob) = (lab.SignIn("alice"), lab.SignIn("bob"));
        var accepted = Establish(alice, bob);
        bob.Close();

        // The endpoint is still registered: it may come back, so the session is not gone.
        alice.InDialog("MESSAGE", accepted, 2, "Content-Type: text/plain", "are you there?");
        alice.ExpectsResponse(480);

        var again = lab.Connect("bob", "bob01");
        again.Register(edit: text => text.Replace("Call-ID: login-", "Call-ID: again-", StringComparison.Ordinal));
        again.ExpectsResponse(200);
        alice.InDialog("MESSAGE", accepted, 3, "Content-Type: text/plain", "and now?");
        again.Answer(again.ExpectsRequest("MESSAGE"), 200);
        alice.ExpectsResponse(200);
    }

    [Theory]
    [InlineData("INVITE")]
    [InlineData("MESSAGE")]
    [InlineData("OPTIONS")]
    public void Who_is_blocked_finds_the_user_offline(string method)
    {
        using var lab = new ServerLab();
        var alice = PresenceClient.SignIn(lab, "alice");
        var (bob, carol) = (lab.SignIn("bob"), lab.SignIn("carol"));
        alice.Places("bob@contoso.test", 32000);

        bob.Request(method, alice.Address, "blocked");
        var blocked = bob.ExpectsResponse(480);
        bob.Request(method, alice.Raw.Gruu, "by-gruu");
        bob.ExpectsResponse(480);
        alice.Raw.ExpectsNothing();

        // What an absent user's caller hears is the same, word for word.
        bob.Request(method, "sip:dave@contoso.test", "unknown");
        bob.ExpectsResponse(404);
        lab.Run(() => lab.Server.AddUserAsync(new("dave")));
        bob.Request(method, "sip:dave@contoso.test", "offline");
        Assert.Equal(blocked.Headers[HeaderName.MsDiagnostics], bob.ExpectsResponse(480).Headers[HeaderName.MsDiagnostics]);

        // Carol is not blocked, and Alice reaches Bob.
        carol.Request(method, alice.Address, "free");
        alice.Raw.Answer(alice.Raw.ExpectsRequest(method), 480);
        alice.Raw.Request(method, bob.Address, "back");
        bob.Answer(bob.ExpectsRequest(method), 480);
    }

    [Fact]
    public void A_session_that_stands_goes_on_when_one_blocks_the_other()
    {
        using var lab = new ServerLab();
        var alice = PresenceClient.SignIn(lab, "alice");
        var bob = lab.SignIn("bob");
        var accepted = Establish(bob, alice.Raw);
        alice.Places("bob@contoso.test", 32000);

        bob.InDialog("BYE", accepted, 2);

        alice.Raw.Answer(alice.Raw.ExpectsRequest("BYE"), 200);
        bob.ExpectsResponse(200);
    }

    private static SipResponse Establish(RawClient caller, RawClient callee)
    {
        caller.Request("INVITE", callee.Address, "im", Invitation, Sdp);
        callee.Answer(callee.ExpectsRequest("INVITE"), 200, $"Contact: <{callee.Gruu}>\nContent-Type: application/sdp", Sdp);
        var accepted = caller.ExpectsResponse(200);
        caller.InDialog("ACK", accepted, 1);
        callee.ExpectsRequest("ACK");
        return accepted;
    }
}
