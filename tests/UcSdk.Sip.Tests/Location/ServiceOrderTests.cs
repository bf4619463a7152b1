using UcSdk.Core;

namespace UcSdk.Sip.Tests;

/// <summary>RFC 2782: priority, then weight.</summary>
public sealed class ServiceOrderTests
{
    [Fact]
    public void A_lower_priority_always_comes_first()
    {
        for (ulong seed = 0; seed < 50; seed++)
        {
            var order = ServiceOrder.Arrange([Service(20, 60000, "c"), Service(10, 0, "a"), Service(10, 1, "b")], new SeededRandomSource(seed));
            Assert.Equal("c", order[^1].Target);
            Assert.Equal(3, order.Count);
        }
    }

    [Fact]
    public void Inside_one_priority_the_first_is_drawn_by_weight()
    {
        var random = new SeededRandomSource(2782);
        var first = Enumerable.Range(0, 10_000)
            .Select(_ => ServiceOrder.Arrange([Service(0, 10, "ten"), Service(0, 60, "sixty"), Service(0, 30, "thirty")], random)[0].Target)
            .CountBy(target => target).ToDictionary();
        Assert.InRange(first["ten"], 850, 1150);
        Assert.InRange(first["thirty"], 2750, 3250);
        Assert.InRange(first["sixty"], 5700, 6300);
    }

    [Fact]
    public void Without_weights_everybody_has_a_turn_and_a_weight_of_zero_a_small_chance()
    {
        var random = new SeededRandomSource(1);
        var first = Enumerable.Range(0, 10_000)
            .Select(_ => ServiceOrder.Arrange([Service(0, 99, "heavy"), Service(0, 0, "light")], random)[0].Target)
            .CountBy(target => target).ToDictionary();
        Assert.InRange(first["light"], 50, 200);
        Assert.Equal(2, ServiceOrder.Arrange([Service(0, 0, "x"), Service(0, 0, "y")], random).Count);
    }

    private static DnsRecord.Service Service(int priority, int weight, string target) => new("_sip._udp.test", TimeSpan.Zero, priority, weight, 5060, target);
}
