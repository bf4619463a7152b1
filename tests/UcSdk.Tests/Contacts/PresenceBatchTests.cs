using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>How large a batch may become, and whom it introduces ([MS-PRES] §2.2.2.4.1).</summary>
public sealed class PresenceBatchTests
{
    private readonly Lab _lab = new();
    private readonly ContactListScript _list;
    private readonly PresenceScript _script;

    public PresenceBatchTests() => (_list, _script) = (new(_lab), new(_lab));

    [Theory]
    [InlineData(20, new[] { 20 })]
    [InlineData(21, new[] { 20, 1 })]
    [InlineData(55, new[] { 20, 20, 15 })]
    public void One_more_than_a_batch_may_name_is_in_another_one(int contacts, int[] batches) => _lab.Run(async () =>
    {
        var manager = await SignInWithAnEmptyListAsync(20);
        _script.Known["sip:u000@contoso.com"] = _script.Known[$"sip:u{contacts - 1:D3}@contoso.com"] = PresenceScript.State(3500);
        var subscription = Subscribe(manager, contacts);
        await _lab.DelayAsync(1);

        Assert.Equal(batches, _script.Asked.Select(request => PresenceScript.Resources(request, "subscribe").Length));
        Assert.All(_script.Asked, request => Assert.Null(request.To!.Tag));
        Assert.Equal(contacts, _script.Asked.SelectMany(request => PresenceScript.Resources(request, "subscribe")).Distinct().Count());
        Assert.All([0, contacts - 1], at => Assert.Equal(ContactAvailability.Free, manager.GetContactByUri($"sip:u{at:D3}@contoso.com").Availability));

        // Whoever goes leaves room for another, in the dialog that has it.
        var asked = _script.Asked.Count();
        subscription.RemoveContact(manager.GetContactByUri("sip:u000@contoso.com"));
        subscription.Subscribe(ContactSubscriptionRefreshRate.High, ContactInformationType.Availability);
        await _lab.DelayAsync(1);
        Assert.Equal(["sip:u000@contoso.com"], PresenceScript.Resources(_script.Asked.Last(), "unsubscribe"));
        subscription.AddContact(manager.GetContactByUri("sip:dave@contoso.com"));
        subscription.Subscribe(ContactSubscriptionRefreshRate.High, ContactInformationType.Availability);
        await _lab.DelayAsync(1);
        Assert.Equal(["sip:dave@contoso.com"], PresenceScript.Resources(_script.Asked.Last(), "subscribe"));
        Assert.Equal((asked + 2, true), (_script.Asked.Count(), _script.Asked.Last().To!.Tag is not null));

        subscription.Unsubscribe();
        await _lab.DelayAsync(1);
        Assert.Equal(batches.Length, _script.Asked.Count(request => request.Headers[HeaderName.Expires] == "0"));
    });

    [Theory]
    [InlineData(20, 1)]
    [InlineData(21, 2)]
    public void A_query_is_divided_in_the_same_way(int contacts, int queries) => _lab.Run(async () =>
    {
        var manager = await SignInWithAnEmptyListAsync(20);
        foreach (var at in Enumerable.Range(0, contacts))
        {
            _script.Known[$"sip:u{at:D3}@contoso.com"] = PresenceScript.State(6500);
        }

        var people = await Task.WhenAll(Enumerable.Range(0, contacts).Select(at => manager.GetContactByUri($"sip:u{at:D3}@contoso.com").QueryAsync()));
        Assert.Equal(queries, _script.Asked.Count());
        Assert.All(people, known => Assert.Equal(ContactAvailability.Busy, known.Availability));
    });

