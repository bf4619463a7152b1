namespace UcSdk.Documents;

/// <summary>What conferences of the organizer can have ([MS-CONFPRO] §2.2.3.8).</summary>
public sealed record GetConferencingCapabilitiesResult : C3pResult
{
    /// <inheritdoc/>
    public override string Name => GetConferencingCapabilitiesCommand.ElementName;

    /// <summary>The number of the set of capabilities; default 1.</summary>
    public uint CapabilityVersion { get; init; } = 1;

    /// <summary>The parts that conferences can have, of <see cref="ConferenceEntityTypes"/>.</summary>
    public ValueList<string> McuTypes { get; init; } = [];

    /// <summary>Whether conferences can be joined by telephone; null when not said.</summary>
    public bool? PstnBridging { get; init; }

    /// <summary>The region whose numbers are offered first; null when not said.</summary>
    public string? DefaultRegion { get; init; }

    /// <summary>The telephone numbers, by region.</summary>
    public ValueList<DialInRegion> Regions { get; init; } = [];

    internal static GetConferencingCapabilitiesResult Read(DocumentElement element)
    {
        var bridging = element.Child("pstn-bridging");
        var numbers = bridging?.Child("access-numbers");
        return new GetConferencingCapabilitiesResult
        {
            CapabilityVersion = DocumentScope.Number(element.Attribute("capability-version")) ?? 1,
            McuTypes = ValueList.From(element.Child("mcu-types")?.ChildrenNamed("mcuType").Select(type => type.Text.Trim()) ?? []),
            PstnBridging = DocumentScope.Boolean(bridging?.Attribute("enabled")),
            DefaultRegion = numbers?.ChildText("default-region"),
            Regions = ValueList.From(numbers?.ChildrenNamed("region").Select(ReadRegion) ?? []),
            Extensions = ElementBuilder.Unknown(element, "mcu-types", "pstn-bridging"),
        };
    }

    internal override DocumentElement Write()
    {
        var types = new ElementBuilder(Namespaces.C3p, "mcu-types");
        foreach (var type in McuTypes)
        {
            types.Leaf("mcuType", type);
        }

        return Start()
            .Attribute("capability-version", ElementBuilder.Text(CapabilityVersion))
            .Child(types.Build())
            .Child(WriteBridging())
            .Extensions(this)
            .Build();
    }

    private static DialInRegion ReadRegion(DocumentElement region) => new(
        region.Attribute("name") ?? "",
        ValueList.From(region.ChildrenNamed("access-number").Select(number => number.ChildText("number")).OfType<string>()));

    private DocumentElement? WriteBridging()
    {
        if (PstnBridging is null)
        {
            return null;
        }

        var bridging = new ElementBuilder(Namespaces.C3p, "pstn-bridging").Attribute("enabled", ElementBuilder.Text(PstnBridging));
        return Regions.Count == 0 && DefaultRegion is null
            ? bridging.Build()
            : bridging.Child(new ElementBuilder(Namespaces.C3p, "access-numbers")
                .Leaf("default-region", DefaultRegion)
                .Children(Regions.Select(WriteRegion))
                .Build()).Build();
    }

    private static DocumentElement WriteRegion(DialInRegion region) => new ElementBuilder(Namespaces.C3p, "region")
        .Attribute("name", region.Name)
        .Children(region.Numbers.Select(number => new ElementBuilder(Namespaces.C3p, "access-number").Leaf("number", number).Build()))
        .Build();
}
