namespace UcSdk.Documents;

/// <summary>When a user works ([MS-PRES] §2.2.2.7, element <c>WorkingHours</c>, in the namespace of Exchange's types).</summary>
public sealed record WorkingHours : DocumentPart
{
    /// <summary>Minutes to add to the local time to get UTC, before what the clock changes add.</summary>
    public int Bias { get; init; }

    /// <summary>The change to standard time; null when not said.</summary>
    public ClockChange? StandardTime { get; init; }

    /// <summary>The change to daylight saving time; null when not said.</summary>
    public ClockChange? DaylightTime { get; init; }

    /// <summary>The hours.</summary>
    public ValueList<WorkingPeriod> Periods { get; init; } = [];

    /// <summary>How many periods there are.</summary>
    public override string ToString() => $"WorkingHours of {Periods.Count} periods";

    internal static WorkingHours? Read(DocumentElement? element)
    {
        if (element is null)
        {
            return null;
        }

        var zone = element.Child("TimeZone");
        return new WorkingHours
        {
            Bias = PresenceText.SignedNumber(zone?.ChildText("Bias")) ?? 0,
            StandardTime = ClockChange.Read(zone?.Child("StandardTime")),
            DaylightTime = ClockChange.Read(zone?.Child("DaylightTime")),
            Periods = element.Child("WorkingPeriodArray") is { } periods ? ValueList.From(periods.ChildrenNamed("WorkingPeriod").Select(WorkingPeriod.Read)) : [],
            Extensions = ElementBuilder.Unknown(element, "TimeZone", "WorkingPeriodArray"),
            ExtensionAttributes = element.Attributes,
        };
    }

    internal DocumentElement Write() => new ElementBuilder(Namespaces.ExchangeTypes, "WorkingHours")
        .Child(new ElementBuilder(Namespaces.ExchangeTypes, "TimeZone")
            .Leaf("Bias", PresenceText.Text(Bias))
            .Child(StandardTime?.Write("StandardTime"))
            .Child(DaylightTime?.Write("DaylightTime"))
            .Build())
        .Child(new ElementBuilder(Namespaces.ExchangeTypes, "WorkingPeriodArray").Children(Periods.Select(period => period.Write())).Build())
        .Extensions(this)
        .Build();
}
