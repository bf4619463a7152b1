using System.Globalization;

namespace UcSdk.Documents;

/// <summary>One way to reach a user, and whether it is open (RFC 3863 §4.1.2, element <c>tuple</c>).</summary>
/// <param name="Id">The key of the tuple within its document.</param>
public sealed record PidfTuple(string Id) : DocumentPart
{
    /// <summary>Whether messages reach the user there (<c>status/basic</c>); null when not said.</summary>
    public bool? IsOpen { get; init; }

    /// <summary>Where; null when not said.</summary>
    public string? Contact { get; init; }

    /// <summary>How much that way is preferred, 0 to 1; null when not said.</summary>
    public decimal? ContactPriority { get; init; }

    /// <summary>Words for people.</summary>
    public ValueList<PidfNote> Notes { get; init; } = [];

    /// <summary>When it became so; null when not said.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>What the element <c>status</c> holds beside <c>basic</c>.</summary>
    public ValueList<DocumentElement> StatusExtensions { get; init; } = [];

    /// <summary>Whether it is open; never where.</summary>
    public override string ToString() => $"tuple {(IsOpen is { } open ? open ? "open" : "closed" : "unknown")}";

    internal static PidfTuple Read(DocumentElement element, DocumentScope scope)
    {
        var status = element.Child("status");
        var contact = element.Child("contact");
        return new PidfTuple(scope.RequireAttribute(element, "id"))
        {
            IsOpen = status?.ChildText("basic") switch
            {
                { } text when text.Equals("open", StringComparison.OrdinalIgnoreCase) => true,
                { } text when text.Equals("closed", StringComparison.OrdinalIgnoreCase) => false,
                _ => null,
            },
            StatusExtensions = status is null ? [] : ElementBuilder.Unknown(status, "basic"),
            Contact = contact?.Text.Trim(),
            ContactPriority = decimal.TryParse(contact?.Attribute("priority"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var priority) && priority <= 1
                ? priority
                : null,
            Notes = ValueList.From(element.ChildrenNamed("note").Select(PidfNote.Read)),
            Timestamp = DocumentScope.Moment(element.ChildText("timestamp")),
            Extensions = ElementBuilder.Unknown(element, "status", "contact", "note", "timestamp"),
            ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "id"),
        };
    }

    // RFC 3863 §4.1.2 has the order: status, what is unknown, contact, notes, timestamp.
    internal DocumentElement Write() => new ElementBuilder(Namespaces.Pidf, "tuple")
        .Attribute("id", Id)
        .Child(new ElementBuilder(Namespaces.Pidf, "status")
            .Leaf("basic", IsOpen switch { true => "open", false => "closed", _ => null })
            .Children(StatusExtensions)
            .Build())
        .Extensions(this)
        .Child(Contact is null ? null : new ElementBuilder(Namespaces.Pidf, "contact")
            .Attribute("priority", ContactPriority?.ToString(CultureInfo.InvariantCulture))
            .Text(Contact)
            .Build())
        .Children(Notes.Select(note => note.Write(Namespaces.Pidf)))
        .Leaf("timestamp", PresenceText.Text(Timestamp))
        .Build();
}
