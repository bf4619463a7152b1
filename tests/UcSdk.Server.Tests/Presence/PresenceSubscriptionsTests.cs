using System.Runtime.InteropServices;
using System.Text;
using UcSdk.Core;
using UcSdk.Documents;

namespace UcSdk.Server.Tests;

/// <summary>Who is told what, without a network: documents made once, and next to nothing for each watcher.</summary>
public sealed class PresenceSubscriptionsTests
{
    private const string Alice = "sip:alice@contoso.test";
    private readonly UserDirectory _directory = new("contoso.test");
    private readonly PresenceSubscriptions _subscriptions = new();
    private readonly PresenceStore _store;
    private readonly Presentity _alice;
    private uint _version;

    public PresenceSubscriptionsTests()
    {
        _directory.Add(new("alice"));
        _store = new(_directory, new PresenceLimits(), new SimulationScheduler().Time);
        _alice = _store.Get(Alice);
    }

    [Fact]
    public void Watchers_who_are_shown_the_same_are_told_the_same_bytes()
    {
        var change = new PresenceChange(_alice);
        Assert.True(_alice.TryChangeMembers(
            [new ContainerChange(400, 0) { Members = [new ContainerMemberChange(true, new ContainerMember(ContainerMemberTypes.User, "friend@contoso.test"))] }], change, out _));
        Watch("one");
        Watch("two");
        Watch("friend");
        var other = Watch("three", "state");

        Publish(6500);
        var told = _subscriptions.TakeNews();
        Assert.Equal(4, told.Count);
        Assert.Same(ArrayOf(told[0].Notification), ArrayOf(told[1].Notification));
        Assert.NotSame(ArrayOf(told[0].Notification), ArrayOf(told[2].Notification));
        // Who wants less is told the same of what has changed.
        Assert.Same(ArrayOf(told[0].Notification), ArrayOf(told[3].Notification));
        Assert.Empty(_subscriptions.TakeNews());

        Assert.True(_subscriptions.Remove(other));
        Publish(9500);
        Assert.Equal(3, _subscriptions.TakeNews().Count);
        Assert.Contains("9500", Encoding.UTF8.GetString(ArrayOf(Told())), StringComparison.Ordinal);

        PresenceNotification Told()
        {
            Publish(6500);
            Publish(9500);
            return _subscriptions.TakeNews()[0].Notification;
        }
    }

    [Fact]
    public void One_more_watcher_costs_a_hundred_bytes_a_change_at_most()
    {
        const int watchers = 1000;
        for (var index = 0; index < watchers; index++)
        {
            Watch($"watcher{index}");
        }

        var allocated = 0L;
        for (var round = 0; round < 20; round++)
        {
            var change = Change(round % 2 == 0 ? 6500u : 9500u);
            var before = GC.GetAllocatedBytesForCurrentThread();
            _subscriptions.Apply(change);
            Assert.Equal(watchers, _subscriptions.TakeNews().Count);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.InRange(allocated, 1, 100 * watchers);
    }

    private long Watch(string user, string categories = "note state")
    {
        var subscription = new WatchSubscription(new EndpointId($"sip:{user}@contoso.test", "1"), WatchForm.List, $"sip:{user}@contoso.test", new SeededRandomSource(1));
        subscription.Add(_alice, Alice, _subscriptions.SetOf(categories.Split(' ')));
        subscription.Full();
        return _subscriptions.Add(subscription);
    }

    private void Publish(uint availability) => _subscriptions.Apply(Change(availability));

    private PresenceChange Change(uint availability)
    {
        var change = new PresenceChange(_alice);
        _alice.AddEndpoint("1", _store.WallNow, change);
        Assert.True(DocumentElement.TryRead(Encoding.UTF8.GetBytes(PresenceClient.StateContent("userState", availability)), out var content, out _));
        var key = new PublicationKey(PresenceCategoryNames.State, 0x20000000, PresenceContainerIds.Aggregation);
        Assert.True(_alice.TryPublish([new(key, _version++, PresenceExpireType.Static, null, content)], "1", default, _store.WallNow, change, out _));
        return change;
    }

    private static byte[] ArrayOf(PresenceNotification notification)
    {
        Assert.True(MemoryMarshal.TryGetArray(notification.Body, out var segment));
        return segment.Array!;
    }
}
