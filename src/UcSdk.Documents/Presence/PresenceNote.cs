namespace UcSdk.Documents;

/// <summary>What a user says about itself: the content of the category note ([MS-PRES] §2.2.2.7, element <c>note</c>).</summary>
public sealed record PresenceNote : DocumentPart
{
    /// <summary>The words; normally one body.</summary>
    public ValueList<NoteBody> Bodies { get; init; } = [];

    /// <summary>The first body that is the user's own; null when there is none.</summary>
    public NoteBody? Personal => Bodies.FirstOrDefault(body => !body.IsOutOfOffice);

    /// <summary>The first body that is the calendar's; null when there is none.</summary>
    public NoteBody? OutOfOffice => Bodies.FirstOrDefault(body => body.IsOutOfOffice);

    /// <summary>A note of the user's own.</summary>
    public static PresenceNote Saying(string text) => new() { Bodies = [new NoteBody(NoteBody.Personal, text) { Uri = "" }] };

    /// <summary>Reads the content of a category.</summary>
    /// <returns>The note; null when the content is none or is something else.</returns>
    public static PresenceNote? Of(DocumentElement? content) => content?.Name != "note" ? null : new PresenceNote
    {
        Bodies = ValueList.From(content.ChildrenNamed("body").Select(NoteBody.Read)),
        Extensions = ElementBuilder.Unknown(content, "body"),
        ExtensionAttributes = content.Attributes,
    };

    /// <summary>The note as the content of a category.</summary>
    public DocumentElement ToElement() => new ElementBuilder(Namespaces.PresenceNote, "note")
        .Children(Bodies.Select(body => body.Write()))
        .Extensions(this)
        .Build();

    /// <summary>How many bodies there are; never their words.</summary>
    public override string ToString() => $"note with {Bodies.Count} bodies";
}
