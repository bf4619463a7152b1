using UcSdk.Sip;

namespace UcSdk.Server.Tests;

/// <summary>Conferences as a client of the SIPE family has them, word for word.</summary>
public sealed class ConferenceConversationTests
{
    private const string Id = "00112233445566778899AABBCCDDEEFF";

    [Fact]
    public void A_conference_is_made_joined_watched_and_left()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var bob = lab.SignIn("bob");
        var focus = alice.CreateConference(Id);

        // Alice joins her own conference and is presenter, although she asked for less.
        var joined = alice.Join(focus);
        Assert.Equal(focus, joined.To!.Uri.Text);
        Assert.Contains("isfocus", joined.Headers[HeaderName.Contact], StringComparison.Ordinal);
        Assert.Contains("code=\"success\"", joined.BodyText, StringComparison.Ordinal);
        Assert.Contains("presenter", joined.BodyText, StringComparison.Ordinal);

        var roster = alice.SubscribeRoster(focus);
        Assert.Equal("conference", roster.Headers[HeaderName.Event]);
        Assert.Equal("1", roster.Headers[HeaderName.MsPiggybackCSeq]);
        Assert.StartsWith("active;expires=", roster.Headers[HeaderName.SubscriptionState], StringComparison.Ordinal);
        Assert.Equal("application/conference-info+xml", roster.ContentType);
        Assert.Contains($"entity=\"{focus}\" state=\"full\" version=\"1\"", roster.BodyText, StringComparison.Ordinal);
        Assert.Contains(":audio-video:id:" + Id, roster.BodyText, StringComparison.Ordinal);

        // Bob joins; Alice hears of him in a BENOTIFY, which she does not answer.
        var bobJoined = bob.Join(focus);
        Assert.Contains("attendee", bobJoined.BodyText, StringComparison.Ordinal);
        var news = alice.ExpectsRequest("BENOTIFY");
        Assert.Contains("state=\"partial\" version=\"2\"", news.BodyText, StringComparison.Ordinal);
        Assert.Contains("sip:bob@contoso.test", news.BodyText, StringComparison.Ordinal);
        Assert.Contains("<display-text>Bob</display-text>", news.BodyText, StringComparison.Ordinal);
        Assert.DoesNotContain("sip:alice@contoso.test\"", news.BodyText, StringComparison.Ordinal);

        // Bob says BYE and nothing else.
        bob.InDialog("BYE", bobJoined, 2);
        bob.ExpectsResponse(200);
        Assert.Contains("state=\"deleted\"", alice.ExpectsRequest("BENOTIFY").BodyText, StringComparison.Ordinal);

        // Alice unsubscribes with a fresh SUBSCRIBE, as SIPE does, and leaves.
        alice.SubscribeRoster(focus, "gone", "Expires: 0");
        Assert.StartsWith("terminated", alice.ExpectsRequest("BENOTIFY").Headers[HeaderName.SubscriptionState], StringComparison.Ordinal);
        alice.InDialog("BYE", joined, 2);
        alice.ExpectsResponse(200);

