using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>Presence where the server is a plain SIP server: a subscription to each contact (RFC 3856), told by PIDF (RFC 3863, RFC 4480).</summary>
public sealed class PlainPresenceTests
{
    // RFC 3863 §4.1 with the person of RFC 4479 and the activities of RFC 4480 §3.
    private const string Busy =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><presence xmlns=\"urn:ietf:params:xml:ns:pidf\" xmlns:dm=\"urn:ietf:params:xml:ns:pidf:data-model\" xmlns:rpid=\"urn:ietf:params:xml:ns:pidf:rpid\" "
        + "entity=\"pres:bob@contoso.com\"><tuple id=\"a1\"><status><basic>open</basic></status></tuple>"
        + "<dm:person id=\"p1\"><rpid:activities><rpid:on-the-phone/></rpid:activities><dm:note>Ring me later</dm:note></dm:person></presence>";

    private readonly Lab _lab = new();

    public PlainPresenceTests()
    {
        _lab.Server.Answers["REGISTER"] = request => _lab.Server.Reply(request, 200, $"Contact: {request.Contact};expires=3600\r\nExpires: 3600\r\n");
        _lab.Server.Answers["SUBSCRIBE presence"] = request =>
        {
            var isEnd = request.Headers[HeaderName.Expires] == "0";
            return _lab.Server.Reply(request, 200, $"Expires: {(isEnd ? 0 : 3600)}\r\n");
        };
    }

    [Fact]
    public void Each_contact_is_subscribed_to_at_its_own_address_in_the_words_of_RFC_3856() => _lab.Run(async () =>
    {
        var (client, bob) = await WatchAsync();
        var subscribe = _lab.Server.Last("SUBSCRIBE presence");
        Assert.Equal(("sip:bob@contoso.com", "presence", "3600"), (subscribe.UriText, subscribe.Headers[HeaderName.Event], subscribe.Headers[HeaderName.Expires]));
        Assert.Equal("application/pidf+xml, application/xpidf+xml", subscribe.Headers[HeaderName.Accept]);
        Assert.Null(subscribe.Headers[HeaderName.ProxyRequire]);
        Assert.True(subscribe.Body.IsEmpty);

        await NotifyAsync(Busy);
        Assert.Contains("alice: 200 NOTIFY presence", _lab.Server.Log);
        Assert.Equal((ContactAvailability.Busy, "on-the-phone", "Ring me later", ContactPresenceState.Subscribed), (bob.Availability, bob.Information.ActivityToken, bob.Information.PersonalNote, bob.PresenceState));
        await NotifyAsync(Busy.Replace("open", "closed", StringComparison.Ordinal));
        Assert.Equal(ContactAvailability.Offline, bob.Availability);
        await NotifyAsync(Busy.Replace("rpid:on-the-phone", "rpid:away", StringComparison.Ordinal));
        Assert.Equal((ContactAvailability.Away, "Away"), (bob.Availability, bob.Information.Activity));
        await client.SignOutAsync();
        Assert.Equal("0", _lab.Server.Last("SUBSCRIBE presence").Headers[HeaderName.Expires]);
    });

    [Theory]
    [InlineData("terminated;reason=noresource", ContactPresenceState.Terminated)]
    [InlineData("terminated;reason=rejected", ContactPresenceState.Terminated)]
    [InlineData("terminated;reason=giveup;retry-after=60", ContactPresenceState.WaitingForRetry)]
    public void The_notifier_may_end_it(string state, ContactPresenceState expected) => _lab.Run(async () =>
    {
        var (_, bob) = await WatchAsync();
        await NotifyAsync(Busy);
        await _lab.Server.SendInDialogAsync("presence", "NOTIFY", $"Event: presence\r\nSubscription-State: {state}\r\n\r\n");
        await _lab.DelayAsync(1);
        Assert.Equal((expected, ContactAvailability.None), (bob.PresenceState, bob.Availability));
        await _lab.DelayAsync(61);
        Assert.Equal(expected == ContactPresenceState.Terminated ? 1 : 2, Asked);
    });

    [Theory]
    [InlineData(489, ContactPresenceState.Terminated, 1)]
    [InlineData(404, ContactPresenceState.Terminated, 1)]
    [InlineData(503, ContactPresenceState.WaitingForRetry, 2)]
    public void It_may_be_refused(int status, ContactPresenceState expected, int asked) => _lab.Run(async () =>
    {
        _lab.Server.Answers["SUBSCRIBE presence"] = request => _lab.Server.Reply(request, status);
        var (_, bob) = await WatchAsync();
        Assert.Equal(expected, bob.PresenceState);
        await _lab.DelayAsync(11);
        Assert.Equal(asked, Asked);
    });

    [Theory]
    [InlineData(489)]
    [InlineData(420)]
    [InlineData(421)]
    public void A_server_that_promised_batches_and_does_not_know_them_gets_single_ones(int status) => _lab.Run(async () =>
    {
        _lab.Server.Answers["REGISTER"] = request => _lab.Server.Reply(request, 200, Texts.Registered(request));
        var plain = _lab.Server.Answers["SUBSCRIBE presence"];
        _lab.Server.Answers["SUBSCRIBE presence"] = request => request.Body.IsEmpty ? plain(request) : _lab.Server.Reply(request, status);
        var (_, bob) = await WatchAsync();
        Assert.Equal(("sip:bob@contoso.com", 2), (_lab.Server.Last("SUBSCRIBE presence").UriText, Asked));
        await NotifyAsync(Busy);
        Assert.Equal(ContactAvailability.Busy, bob.Availability);
    });

    [Fact]
    public void A_query_is_a_subscription_without_life() => _lab.Run(async () =>
    {
        var client = await _lab.SignInAsync("alice");
        var bob = client.ContactManager.GetContactByUri("bob@contoso.com");
        var query = bob.QueryAsync();
        await _lab.DelayAsync(0.1);
        await _lab.Server.SendInDialogAsync("presence", "NOTIFY", $"Event: presence\r\nSubscription-State: terminated;reason=timeout\r\nContent-Type: application/pidf+xml\r\n\r\n{Busy}");
        Assert.Equal(ContactAvailability.Busy, (await query).Availability);
    });

    private int Asked => _lab.Server.Requests.Count(request => request.Name == "SUBSCRIBE presence");

    private async Task<(LyncClient Client, Contact Bob)> WatchAsync()
    {
        var client = await _lab.SignInAsync("alice");
        var bob = client.ContactManager.GetContactByUri("bob@contoso.com");
        var subscription = client.ContactManager.CreateSubscription();
        subscription.AddContact(bob);
        subscription.Subscribe(ContactSubscriptionRefreshRate.High, ContactInformationType.Availability);
        await _lab.DelayAsync(1);
        return (client, bob);
    }

    private async Task NotifyAsync(string body)
    {
        await _lab.Server.SendInDialogAsync("presence", "NOTIFY", $"Event: presence\r\nSubscription-State: active;expires=3000\r\nContent-Type: application/pidf+xml\r\n\r\n{body}");
        await _lab.DelayAsync(0.2);
    }
}
