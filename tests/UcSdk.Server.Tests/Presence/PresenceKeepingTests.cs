namespace UcSdk.Server.Tests;

/// <summary>What of presence outlives the server in its store, and what does not.</summary>
public sealed class PresenceKeepingTests
{
    [Fact]
    public void Lasting_publications_containers_and_acknowledgements_are_there_in_the_next_server()
    {
        var store = new MemoryServerStore();
        using (var lab = new ServerLab(options => options with { Store = store }))
        {
            var alice = PresenceClient.SignIn(lab, "alice");
            alice.Publishes([
                .. PresenceClient.UserState(6500),
                .. PresenceClient.MachineState(0x30000001, 3500),
                PresenceClient.Note(200, "kept"),
                PresenceClient.Note(300, "gone"),
                PresenceClient.Publication("note", 9, 200, 0, "<note/>", "expireType=\"user\"")]);
            alice.Publishes(PresenceClient.Note(200, "kept at last", version: 1), PresenceClient.Publication("note", 0, 300, 1, life: "expires=\"0\""));
            alice.Publishes(PresenceClient.Note(400, "soon to be the user's"));
            alice.Publishes(PresenceClient.Publication("note", 0, 400, 1, "<note/>", "expireType=\"user\""));
            alice.Places("carol@contoso.test", 400);
            PresenceClient.SignIn(lab, "bob").SendWatch(["""<resource uri="sip:alice@contoso.test"><context/></resource>"""]);
            alice.Service(
                "application/msrtc-presence-setsubscriber+xml",
                """<setSubscribers xmlns="http://schemas.microsoft.com/2006/09/sip/presence-subscribers"><subscriber user="bob@contoso.test" acknowledged="true"/></setSubscribers>""");
            alice.Raw.ExpectsResponse(200);
        }

        using var next = new ServerLab(options => options with { Store = store });
        var carol = PresenceClient.SignIn(next, "carol");
        Assert.Equal("18500", PresenceClient.Shown(Assert.Single(PresenceClient.Read(carol.Watch("sip:alice@contoso.test")))));
        var again = PresenceClient.SignIn(next, "alice");
        var self = PresenceClient.ReadSelf(again.SubscribeSelf());
        var note = Assert.Single(self.Categories!.Named("note"));
        Assert.Equal((200u, 2u, "kept at last"), (note.Container, note.Version, note.Content!.ChildText("body")));
        Assert.DoesNotContain(self.Categories!.Named("state"), category => category.Instance == 0x30000001);
        Assert.Equal((400u, 1u, "carol@contoso.test"), (Assert.Single(self.Containers!).Id, self.Containers![0].Version, Assert.Single(self.Containers[0].Members).Value));
        Assert.Equal(("bob@contoso.test", true), (Assert.Single(self.Subscribers!).User, self.Subscribers![0].Acknowledged));
        // The versions go on, and the user's own choice holds again as soon as there is an endpoint.
        Assert.Equal("6500", PresenceClient.Shown(self.Categories!, 2));
        again.Publishes(PresenceClient.UserState(9500, version: 1));
    }

    [Fact]
    public async Task A_record_that_cannot_be_read_spoils_no_other()
    {
        var store = new MemoryServerStore();
        using (var lab = new ServerLab(options => options with { Store = store }))
        {
            PresenceClient.SignIn(lab, "alice").Publishes(PresenceClient.Note(200, "kept"));
        }

        foreach (var kind in new[] { "publication", "container", "subscribers" })
        {
            await store.SaveAsync([new StoreChange("sip:alice@contoso.test", kind, "x", "<odd/>"u8.ToArray())], TestContext.Current.CancellationToken);
        }

        using var next = new ServerLab(options => options with { Store = store });
        var self = PresenceClient.ReadSelf(PresenceClient.SignIn(next, "alice").SubscribeSelf());
        Assert.Single(self.Categories!.Named("note"));
    }
}
