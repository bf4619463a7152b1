using UcSdk.Documents;

namespace UcSdk.Server.Tests;

/// <summary>Who is shown what ([MS-PRES] §3.8): containers, blocking, and who asks to watch.</summary>
public sealed class AccessConversationTests
{
    private const string Alice = "sip:alice@contoso.test";

    [Theory]
    [InlineData(100u, "external", "6500")]
    [InlineData(200u, "colleagues", "6500")]
    [InlineData(300u, "team", "9500")]
    [InlineData(400u, "friends", "6500")]
    [InlineData(32000u, "", "18500")]
    public void Each_level_sees_its_own(uint container, string note, string state)
    {
        using var lab = new ServerLab();
        var alice = PresenceClient.SignIn(lab, "alice");
        alice.Publishes(
            PresenceClient.Note(100, "external"),
            PresenceClient.Note(200, "colleagues"),
            PresenceClient.Note(300, "team"),
            PresenceClient.Note(400, "friends"),
            PresenceClient.State(0x20000000, 2, 0, "userState", 6500),
            PresenceClient.State(0x20000000, 3, 0, "userState", 9500));
        alice.Places("bob@contoso.test", container);

        var bob = PresenceClient.SignIn(lab, "bob");
        var told = Assert.Single(PresenceClient.Read(bob.Watch(Alice)));
        Assert.Equal((note, state), (PresenceClient.NotesOf(told), PresenceClient.Shown(told)));
    }

    [Fact]
    public void A_user_who_is_moved_is_told_all_that_the_new_place_shows()
    {
        using var lab = new ServerLab();
        var alice = PresenceClient.SignIn(lab, "alice");
        alice.Publishes([.. PresenceClient.UserState(6500), PresenceClient.Note(200, "colleagues"), PresenceClient.Note(400, "friends")]);
        var bob = PresenceClient.SignIn(lab, "bob");
        var carol = PresenceClient.SignIn(lab, "carol");
        bob.Watch(Alice);
        carol.Watch(Alice);

        alice.Places("bob@contoso.test", 400);
        Assert.Equal("friends", PresenceClient.NotesOf(Assert.Single(bob.ExpectsNews())));
        alice.Places("BOB@contoso.test", 32000);
        // The highest container of those that name him is the one that counts, and it says nothing.
        var told = Assert.Single(bob.ExpectsNews());
        Assert.Equal(("", "18500"), (PresenceClient.NotesOf(told), PresenceClient.Shown(told)));
        alice.Publishes(PresenceClient.UserState(9500, version: 1));
        bob.Raw.ExpectsNothing();
        Assert.Equal("9500", PresenceClient.Shown(Assert.Single(carol.ExpectsNews())));

        alice.SetMembers(PresenceClient.Container(32000, 1, PresenceClient.Member("remove", "user", "bob@contoso.test")));
        alice.Raw.ExpectsResponse(200);
        told = Assert.Single(bob.ExpectsNews());
        Assert.Equal(("friends", "9500"), (PresenceClient.NotesOf(told), PresenceClient.Shown(told)));
        carol.Raw.ExpectsNothing();
    }

    [Fact]
    public void The_blocked_learn_a_name_and_nothing_else()
    {
        using var lab = new ServerLab();
        var alice = PresenceClient.SignIn(lab, "alice");
        alice.Places("bob@contoso.test", 32000);
        var bob = PresenceClient.SignIn(lab, "bob");
        bob.SendWatch([Alice], categories: "contactCard services state note device routing userProperties");
        var before = Assert.Single(PresenceClient.Read(bob.Raw.ExpectsResponse(200)));
        Assert.Equal(["Alice"], before.Categories.Where(category => category is { Name: "contactCard" }).Select(category => ContactCard.Of(category.Content)!.DisplayName));
        Assert.All(before.Categories.Where(category => category.Name is not ("contactCard" or "state")), category => Assert.Null(category.Content));

        alice.Publishes([
            .. PresenceClient.UserState(6500),
            PresenceClient.Publication("routing", 0, 0, 0, "<routing/>"),
            PresenceClient.Publication("contactCard", 1, 400, 0, """<contactCard xmlns="http://schemas.microsoft.com/2006/09/sip/contactcard"><phone type="mobile"><uri>tel:+1</uri></phone></contactCard>"""),
            PresenceClient.Publication("device", 1, 2, 0, """<device xmlns="http://schemas.microsoft.com/2006/09/sip/device"><capabilities><text capture="true"/></capabilities></device>""")]);
        bob.Raw.ExpectsNothing();
        bob.SendWatch([Alice], categories: "contactCard services state note device routing userProperties", headers: PresenceClient.Benotify + "\nExpires: 0");
        Assert.Equal(before, Assert.Single(PresenceClient.Read(bob.Raw.ExpectsResponse(200))));
    }

