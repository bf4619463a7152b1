using System.Collections.Concurrent;
using System.Text;
using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>Publications and subscriptions of ours at Kamailio's presence server (RFC 3903, RFC 6665).</summary>
public sealed class PresenceTests
{
    private const string Pidf = "application/pidf+xml";
    private static readonly SipUri Alice = SipUri.Parse("sip:alice@contoso.test");
    private readonly BlockingCollection<string> _notified = [];

    [Theory]
    [InlineData("UDP")]
    [InlineData("TCP")]
    public async Task What_alice_publishes_bob_is_notified_of_until_both_take_leave(string transport)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var server = await KamailioServer.StartPresenceAsync(limit.Token);
        await using var alice = await Phone.StartAsync(transport, "alice", limit.Token);
        await using var bob = await Phone.StartAsync(transport, "bob", limit.Token);
        var aliceFlow = await alice.Endpoint.ConnectAsync(server.AddressOf(transport), limit.Token);
        var publication = await alice.DoAsync(() => Task.FromResult(alice.Endpoint.Publish(
            new() { Aor = Alice, Event = "presence", Flow = aliceFlow, Expires = TimeSpan.FromMinutes(10) })));
        await PublishAsync(alice, publication, "open", limit.Token);
        var first = publication.ETag;
        Assert.NotNull(first);

        var subscription = await SubscribeAsync(bob, await bob.Endpoint.ConnectAsync(server.AddressOf(transport), limit.Token), "600");
        Assert.Equal(StatusCode.Ok, (await subscription.Established.WaitAsync(limit.Token)).StatusCode);
        Assert.Contains("<basic>open</basic>", _notified.Take(limit.Token), StringComparison.Ordinal);

        await PublishAsync(alice, publication, "closed", limit.Token);
        Assert.NotEqual(first, publication.ETag);
        Assert.Contains("<basic>closed</basic>", _notified.Take(limit.Token), StringComparison.Ordinal);

        await alice.DoAsync(async () =>
        {
            await publication.RemoveAsync(limit.Token);
            return true;
        });
        Assert.Equal(PublicationReason.Removed, await publication.Ended.WaitAsync(limit.Token));
        // Kamailio tells of the removal by a document in which everything is closed.
        Assert.DoesNotContain("<basic>open</basic>", _notified.Take(limit.Token), StringComparison.Ordinal);

        await bob.DoAsync(async () =>
        {
            await subscription.UnsubscribeAsync(limit.Token);
            return true;
        });
        // Kamailio's last NOTIFY, answered with 200, is what ends it.
        Assert.Equal(SubscriptionReason.Unsubscribed, await subscription.Ended.WaitAsync(TimeSpan.FromSeconds(10), limit.Token));
    }

    [Fact]
    public async Task Who_asks_for_too_short_a_life_takes_the_longer_one_and_an_unknown_package_is_refused()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var server = await KamailioServer.StartPresenceAsync(limit.Token);
        await using var bob = await Phone.StartAsync("UDP", "bob", limit.Token);
        var flow = await bob.Endpoint.ConnectAsync(server.AddressOf("UDP"), limit.Token);
        var subscription = await SubscribeAsync(bob, flow, "60");
        Assert.Equal("120", (await subscription.Established.WaitAsync(limit.Token)).Headers[HeaderName.Expires]);
        Assert.Equal("120", subscription.Request.Headers[HeaderName.Expires]);
        var refused = await SubscribeAsync(bob, flow, "600", "weather");
        Assert.Equal(StatusCode.BadEvent, (await refused.Established.WaitAsync(limit.Token)).StatusCode);
        Assert.Equal(SubscriptionReason.Refused, await refused.Ended.WaitAsync(limit.Token));
    }

    private static Task<bool> PublishAsync(Phone phone, Publication publication, string basic, CancellationToken cancellationToken) => phone.DoAsync(async () =>
    {
        var document = $"<?xml version=\"1.0\"?><presence xmlns=\"urn:ietf:params:xml:ns:pidf\" entity=\"{Alice}\"><tuple id=\"a\"><status><basic>{basic}</basic></status></tuple></presence>";
        await publication.PublishAsync(Pidf, Encoding.UTF8.GetBytes(document), cancellationToken);
        return true;
    });

    private Task<Subscription> SubscribeAsync(Phone phone, SipFlow flow, string expires, string package = "presence") => phone.DoAsync(() =>
    {
        var subscribe = phone.Endpoint.CreateRequest(SipMethod.Subscribe, Alice, phone.Me, new NameAddr(Alice));
        subscribe.Headers.Add(HeaderName.Event, package);
        subscribe.Headers.Add(HeaderName.Accept, Pidf);
        subscribe.Headers.Add(HeaderName.Expires, expires);
        var subscription = phone.Endpoint.Subscribe(subscribe, new SubscriptionOptions { Flow = flow });
        subscription.NotificationReceived += message => _notified.Add(message.BodyText);
        return Task.FromResult(subscription);
    });
}
