using UcSdk.Sip;

namespace UcSdk.Server.Tests;

/// <summary>How a session with the IM MCU begins, and what changes it while it stands: other contents, its life, plain clients' typing.</summary>
public sealed class ChatSessionConversationTests
{
    private const string Id = "ABCDEFGH";
    private const string Text = "Content-Type: text/plain; charset=UTF-8";
    private const string Sdp = "Content-Type: application/sdp";
    private const string Html = "Content-Type: multipart/alternative;boundary=b";
    private const string Alternatives = "--b\r\nContent-Type: text/plain\r\n\r\nhi\r\n--b\r\nContent-Type: text/html\r\n\r\n<b>hi</b>\r\n--b--";

    // RFC 3994 §5.
    private const string Composing =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<isComposing xmlns=\"urn:ietf:params:xml:ns:im-iscomposing\">\r\n  <state>active</state>\r\n  <contenttype>text/plain</contenttype>\r\n"
        + "  <refresh>90</refresh>\r\n</isComposing>";

    [Fact]
    public void A_re_INVITE_is_answered_and_what_it_takes_counts_from_then_on()
    {
        using var lab = new ServerLab();
        var (alice, bob) = (lab.SignIn("alice"), lab.SignIn("bob"));
        var focus = alice.CreateConference(Id);
        var (leg, bobs) = (Enter(alice, focus), Enter(bob, focus));
        alice.InDialog("MESSAGE", leg, 2, Html, Alternatives);
        alice.ExpectsResponse(202);
        Assert.Equal("multipart/alternative", Take(bob).ContentType);
        alice.ExpectsRequest("BENOTIFY");

        bob.InDialog("INVITE", bobs, 2, Sdp, Offer("text/plain"));
        var answer = bob.ExpectsResponse(200);
        Assert.Contains("m=message 5060 sip " + Chat(focus), answer.BodyText, StringComparison.Ordinal);
        Assert.Contains(Chat(focus), answer.Headers[HeaderName.Contact], StringComparison.Ordinal);
        bob.InDialog("ACK", bobs, 2);

        alice.InDialog("MESSAGE", leg, 3, Html, Alternatives);
        alice.ExpectsResponse(202);
        var message = Take(bob);
        Assert.Equal(("text/plain", "hi"), (message.ContentType, message.BodyText));
    }

    [Fact]
    public void A_session_lives_as_long_as_its_client_asks_and_refreshes_it()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var focus = alice.CreateConference(Id);
        var leg = Enter(alice, focus, "Supported: timer\nSession-Expires: 1800;refresher=uac");

        // RFC 4028 §9.
        Assert.Equal(("1800;refresher=uac", true), (leg.Headers[HeaderName.SessionExpires], leg.HasOption(HeaderName.Require, "timer")));
        lab.Advance(TimeSpan.FromSeconds(900));
        alice.InDialog("UPDATE", leg, 2, "Supported: timer\nSession-Expires: 1800;refresher=uac");
        Assert.Equal("1800;refresher=uac", alice.ExpectsResponse(200).Headers[HeaderName.SessionExpires]);
        lab.Advance(TimeSpan.FromSeconds(1767));
        alice.ExpectsNothing();
        Assert.Equal(1, lab.Counts.MessageLegs);