    [Fact]
    public void What_is_for_the_owner_alone_nobody_else_is_shown()
    {
        using var lab = new ServerLab();
        var alice = PresenceClient.SignIn(lab, "alice");
        alice.Publishes([
            .. PresenceClient.MachineState(0x30000001, 3500),
            PresenceClient.Publication("routing", 0, 0, 0, "<routing/>"),
            PresenceClient.Publication("alerts", 0, 1, 0, "<alerts/>"),
            PresenceClient.Publication("device", 1, 2, 0, """<device xmlns="http://schemas.microsoft.com/2006/09/sip/device"><capabilities><text capture="true" render="true"/><voice capture="true"/></capabilities></device>""", "expireType=\"endpoint\"")]);
        alice.Places("bob@contoso.test", 400);
        var bob = PresenceClient.SignIn(lab, "bob");
        bob.SendWatch([Alice], categories: "alerts device routing services state userProperties");
        var told = Assert.Single(PresenceClient.Read(bob.Raw.ExpectsResponse(200)));
        Assert.Equal(["services", "state"], told.Categories.Where(category => category.Content is not null).Select(category => category.Name));
        // What the devices can do is told as that of the user, with how available they are.
        var service = told.Named("services").Single().Content!.Child("service")!;
        Assert.Equal(Alice, service.Attribute("uri"));
        Assert.Equal(
            ["text render=true capture=true deviceAvailability=3500", "voice capture=true deviceAvailability=3500"],
            service.Child("capabilities")!.Children.Select(one => $"{one.Name} {string.Join(' ', one.Attributes.Select(attribute => $"{attribute.Name}={attribute.Value}"))}"));
    }

    [Theory]
    [InlineData("domain", "contoso.test", 300u)]
    [InlineData("sameEnterprise", null, 300u)]
    [InlineData("everyone", null, 200u)]
    public void The_more_particular_member_decides_and_not_the_number(string type, string? value, uint falls)
    {
        using var lab = new ServerLab();
        var alice = PresenceClient.SignIn(lab, "alice");
        alice.Publishes(PresenceClient.Note(100, "100"), PresenceClient.Note(200, "200"), PresenceClient.Note(300, "300"), PresenceClient.Note(400, "400"));
        // Everyone is in 400 or 200, bob as the type says in 300, and carol by name in 100.
        alice.SetMembers(
            PresenceClient.Container(type == "everyone" ? 200u : 400u, 0, PresenceClient.Member("add", "everyone")),
            PresenceClient.Container(type == "everyone" ? 400u : 300u, 0, PresenceClient.Member("add", type == "everyone" ? "publicCloud" : type, value)),
            PresenceClient.Container(100, 0, PresenceClient.Member("add", "sameEnterprise"), PresenceClient.Member("add", "user", "carol@contoso.test")));
        alice.Raw.ExpectsResponse(200);
        if (type == "everyone")
        {
            alice.SetMembers(PresenceClient.Container(100, 1, PresenceClient.Member("remove", "sameEnterprise")));
            alice.Raw.ExpectsResponse(200);
        }

        var bob = PresenceClient.SignIn(lab, "bob");
        var expected = type == "everyone" ? "200" : falls.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(expected, PresenceClient.NotesOf(Assert.Single(PresenceClient.Read(bob.Watch(Alice)))));
        var carol = PresenceClient.SignIn(lab, "carol");
        Assert.Equal("100", PresenceClient.NotesOf(Assert.Single(PresenceClient.Read(carol.Watch(Alice)))));
    }

