using UcSdk.Sip;

namespace UcSdk.Server.Tests;

/// <summary>The IM MCU calls somebody into the chat (addUser with its URI, [MS-CONFBAS] §2.2.3.15): clients that take no invitations to conferences.</summary>
public sealed class ChatDialOutConversationTests
{
    private const string Text = "Content-Type: text/plain";

    [Fact]
    public void A_presenter_has_somebody_called_who_talks_with_the_MCU_and_is_seen_by_all()
    {
        using var lab = new ServerLab();
        var (alice, bob) = (lab.SignIn("alice"), lab.SignIn("bob"));
        var (focus, joined, leg) = Meet(alice);
        alice.SubscribeRoster(focus);

        alice.SendCommand(joined, 2, DialOut(focus, bob.Address));
        alice.ExpectsResponse(202);
        var invite = bob.ExpectsRequest("INVITE");
        Assert.Equal((Chat(focus), bob.Address), (invite.From!.Uri.Text, invite.To!.Uri.Text));
        Assert.Contains(Chat(focus), invite.Headers[HeaderName.Contact], StringComparison.Ordinal);
        Assert.True(invite.Headers.HasToken(HeaderName.Supported, "ms-sender"));
        Assert.Contains("m=message 5060 sip " + Chat(focus), invite.BodyText, StringComparison.Ordinal);
        alice.ExpectsNothing();

        bob.Answer(invite, 200, $"Contact: <{bob.Gruu}>\nContent-Type: application/sdp", Sdp);
        bob.ExpectsRequest("ACK");
        var roster = alice.ExpectsRequest("BENOTIFY").BodyText;
        Assert.Contains($"entity=\"{bob.Address}\"", roster, StringComparison.Ordinal);
        Assert.Contains("<joining-method>dialed-out</joining-method>", roster, StringComparison.Ordinal);
        Assert.Contains("code=\"success\"", alice.ExpectsRequest("INFO").BodyText, StringComparison.Ordinal);

        alice.InDialog("MESSAGE", leg, 2, Text, "welcome");
        alice.ExpectsResponse(202);
        var message = bob.ExpectsRequest("MESSAGE");
        Assert.Equal(("welcome", "<sip:alice@contoso.test>"), (message.BodyText, message.Headers[HeaderName.MsSender]));
        bob.Answer(message, 200);
        alice.ExpectsRequest("BENOTIFY");
        Say(bob, invite, "MESSAGE", 2, "thanks");
        bob.ExpectsResponse(202);
        Assert.Equal("thanks", alice.ExpectsRequest("MESSAGE").BodyText);

        // Who goes is gone: there is no seat in the focus.
        Say(bob, invite, "BYE", 3);
        bob.ExpectsResponse(200);
        Assert.Contains($"entity=\"{bob.Address}\"", alice.ExpectsRequest("BENOTIFY").BodyText, StringComparison.Ordinal);
        Assert.Equal((1, 1), (lab.Counts.MessageLegs, lab.Counts.ConferenceUsers));
    }

    [Fact]
    public void Of_several_endpoints_the_first_that_accepts_is_in_the_chat_and_the_others_are_told_so()
    {
        using var lab = new ServerLab();
        var (alice, desk, phone) = (lab.SignIn("alice"), lab.SignIn("bob", "de51"), lab.SignIn("bob", "f0e1"));
        var (focus, joined, _) = Meet(alice);
        alice.SendCommand(joined, 2, DialOut(focus, "sip:bob@contoso.test"));
        alice.ExpectsResponse(202);
        var (atDesk, atPhone) = (desk.ExpectsRequest("INVITE"), phone.ExpectsRequest("INVITE"));
        desk.Answer(atDesk, 180);

        phone.Answer(atPhone, 200, $"Contact: <{phone.Gruu}>\nContent-Type: application/sdp", Sdp);

        phone.ExpectsRequest("ACK");
        var cancel = desk.ExpectsRequest("CANCEL");
        Assert.Equal("SIP;cause=200;text=\"Call completed elsewhere\";ms-acceptedby=\"sip:bob@contoso.test\"", cancel.Headers[HeaderName.Reason]);
        // Its 200 has crossed the CANCEL.
        desk.Answer(cancel, 200);
        desk.Answer(atDesk, 200, $"Contact: <{desk.Gruu}>\nContent-Type: application/sdp", Sdp);
        desk.ExpectsRequest("ACK");
        desk.Answer(desk.ExpectsRequest("BYE"), 200);
        Assert.Contains("code=\"success\"", alice.ExpectsRequest("INFO").BodyText, StringComparison.Ordinal);
        Assert.Equal(2, lab.Counts.MessageLegs);
    }

