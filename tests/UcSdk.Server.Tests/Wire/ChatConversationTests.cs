using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Server.Tests;

/// <summary>Group conversations on the IM MCU, word for word ([MS-CONFIM] §4).</summary>
public sealed class ChatConversationTests
{
    private const string Id = "ABCDEFGH";
    private const string Text = "Content-Type: text/plain; charset=UTF-8";

    private const string Offer =
        """
        v=0
        o=- 0 0 IN IP4 10.0.0.9
        s=session
        c=IN IP4 10.0.0.9
        t=0 0
        m=message 5060 sip null
        a=accept-types:text/plain text/html image/gif multipart/alternative application/im-iscomposing+xml application/ms-imdn+xml text/x-msmsgsinvite

        """;

    private const string Typing = """<?xml version="1.0"?><KeyboardActivity><status status="type"/></KeyboardActivity>""";

    [Fact]
    public void The_roster_tells_of_the_chat_and_who_is_in_it()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var focus = alice.CreateConference(Id);
        alice.Join(focus);
        var roster = alice.SubscribeRoster(focus).BodyText;
        Assert.Contains($"<uri>{Chat(focus)}</uri><display-text>chat</display-text><purpose>chat</purpose>", roster, StringComparison.Ordinal);
        Assert.Contains($"entity=\"{Chat(focus)}\"", roster, StringComparison.Ordinal);

        var answer = Call(alice, focus, 200);
        Assert.Equal("application/sdp", answer.ContentType);
        Assert.Contains($"m=message 5060 sip {Chat(focus)}\r\na=accept-types:text/plain text/html text/rtf multipart/alternative image/gif application/x-ms-ink application/im-iscomposing+xml\r\n", answer.BodyText, StringComparison.Ordinal);
        Assert.Contains(Chat(focus), answer.Headers[HeaderName.Contact], StringComparison.Ordinal);
        Assert.False(answer.Headers.HasToken(HeaderName.Supported, "ms-text-format"));

        // Nobody is told of it before the ACK.
        alice.ExpectsNothing();
        alice.InDialog("ACK", answer, 1);
        var told = alice.ExpectsRequest("BENOTIFY").BodyText;
        Assert.Contains("session-type=\"chat\"", told, StringComparison.Ordinal);
        Assert.Contains("<media id=\"1\"><type>chat</type></media>", told, StringComparison.Ordinal);
        Assert.Equal((1, 0), (lab.Counts.MessageLegs, lab.Counts.MediaLegs));