    [Fact]
    public void A_version_of_a_container_that_is_not_the_servers_is_409_and_nothing_of_it_holds()
    {
        using var lab = new ServerLab();
        var alice = PresenceClient.SignIn(lab, "alice");
        alice.Places("bob@contoso.test", 400);
        alice.SetMembers(
            PresenceClient.Container(200, 0, PresenceClient.Member("add", "sameEnterprise")),
            PresenceClient.Container(400, 0, PresenceClient.Member("remove", "user", "bob@contoso.test")));
        var refusal = alice.Raw.ExpectsResponse(409);
        Assert.Contains("""<operation index="2" version="0" curVersion="1"/>""", refusal.BodyText, StringComparison.Ordinal);
        var container = Assert.Single(PresenceClient.ReadSelf(alice.SubscribeSelf()).Containers!);
        Assert.Equal((400u, 1u, "bob@contoso.test"), (container.Id, container.Version, Assert.Single(container.Members).Value));
    }

    [Fact]
    public void Containers_and_members_are_limited()
    {
        using var lab = new ServerLab(options => options with { Presence = new() { MaxContainers = 2, MaxMembers = 3 } });
        var alice = PresenceClient.SignIn(lab, "alice");
        alice.SetMembers(PresenceClient.Container(1, 0), PresenceClient.Container(2, 0), PresenceClient.Container(3, 0));
        Assert.Equal("Too Many Containers", alice.Raw.ExpectsResponse(480).ReasonPhrase);
        alice.SetMembers(PresenceClient.Container(400, 0, [.. "abcd".Select(name => PresenceClient.Member("add", "user", $"{name}@contoso.test"))]));
        Assert.Equal("Too Many Members", alice.Raw.ExpectsResponse(480).ReasonPhrase);
        alice.SetMembers(PresenceClient.Container(400, 0, [.. "abca".Select(name => PresenceClient.Member("add", "user", $"{name}@contoso.test"))]), PresenceClient.Container(300, 0));
        alice.Raw.ExpectsResponse(200);
    }

    [Fact]
    public void Who_is_made_a_contact_learns_by_whom_until_it_is_acknowledged()
    {
        using var lab = new ServerLab();
        var alice = PresenceClient.SignIn(lab, "alice");
        alice.SubscribeSelf();
        var bob = PresenceClient.SignIn(lab, "bob");
        var dialog = bob.Watch("sip:carol@contoso.test");
        alice.Raw.ExpectsNothing();

        bob.Rewatch(dialog, "subscribe", [$"""<resource uri="{Alice}"><context/></resource>"""]);
        var news = alice.ExpectsSelf();
        Assert.Equal((null, null), (news.Categories, news.Containers));
        Assert.Equal(new PresenceSubscriber("bob@contoso.test") { DisplayName = "Bob", Acknowledged = false, Type = "sameEnterprise" }, Assert.Single(news.Subscribers!));
        bob.Rewatch(dialog, "subscribe", [$"""<resource uri="{Alice}"><context/></resource>"""]);
        alice.Raw.ExpectsNothing();

        alice.Service(
            "application/msrtc-presence-setsubscriber+xml",
            """<setSubscribers xmlns="http://schemas.microsoft.com/2006/09/sip/presence-subscribers"><subscriber user="bob@contoso.test" acknowledged="true"/></setSubscribers>""");
        alice.Raw.ExpectsResponse(200);
        Assert.True(Assert.Single(alice.ExpectsSelf().Subscribers!).Acknowledged);
        bob.SendWatch([$"""<resource uri="{Alice}"><context/></resource>"""]);
        bob.Raw.ExpectsResponse(200);
        alice.Raw.ExpectsNothing();
    }

    [Fact]
    public void Who_is_placed_already_needs_no_introduction()
    {
        using var lab = new ServerLab();
        var alice = PresenceClient.SignIn(lab, "alice");
        alice.Places("bob@contoso.test", 32000);
        alice.SubscribeSelf();
        var bob = PresenceClient.SignIn(lab, "bob");
        bob.SendWatch([$"""<resource uri="{Alice}"><context/></resource>"""]);
        bob.Raw.ExpectsResponse(200);
        alice.Raw.ExpectsNothing();
    }

    [Fact]
    public void Of_too_many_who_want_to_watch_the_oldest_makes_room()
    {
        using var lab = new ServerLab(options => options with { Presence = new() { MaxSubscribers = 1 } });
        foreach (var name in new[] { "bob", "carol" })
        {
            PresenceClient.SignIn(lab, name).SendWatch([$"""<resource uri="{Alice}"><context/></resource>"""]);
        }

        var alice = PresenceClient.SignIn(lab, "alice");
        Assert.Equal("carol@contoso.test", Assert.Single(PresenceClient.ReadSelf(alice.SubscribeSelf()).Subscribers!).User);
    }
}