        // §10: 32 s before the end.
        lab.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(leg.CallId, alice.ExpectsRequest("BYE").CallId);
        lab.Advance(TimeSpan.FromSeconds(33));
        Assert.Equal(0, lab.Counts.MessageLegs);
    }

    [Fact]
    public void Who_is_being_put_out_because_nothing_was_refreshed_is_sent_nothing_more()
    {
        using var lab = new ServerLab();
        var (alice, bob) = (lab.SignIn("alice"), lab.SignIn("bob"));
        var focus = alice.CreateConference(Id);
        var leg = Enter(alice, focus);
        Enter(bob, focus, "Supported: timer\nSession-Expires: 1800;refresher=uac");
        lab.Advance(TimeSpan.FromSeconds(1770));
        bob.ExpectsRequest("BYE");

        // He has not answered that yet.
        alice.InDialog("MESSAGE", leg, 2, Text, "hello");

        alice.ExpectsResponse(202);
        Assert.Contains("<status>480</status>", alice.ExpectsRequest("BENOTIFY").BodyText, StringComparison.Ordinal);
        bob.ExpectsNothing();
    }

    [Fact]
    public void An_INVITE_without_an_offer_gets_one_and_other_media_are_refused()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var focus = alice.CreateConference(Id);
        alice.Join(focus);
        alice.Request("INVITE", Chat(focus), "chat", Sdp, "v=0\no=- 0 0 IN IP4 1.2.3.4\ns=-\nc=IN IP4 1.2.3.4\nt=0 0\nm=audio 5000 RTP/AVP 0\nm=message 5060 sip null\n");
        var answer = alice.ExpectsResponse(200);
        Assert.Contains($"m=audio 0 RTP/AVP 0\r\nm=message 5060 sip {Chat(focus)}\r\n", answer.BodyText, StringComparison.Ordinal);
        alice.InDialog("ACK", answer, 1);

        alice.InDialog("INVITE", answer, 2);

        // RFC 3261 §14.2.
        var offer = alice.ExpectsResponse(200);
        Assert.Equal("application/sdp", offer.ContentType);
        Assert.Contains($"m=message 5060 sip {Chat(focus)}\r\na=accept-types:text/plain ", offer.BodyText, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_says_nothing_of_types_takes_all_and_gets_reports()
    {
        using var lab = new ServerLab();
        var (alice, bob) = (lab.SignIn("alice"), lab.SignIn("bob"));
        var focus = alice.CreateConference(Id);
        var leg = Enter(alice, focus);
        bob.Join(focus);
        bob.Request("INVITE", Chat(focus), "chat", Sdp, "v=0\no=- 0 0 IN IP4 1.2.3.4\ns=-\nc=IN IP4 1.2.3.4\nt=0 0\nm=message 5060 sip null\n");
        var answer = bob.ExpectsResponse(200);
        bob.InDialog("ACK", answer, 1);

        alice.InDialog("MESSAGE", leg, 2, "Content-Type: text/html", "<b>hi</b>");
        alice.ExpectsResponse(202);
        Assert.Equal("text/html", Take(bob).ContentType);
        alice.ExpectsRequest("BENOTIFY");
        bob.InDialog("MESSAGE", answer, 2, Text, "hello");
        bob.ExpectsResponse(202);
        Take(alice);
        bob.ExpectsRequest("BENOTIFY");
    }

    [Fact]
    public void The_typing_of_a_plain_client_goes_to_the_others_and_is_no_message()
    {
        using var lab = new ServerLab();
        var (alice, bob, carol) = (lab.SignIn("alice"), lab.SignIn("bob"), lab.SignIn("carol"));
        var focus = alice.CreateConference(Id);
        var leg = Enter(alice, focus);
        Enter(bob, focus);
        Enter(carol, focus, types: "text/plain");

        alice.InDialog("MESSAGE", leg, 2, "Content-Type: application/im-iscomposing+xml", Composing);

        var answer = alice.ExpectsResponse(200);
        Assert.Null(answer.Headers[HeaderName.MessageId]);
        var message = bob.ExpectsRequest("MESSAGE");
        Assert.Equal(
            ("application/im-iscomposing+xml", Composing, "<sip:alice@contoso.test>"), (message.ContentType, message.BodyText, message.Headers[HeaderName.MsSender]));
        var info = carol.ExpectsRequest("INFO");
        Assert.Equal("application/xml", info.ContentType);
        Assert.Contains("status=\"type\"", info.BodyText, StringComparison.Ordinal);
        bob.Answer(message, 415);
        carol.Answer(info, 200);
        alice.ExpectsNothing();
        Assert.Equal(0, lab.Counts.PendingMessages);

        alice.InDialog("MESSAGE", leg, 3, "Content-Type: application/im-iscomposing+xml", Composing + new string(' ', 4097 - Composing.Length));
        alice.ExpectsResponse(413);
        alice.InDialog("MESSAGE", leg, 4, "Content-Type: application/im-iscomposing+xml", Composing + new string(' ', 4096 - Composing.Length));
        alice.ExpectsResponse(200);

        const string Activity = "<KeyboardActivity><status status=\"type\"/></KeyboardActivity>";
        alice.InDialog("INFO", leg, 5, "Content-Type: application/xml", Activity + new string(' ', 4097 - Activity.Length));
        alice.ExpectsResponse(415);
        alice.InDialog("INFO", leg, 6, "Content-Type: application/xml", Activity + new string(' ', 4096 - Activity.Length));
        alice.ExpectsResponse(200);
    }

    [Fact]
    public void A_message_is_taken_up_to_its_limit_and_no_further()
    {
        using var lab = new ServerLab(options => options with { Conferences = options.Conferences with { MaxMessageBytes = 10 } });
        var (alice, bob) = (lab.SignIn("alice"), lab.SignIn("bob"));
        var focus = alice.CreateConference(Id);
        var leg = Enter(alice, focus);
        Enter(bob, focus);

        alice.InDialog("MESSAGE", leg, 2, "Content-Type: text/plain", "0123456789x");
        alice.ExpectsResponse(413);
        bob.ExpectsNothing();
        alice.InDialog("MESSAGE", leg, 3, "Content-Type: text/plain", "0123456789");
        Assert.Equal("1", alice.ExpectsResponse(202).Headers[HeaderName.MessageId]);
        Assert.Equal("0123456789", Take(bob).BodyText);
    }

    [Theory]
    [InlineData("", "", 400)]
    [InlineData("Content-Type: application/sdp", "v=1", 488)]
    [InlineData("Content-Type: text/plain", "hello", 415)]
    [InlineData("Content-Type: application/sdp", "v=0\no=- 0 0 IN IP4 1.2.3.4\ns=-\nc=IN IP4 1.2.3.4\nt=0 0\nm=audio 5000 RTP/AVP 0\n", 488)]
    [InlineData("Content-Type: application/sdp", "v=0\no=- 0 0 IN IP4 1.2.3.4\ns=-\nc=IN IP4 1.2.3.4\nt=0 0\nm=x-ms-message 5060 sip null\n", 200)]
    [InlineData("Content-Type: application/sdp", "v=0\no=- 0 0 IN IP4 1.2.3.4\ns=-\nc=IN IP4 1.2.3.4\nt=0 0\nm=message 0 sip null\n", 488)]
    public void An_offer_that_is_none_of_messages_is_refused(string headers, string body, int status)
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var focus = alice.CreateConference(Id);
        alice.Join(focus);
        alice.Request("INVITE", Chat(focus), "chat", headers, body);
        alice.ExpectsResponse(status);
        Assert.Equal(status == 200 ? 1 : 0, lab.Counts.MessageLegs);
    }

    [Fact]
    public void What_is_said_before_the_ACK_is_refused_and_so_is_what_another_says_with_overheard_tags()
    {
        using var lab = new ServerLab();
        var (alice, bob) = (lab.SignIn("alice"), lab.SignIn("bob"));
        var focus = alice.CreateConference(Id);
        alice.Join(focus);
        var answer = Call(alice, focus);

        alice.InDialog("MESSAGE", answer, 2, Text, "too early");
        Assert.StartsWith("7005", alice.ExpectsResponse(400).Headers[HeaderName.MsDiagnostics], StringComparison.Ordinal);
        alice.InDialog("ACK", answer, 1);
        bob.InDialog("MESSAGE", answer, 3, Text, "as Alice");
        bob.ExpectsResponse(403);
        alice.InDialog("MESSAGE", answer, 4, Text, "now");
        alice.ExpectsResponse(202);
    }

    [Fact]
    public void What_is_said_right_behind_the_ACK_is_taken()
    {
        using var lab = new ServerLab();
        var (alice, bob) = (lab.SignIn("alice"), lab.SignIn("bob"));
        var focus = alice.CreateConference(Id);
        alice.Join(focus);
        Enter(bob, focus);
        var answer = Call(alice, focus);

        // One piece of the stream.
        alice.SendRaw([.. InDialog(answer, "ACK 1", ""), .. InDialog(answer, "MESSAGE 2", "at once")]);

        alice.ExpectsResponse(202);
        Assert.Equal("at once", Take(bob).BodyText);
    }

    private static SipResponse Enter(RawClient client, string focus, string headers = "", string types = "text/plain text/html multipart/alternative application/im-iscomposing+xml application/ms-imdn+xml")
    {
        client.Join(focus);
        var answer = Call(client, focus, headers, types);
        client.InDialog("ACK", answer, 1);
        return answer;
    }

    private static SipResponse Call(RawClient client, string focus, string headers = "", string types = "*")
    {
        client.Request("INVITE", Chat(focus), "chat" + client.Address, Sdp + (headers.Length == 0 ? "" : "\n" + headers), Offer(types));
        return client.ExpectsResponse(200);
    }

    private static byte[] InDialog(SipResponse established, string cseq, string body) => System.Text.Encoding.UTF8.GetBytes(
        $"{cseq.Split(' ')[0]} {established.Contact!.Uri} SIP/2.0\r\nVia: SIP/2.0/tcp 10.0.0.5:50000\r\nFrom: {established.Headers[HeaderName.From]}\r\nTo: {established.Headers[HeaderName.To]}\r\n"
        + $"Max-Forwards: 70\r\nCSeq: {cseq.Split(' ')[1]} {cseq.Split(' ')[0]}\r\nCall-ID: {established.CallId}\r\n{Text}\r\nContent-Length: {body.Length}\r\n\r\n{body}");

    private static SipRequest Take(RawClient client)
    {
        var message = client.ExpectsRequest("MESSAGE");
        client.Answer(message, 200);
        return message;
    }

    private static string Offer(string types) => $"v=0\no=- 0 0 IN IP4 10.0.0.9\ns=session\nc=IN IP4 10.0.0.9\nt=0 0\nm=message 5060 sip null\na=accept-types:{types}\n";

    private static string Chat(string focus) => focus.Replace(":focus:", ":chat:", StringComparison.Ordinal);
}