        alice.InDialog("BYE", answer, 2);
        alice.ExpectsResponse(200);
        Assert.DoesNotContain("session-type=\"chat\"", alice.ExpectsRequest("BENOTIFY").BodyText, StringComparison.Ordinal);
        Assert.Equal(0, lab.Counts.MessageLegs);
    }

    [Fact]
    public void A_message_is_accepted_relayed_in_the_name_of_its_sender_and_reported()
    {
        using var lab = new ServerLab();
        var (alice, bob, carol, focus, _, legs) = Three(lab);

        alice.InDialog("MESSAGE", legs[0], 2, Text + ";msgr=WAAt", "grüße");

        var accepted = alice.ExpectsResponse(202);
        Assert.Equal("1", accepted.Headers[HeaderName.MessageId]);
        foreach (var (client, leg) in new[] { (bob, legs[1]), (carol, legs[2]) })
        {
            var message = client.ExpectsRequest("MESSAGE");
            Assert.Equal(("<sip:alice@contoso.test>", "grüße"), (message.Headers[HeaderName.MsSender], message.BodyText));
            Assert.Equal("text/plain; charset=UTF-8;msgr=WAAt", message.Headers[HeaderName.ContentType]);
            Assert.Equal((leg.CallId, Chat(focus)), (message.CallId, message.From!.Uri.Text));
            alice.ExpectsNothing();
            client.Answer(message, 200);
        }

        var report = alice.ExpectsRequest("BENOTIFY");
        Assert.Equal(("application/ms-imdn+xml", legs[0].CallId), (report.ContentType, report.CallId));
        // [MS-CONFIM] §4.2.1: no recipient is named when all have it.
        Assert.Equal("<imdn xmlns=\"http://schemas.microsoft.com/rtc/2005/08/imdn\"><message-id>1</message-id></imdn>", report.BodyText);
        Assert.Equal(0, lab.Counts.PendingMessages);
    }

    [Fact]
    public void Who_refuses_and_who_is_silent_is_named_in_the_report_and_delays_nobody()
    {
        using var lab = new ServerLab();
        var (alice, bob, carol, _, _, legs) = Three(lab);

        alice.InDialog("MESSAGE", legs[0], 2, Text, "one");
        alice.ExpectsResponse(202);
        alice.InDialog("MESSAGE", legs[0], 3, Text, "two");
        Assert.Equal("2", alice.ExpectsResponse(202).Headers[HeaderName.MessageId]);
        bob.ExpectsRequest("MESSAGE");
        bob.ExpectsNothing();
        carol.Answer(carol.ExpectsRequest("MESSAGE"), 606, "ms-diagnostics: 51004;reason=\"No links\"");
        carol.Answer(carol.ExpectsRequest("MESSAGE"), 200);
        alice.ExpectsNothing();

        // Timer F.
        lab.Advance(TimeSpan.FromSeconds(32));

        Assert.True(InstantMessageDeliveryNotification.TryRead(alice.ExpectsRequest("BENOTIFY").Body, out var first, out _));
        Assert.Equal(
            [
                ("<" + bob.Gruu + ">", 408u, "6001;reason=\"Request Timeout\";source=\"sip.contoso.test\";component=\"ImMcu\""),
                ("<" + carol.Gruu + ">", 606u, "51004;reason=\"No links\""),
            ],
            first!.Recipients.OrderBy(recipient => recipient.Status).Select(recipient => (recipient.Uri, recipient.Status!.Value, recipient.Diagnostics!)));
        Assert.True(InstantMessageDeliveryNotification.TryRead(alice.ExpectsRequest("BENOTIFY").Body, out var second, out _));
        Assert.Equal(("2", "<" + bob.Gruu + ">"), (second!.MessageId, Assert.Single(second.Recipients).Uri));
        Assert.Equal(3, lab.Counts.MessageLegs);
    }

    [Fact]
    public void Who_does_not_know_the_session_any_more_is_taken_out_of_the_chat()
    {
        using var lab = new ServerLab();
        var (alice, bob, carol, _, _, legs) = Three(lab);
        alice.InDialog("MESSAGE", legs[0], 2, Text, "one");
        alice.ExpectsResponse(202);
        carol.Answer(carol.ExpectsRequest("MESSAGE"), 200);

        bob.Answer(bob.ExpectsRequest("MESSAGE"), 481);

        bob.Answer(bob.ExpectsRequest("BYE"), 481);
        Assert.Contains("<status>481</status>", alice.ExpectsRequest("BENOTIFY").BodyText, StringComparison.Ordinal);
        Assert.Equal(2, lab.Counts.MessageLegs);
    }

    [Fact]
    public void Typing_is_told_to_the_others_and_nobody_waits_for_their_answer()
    {
        using var lab = new ServerLab();
        var (alice, bob, carol, _, _, legs) = Three(lab);

        alice.InDialog("INFO", legs[0], 2, "Content-Type: application/xml", Typing);

        alice.ExpectsResponse(200);
        foreach (var client in new[] { bob, carol })
        {
            var info = client.ExpectsRequest("INFO");
            Assert.Equal(("<sip:alice@contoso.test>", "application/xml", Typing), (info.Headers[HeaderName.MsSender], info.ContentType, info.BodyText));
        }

        // Neither has answered.
        alice.InDialog("MESSAGE", legs[0], 3, Text, "one");
        alice.ExpectsResponse(202);
        bob.Answer(bob.ExpectsRequest("MESSAGE"), 200);
        carol.Answer(carol.ExpectsRequest("MESSAGE"), 200);
        alice.ExpectsRequest("BENOTIFY");
    }

    [Theory]
    [InlineData("INFO", "application/xml", "<somethingElse/>", 415)]
    [InlineData("INFO", "application/x-ms-mim", "<action/>", 415)]
    [InlineData("MESSAGE", "application/octet-stream", "x", 415)]
    [InlineData("MESSAGE", "application/im-iscomposing+xml", "<isComposing/>", 400)]
    [InlineData("INVITE", "application/sdp", Offer, 200)]
    [InlineData("INVITE", "", "", 200)]
    [InlineData("UPDATE", "application/sdp", Offer, 200)]
    [InlineData("INVITE", "application/sdp", "v=0\no=- 0 0 IN IP4 1.2.3.4\ns=-\nc=IN IP4 1.2.3.4\nt=0 0\nm=audio 5000 RTP/AVP 0\n", 488)]
    [InlineData("INVITE", "application/sdp", "v=1", 488)]
    [InlineData("INVITE", "text/plain", "hello", 415)]
    [InlineData("UPDATE", "", "", 200)]
    public void What_else_comes_in_the_session(string method, string contentType, string body, int status)
    {
        using var lab = new ServerLab();
        var (alice, bob, _, _, _, legs) = Three(lab);
        alice.InDialog(method, legs[0], 2, contentType.Length == 0 ? "" : "Content-Type: " + contentType, body);
        alice.ExpectsResponse(status);
        bob.ExpectsNothing();
    }

    [Fact]
    public void A_late_joiner_hears_what_is_said_from_then_on_and_who_has_left_nothing_more()
    {
        using var lab = new ServerLab();
        var (alice, bob) = (lab.SignIn("alice"), lab.SignIn("bob"));
        var focus = alice.CreateConference(Id);
        alice.Join(focus);
        bob.Join(focus);
        var leg = Enter(alice, focus);
        alice.InDialog("MESSAGE", leg, 2, Text, "early");
        alice.ExpectsResponse(202);
        alice.ExpectsRequest("BENOTIFY");

        var late = Enter(bob, focus);
        bob.ExpectsNothing();
        alice.InDialog("MESSAGE", leg, 3, Text, "late");
        alice.ExpectsResponse(202);
        Assert.Equal("late", Take(bob));
        alice.ExpectsRequest("BENOTIFY");

        bob.InDialog("BYE", late, 2);
        bob.ExpectsResponse(200);
        alice.InDialog("MESSAGE", leg, 4, Text, "gone");
        alice.ExpectsResponse(202);
        Assert.DoesNotContain("recipient", alice.ExpectsRequest("BENOTIFY").BodyText, StringComparison.Ordinal);
        bob.ExpectsNothing();

        // He is still in the conference, and comes back.
        Enter(bob, focus, "again");
        alice.InDialog("MESSAGE", leg, 5, Text, "back");
        alice.ExpectsResponse(202);
        Assert.Equal("back", Take(bob));
    }

    [Fact]
    public void Of_a_chat_that_all_have_left_nothing_is_kept()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var focus = alice.CreateConference(Id);
        alice.Join(focus);
        foreach (var call in new[] { "first", "second" })
        {
            var leg = Enter(alice, focus, call);
            alice.InDialog("MESSAGE", leg, 2, Text, "anybody?");
            Assert.Equal("1", alice.ExpectsResponse(202).Headers[HeaderName.MessageId]);
            alice.ExpectsRequest("BENOTIFY");
            alice.InDialog("BYE", leg, 3);
            alice.ExpectsResponse(200);
        }
    }

    [Fact]
    public void Who_is_put_out_of_the_conference_gets_a_BYE_from_the_chat_too()
    {
        using var lab = new ServerLab();
        var (alice, bob, carol, focus, joins, legs) = Three(lab);

        alice.SendCommand(joins[0], 2, $"""<deleteUser><userKeys confEntity="{focus}" userEntity="{bob.Address}"/></deleteUser>""");

        alice.ExpectsResponse(202);
        alice.ExpectsRequest("INFO");
        var byes = new[] { bob.ExpectsRequest("BYE"), bob.ExpectsRequest("BYE") };
        // [C] SIPE takes the one from the chat for the news that it is out.
        Assert.Contains(Chat(focus), byes.Select(bye => bye.From!.Uri.Text));
        foreach (var bye in byes)
        {
            bob.Answer(bye, 200);
        }

        alice.InDialog("MESSAGE", legs[0], 2, Text, "without Bob");
        alice.ExpectsResponse(202);
        Assert.Equal("without Bob", Take(carol));
        alice.ExpectsRequest("BENOTIFY");
        bob.ExpectsNothing();
    }

    [Fact]
    public void The_chat_ends_with_the_conference_with_the_seat_and_with_the_registration()
    {
        using var lab = new ServerLab();
        var (alice, bob, carol, focus, joins, _) = Three(lab);

        bob.InDialog("BYE", joins[1], 2);
        bob.ExpectsResponse(200);
        bob.Answer(bob.ExpectsRequest("BYE"), 200);
        carol.Register("Expires: 0");
        carol.ExpectsResponse(200);
        Assert.Equal(1, lab.Counts.MessageLegs);

        alice.SendCommand(joins[0], 2, $"""<deleteConference><conferenceKeys confEntity="{focus}"/></deleteConference>""");
        alice.ExpectsResponse(202);
        alice.ExpectsRequest("INFO");
        alice.Answer(alice.ExpectsRequest("BYE"), 200);
        alice.Answer(alice.ExpectsRequest("BYE"), 200);
        Assert.Equal((0, 0), (lab.Counts.MessageLegs, lab.Counts.Conferences));
    }

    [Fact]
    public void Both_endpoints_of_a_user_hear_and_the_senders_other_one_too()
    {
        using var lab = new ServerLab();
        var (desk, phone, bob) = (lab.SignIn("alice", "de51"), lab.SignIn("alice", "f0e1"), lab.SignIn("bob"));
        var focus = desk.CreateConference(Id);
        desk.Join(focus, guid: "{1}");
        phone.Join(focus, guid: "{2}");
        bob.Join(focus);
        Enter(desk, focus);
        Enter(phone, focus);
        var leg = Enter(bob, focus);

        bob.InDialog("MESSAGE", leg, 2, Text, "to both");
        bob.ExpectsResponse(202);
        Assert.Equal(("to both", "to both"), (Take(desk), Take(phone)));
        bob.ExpectsRequest("BENOTIFY");
    }

    [Fact]
    public void A_first_message_in_the_invitation_is_not_taken_so_that_it_is_not_heard_twice()
    {
        using var lab = new ServerLab();
        var (alice, bob) = (lab.SignIn("alice"), lab.SignIn("bob"));
        var focus = alice.CreateConference(Id);
        alice.Join(focus);
        bob.Join(focus);
        Enter(bob, focus);

        alice.Request("INVITE", Chat(focus), "chat", "ms-text-format: text/plain; charset=UTF-8;ms-body=aGVsbG8=\nContent-Type: application/sdp", Offer);
        var answer = alice.ExpectsResponse(200);
        alice.InDialog("ACK", answer, 1);

        Assert.False(answer.Headers.HasToken(HeaderName.Supported, "ms-text-format"));
        bob.ExpectsNothing();
    }

    [Fact]
    public void Who_is_not_in_the_conference_is_not_in_its_chat()
    {
        using var lab = new ServerLab();
        var (alice, bob) = (lab.SignIn("alice"), lab.SignIn("bob"));
        var focus = alice.CreateConference(Id);
        alice.Join(focus);

        Assert.StartsWith("3014", Call(bob, focus, 403).Headers[HeaderName.MsDiagnostics], StringComparison.Ordinal);
        Assert.StartsWith("7002", Call(bob, alice.Focus("UNKNOWN1"), 404).Headers[HeaderName.MsDiagnostics], StringComparison.Ordinal);
        // A re-INVITE in a dialog that is gone makes no new one.
        var leg = Enter(alice, focus);
        alice.InDialog("BYE", leg, 2);
        alice.ExpectsResponse(200);
        alice.InDialog("INVITE", leg, 3, "Content-Type: application/sdp", Offer);
        alice.ExpectsResponse(481);
        Assert.Equal(0, lab.Counts.MessageLegs);
    }

    [Fact]
    public void Of_whom_the_connection_is_lost_before_the_answer_nobody_knows_and_what_waits_has_not_arrived()
    {
        using var lab = new ServerLab();
        var (alice, bob, carol, _, _, legs) = Three(lab);
        alice.InDialog("MESSAGE", legs[0], 2, Text, "one");
        alice.ExpectsResponse(202);
        alice.InDialog("MESSAGE", legs[0], 3, Text, "two");
        alice.ExpectsResponse(202);
        bob.ExpectsRequest("MESSAGE");
        Take(carol);
        Take(carol);

        lab.Network.Cut(bob.Flow);

        Assert.True(InstantMessageDeliveryNotification.TryRead(alice.ExpectsRequest("BENOTIFY").Body, out var first, out _));
        Assert.True(InstantMessageDeliveryNotification.TryRead(alice.ExpectsRequest("BENOTIFY").Body, out var second, out _));
        Assert.Equal([("1", 408u), ("2", 480u)], new[] { first!, second! }.Select(report => (report.MessageId, Assert.Single(report.Recipients).Status!.Value)));
        Assert.Equal(0, lab.Counts.PendingMessages);
    }

    [Fact]
    public void A_second_session_of_the_same_endpoint_replaces_the_first()
    {
        using var lab = new ServerLab();
        var (alice, bob) = (lab.SignIn("alice"), lab.SignIn("bob"));
        var focus = alice.CreateConference(Id);
        alice.Join(focus);
        bob.Join(focus);
        var leg = Enter(alice, focus);
        Enter(bob, focus, "one");

        Enter(bob, focus, "two");

        bob.Answer(bob.ExpectsRequest("BYE"), 200);
        alice.InDialog("MESSAGE", leg, 2, Text, "once");
        alice.ExpectsResponse(202);
        Assert.Equal("once", Take(bob));
        bob.ExpectsNothing();
        alice.ExpectsRequest("BENOTIFY");
        Assert.Equal(2, lab.Counts.MessageLegs);
    }

    private static (RawClient Alice, RawClient Bob, RawClient Carol, string Focus, SipResponse[] Joins, SipResponse[] Legs) Three(ServerLab lab)
    {
        var clients = new[] { lab.SignIn("alice"), lab.SignIn("bob"), lab.SignIn("carol") };
        var focus = clients[0].CreateConference(Id);
        SipResponse[] joins = [.. clients.Select(client => client.Join(focus))];
        SipResponse[] legs = [.. clients.Select(client => Enter(client, focus))];
        return (clients[0], clients[1], clients[2], focus, joins, legs);
    }

    private static SipResponse Enter(RawClient client, string focus, string callId = "chat")
    {
        var answer = Call(client, focus, 200, callId);
        client.InDialog("ACK", answer, 1);
        return answer;
    }

    private static SipResponse Call(RawClient client, string focus, int status, string callId = "chat")
    {
        client.Request("INVITE", Chat(focus), callId + client.Address, "Supported: ms-sender\nContent-Type: application/sdp", Offer);
        return client.ExpectsResponse(status);
    }

    private static string Take(RawClient client)
    {
        var message = client.ExpectsRequest("MESSAGE");
        client.Answer(message, 200);
        return message.BodyText;
    }

    private static string Chat(string focus) => focus.Replace(":focus:", ":chat:", StringComparison.Ordinal);
}
