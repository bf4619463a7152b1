namespace UcSdk.Documents;

/// <summary>What a user does, whatever way it is reached (RFC 4479 §3.2, element <c>person</c>, with RFC 4480's activities).</summary>
/// <param name="Id">The key of the person within its document.</param>
public sealed record PidfPerson(string Id) : DocumentPart
{
    /// <summary>The activities by RFC 4480 §3.2, e.g. <c>away</c>, <c>busy</c>, <c>on-the-phone</c>, <c>meeting</c>.</summary>
    public ValueList<string> Activities { get; init; } = [];

    /// <summary>An activity in the user's own words (<c>activities/other</c>); null when there is none.</summary>
    public string? OtherActivity { get; init; }

    /// <summary>Words for people.</summary>
    public ValueList<PidfNote> Notes { get; init; } = [];

    /// <summary>When it became so; null when not said.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>The activities; never the words.</summary>
    public override string ToString() => $"person {string.Join(' ', Activities)}";

    internal static PidfPerson Read(DocumentElement element, DocumentScope scope)
    {
        var (activities, other) = ReadActivities(element.Child("activities"));
        return new PidfPerson(scope.RequireAttribute(element, "id"))
        {
            Activities = activities,
            OtherActivity = other,
            Notes = ValueList.From(element.ChildrenNamed("note").Select(PidfNote.Read)),
            Timestamp = DocumentScope.Moment(element.ChildText("timestamp")),
            Extensions = ElementBuilder.Unknown(element, "activities", "note", "timestamp"),
            ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "id"),
        };
    }

    /// <summary>The activities by element name, or by text where an early draft wrote <c>activity</c>.</summary>
    internal static (ValueList<string> Activities, string? Other) ReadActivities(DocumentElement? element)
    {
        if (element is null)
        {
            return ([], null);
        }

        var names = element.Children
            .Where(child => child.Name is not ("note" or "other"))
            .Select(child => child.Name == "activity" ? child.Text.Trim() : child.Name)
            .Where(name => name.Length > 0);
        return (ValueList.From(names), element.ChildText("other"));
    }

    internal DocumentElement Write() => new ElementBuilder(Namespaces.PidfDataModel, "person")
        .Attribute("id", Id)
        .Child(Activities.Count == 0 && OtherActivity is null ? null : new ElementBuilder(Namespaces.Rpid, "activities")
            .Children(Activities.Select(activity => new DocumentElement(Namespaces.Rpid, activity)))
            .Leaf("other", OtherActivity)
            .Build())
        .Extensions(this)
        .Children(Notes.Select(note => note.Write(Namespaces.PidfDataModel)))
        .Leaf("timestamp", PresenceText.Text(Timestamp))
        .Build();
}