    [Theory]
    [InlineData(488)]
    [InlineData(603)]
    [InlineData(0)]
    public void Who_refuses_or_says_nothing_for_half_a_minute_is_not_in_the_chat_and_the_presenter_is_told(int status)
    {
        using var lab = new ServerLab();
        var (alice, bob) = (lab.SignIn("alice"), lab.SignIn("bob"));
        var (focus, joined, _) = Meet(alice);
        alice.SendCommand(joined, 2, DialOut(focus, bob.Address));
        alice.ExpectsResponse(202);
        var invite = bob.ExpectsRequest("INVITE");
        if (status > 0)
        {
            bob.Answer(invite, status);
            bob.ExpectsRequest("ACK");
        }
        else
        {
            bob.Answer(invite, 180);
            lab.Advance(TimeSpan.FromSeconds(29.9));
            alice.ExpectsNothing();
            lab.Advance(TimeSpan.FromSeconds(0.2));
            bob.Answer(bob.ExpectsRequest("CANCEL"), 200);
            bob.Answer(invite, 487);
            bob.ExpectsRequest("ACK");
        }

        var told = alice.ExpectsRequest("INFO").BodyText;
        Assert.Contains("code=\"failure\"", told, StringComparison.Ordinal);
        Assert.Contains("mcuFailure", told, StringComparison.Ordinal);
        Assert.Equal(1, lab.Counts.MessageLegs);
    }

