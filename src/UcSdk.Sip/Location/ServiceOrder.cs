using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>The order in which the hosts of a service are tried (RFC 2782): by priority, and inside one priority drawn by weight.</summary>
internal static class ServiceOrder
{
    public static IReadOnlyList<DnsRecord.Service> Arrange(IEnumerable<DnsRecord.Service> services, RandomSource random)
    {
        var arranged = new List<DnsRecord.Service>();
        foreach (var group in services.GroupBy(service => service.Priority).OrderBy(group => group.Key))
        {
            // Those without weight stand first, so that they have their small chance.
            var waiting = group.OrderBy(service => service.Weight > 0).ToList();
            while (waiting.Count > 0)
            {
                var draw = random.Next(waiting.Sum(service => service.Weight) + 1);
                var sum = 0;
                var index = waiting.FindIndex(service => (sum += service.Weight) >= draw);
                arranged.Add(waiting[index]);
                waiting.RemoveAt(index);
            }
        }

        return arranged;
    }
}
