using UcSdk.Sip;

namespace UcSdk.Server.Tests;

/// <summary>Plain SIP clients: RFC 3856 watchers, RFC 3903 publishers, RFC 3863 documents, beside those of the Lync family.</summary>
public sealed class PlainPresenceConversationTests
{
    private const string Alice = "sip:alice@contoso.test";

    // RFC 3863 §4.3.1, but for whose it is.
    private const string Rfc3863 =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <presence xmlns="urn:ietf:params:xml:ns:pidf" entity="pres:alice@contoso.test">
          <tuple id="sg89ae">
            <status><basic>open</basic></status>
            <contact priority="0.8">tel:+09012345678</contact>
          </tuple>
        </presence>
        """;

    [Theory]
    [InlineData("")]
    [InlineData("Accept: application/pidf+xml")]
    [InlineData("Accept: text/plain, application/pidf+xml;q=0.5")]
    public void A_plain_watcher_gets_PIDF_by_NOTIFY(string accept)
    {
        using var lab = new ServerLab();
        var alice = PresenceClient.SignIn(lab, "alice");
        alice.Publishes([.. PresenceClient.UserState(6500, more: """<activity token="in-a-meeting" minAvailability="6500"/>"""), PresenceClient.Note(200, "in a <b> room".Replace("<b>", "big", StringComparison.Ordinal))]);
        var bob = lab.SignIn("bob");

        bob.Request("SUBSCRIBE", Alice, "plain", ("Event: presence\nExpires: 600\n" + accept).TrimEnd());
        var ok = bob.ExpectsResponse(200);
        Assert.Equal(("600", 0), (ok.Headers[HeaderName.Expires], ok.Body.Length));
        var notify = bob.ExpectsRequest("NOTIFY");
        Assert.Equal(("application/pidf+xml", "presence", "active;expires=600"), (notify.ContentType, notify.Headers[HeaderName.Event], notify.Headers[HeaderName.SubscriptionState]));
        Assert.Equal(
            """<presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model" xmlns:rpid="urn:ietf:params:xml:ns:pidf:rpid" entity="sip:alice@contoso.test"><tuple id="t1"><status><basic>open</basic></status><contact>sip:alice@contoso.test</contact></tuple><note>in a big room</note><dm:person id="p1"><rpid:activities><rpid:meeting/></rpid:activities></dm:person></presence>""",
            notify.BodyText);
        bob.Answer(notify, 200);

        alice.Raw.Register("Expires: 0");
        alice.Raw.ExpectsResponse(200);
        notify = bob.ExpectsRequest("NOTIFY");
        Assert.Contains("<basic>closed</basic>", notify.BodyText, StringComparison.Ordinal);
        bob.Answer(notify, 200);
        bob.InDialog("SUBSCRIBE", ok, 2, "Event: presence\nExpires: 0");
        bob.ExpectsResponse(200);
        Assert.StartsWith("terminated", bob.ExpectsRequest("NOTIFY").Headers[HeaderName.SubscriptionState], StringComparison.Ordinal);
    }

    [Fact]
    public void A_plain_watcher_sees_no_more_than_its_level()
    {
        using var lab = new ServerLab();
        var alice = PresenceClient.SignIn(lab, "alice");
        alice.Publishes([.. PresenceClient.UserState(3500), PresenceClient.Note(200, "for colleagues")]);
        alice.Places("bob@contoso.test", 32000);
        var bob = lab.SignIn("bob");
        bob.Request("SUBSCRIBE", Alice, "plain", "Event: presence\nExpires: 0");
        bob.ExpectsResponse(200);
        var notify = bob.ExpectsRequest("NOTIFY");
        Assert.Contains("<basic>closed</basic>", notify.BodyText, StringComparison.Ordinal);
        Assert.DoesNotContain("note", notify.BodyText, StringComparison.Ordinal);
        bob.Answer(notify, 200);
    }

    [Fact]
    public void A_form_that_nobody_speaks_here_is_406()
    {
        using var lab = new ServerLab();
        var bob = lab.SignIn("bob");
        bob.Request("SUBSCRIBE", Alice, "plain", "Event: presence\nAccept: application/cpim-pidf+xml");
        bob.ExpectsResponse(406);
    }

    [Theory]
    [InlineData("open", "", "3500")]
    [InlineData("closed", "", "18500")]
    [InlineData("open", "<rpid:away/>", "15500")]
    [InlineData("open", "<rpid:busy/>", "6500")]
    [InlineData("open", "<rpid:on-the-phone/>", "6500 on-the-phone")]
    [InlineData("open", "<rpid:meeting/><rpid:playing/>", "6500 in-a-meeting")]
    public void What_a_plain_client_publishes_the_others_see_in_their_own_words(string basic, string activities, string shown)
    {
        using var lab = new ServerLab();
        var bob = PresenceClient.SignIn(lab, "bob");
        bob.Watch(Alice);
        var alice = lab.SignIn("alice");
        var body = Rfc3863.Replace("open", basic, StringComparison.Ordinal).Replace(
            "</presence>",
            $"""<dm:person xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model" xmlns:rpid="urn:ietf:params:xml:ns:pidf:rpid" id="p1"><rpid:activities>{activities}</rpid:activities><dm:note>as I say</dm:note></dm:person></presence>""",
            StringComparison.Ordinal);

        alice.Request("PUBLISH", Alice, "publish", "Event: presence\nExpires: 600\nContent-Type: application/pidf+xml", body);
        var ok = alice.ExpectsResponse(200);
        Assert.Equal("600", ok.Headers[HeaderName.Expires]);
        var told = Assert.Single(bob.ExpectsNews());
        Assert.Equal((shown, "as I say"), (PresenceClient.Shown(told), PresenceClient.NotesOf(told)));
    }

    [Fact]
    public void A_publication_changes_is_refreshed_and_runs_out()
    {
        using var lab = new ServerLab();
        var bob = PresenceClient.SignIn(lab, "bob");
        bob.Watch(Alice);
        var alice = lab.SignIn("alice");
        alice.Request("PUBLISH", Alice, "publish", "Event: presence\nExpires: 600\nContent-Type: application/pidf+xml", Rfc3863);
        var tag = alice.ExpectsResponse(200).Headers[HeaderName.SipETag];
        Assert.Equal("3500", PresenceClient.Shown(Assert.Single(bob.ExpectsNews())));

        alice.Request("PUBLISH", Alice, "publish", $"Event: presence\nExpires: 600\nSIP-If-Match: {tag}\nContent-Type: application/pidf+xml", Rfc3863.Replace("open", "closed", StringComparison.Ordinal), cseq: 2);
        tag = alice.ExpectsResponse(200).Headers[HeaderName.SipETag];
        Assert.Equal("18500", PresenceClient.Shown(Assert.Single(bob.ExpectsNews())));
        alice.Request("PUBLISH", Alice, "publish", $"Event: presence\nExpires: 600\nSIP-If-Match: {tag}\nContent-Type: application/pidf+xml", Rfc3863, cseq: 3);
        tag = alice.ExpectsResponse(200).Headers[HeaderName.SipETag];
        Assert.Equal("3500", PresenceClient.Shown(Assert.Single(bob.ExpectsNews())));

        lab.Advance(TimeSpan.FromSeconds(500));
        alice.Request("PUBLISH", Alice, "publish", $"Event: presence\nExpires: 600\nSIP-If-Match: {tag}", cseq: 4);
        alice.ExpectsResponse(200);
        lab.Advance(TimeSpan.FromSeconds(600) - TimeSpan.FromTicks(1));
        bob.Raw.ExpectsNothing();
        lab.Advance(TimeSpan.FromTicks(1));
        Assert.Equal("18500", PresenceClient.Shown(Assert.Single(bob.ExpectsNews())));
    }

    [Theory]
    [InlineData("sip:bob@contoso.test", "application/pidf+xml", Rfc3863, 403)]
    [InlineData(Alice, "application/pidf+xml", "<presence/>", 400)]
    [InlineData(Alice, "text/plain", "here", 415)]
    [InlineData(Alice, "application/pidf+xml", "", 400)]
    public void A_publication_for_another_or_without_sense_is_refused(string uri, string contentType, string body, int status)
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        alice.Request("PUBLISH", uri, "publish", $"Event: presence\nContent-Type: {contentType}", body);
        alice.ExpectsResponse(status);
    }
}
