using UcSdk.Sip;

namespace UcSdk.Server.Tests;

/// <summary>How long presence lasts: with the endpoint, with the user, for a time ([MS-PRES] §2.2.2 expireType), and how long who watches is told.</summary>
public sealed class PresenceLifeConversationTests
{
    private const string Alice = "sip:alice@contoso.test";

    [Theory]
    [InlineData("unregister")]
    [InlineData("cut")]
    [InlineData("deregister")]
    [InlineData("expire")]
    public void What_an_endpoint_has_published_goes_with_it(string how)
    {
        using var lab = new ServerLab(options => options with { RegistrationExpires = TimeSpan.FromHours(1) });
        var bob = PresenceClient.SignIn(lab, "bob");
        bob.SendWatch([Alice]);
        bob.Raw.ExpectsResponse(200);
        var desk = PresenceClient.SignIn(lab, "alice", "de50");
        desk.Publishes([.. PresenceClient.MachineState(0x30000001, 3500), PresenceClient.Note(200, "static stays")]);
        Assert.Equal("3500", PresenceClient.Shown(bob.ExpectsNews()[0]));

        switch (how)
        {
            case "unregister":
                desk.Raw.Register("Expires: 0");
                desk.Raw.ExpectsResponse(200);
                break;
            case "cut":
                desk.Raw.Close();
                break;
            case "deregister":
                lab.Run(() => lab.Server.DeregisterAsync("alice"));
                break;
            default:
                lab.Advance(TimeSpan.FromMinutes(59));
                bob.Raw.Register();
                bob.Raw.ExpectsResponse(200);
                lab.Advance(TimeSpan.FromMinutes(1));
                break;
        }

        Assert.Equal("18500", PresenceClient.Shown(Assert.Single(bob.ExpectsNews())));
        bob.SendWatch([Alice], headers: PresenceClient.Benotify + "\nExpires: 0");
        Assert.Equal("static stays", PresenceClient.NotesOf(Assert.Single(PresenceClient.Read(bob.Raw.ExpectsResponse(200)))));
    }

    [Fact]
    public void What_is_the_users_goes_with_the_last_endpoint()
    {
        using var lab = new ServerLab();
        var desk = PresenceClient.SignIn(lab, "alice", "de50");
        var phone = PresenceClient.SignIn(lab, "alice", "f0e1");
        desk.Publishes(PresenceClient.Publication("note", 0, 200, 0, "<note><body>here</body></note>", "expireType=\"user\""));
        var bob = PresenceClient.SignIn(lab, "bob");
        bob.Watch(Alice);

        desk.Raw.Register("Expires: 0");
        bob.Raw.ExpectsNothing();
        phone.Raw.Register("Expires: 0");
        Assert.Contains(bob.ExpectsNews()[0].Named("note"), note => note.Content is null);
    }

    [Fact]
    public void What_is_for_a_time_ends_to_the_tick_unless_it_is_published_again()
    {
        using var lab = new ServerLab();
        var alice = PresenceClient.SignIn(lab, "alice");
        alice.SubscribeSelf();
        string Meeting(int version) => PresenceClient.State(0x40000001, 2, version, "calendarState", 6500, """<activity token="in-a-meeting" minAvailability="6500" maxAvailability="8999"/>""", "expireType=\"time\" expires=\"600\"");
        alice.Publishes([.. PresenceClient.MachineState(0x30000001, 3500), Meeting(0)]);
        lab.Advance(TimeSpan.FromSeconds(400));
        var published = alice.Publishes(Meeting(1));
        Assert.Equal("6500 in-a-meeting", PresenceClient.Shown(published.Categories!, 2));
        Assert.Equal(600u, published.Categories!.Named("state").Single(category => category is { Instance: 0x40000001 }).Expires);

        lab.Advance(TimeSpan.FromSeconds(600) - TimeSpan.FromTicks(1));
        alice.Raw.ExpectsNothing();
        lab.Advance(TimeSpan.FromTicks(1));
        Assert.Equal("3500", PresenceClient.Shown(alice.ExpectsSelf().Categories!, 2));
        // It is gone, and begins anew.
        alice.Publishes(Meeting(0));
    }

    [Fact]
    public void Who_asks_for_it_is_told_as_long_as_it_is_registered_without_refreshing()
    {
        using var lab = new ServerLab(options => options with { PresenceExpires = TimeSpan.FromMinutes(30), RegistrationExpires = TimeSpan.FromMinutes(20) });
        var alice = PresenceClient.SignIn(lab, "alice");
        var bob = PresenceClient.SignIn(lab, "bob");
        bob.Watch(Alice);
        bob.SendWatch([Alice], headers: PresenceClient.Benotify.Replace("Supported: com.microsoft.autoextend", "", StringComparison.Ordinal).TrimEnd());
        Assert.False(bob.Raw.ExpectsResponse(200).Headers.HasToken(HeaderName.Supported, "com.microsoft.autoextend"));
        for (var passed = 0; passed < 40; passed += 10)
        {
            lab.Advance(TimeSpan.FromMinutes(10));
            alice.Raw.Register();
            alice.Raw.ExpectsResponse(200);
            bob.Raw.Register();
            if (passed == 20)
            {
                Assert.StartsWith("terminated", bob.Raw.ExpectsRequest("BENOTIFY").Headers[HeaderName.SubscriptionState], StringComparison.Ordinal);
            }

            bob.Raw.ExpectsResponse(200);
        }

        alice.Publishes(PresenceClient.UserState(6500));
        Assert.Equal("6500", PresenceClient.Shown(Assert.Single(bob.ExpectsNews())));
        bob.Raw.ExpectsNothing();
    }

    [Fact]
    public void Who_signs_out_is_told_that_it_watches_nobody_any_more()
    {
        using var lab = new ServerLab();
        var bob = PresenceClient.SignIn(lab, "bob");
        bob.Watch(Alice);
        bob.SubscribeSelf();
        bob.Raw.Register("Expires: 0");
        bob.Raw.ExpectsResponse(200);
        Assert.Equal("terminated;reason=rejected", bob.Raw.ExpectsRequest("BENOTIFY").Headers[HeaderName.SubscriptionState]);
        Assert.Equal("terminated;reason=rejected", bob.Raw.ExpectsRequest("BENOTIFY").Headers[HeaderName.SubscriptionState]);
        Assert.Equal(0, lab.Counts.PresenceSubscriptions);
    }
}
