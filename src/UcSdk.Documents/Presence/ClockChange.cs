namespace UcSdk.Documents;

/// <summary>When a time zone changes its clocks each year ([MS-PRES] §2.2.2.7, elements <c>StandardTime</c> and <c>DaylightTime</c>).</summary>
/// <param name="Bias">Minutes to add to the bias of the time zone from then on.</param>
/// <param name="Time">The hour of the change, local.</param>
/// <param name="DayOrder">Which of the days with the name in the month: 1 to 4, or 5 for the last.</param>
/// <param name="Month">The month, 1 to 12; 0 when clocks do not change.</param>
/// <param name="Day">The day of the week; null when not said.</param>
public sealed record ClockChange(int Bias, TimeSpan Time, uint DayOrder, uint Month, DayOfWeek? Day)
{
    internal static ClockChange? Read(DocumentElement? element) => element is null ? null : new ClockChange(
        PresenceText.SignedNumber(element.ChildText("Bias")) ?? 0,
        TimeSpan.TryParseExact(element.ChildText("Time"), "hh\\:mm\\:ss", null, out var time) ? time : TimeSpan.Zero,
        DocumentScope.Number(element.ChildText("DayOrder")) ?? 0,
        DocumentScope.Number(element.ChildText("Month")) ?? 0,
        PresenceText.Day(element.ChildText("DayOfWeek")));

    internal DocumentElement Write(string name) => new ElementBuilder(Namespaces.ExchangeTypes, name)
        .Leaf("Bias", PresenceText.Text(Bias))
        .Leaf("Time", Time.ToString("hh\\:mm\\:ss", System.Globalization.CultureInfo.InvariantCulture))
        .Leaf("DayOrder", DayOrder)
        .Leaf("Month", Month)
        .Leaf("DayOfWeek", Day?.ToString())
        .Build();
}