    [Fact]
    public void Who_may_not_have_others_called_and_who_cannot_be()
    {
        using var lab = new ServerLab();
        var (alice, bob) = (lab.SignIn("alice"), lab.SignIn("bob"));
        var (focus, joined, _) = Meet(alice);
        var attendee = bob.Join(focus);

        bob.SendCommand(attendee, 2, DialOut(focus, "sip:carol@contoso.test"));
        Assert.StartsWith("3015", bob.ExpectsResponse(403).Headers[HeaderName.MsDiagnostics], StringComparison.Ordinal);
        alice.SendCommand(joined, 2, DialOut(focus, "tel:+49123"));
        Assert.Equal(400, Assert.IsType<SipResponse>(alice.Expects("SIP/2.0 4")).StatusCode);
        alice.SendCommand(joined, 3, DialOut(focus, "sip:nobody@contoso.test"));
        alice.ExpectsResponse(202);
        Assert.Contains("userDoesntExist", alice.ExpectsRequest("INFO").BodyText, StringComparison.Ordinal);
        alice.SendCommand(joined, 6, DialOut(focus, bob.Address).Replace($"confEntity=\"{focus}\"", $"confEntity=\"{alice.Focus("OTHER111")}\"", StringComparison.Ordinal));
        Assert.Equal(400, Assert.IsType<SipResponse>(alice.Expects("SIP/2.0 4")).StatusCode);
        // Offline.
        alice.SendCommand(joined, 7, DialOut(focus, "sip:carol@contoso.test"));
        alice.ExpectsResponse(202);
        Assert.Contains("mcuFailure", alice.ExpectsRequest("INFO").BodyText, StringComparison.Ordinal);
        // The A/V MCU does not.
        alice.SendCommand(joined, 8, DialOut(focus, bob.Address).Replace(":chat:", ":audio-video:", StringComparison.Ordinal));
        alice.ExpectsResponse(202);
        Assert.Contains("notSupported", alice.ExpectsRequest("INFO").BodyText, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_was_called_is_put_out_like_everybody_else_and_may_come_by_itself_too()
    {
        using var lab = new ServerLab();
        var (alice, bob) = (lab.SignIn("alice"), lab.SignIn("bob"));
        var (focus, joined, _) = Meet(alice);
        alice.SendCommand(joined, 2, DialOut(focus, bob.Address));
        alice.ExpectsResponse(202);
        bob.Answer(bob.ExpectsRequest("INVITE"), 200, $"Contact: <{bob.Gruu}>\nContent-Type: application/sdp", Sdp);
        bob.ExpectsRequest("ACK");
        alice.ExpectsRequest("INFO");

        bob.Join(focus);
        Assert.Equal((2, 2), (lab.Counts.ConferenceUsers, lab.Counts.MessageLegs));
        alice.SendCommand(joined, 3, $"""<deleteUser><userKeys confEntity="{focus}" userEntity="{bob.Address}"/></deleteUser>""");
        alice.ExpectsResponse(202);
        alice.ExpectsRequest("INFO");
        bob.Answer(bob.ExpectsRequest("BYE"), 200);
        bob.Answer(bob.ExpectsRequest("BYE"), 200);
        Assert.Equal((1, 1), (lab.Counts.ConferenceUsers, lab.Counts.MessageLegs));
    }

    [Fact]
    public void Who_leaves_the_meeting_at_one_machine_stays_in_the_chat_at_the_one_that_was_called()
    {
        using var lab = new ServerLab();
        var (alice, desk, phone) = (lab.SignIn("alice"), lab.SignIn("bob", "de51"), lab.SignIn("bob", "f0e1"));
        var (focus, joined, _) = Meet(alice);
        var seat = desk.Join(focus);
        alice.SendCommand(joined, 2, DialOut(focus, "sip:bob@contoso.test"));
        alice.ExpectsResponse(202);
        var atDesk = desk.ExpectsRequest("INVITE");
        desk.Answer(atDesk, 486);
        desk.ExpectsRequest("ACK");
        phone.Answer(phone.ExpectsRequest("INVITE"), 200, $"Contact: <{phone.Gruu}>\nContent-Type: application/sdp", Sdp);
        phone.ExpectsRequest("ACK");

        desk.InDialog("BYE", seat, 2);

        desk.ExpectsResponse(200);
        Assert.Equal((2, 2), (lab.Counts.ConferenceUsers, lab.Counts.MessageLegs));
        phone.ExpectsNothing();
    }

    [Fact]
    public void Who_has_blocked_the_presenter_is_as_good_as_offline()
    {
        using var lab = new ServerLab();
        var (alice, bob) = (lab.SignIn("alice"), PresenceClient.SignIn(lab, "bob"));
        bob.Places("alice@contoso.test", 32000);
        var (focus, joined, _) = Meet(alice);

        alice.SendCommand(joined, 2, DialOut(focus, bob.Address));

        alice.ExpectsResponse(202);
        Assert.Contains("mcuFailure", alice.ExpectsRequest("INFO").BodyText, StringComparison.Ordinal);
        bob.Raw.ExpectsNothing();
    }

    [Fact]
    public void One_more_than_may_be_called_at_once_is_not_called()
    {
        using var lab = new ServerLab(options => options with { Conferences = options.Conferences with { MaxDialOuts = 1 } });
        var (alice, bob, carol) = (lab.SignIn("alice"), lab.SignIn("bob"), lab.SignIn("carol"));
        var (focus, joined, _) = Meet(alice);
        alice.SendCommand(joined, 2, DialOut(focus, bob.Address));
        alice.ExpectsResponse(202);
        var invite = bob.ExpectsRequest("INVITE");

        alice.SendCommand(joined, 3, DialOut(focus, carol.Address));
        alice.ExpectsResponse(202);
        Assert.Contains("policyViolation", alice.ExpectsRequest("INFO").BodyText, StringComparison.Ordinal);
        carol.ExpectsNothing();

        bob.Answer(invite, 603);
        bob.ExpectsRequest("ACK");
        alice.ExpectsRequest("INFO");
        alice.SendCommand(joined, 4, DialOut(focus, carol.Address));
        carol.ExpectsRequest("INVITE");
    }

    private const string Sdp = "v=0\no=- 0 0 IN IP4 10.0.0.9\ns=session\nc=IN IP4 10.0.0.9\nt=0 0\nm=message 5060 sip null\na=accept-types:text/plain application/ms-imdn+xml\n";

    private static (string Focus, SipResponse Joined, SipResponse Leg) Meet(RawClient alice)
    {
        var focus = alice.CreateConference("ABCDEFGH");
        var joined = alice.Join(focus);
        alice.Request("INVITE", Chat(focus), "chat" + alice.Address, "Content-Type: application/sdp", Sdp);
        var leg = alice.ExpectsResponse(200);
        alice.InDialog("ACK", leg, 1);
        return (focus, joined, leg);
    }

    // As [MS-CONFBAS] §2.2.3.15 has it.
    private static string DialOut(string focus, string user) =>
        $$"""
        <addUser xmlns:mscp="http://schemas.microsoft.com/rtc/2005/08/cccpextensions" mscp:mcuUri="{{Chat(focus)}}"><conferenceKeys confEntity="{{focus}}"/><ci:user xmlns:ci="urn:ietf:params:xml:ns:conference-info" entity="{{user}}"><ci:roles><ci:entry>attendee</ci:entry></ci:roles><ci:endpoint entity="{AAAAAAAA-2222-3333-4444-555555555555}"><ci:joining-method>dialed-out</ci:joining-method></ci:endpoint></ci:user></addUser>
        """;

    // As the callee.
    private static void Say(RawClient client, SipRequest invite, string method, int cseq, string body = "") => client.Send(
        $"""
        {method} {invite.Contact!.Uri} SIP/2.0
        Via: SIP/2.0/tcp 10.0.0.5:50000
        From: {invite.Headers[HeaderName.To]};tag=tbob01
        To: {invite.Headers[HeaderName.From]}
        Max-Forwards: 70
        CSeq: {cseq} {method}
        Call-ID: {invite.CallId}
        {Text}
        """,
        body);

    private static string Chat(string focus) => focus.Replace(":focus:", ":chat:", StringComparison.Ordinal);
}
