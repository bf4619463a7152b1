using System.Globalization;
using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>What the aggregation needs of one publication of the category <c>state</c> ([MS-PRES] §3.8.5.1).</summary>
/// <param name="Type">userState, machineState, calendarState, phoneState, conferenceState …; without prefix.</param>
/// <param name="Availability">The number; 0 for none.</param>
/// <param name="Since">When it began: its startTime, or else when it was published.</param>
/// <param name="Element">All of it.</param>
/// <param name="Endpoint">Who published it; null for nobody.</param>
internal sealed record ReportedState(string Type, uint Availability, DateTimeOffset Since, DocumentElement Element, string? Endpoint)
{
    public const string User = "userState";
    public const string Machine = "machineState";

    /// <summary>The activity that it names; null for none.</summary>
    public DocumentElement? Activity => Element.Child("activity");

    /// <summary>The lowest availability with which the activity may be shown.</summary>
    public uint MinAvailability => DocumentScope.Number(Activity?.Attribute("minAvailability")) ?? 0;

    /// <summary>True for an activity that says something, and may be shown with that availability.</summary>
    public bool IsActivityOf(uint availability) =>
        Activity is { } activity
        && (!string.IsNullOrWhiteSpace(activity.Attribute("token")) || activity.Child("custom") is { Text.Length: > 0 })
        && MinAvailability <= availability
        && availability <= (DocumentScope.Number(activity.Attribute("maxAvailability")) ?? uint.MaxValue);

    public static bool TryRead(StoredPublication publication, out ReportedState state)
    {
        state = null!;
        if (publication.Content is not { Name: "state" } element)
        {
            return false;
        }

        var type = "";
        foreach (var attribute in element.Attributes)
        {
            if (attribute is { Namespace: Namespaces.SchemaInstance, Name: "type" })
            {
                type = attribute.Value[(attribute.Value.IndexOf(':', StringComparison.Ordinal) + 1)..];
            }
        }

        var started = DateTimeOffset.TryParse(element.Attribute("startTime"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time);
        state = new(
            type,
            DocumentScope.Number(element.ChildText("availability")) ?? 0,
            // A start that is still to come must not outweigh what holds now.
            started && time <= publication.Time ? time : publication.Time,
            element,
            publication.Endpoint);
        return true;
    }
}
