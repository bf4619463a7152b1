using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>
/// What a user can be reached by at all endpoints together: the category <c>services</c> made of those of the category <c>device</c> ([MS-PRES] §3.8.5.1). A capability is
/// there when one device has it, and as available as the most active machine that has it.
/// </summary>
internal static class AggregatedServices
{
    private static readonly string[] Directions = ["render", "capture", "publish"];

    /// <summary>The content; null when no device tells what it can do.</summary>
    public static DocumentElement? Aggregate(string user, IEnumerable<StoredPublication> devices, IReadOnlyList<ReportedState> states)
    {
        var capabilities = new Dictionary<string, Capability>(StringComparer.Ordinal);
        foreach (var device in devices)
        {
            var machine = AggregatedPresence.MostActive(states.Where(state => state.Endpoint == device.Endpoint));
            foreach (var element in device.Content?.Child("capabilities")?.Children ?? [])
            {
                capabilities[element.Name] = (capabilities.GetValueOrDefault(element.Name) ?? new()).With(element, machine?.Availability ?? PresenceAvailabilities.Available);
            }
        }

        if (capabilities.Count == 0)
        {
            return null;
        }

        const string ns = Namespaces.ServiceCapabilities;
        var all = new ElementBuilder(ns, "capabilities").Children(capabilities.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value.Write(pair.Key)));
        return new ElementBuilder(ns, "services")
            .Child(new ElementBuilder(ns, "service").Attribute("uri", user).Child(all.Build()).Build())
            .Build();
    }

    private sealed record Capability
    {
        private uint Availability { get; init; } = PresenceAvailabilities.Offline;

        private ValueList<string> Ways { get; init; } = [];

        public Capability With(DocumentElement element, uint availability) => new()
        {
            Availability = Math.Min(Availability, availability),
            Ways = ValueList.From(Directions.Where(way => Ways.Contains(way) || DocumentScope.Boolean(element.Attribute(way)) == true)),
        };

        public DocumentElement Write(string name)
        {
            var element = new ElementBuilder(Namespaces.ServiceCapabilities, name);
            foreach (var way in Ways)
            {
                element.Attribute(way, "true");
            }

            return element.Attribute("deviceAvailability", ElementBuilder.Text(Availability)).Build();
        }
    }
}
