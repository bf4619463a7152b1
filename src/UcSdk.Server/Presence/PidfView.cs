using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>Tells what a watcher is shown in the words of plain SIP clients: PIDF (RFC 3863) with the activities of RFC 4480.</summary>
internal static class PidfView
{
    /// <summary>The name of the view among those that are kept; no category has it.</summary>
    public const string Key = "\0pidf";

    public static readonly CategorySet Categories = new([PresenceCategoryNames.Note, PresenceCategoryNames.State]);

    public static PidfPresence Of(PresenceCategories shown)
    {
        var state = shown.Named(PresenceCategoryNames.State)
            .FirstOrDefault(category => category is { Instance: AggregatedPresence.StateInstance, Content: not null })?.Content;
        var availability = DocumentScope.Number(state?.ChildText("availability")) ?? PresenceAvailabilities.Offline;
        var meaning = PresenceAvailabilities.ClassOf(availability);
        var activities = ActivitiesOf(meaning, state?.Child("activity")?.Attribute("token"));
        var note = shown.Named(PresenceCategoryNames.Note)
            .Where(category => PresenceNote.Of(category.Content) is { Personal.Text.Length: > 0 })
            .MaxBy(category => category.PublishTime);
        return new PidfPresence(shown.Uri)
        {
            Tuples = [new PidfTuple("t1") { IsOpen = meaning != PresenceAvailabilityClass.Offline, Contact = shown.Uri }],
            Person = activities.Count == 0 ? null : new PidfPerson("p1") { Activities = activities },
            Notes = note is null ? [] : [new PidfNote(PresenceNote.Of(note.Content)!.Personal!.Text)],
        };
    }

    private static ValueList<string> ActivitiesOf(PresenceAvailabilityClass meaning, string? token) => token switch
    {
        "on-the-phone" or "in-a-conference" => ["on-the-phone"],
        "in-a-meeting" => ["meeting"],
        "out-of-office" => ["vacation"],
        _ => meaning switch
        {
            PresenceAvailabilityClass.Busy or PresenceAvailabilityClass.BusyIdle or PresenceAvailabilityClass.DoNotDisturb => ["busy"],
            PresenceAvailabilityClass.AvailableIdle or PresenceAvailabilityClass.BeRightBack or PresenceAvailabilityClass.Away => ["away"],
            _ => [],
        },
    };
}
