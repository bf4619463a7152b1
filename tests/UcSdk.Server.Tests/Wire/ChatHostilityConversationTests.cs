using System.Text;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Server.Tests;

/// <summary>Participants of a chat who say what nobody should: the others talk on, and whoever sent something gets its one report.</summary>
public sealed class ChatHostilityConversationTests
{
    private const string Text = "Content-Type: text/plain; charset=UTF-8";

    [Theory]
    [InlineData("ms-diagnostics: 1;reason=\"\u0001\"")]
    [InlineData("ms-diagnostics: \u0000")]
    [InlineData("ms-diagnostics: \uFFFF")]
    [InlineData("ms-diagnostics: ]]></value></entry></recipient></imdn>")]
    public void Diagnostics_that_no_document_can_hold_cost_nobody_a_report(string diagnostics)
    {
        using var lab = new ServerLab();
        var (alice, bob, leg, _) = Two(lab);
        alice.InDialog("MESSAGE", leg, 2, Text, "one");
        alice.ExpectsResponse(202);
        alice.InDialog("MESSAGE", leg, 3, Text, "two");
        alice.ExpectsResponse(202);

        bob.Answer(bob.ExpectsRequest("MESSAGE"), 486, diagnostics);

        Assert.True(InstantMessageDeliveryNotification.TryRead(alice.ExpectsRequest("BENOTIFY").Body, out var report, out var error), error.ToString());
        Assert.Equal(("1", 486u), (report.MessageId, Assert.Single(report.Recipients).Status!.Value));
        var next = bob.ExpectsRequest("MESSAGE");
        Assert.Equal("two", next.BodyText);
        bob.Answer(next, 200);
        alice.ExpectsRequest("BENOTIFY");
    }

    [Theory]
    [InlineData("text/html; charset=\u0001")]
    [InlineData("text/html;\r\n x=y")]
    [InlineData("text/html; x=\"a\rb\"")]
    [InlineData("text/html; x=\u00e4\u0000")]
    public void The_type_of_a_part_is_no_way_into_the_header_of_the_copy(string type)
    {
        using var lab = new ServerLab();
        var (alice, bob, leg, _) = Two(lab, "text/html application/ms-imdn+xml");

        alice.InDialog("MESSAGE", leg, 2, "Content-Type: multipart/alternative;boundary=b");
        alice.ExpectsResponse(202);
        alice.ExpectsRequest("BENOTIFY");
        Send(alice, leg, 3, $"--b\r\nContent-Type: {type}\r\n\r\nhi\r\n--b--");

        alice.ExpectsResponse(202);
        if (bob.TryTake(out var message))
        {
            Assert.Equal("hi", message.BodyText);
            Assert.DoesNotContain("\r", message.Headers[HeaderName.ContentType], StringComparison.Ordinal);
            bob.Answer((SipRequest)message, 200);
        }

        alice.ExpectsRequest("BENOTIFY");
        alice.InDialog("MESSAGE", leg, 4, "Content-Type: text/html", "next");
        alice.ExpectsResponse(202);
        Assert.Equal("next", bob.ExpectsRequest("MESSAGE").BodyText);
    }

    [Fact]
    public void A_body_in_a_coding_is_refused_since_the_copies_would_not_say_so()
    {
        using var lab = new ServerLab();
        var (alice, bob, leg, _) = Two(lab);

        alice.InDialog("MESSAGE", leg, 2, Text + "\nContent-Encoding: gzip", "x");

        // RFC 3261 §8.2.3.
        Assert.Equal("identity", alice.ExpectsResponse(415).Headers[HeaderName.Of("Accept-Encoding")]);
        bob.ExpectsNothing();
        alice.InDialog("MESSAGE", leg, 3, Text + "\nContent-Encoding: identity", "x");
        alice.ExpectsResponse(202);
    }

    [Fact]
    public void Who_was_put_out_says_and_types_nothing_more_while_its_BYE_is_on_the_way()
    {
        using var lab = new ServerLab();
        var (alice, bob, leg, joined) = Two(lab);
        var focus = alice.Focus("ABCDEFGH");
        alice.SendCommand(joined, 2, $"""<deleteUser><userKeys confEntity="{focus}" userEntity="{bob.Address}"/></deleteUser>""");
        alice.ExpectsResponse(202);
        alice.ExpectsRequest("INFO");
        var chat = new[] { bob.ExpectsRequest("BYE"), bob.ExpectsRequest("BYE") }.Single(bye => bye.From!.Uri.Text.Contains(":chat:", StringComparison.Ordinal));

        bob.Send(
            $"""
            MESSAGE {focus.Replace(":focus:", ":chat:", StringComparison.Ordinal)} SIP/2.0
            Via: SIP/2.0/tcp 10.0.0.5:50000
            From: {chat.Headers[HeaderName.To]}
            To: {chat.Headers[HeaderName.From]}
            Max-Forwards: 70
            CSeq: 7 MESSAGE
            Call-ID: {chat.CallId}
            {Text}
            """,
            "still here");

        bob.ExpectsResponse(481);
        alice.ExpectsNothing();
        alice.InDialog("MESSAGE", leg, 2, Text, "gone?");
        alice.ExpectsResponse(202);
        alice.ExpectsRequest("BENOTIFY");
    }

    private static (RawClient Alice, RawClient Bob, SipResponse Leg, SipResponse Joined) Two(ServerLab lab, string types = "*")
    {
        var (alice, bob) = (lab.SignIn("alice"), lab.SignIn("bob"));
        var focus = alice.CreateConference("ABCDEFGH");
        var joined = alice.Join(focus);
        bob.Join(focus);
        var leg = Enter(alice, focus, "*");
        Enter(bob, focus, types);
        return (alice, bob, leg, joined);
    }

    private static SipResponse Enter(RawClient client, string focus, string types)
    {
        var chat = focus.Replace(":focus:", ":chat:", StringComparison.Ordinal);
        client.Request(
            "INVITE", chat, "chat" + client.Address, "Content-Type: application/sdp", $"v=0\no=- 0 0 IN IP4 10.0.0.9\ns=session\nc=IN IP4 10.0.0.9\nt=0 0\nm=message 5060 sip null\na=accept-types:{types}\n");
        var answer = client.ExpectsResponse(200);
        client.InDialog("ACK", answer, 1);
        return answer;
    }

    // The body byte by byte.
    private static void Send(RawClient client, SipResponse leg, int cseq, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var head = $"MESSAGE {leg.Contact!.Uri} SIP/2.0\r\nVia: SIP/2.0/tcp 10.0.0.5:50000\r\nFrom: {leg.Headers[HeaderName.From]}\r\nTo: {leg.Headers[HeaderName.To]}\r\nMax-Forwards: 70\r\n"
            + $"CSeq: {cseq} MESSAGE\r\nCall-ID: {leg.CallId}\r\nContent-Type: multipart/alternative;boundary=b\r\nContent-Length: {bytes.Length}\r\n\r\n";
        client.SendRaw([.. Encoding.UTF8.GetBytes(head), .. bytes]);
    }
}
