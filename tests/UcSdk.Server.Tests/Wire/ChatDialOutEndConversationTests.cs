using UcSdk.Sip;

namespace UcSdk.Server.Tests;

/// <summary>How a call of the IM MCU into a chat ends otherwise than by its callee: the conference is over or full, or the callee declines at another endpoint.</summary>
public sealed class ChatDialOutEndConversationTests
{
    private const string Sdp = "v=0\no=- 0 0 IN IP4 10.0.0.9\ns=session\nc=IN IP4 10.0.0.9\nt=0 0\nm=message 5060 sip null\na=accept-types:text/plain application/ms-imdn+xml\n";

    [Fact]
    public void Who_accepts_when_the_conference_has_filled_is_sent_away_and_the_presenter_hears_that_it_failed()
    {
        using var lab = new ServerLab(options => options with { Conferences = options.Conferences with { MaxUsers = 2 } });
        var (alice, bob, carol) = (lab.SignIn("alice"), lab.SignIn("bob"), lab.SignIn("carol"));
        var focus = alice.CreateConference("ABCDEFGH");
        var joined = alice.Join(focus);
        alice.SendCommand(joined, 2, DialOut(focus, bob.Address));
        alice.ExpectsResponse(202);
        var invite = bob.ExpectsRequest("INVITE");
        carol.Join(focus);

        Accept(bob, invite);

        bob.ExpectsRequest("ACK");
        bob.Answer(bob.ExpectsRequest("BYE"), 200);
        var told = alice.ExpectsRequest("INFO").BodyText;
        Assert.Contains("code=\"failure\"", told, StringComparison.Ordinal);
        Assert.Contains("mcuFailure", told, StringComparison.Ordinal);
        Assert.Equal((2, 0), (lab.Counts.ConferenceUsers, lab.Counts.MessageLegs));
    }

    [Fact]
    public void A_conference_that_is_deleted_rings_nobody_any_more()
    {
        using var lab = new ServerLab();
        var (alice, bob) = (lab.SignIn("alice"), lab.SignIn("bob"));
        var focus = alice.CreateConference("ABCDEFGH");
        var joined = alice.Join(focus);
        alice.SendCommand(joined, 2, DialOut(focus, bob.Address));
        alice.ExpectsResponse(202);
        var invite = bob.ExpectsRequest("INVITE");
        bob.Answer(invite, 180);

        alice.SendCommand(joined, 3, $"""<deleteConference><conferenceKeys confEntity="{focus}"/></deleteConference>""");
        alice.ExpectsResponse(202);

        bob.Answer(bob.ExpectsRequest("CANCEL"), 200);
        bob.Answer(invite, 487);
        bob.ExpectsRequest("ACK");
        alice.ExpectsRequest("INFO");
        alice.Answer(alice.ExpectsRequest("BYE"), 200);
        Assert.Equal((0, 0), (lab.Counts.Conferences, lab.Counts.MessageLegs));
    }

