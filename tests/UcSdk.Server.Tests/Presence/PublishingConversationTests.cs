using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Server.Tests;

/// <summary>Publishing and seeing one's own presence ([MS-PRES] §§3.2, 3.8), as SIPE says it.</summary>
public sealed class PublishingConversationTests
{
    [Fact]
    public void The_parts_that_were_asked_for_last_in_the_dialog_are_told()
    {
        using var lab = new ServerLab();
        var alice = PresenceClient.SignIn(lab, "alice");
        var phone = PresenceClient.SignIn(lab, "alice", "f0e1");
        var dialog = alice.SubscribeSelf("categories");
        Assert.Null(PresenceClient.ReadSelf(dialog).Containers);
        const string Headers = "Event: vnd-microsoft-roaming-self\nContent-Type: application/vnd-microsoft-roaming-self+xml\n" + PresenceClient.Benotify;
        alice.InDialog(dialog, Headers, """<roamingList xmlns="http://schemas.microsoft.com/2006/09/sip/roaming-self"><roaming type="containers"/></roamingList>""");
        var told = PresenceClient.ReadSelf(alice.Raw.ExpectsResponse(200));
        Assert.Equal((null, true), (told.Categories, told.Containers is not null));
        phone.Publishes(PresenceClient.UserState(6500));
        alice.Raw.ExpectsNothing();
        phone.Places("bob@contoso.test", 300);
        Assert.NotNull(alice.ExpectsSelf().Containers);

        alice.InDialog(dialog, Headers, "<roamingList");
        alice.Raw.ExpectsResponse(400);
        phone.Places("carol@contoso.test", 400);
        Assert.NotNull(alice.ExpectsSelf().Containers);
    }

    [Fact]
    public void A_client_signs_in_as_SIPE_does_and_comes_online()
    {
        using var lab = new ServerLab();
        var alice = PresenceClient.SignIn(lab, "alice");

        var ok = alice.SubscribeSelf();
        Assert.Equal(
            ("vnd-microsoft-roaming-self", "active;expires=28800", "28800", "1"),
            (ok.Headers[HeaderName.Event], ok.Headers[HeaderName.SubscriptionState], ok.Headers[HeaderName.Expires], ok.Headers[HeaderName.MsPiggybackCSeq]));
        Assert.True(ok.Headers.HasToken(HeaderName.Supported, "com.microsoft.autoextend"));
        var first = PresenceClient.ReadSelf(ok);
        Assert.Equal("18500", PresenceClient.Shown(first.Categories!, container: 2));
        Assert.Equal((0, 0), (first.Containers!.Count, first.Subscribers!.Count));
        var card = Assert.Single(first.Categories!.Named("contactCard"));
        Assert.Equal((0u, 0u, "Alice"), (card.Container!.Value, card.Instance!.Value, card.Content!.Child("identity")!.Child("name")!.ChildText("displayName")));

        var accepted = alice.Publishes([
            PresenceClient.Publication("device", 0xa11c, 2, 0, """<device xmlns="http://schemas.microsoft.com/2006/09/sip/device" endpointId="x"><capabilities><text capture="true" render="true"/></capabilities></device>""", "expireType=\"endpoint\""),
            .. PresenceClient.MachineState(0x3a11c, 3500),
            .. PresenceClient.UserState(6500)]);
        Assert.Equal("6500", PresenceClient.Shown(accepted.Categories!, container: 2));
        Assert.Equal(1u, accepted.Categories!.Named("state").Single(category => category is { Instance: 0x20000000, Container: 2 }).Version);
        Assert.Equal(PresenceExpireType.Endpoint, accepted.Categories.Named("device").Single().ExpireType);
        // The publisher knows all of it by the 200.
        alice.Raw.ExpectsNothing();
    }

    [Fact]
    public void What_one_endpoint_publishes_the_others_learn_with_all_instances_of_the_category()
    {
        using var lab = new ServerLab();
        var desk = PresenceClient.SignIn(lab, "alice", "de50");
        var phone = PresenceClient.SignIn(lab, "alice", "f0e1");
        desk.SubscribeSelf();
        phone.SubscribeSelf();

        desk.Publishes(PresenceClient.MachineState(0x30000001, 3500));
        Assert.Equal(2, phone.ExpectsSelf().Categories!.Named("state").Count(category => category.Instance == 0x30000001));
        phone.Publishes(PresenceClient.MachineState(0x30000002, 15500));
        var news = desk.ExpectsSelf();
        Assert.Null(news.Containers);
        Assert.Null(news.Subscribers);
        Assert.Equal([0u, 1u, 0x30000001u, 0x30000002u], news.Categories!.Named("state").Where(category => category.Container == 2).Select(category => category.Instance!.Value));
        // The most active machine is the one that counts.
        Assert.Equal("3500", PresenceClient.Shown(news.Categories!, container: 2));
    }

