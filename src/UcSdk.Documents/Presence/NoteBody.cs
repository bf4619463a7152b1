namespace UcSdk.Documents;

/// <summary>The words of a note ([MS-PRES] §2.2.2.7, element <c>note/body</c>).</summary>
/// <param name="Type">What they are: <see cref="Personal"/> or <see cref="OutOfOffice"/>.</param>
/// <param name="Text">The words; white space in them is kept.</param>
public sealed record NoteBody(string Type, string Text) : DocumentPart
{
    /// <summary>What the user says of itself.</summary>
    public const string Personal = "personal";

    /// <summary>What the user's calendar says while the user is out of office.</summary>
    public const string OutOfOffice = "OOF";

    /// <summary>Whose words they are, an address; null when not said.</summary>
    public string? Uri { get; init; }

    /// <summary>From when they hold; null when not said.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>Until when they hold; null when not said.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>Whether they are the calendar's.</summary>
    public bool IsOutOfOffice => Type.Equals(OutOfOffice, StringComparison.OrdinalIgnoreCase);

    /// <summary>The type; never the words.</summary>
    public override string ToString() => $"body {Type}";

    internal static NoteBody Read(DocumentElement element)
    {
        var start = DocumentScope.Moment(element.Attribute("startTime"));
        var end = DocumentScope.Moment(element.Attribute("endTime"));
        return new NoteBody(element.Attribute("type")?.Trim() ?? Personal, element.Text)
        {
            Uri = element.Attribute("uri"),
            StartTime = start,
            EndTime = end,
            Extensions = element.Children,
            ExtensionAttributes = ElementBuilder.UnknownAttributes(
                element, "type", "uri", PresenceText.If(start is not null, "startTime"), PresenceText.If(end is not null, "endTime")),
        };
    }

    internal DocumentElement Write() => new ElementBuilder(Namespaces.PresenceNote, "body")
        .Attribute("type", Type)
        .Attribute("uri", Uri)
        .Attribute("startTime", PresenceText.Text(StartTime))
        .Attribute("endTime", PresenceText.Text(EndTime))
        .Text(Text)
        .Extensions(this)
        .Build();
}
