namespace UcSdk.Documents;

/// <summary>What a user does, whatever way it is reached (RFC 4479 §3.2, element <c>person</c>, with RFC 4480's activities).</summary>
/// <param name="Id">The key of the person within its document.</param>
public sealed record PidfPerson(string Id) : DocumentPart
{
    /// <summary>The activities by RFC 4480 §3.2, e.g. <c>away</c>, <c>busy</c>, <c>on-the-phone</c>, <c>meeting</c>.</summary>
    public ValueList<string> Activities { get; init; } = [];

    /// <summary>An activity in the user's own words (<c>activities/other</c>); null when there is none.</summary>
    public string? OtherActivity { get; init; }

    /// <summary>What the element <c>activities</c> holds that this type does not know, activities of other namespaces among it.</summary>
    public ValueList<DocumentElement> ActivitiesExtensions { get; init; } = [];

    /// <summary>The attributes of the element <c>activities</c>, e.g. from when until when they hold.</summary>
    public ValueList<DocumentAttribute> ActivitiesAttributes { get; init; } = [];

    /// <summary>Words for people.</summary>
    public ValueList<PidfNote> Notes { get; init; } = [];

    /// <summary>When it became so; null when not said.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>The activities; never the words.</summary>
    public override string ToString() => $"person {string.Join(' ', Activities)}";

    internal static PidfPerson Read(DocumentElement element, DocumentScope scope)
    {
        var activities = element.Child("activities");
        return new PidfPerson(scope.RequireAttribute(element, "id"))
        {
            Activities = activities is null ? [] : ReadActivities(activities),
            OtherActivity = activities?.ChildText("other"),
            ActivitiesExtensions = activities is null ? [] : ValueList.From(activities.Children.Where(child => !IsActivity(child) && child.Name != "other")),
            ActivitiesAttributes = activities?.Attributes ?? [],
            Notes = ValueList.From(element.ChildrenNamed("note").Select(PidfNote.Read)),
            Timestamp = DocumentScope.Moment(element.ChildText("timestamp")),
            Extensions = ElementBuilder.Unknown(element, "activities", "note", "timestamp"),
            ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "id"),
        };
    }

    /// <summary>The activities by element name, or by text where an early draft wrote <c>activity</c>.</summary>
    internal static ValueList<string> ReadActivities(DocumentElement activities) => ValueList.From(activities.Children
        .Where(IsActivity)
        .Select(child => child.Name == "activity" ? child.Text.Trim() : child.Name));

    internal DocumentElement Write() => new ElementBuilder(Namespaces.PidfDataModel, "person")
        .Attribute("id", Id)
        .Child(WriteActivities())
        .Extensions(this)
        .Children(Notes.Select(note => note.Write(Namespaces.PidfDataModel)))
        .Leaf("timestamp", PresenceText.Text(Timestamp))
        .Build();

    private DocumentElement? WriteActivities() => Activities.Count == 0 && OtherActivity is null && ActivitiesExtensions.Count == 0
        ? null
        : new ElementBuilder(Namespaces.Rpid, "activities")
            .Attributes(ActivitiesAttributes)
            .Children(ActivitiesExtensions)
            .Children(Activities.Select(activity => new DocumentElement(Namespaces.Rpid, activity)))
            .Leaf("other", OtherActivity)
            .Build();

    // An activity is empty and known by its name; by its text, if that is a name, where it is called activity.
    private static bool IsActivity(DocumentElement child) => child.Name switch
    {
        "note" or "other" => false,
        "activity" => IsName(child.Text.Trim()),
        _ => child.Namespace is Namespaces.Rpid or "",
    };

    private static bool IsName(string text) =>
        text.Length > 0 && char.IsAsciiLetter(text[0]) && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.');
}