    [Fact]
    public void Only_the_parts_that_were_asked_for_are_told()
    {
        using var lab = new ServerLab();
        var alice = PresenceClient.SignIn(lab, "alice");
        var first = PresenceClient.ReadSelf(alice.SubscribeSelf("containers"));
        Assert.Null(first.Categories);
        Assert.Null(first.Subscribers);

        alice.Publishes(PresenceClient.UserState(6500));
        alice.Raw.ExpectsNothing();
        alice.Places("bob@contoso.test", 400);
        Assert.Equal(400u, Assert.Single(alice.ExpectsSelf().Containers!).Id);
    }

    [Fact]
    public void A_wrong_version_is_409_with_the_right_one_and_nothing_of_the_batch_holds()
    {
        using var lab = new ServerLab();
        var alice = PresenceClient.SignIn(lab, "alice");
        alice.Publishes(PresenceClient.Note(200, "one"));
        alice.Publishes(PresenceClient.Note(200, "two", version: 1));

        alice.Publish([.. PresenceClient.UserState(9500), PresenceClient.Note(200, "three", version: 1), PresenceClient.Note(300, "three", version: 4)]);
        var refusal = alice.Raw.ExpectsResponse(409);
        Assert.Equal("application/msrtc-fault+xml", refusal.ContentType);
        Assert.StartsWith("2044;", refusal.Headers[HeaderName.MsDiagnostics], StringComparison.Ordinal);
        Assert.Equal(
            """<Fault><Faultcode>Client.BadCall.WrongDelta</Faultcode><details><operation index="3" version="1" curVersion="2"/><operation index="4" version="4" curVersion="0"/></details></Fault>""",
            refusal.BodyText);

        var self = PresenceClient.ReadSelf(alice.SubscribeSelf());
        Assert.Equal("two", PresenceClient.NotesOf(self.Categories!));
        Assert.DoesNotContain(self.Categories!.Named("state"), category => category.Instance == 0x20000000);
        // With the versions that the fault tells it goes through.
        alice.Publishes(PresenceClient.Note(200, "three", version: 2), PresenceClient.Note(300, "three", version: 0));
    }

    [Fact]
    public void Two_endpoints_that_publish_at_once_do_not_overwrite_each_other()
    {
        using var lab = new ServerLab();
        var desk = PresenceClient.SignIn(lab, "alice", "de50");
        var phone = PresenceClient.SignIn(lab, "alice", "f0e1");
        desk.SubscribeSelf();
        phone.SubscribeSelf();

        desk.Publish(PresenceClient.UserState(6500));
        phone.Publish(PresenceClient.UserState(9500));
        desk.Raw.ExpectsResponse(200);
        Assert.Equal("6500", PresenceClient.Shown(phone.ExpectsSelf().Categories!, container: 2));
        phone.Raw.ExpectsResponse(409);

        phone.Publishes(PresenceClient.UserState(9500, version: 1));
        Assert.Equal("9500", PresenceClient.Shown(desk.ExpectsSelf().Categories!, container: 2));
    }

    [Fact]
    public void What_is_taken_away_is_gone_and_begins_anew_at_version_0()
    {
        using var lab = new ServerLab();
        var alice = PresenceClient.SignIn(lab, "alice");
        alice.Publishes(PresenceClient.Note(200, "here"), PresenceClient.Note(300, "here"));

        var after = alice.Publishes(PresenceClient.Publication("note", 0, 200, 1, life: "expires=\"0\""));
        Assert.Equal(300u, Assert.Single(after.Categories!.Named("note")).Container);
        after = alice.Publishes(PresenceClient.Publication("note", 0, 300, 1, life: "expires=\"0\""));
        var none = Assert.Single(after.Categories!.Named("note"));
        Assert.Equal((null, null), (none.Instance, none.Content));
        Assert.Equal(1u, Assert.Single(alice.Publishes(PresenceClient.Note(200, "again")).Categories!.Named("note")).Version);
    }