    [Fact]
    public void Who_declines_at_one_endpoint_declines_at_all()
    {
        using var lab = new ServerLab();
        var (alice, desk, phone) = (lab.SignIn("alice"), lab.SignIn("bob", "de51"), lab.SignIn("bob", "f0e1"));
        var focus = alice.CreateConference("ABCDEFGH");
        var joined = alice.Join(focus);
        // Whatever endpoint the URI names, the user is called.
        alice.SendCommand(joined, 2, DialOut(focus, phone.Gruu));
        alice.ExpectsResponse(202);
        var (atDesk, atPhone) = (desk.ExpectsRequest("INVITE"), phone.ExpectsRequest("INVITE"));
        phone.Answer(atPhone, 180);

        desk.Answer(atDesk, 603);

        desk.ExpectsRequest("ACK");
        var cancel = phone.ExpectsRequest("CANCEL");
        Assert.StartsWith("SIP;cause=603", cancel.Headers[HeaderName.Reason], StringComparison.Ordinal);
        phone.Answer(cancel, 200);
        phone.Answer(atPhone, 487);
        phone.ExpectsRequest("ACK");
        Assert.Contains("mcuFailure", alice.ExpectsRequest("INFO").BodyText, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_is_called_as_a_presenter_is_one()
    {
        using var lab = new ServerLab();
        var (alice, bob) = (lab.SignIn("alice"), lab.SignIn("bob"));
        var focus = alice.CreateConference("ABCDEFGH");
        var joined = alice.Join(focus);
        alice.SubscribeRoster(focus);
        alice.SendCommand(joined, 2, DialOut(focus, bob.Address, "presenter"));
        alice.ExpectsResponse(202);

        Accept(bob, bob.ExpectsRequest("INVITE"));

        bob.ExpectsRequest("ACK");
        var roster = alice.ExpectsRequest("BENOTIFY").BodyText;
        Assert.Contains("presenter", roster[roster.IndexOf(bob.Address, StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Contains("presenter", alice.ExpectsRequest("INFO").BodyText, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_is_called_gets_what_its_answer_takes_by_the_path_of_its_REGISTER()
    {
        using var lab = new ServerLab();
        var (alice, bob) = (lab.SignIn("alice"), lab.SignIn("bob"));
        bob.Register("Supported: path\nPath: <sip:edge.example;lr>");
        bob.ExpectsResponse(200);
        var (focus, joined, leg) = Meet(alice);
        alice.SendCommand(joined, 2, DialOut(focus, bob.Address));
        var invite = bob.ExpectsRequest("INVITE");
        Assert.Equal("<sip:edge.example;lr>", invite.Headers[HeaderName.Route]);
        bob.Answer(invite, 200, $"Contact: <{bob.Gruu}>\nContent-Type: application/sdp", Sdp.Replace("text/plain", "text/html", StringComparison.Ordinal));
        bob.ExpectsRequest("ACK");
        alice.ExpectsResponse(202);
        alice.ExpectsRequest("INFO");

        alice.InDialog("MESSAGE", leg, 2, "Content-Type: text/plain", "plain");
        alice.ExpectsResponse(202);
        Assert.Contains("<status>415</status>", alice.ExpectsRequest("BENOTIFY").BodyText, StringComparison.Ordinal);
        alice.InDialog("MESSAGE", leg, 3, "Content-Type: text/html", "rich");
        alice.ExpectsResponse(202);
        Assert.Equal("rich", bob.ExpectsRequest("MESSAGE").BodyText);
    }

    [Fact]
    public void Whose_answer_says_nothing_that_can_be_read_takes_plain_text()
    {
        using var lab = new ServerLab();
        var (alice, bob) = (lab.SignIn("alice"), lab.SignIn("bob"));
        var (focus, joined, leg) = Meet(alice);
        alice.SendCommand(joined, 2, DialOut(focus, bob.Address));
        bob.Answer(bob.ExpectsRequest("INVITE"), 200, $"Contact: <{bob.Gruu}>");
        bob.ExpectsRequest("ACK");
        alice.ExpectsResponse(202);
        alice.ExpectsRequest("INFO");

        alice.InDialog("MESSAGE", leg, 2, "Content-Type: text/html", "rich");
        alice.ExpectsResponse(202);
        Assert.Contains("<status>415</status>", alice.ExpectsRequest("BENOTIFY").BodyText, StringComparison.Ordinal);
        alice.InDialog("MESSAGE", leg, 3, "Content-Type: text/plain", "plain");
        alice.ExpectsResponse(202);
        Assert.Equal("plain", bob.ExpectsRequest("MESSAGE").BodyText);
    }

    private static (string Focus, SipResponse Joined, SipResponse Leg) Meet(RawClient alice)
    {
        var focus = alice.CreateConference("ABCDEFGH");
        var joined = alice.Join(focus);
        alice.Request("INVITE", focus.Replace(":focus:", ":chat:", StringComparison.Ordinal), "chat", "Content-Type: application/sdp", Sdp);
        var leg = alice.ExpectsResponse(200);
        alice.InDialog("ACK", leg, 1);
        return (focus, joined, leg);
    }

    private static void Accept(RawClient client, SipRequest invite) => client.Answer(invite, 200, $"Contact: <{client.Gruu}>\nContent-Type: application/sdp", Sdp);

    private static string DialOut(string focus, string user, string role = "attendee") =>
        $$"""
        <addUser xmlns:mscp="http://schemas.microsoft.com/rtc/2005/08/cccpextensions" mscp:mcuUri="{{focus.Replace(":focus:", ":chat:", StringComparison.Ordinal)}}"><conferenceKeys confEntity="{{focus}}"/><ci:user xmlns:ci="urn:ietf:params:xml:ns:conference-info" entity="{{user}}"><ci:roles><ci:entry>{{role}}</ci:entry></ci:roles></ci:user></addUser>
        """;
}
