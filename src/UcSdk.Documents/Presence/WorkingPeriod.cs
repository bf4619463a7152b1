namespace UcSdk.Documents;

/// <summary>Hours of work on some days of the week ([MS-PRES] §2.2.2.7, element <c>WorkingPeriod</c>).</summary>
/// <param name="Days">The days.</param>
/// <param name="Start">When work begins, from midnight in the time zone of the working hours.</param>
/// <param name="End">When it ends, from the same midnight.</param>
public sealed record WorkingPeriod(ValueList<DayOfWeek> Days, TimeSpan Start, TimeSpan End)
{
    internal static WorkingPeriod Read(DocumentElement element) => new(
        ValueList.From((element.ChildText("DayOfWeek") ?? "")
            .Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Select(PresenceText.Day)
            .OfType<DayOfWeek>()),
        Minutes(element.ChildText("StartTimeInMinutes")),
        Minutes(element.ChildText("EndTimeInMinutes")));

    internal DocumentElement Write() => new ElementBuilder(Namespaces.ExchangeTypes, "WorkingPeriod")
        .Leaf("DayOfWeek", string.Join(' ', Days))
        .Leaf("StartTimeInMinutes", (uint)Start.TotalMinutes)
        .Leaf("EndTimeInMinutes", (uint)End.TotalMinutes)
        .Build();

    private static TimeSpan Minutes(string? text) => TimeSpan.FromMinutes(Math.Min(DocumentScope.Number(text) ?? 0, 1440));
}