    [Fact]
    public void Unknown_categories_are_kept_as_they_came()
    {
        using var lab = new ServerLab();
        var alice = PresenceClient.SignIn(lab, "alice");
        const string content = """<mood xmlns="urn:example:mood" x:shade="dark" xmlns:x="urn:example:x"><inner>blue &amp; grey</inner></mood>""";

        alice.Publishes(PresenceClient.Publication("urn:example:mood", 7, 400, 0, content));
        var kept = Assert.Single(PresenceClient.ReadSelf(alice.SubscribeSelf()).Categories!.Named("urn:example:mood"));
        Assert.True(DocumentElement.TryRead(System.Text.Encoding.UTF8.GetBytes(content), out var expected, out _));
        Assert.Equal((expected, 7u, 400u), (kept.Content, kept.Instance!.Value, kept.Container!.Value));
    }

    [Fact]
    public void Nobody_publishes_for_another()
    {
        using var lab = new ServerLab();
        var bob = PresenceClient.SignIn(lab, "bob");
        bob.PublishFor("sip:alice@contoso.test", PresenceClient.UserState(6500));
        bob.Raw.ExpectsResponse(403);
        bob.Service(
            "application/msrtc-category-publish+xml",
            """<publish xmlns="http://schemas.microsoft.com/2006/09/sip/rich-presence"><publications uri="sip:bob@contoso.test"/></publish>""",
            uri: "sip:alice@contoso.test");
        bob.Raw.ExpectsResponse(403);
        bob.Service("application/msrtc-setcontainermembers+xml", """<setContainerMembers xmlns="http://schemas.microsoft.com/2006/09/sip/container-management"/>""", "sip:alice@contoso.test");
        bob.Raw.ExpectsResponse(403);
        bob.Service("application/msrtc-presence-setsubscriber+xml", """<setSubscribers xmlns="http://schemas.microsoft.com/2006/09/sip/presence-subscribers"/>""", "sip:alice@contoso.test");
        bob.Raw.ExpectsResponse(403);
        bob.SendSubscribeSelf(uri: "sip:alice@contoso.test");
        bob.Raw.ExpectsResponse(403);
    }

    [Theory]
    [InlineData("state", 1, 2)]
    [InlineData("state", 0, 200)]
    [InlineData("services", 0, 400)]
    [InlineData("contactCard", 0, 0)]
    [InlineData("userProperties", 0, 1)]
    public void What_the_server_makes_nobody_publishes(string category, uint instance, uint container)
    {
        using var lab = new ServerLab();
        var alice = PresenceClient.SignIn(lab, "alice");
        alice.Publish(PresenceClient.Note(200, "x"), PresenceClient.Publication(category, instance, container, 0, "<x/>"));
        Assert.Equal("Made By The Server", alice.Raw.ExpectsResponse(403).ReasonPhrase);
        Assert.Empty(PresenceClient.ReadSelf(alice.SubscribeSelf()).Categories!.Named("note"));
    }

    [Theory]
    [InlineData("application/msrtc-category-publish+xml", "<publish/>")]
    [InlineData("application/msrtc-category-publish+xml", "<publish")]
    [InlineData("application/msrtc-category-publish+xml", """<publish><publications uri="sip:alice@contoso.test"><publication categoryName="x" instance="1" container="2" expireType="time"><x/></publication></publications></publish>""")]
    [InlineData("application/msrtc-category-publish+xml", """<publish><publications uri="sip:alice@contoso.test"><publication categoryName="x" instance="1" container="2"/><publication categoryName="x" instance="1" container="2"/></publications></publish>""")]
    [InlineData("application/msrtc-setcontainermembers+xml", "<setContainerMembers><container id=\"x\"/></setContainerMembers>")]
    [InlineData("application/msrtc-presence-setsubscriber+xml", "<setSubscribers><subscriber/></setSubscribers>")]
    public void What_cannot_be_read_is_400(string contentType, string body)
    {
        using var lab = new ServerLab();
        var alice = PresenceClient.SignIn(lab, "alice");
        alice.Service(contentType, body);
        alice.Raw.ExpectsResponse(400);
    }

    [Fact]
    public void Publications_are_limited_in_number_and_size()
    {
        using var lab = new ServerLab(options => options with { Presence = new() { MaxPublications = 2, MaxPublicationBytes = 800 } });
        var alice = PresenceClient.SignIn(lab, "alice");
        alice.Publishes(PresenceClient.Note(200, "a"), PresenceClient.Note(300, "a"));
        alice.Publish(PresenceClient.Note(400, "a"));
        Assert.Equal("Too Many Publications", alice.Raw.ExpectsResponse(480).ReasonPhrase);
        // One more for one less is no more.
        alice.Publishes(PresenceClient.Publication("note", 0, 200, 1, life: "expires=\"0\""), PresenceClient.Note(400, "a"));
        alice.Publish(PresenceClient.Note(400, new string('x', 800), version: 1));
        alice.Raw.ExpectsResponse(413);
    }
}