    [Fact]
    public void Who_is_put_into_the_list_is_introduced_to_the_server_once() => _lab.Run(async () =>
    {
        var client = await _lab.SignInAsync("alice");
        await _lab.DelayAsync(1);
        var manager = client.ContactManager;
        var number = 7;
        _list.Take("setContact", request =>
            $"<contactDelta deltaNum=\"{++number}\" prevDeltaNum=\"{number - 1}\"><addedContact uri=\"{ContactListScript.Said(request, "URI")}\" name=\"\" "
            + $"groups=\"{ContactListScript.Said(request, "groups")}\" subscribed=\"true\" externalURI=\"\"/></contactDelta>");
        Assert.DoesNotContain("context", Assert.Single(_script.Asked).BodyText, StringComparison.Ordinal);

        var dave = manager.GetContactByUri("dave@contoso.com");
        await manager.Groups[1].AddContactAsync(dave);
        await _lab.DelayAsync(1);
        Assert.Contains("<resource uri=\"sip:dave@contoso.com\"><context/></resource>", _script.Asked.Last().BodyText.Replace(" />", "/>", StringComparison.Ordinal), StringComparison.Ordinal);

        // Another place in the list is no news to him, and neither is a new connection.
        await manager.Groups[0].AddContactAsync(dave);
        _list.List = _list.List.Replace("deltaNum=\"7\"", $"deltaNum=\"{number}\"", StringComparison.Ordinal)
            .Replace("</contactList>", "<contact uri=\"dave@contoso.com\" name=\"\" groups=\"1 2\" subscribed=\"true\" externalURI=\"\"/></contactList>", StringComparison.Ordinal);
        await _lab.Server.CloseFlowAsync("alice");
        await _lab.DelayAsync(10);
        Assert.Contains("sip:dave@contoso.com", PresenceScript.Resources(_script.Asked.Last(), "subscribe"));
        Assert.DoesNotContain("context", _script.Asked.Last().BodyText, StringComparison.Ordinal);
    });

    [Fact]
    public void A_first_batch_that_introduces_somebody_does_not_do_so_when_it_is_renewed() => _lab.Run(async () =>
    {
        var manager = await SignInWithAnEmptyListAsync(20);
        _list.Take("setContact", _ => "<contactDelta deltaNum=\"2\" prevDeltaNum=\"1\"><addedContact uri=\"sip:dave@contoso.com\" name=\"\" groups=\"1\" subscribed=\"true\" externalURI=\"\"/></contactDelta>");
        await manager.Groups[0].AddContactAsync(manager.GetContactByUri("dave@contoso.com"));
        await _lab.DelayAsync(1);
        Assert.Contains("context", Assert.Single(_script.Asked).BodyText, StringComparison.Ordinal);

        await _script.TellAsync("\r\n", state: "terminated;reason=deactivated");
        await _lab.DelayAsync(1);
        Assert.Equal((2, "sip:dave@contoso.com"), (_script.Asked.Count(), Assert.Single(PresenceScript.Resources(_script.Asked.Last(), "subscribe"))));
        Assert.DoesNotContain("context", _script.Asked.Last().BodyText, StringComparison.Ordinal);
    });

    [Fact]
    public void A_batch_has_room_for_somebody() => Assert.Throws<ArgumentOutOfRangeException>(() => _lab.CreateClient("alice", change: options => options with { MaxPresenceBatch = 0 }));

    private static ContactSubscription Subscribe(ContactManager manager, int contacts)
    {
        var subscription = manager.CreateSubscription();
        subscription.AddContacts(Enumerable.Range(0, contacts).Select(at => manager.GetContactByUri($"sip:u{at:D3}@contoso.com")));
        subscription.Subscribe(ContactSubscriptionRefreshRate.High, ContactInformationType.Availability);
        return subscription;
    }

    private async Task<ContactManager> SignInWithAnEmptyListAsync(int maxBatch)
    {
        _list.List = "<contactList deltaNum=\"1\"><group id=\"1\" name=\"~\"/></contactList>";
        var client = await _lab.SignInAsync("alice", change: options => options with { MaxPresenceBatch = maxBatch });
        await _lab.DelayAsync(1);
        return client.ContactManager;
    }
}
