using UcSdk.Sip;

namespace UcSdk.Server.Tests;

/// <summary>How the dialogs and subscriptions of a conference go on, and what their end makes room for.</summary>
public sealed class ConferenceRefreshConversationTests
{
    private const string Id = "ABCDEFGH";

    [Fact]
    public void A_session_refresh_is_answered()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var focus = alice.CreateConference(Id);
        var joined = alice.Join(focus);

        alice.InDialog("UPDATE", joined, 2);

        alice.ExpectsResponse(200);
    }

    [Fact]
    public void A_subscription_that_has_ended_leaves_its_place_to_another()
    {
        using var lab = new ServerLab(options => options with { Conferences = options.Conferences with { MaxSubscriptionsPerEndpoint = 1 } });
        var alice = lab.SignIn("alice");
        var focus = alice.CreateConference(Id);
        alice.Join(focus);
        var roster = alice.SubscribeRoster(focus, "one");

        alice.InDialog("SUBSCRIBE", roster, 2, "Event: conference\nExpires: 0");
        alice.ExpectsResponse(200);
        alice.ExpectsRequest("BENOTIFY");

        alice.SubscribeRoster(focus, "two");
        Assert.Equal(1, lab.Counts.RosterSubscriptions);
    }

    [Fact]
    public void A_refresh_by_re_INVITE_is_answered_and_nobody_joins_by_it()
    {
        using var lab = new ServerLab();
        var (alice, bob) = (lab.SignIn("alice"), lab.SignIn("bob"));
        var focus = alice.CreateConference(Id);
        var joined = alice.Join(focus);
        alice.SubscribeRoster(focus);

        alice.InDialog("INVITE", joined, 2);

        Assert.Contains("isfocus", alice.ExpectsResponse(200).Headers[HeaderName.Contact], StringComparison.Ordinal);
        alice.InDialog("ACK", joined, 2);
        alice.InDialog("INVITE", joined, 3, "Content-Type: application/cccp+xml", AddUser(focus, alice.Address));
        var again = alice.ExpectsResponse(200);
        Assert.Contains("code=\"success\"", again.BodyText, StringComparison.Ordinal);
        Assert.Contains("presenter", again.BodyText, StringComparison.Ordinal);
        alice.InDialog("ACK", joined, 3);
        alice.InDialog("INVITE", joined, 4, "Content-Type: application/cccp+xml", AddUser(focus, bob.Address));
        alice.ExpectsResponse(403);
        alice.InDialog("ACK", joined, 4);
        alice.InDialog("INVITE", joined, 5, "Content-Type: application/sdp", "v=0");
        alice.ExpectsResponse(415);
        alice.InDialog("ACK", joined, 5);
        alice.ExpectsNothing();
        Assert.Equal((1, 1), (lab.Counts.FocusDialogs, lab.Counts.ConferenceUsers));

        string AddUser(string conference, string user) =>
            $"""
            <request xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" to="{conference}" from="{alice.Address}" requestId="9"><addUser><conferenceKeys confEntity="{conference}"/><ci:user entity="{user}" xmlns:ci="urn:ietf:params:xml:ns:conference-info"><ci:endpoint entity="[1]"/></ci:user></addUser></request>
            """;
    }
}