        var counts = lab.Counts;
        Assert.Equal((1, 0, 0, 0), (counts.Conferences, counts.ConferenceUsers, counts.FocusDialogs, counts.RosterSubscriptions));
        bob.ExpectsNothing();
    }

    [Fact]
    public void A_subscriber_without_benotify_gets_NOTIFY_one_at_a_time()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var bob = lab.SignIn("bob");
        var carol = lab.SignIn("carol");
        var focus = alice.CreateConference(Id);
        alice.Join(focus);
        alice.Request("SUBSCRIBE", focus, "plain", "Event: conference\nAccept: application/conference-info+xml");
        alice.ExpectsResponse(200);
        var first = alice.ExpectsRequest("NOTIFY");
        Assert.Contains("version=\"1\"", first.BodyText, StringComparison.Ordinal);

        bob.Join(focus);
        carol.Join(focus);
        alice.ExpectsNothing();
        alice.Answer(first, 200);
        var second = alice.ExpectsRequest("NOTIFY");
        Assert.Contains("sip:bob@contoso.test", second.BodyText, StringComparison.Ordinal);
        alice.ExpectsNothing();
        alice.Answer(second, 200);
        Assert.Contains("sip:carol@contoso.test", alice.ExpectsRequest("NOTIFY").BodyText, StringComparison.Ordinal);
    }

    [Fact]
    public void A_presenter_ejects_a_user_and_never_answers_the_INFO_with_the_result()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var bob = lab.SignIn("bob");
        var focus = alice.CreateConference(Id);
        var joined = alice.Join(focus);
        alice.SubscribeRoster(focus);
        bob.Join(focus);
        alice.ExpectsRequest("BENOTIFY");

        alice.SendCommand(joined, 2, $"""<deleteUser><userKeys confEntity="{focus}" userEntity="{bob.Address}"/></deleteUser>""");

        alice.ExpectsResponse(202);
        var result = alice.ExpectsRequest("INFO");
        Assert.Contains("code=\"success\"", result.BodyText, StringComparison.Ordinal);
        Assert.Contains("requestId=\"2\"", result.BodyText, StringComparison.Ordinal);
        Assert.Contains("state=\"deleted\"", alice.ExpectsRequest("BENOTIFY").BodyText, StringComparison.Ordinal);
        var bye = bob.ExpectsRequest("BYE");
        bob.Answer(bye, 200);

        // Timer F passes without a word from Alice; her dialog goes on.
        lab.Advance(TimeSpan.FromSeconds(40));
        alice.SendCommand(joined, 3, $"""<deleteUser><userKeys confEntity="{focus}" userEntity="{bob.Address}"/></deleteUser>""");
        alice.ExpectsResponse(202);
        Assert.Contains("userDoesntExist", alice.ExpectsRequest("INFO").BodyText, StringComparison.Ordinal);
        Assert.Equal(1, lab.Counts.FocusDialogs);
    }

    [Fact]
    public void The_organizer_ends_the_meeting_for_everybody()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var bob = lab.SignIn("bob");
        var focus = alice.CreateConference(Id);
        var joined = alice.Join(focus);
        bob.Join(focus);
        bob.SubscribeRoster(focus);

        alice.SendCommand(joined, 2, $"""<deleteConference><conferenceKeys confEntity="{focus}"/></deleteConference>""");

        alice.ExpectsResponse(202);
        Assert.Contains("code=\"success\"", alice.ExpectsRequest("INFO").BodyText, StringComparison.Ordinal);
        alice.Answer(alice.ExpectsRequest("BYE"), 200);
        var last = bob.ExpectsRequest("BENOTIFY");
        Assert.Contains("state=\"deleted\"", last.BodyText, StringComparison.Ordinal);
        Assert.StartsWith("terminated", last.Headers[HeaderName.SubscriptionState], StringComparison.Ordinal);
        bob.Answer(bob.ExpectsRequest("BYE"), 200);
        Assert.Equal(0, lab.Counts.Conferences);
        bob.SendJoin(focus, "again");
        Assert.Equal("3012", Diagnostic(bob.ExpectsResponse(404)));
    }

    [Fact]
    public void Who_was_put_out_commands_no_more()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var focus = alice.CreateConference(Id);
        var joined = alice.Join(focus);
        alice.SendCommand(joined, 2, $"""<deleteConference><conferenceKeys confEntity="{focus}"/></deleteConference>""");
        alice.ExpectsResponse(202);
        alice.ExpectsRequest("INFO");
        alice.ExpectsRequest("BYE");

        // Alice has not answered the BYE yet.
        alice.SendCommand(joined, 3, $"""<deleteConference><conferenceKeys confEntity="{focus}"/></deleteConference>""");

        alice.ExpectsResponse(481);
    }

    [Fact]
    public void A_dialog_is_no_proof_of_identity()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var bob = lab.SignIn("bob");
        var focus = alice.CreateConference(Id);
        var joined = alice.Join(focus);

        // Bob has overheard Alice's tags and Call-ID.
        bob.InDialog("INFO", joined, 2, "Content-Type: application/cccp+xml", "<request/>");

        bob.ExpectsResponse(403);
        Assert.Equal(1, lab.Counts.ConferenceUsers);
    }

    [Fact]
    public void The_same_endpoint_joining_again_replaces_its_old_dialog()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var focus = alice.CreateConference(Id);
        alice.Join(focus, "first");

        alice.SendJoin(focus, "second");

        var second = alice.ExpectsResponse(200);
        alice.InDialog("ACK", second, 1);
        alice.Answer(alice.ExpectsRequest("BYE"), 200);
        Assert.Equal(1, lab.Counts.FocusDialogs);
    }

    [Fact]
    public void A_closed_connection_takes_the_client_out_of_the_conference()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var bob = lab.SignIn("bob");
        var focus = alice.CreateConference(Id);
        alice.Join(focus);
        alice.SubscribeRoster(focus);
        bob.Join(focus);
        bob.SubscribeRoster(focus);
        alice.ExpectsRequest("BENOTIFY");

        lab.Network.Cut(bob.Flow);

        Assert.Contains("state=\"deleted\"", alice.ExpectsRequest("BENOTIFY").BodyText, StringComparison.Ordinal);
        var counts = lab.Counts;
        Assert.Equal((1, 1, 1, 1), (counts.Bindings, counts.ConferenceUsers, counts.FocusDialogs, counts.RosterSubscriptions));
    }

    [Fact]
    public void Signing_out_without_leaving_takes_the_client_out_of_the_conference()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var bob = lab.SignIn("bob");
        var focus = alice.CreateConference(Id);
        alice.Join(focus);
        bob.Join(focus);

        bob.Register("Expires: 0");

        bob.ExpectsResponse(200);
        bob.Answer(bob.ExpectsRequest("BYE"), 200);
        Assert.Equal(1, lab.Counts.ConferenceUsers);
    }

    [Fact]
    public void A_client_that_never_acknowledges_is_not_kept()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var focus = alice.CreateConference(Id);
        alice.SendJoin(focus, "lost");
        alice.ExpectsResponse(200);

        lab.Advance(TimeSpan.FromSeconds(32) - TimeSpan.FromTicks(1));
        Assert.Equal(1, lab.Counts.FocusDialogs);
        lab.Advance(TimeSpan.FromSeconds(40));

        Assert.Equal(0, lab.Counts.FocusDialogs);
        Assert.Equal(0, lab.Counts.ConferenceUsers);
    }

    [Fact]
    public void A_closed_meeting_refuses_strangers_until_a_presenter_adds_them()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var bob = lab.SignIn("bob");
        var focus = alice.CreateConference(Id, "closedAuthenticated");
        var joined = alice.Join(focus);

        bob.SendJoin(focus, "too-early");
        Assert.Equal("3014", Diagnostic(bob.ExpectsResponse(403)));
        // SIPE acknowledges refusals with a request of its own making; it must not disturb.
        alice.SendCommand(
            joined,
            2,
            $"""<addUser><conferenceKeys confEntity="{focus}"/><ci:user xmlns:ci="urn:ietf:params:xml:ns:conference-info" entity="{bob.Address}"/></addUser>""");
        alice.ExpectsResponse(202);
        alice.Answer(alice.ExpectsRequest("INFO"), 200);

        bob.Join(focus);
        Assert.Equal(2, lab.Counts.ConferenceUsers);
    }

    [Fact]
    public void Stopping_the_server_says_goodbye_to_everybody()
    {
        var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var focus = alice.CreateConference(Id);
        alice.Join(focus);
        alice.SubscribeRoster(focus);

        lab.Dispose();

        Assert.StartsWith("terminated", alice.ExpectsRequest("BENOTIFY").Headers[HeaderName.SubscriptionState], StringComparison.Ordinal);
        alice.ExpectsRequest("BYE");
        Assert.True(alice.IsClosed);
    }

    [Fact]
    public void A_crash_says_nothing()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var focus = alice.CreateConference(Id);
        alice.Join(focus);
        alice.SubscribeRoster(focus);

        lab.Run(() => lab.Server.AbortAsync());

        alice.ExpectsNothing();
        Assert.True(alice.IsClosed);
    }

    [Theory]
    [InlineData("<addUser/>", "3007")]
    [InlineData("<modifyConferenceLock/>", "3004")]
    [InlineData("", "3006")]
    public void A_join_that_cannot_be_read_is_refused_with_its_diagnostic(string command, string diagnostic)
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var focus = alice.CreateConference(Id);

        alice.Request(
            "INVITE",
            focus,
            "odd",
            "Content-Type: application/cccp+xml",
            $"""<request xmlns="urn:ietf:params:xml:ns:cccp" to="{focus}" from="{alice.Address}" requestId="1">{command}</request>""");

        var response = Assert.IsType<SipResponse>(alice.Expects("SIP/2.0 "));
        Assert.Equal(diagnostic, Diagnostic(response));
    }

    [Theory]
    [InlineData("sip:bob@contoso.test", null, null, "3000")]
    [InlineData(null, "sip:alice@contoso.test;gruu;opaque=app:conf:focus:id:OTHER111", null, "3001")]
    [InlineData(null, null, "sip:alice@contoso.test;gruu;opaque=app:conf:focus:id:OTHER111", "3003")]
    public void A_join_whose_envelope_says_otherwise_than_the_message_is_refused(string? from, string? to, string? entity, string diagnostic)
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var focus = alice.CreateConference(Id);

        alice.Request(
            "INVITE",
            focus,
            "odd",
            "Content-Type: application/cccp+xml",
            $"""<request xmlns="urn:ietf:params:xml:ns:cccp" to="{to ?? focus}" from="{from ?? alice.Address}" requestId="1"><addUser><conferenceKeys confEntity="{entity ?? focus}"/><user xmlns="urn:ietf:params:xml:ns:conference-info" entity="{alice.Address}"><endpoint entity="1"/></user></addUser></request>""");

        Assert.Equal(diagnostic, Diagnostic(alice.ExpectsResponse(400)));
    }

    [Fact]
    public void Nobody_joins_in_the_name_of_somebody_else()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var bob = lab.SignIn("bob");
        var focus = alice.CreateConference(Id);

        bob.SendJoin(focus, "as-alice", user: alice.Address);

        Assert.Equal("3014", Diagnostic(bob.ExpectsResponse(403)));
    }

    [Fact]
    public void A_roster_is_shown_only_to_who_is_in_it()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var bob = lab.SignIn("bob");
        var focus = alice.CreateConference(Id);
        alice.Join(focus);

        bob.Request("SUBSCRIBE", focus, "peek", "Event: conference");

        Assert.Equal("3014", Diagnostic(bob.ExpectsResponse(403)));
    }

    [Fact]
    public void Another_event_at_the_focus_is_a_bad_event()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var focus = alice.CreateConference(Id);
        alice.Join(focus);

        alice.Request("SUBSCRIBE", focus, "odd", "Event: presence");

        Assert.Equal("conference", alice.ExpectsResponse(489).Headers[HeaderName.AllowEvents]);
    }

    [Fact]
    public void One_subscription_past_the_limit_is_refused()
    {
        using var lab = new ServerLab(options => options with { Conferences = new ConferenceLimits { MaxSubscriptionsPerEndpoint = 1 } });
        var alice = lab.SignIn("alice");
        var focus = alice.CreateConference(Id);
        alice.Join(focus);
        alice.SubscribeRoster(focus, "one");

        alice.Request("SUBSCRIBE", focus, "two", "Event: conference");

        alice.ExpectsResponse(480);
    }

    [Fact]
    public void A_subscription_ends_at_its_expiry_and_a_refresh_brings_the_whole_roster()
    {
        using var lab = new ServerLab(options => options with { SubscriptionExpires = TimeSpan.FromMinutes(10) });
        var alice = lab.SignIn("alice");
        var focus = alice.CreateConference(Id);
        alice.Join(focus);
        var roster = alice.SubscribeRoster(focus);
        Assert.Equal("600", roster.Headers[HeaderName.Expires]);

        lab.Advance(TimeSpan.FromSeconds(500));
        alice.InDialog("SUBSCRIBE", roster, 2, "Event: conference\nSupported: ms-benotify");
        alice.ExpectsResponse(200);
        Assert.Contains("state=\"full\" version=\"2\"", alice.ExpectsRequest("BENOTIFY").BodyText, StringComparison.Ordinal);

        lab.Advance(TimeSpan.FromSeconds(600) - TimeSpan.FromTicks(1));
        alice.ExpectsNothing();
        lab.Advance(TimeSpan.FromTicks(1));
        Assert.StartsWith("terminated", alice.ExpectsRequest("BENOTIFY").Headers[HeaderName.SubscriptionState], StringComparison.Ordinal);
        Assert.Equal(0, lab.Counts.RosterSubscriptions);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_the_trace_sees_them_all()
    {
        var trace = new CountingTrace();
        var first = Converse(new ServerLab(options => options with { Trace = trace }));
        var second = Converse(new ServerLab());

        Assert.Equal(first, second);
        Assert.Equal(first.Length, trace.Messages);
    }

    [Fact]
    public void A_refusal_that_a_test_orders_is_given()
    {
        using var lab = new ServerLab(seams: new ServerSeams { FocusRefusal = 503 });
        var alice = lab.SignIn("alice");
        var focus = alice.CreateConference(Id);

        alice.SendJoin(focus, "refused");

        alice.ExpectsResponse(503);
    }

    private static string[] Converse(ServerLab lab)
    {
        var alice = lab.SignIn("alice");
        var bob = lab.SignIn("bob");
        var focus = alice.CreateConference(Id);
        alice.Join(focus);
        alice.SubscribeRoster(focus);
        bob.Join(focus);
        lab.Dispose();
        return [.. lab.Network.Transcript.Select(entry => $"{entry} {System.Text.Encoding.UTF8.GetString(entry.Bytes.Span)}")];
    }

    private sealed class CountingTrace : ISipTraceSink
    {
        public int Messages { get; private set; }

        public void Message(SipTraceEntry entry) => Messages++;
    }

    private static string? Diagnostic(SipResponse response) => response.Headers[HeaderName.MsDiagnostics]?.Split(';')[0];
}
