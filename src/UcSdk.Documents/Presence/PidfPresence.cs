using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>Presence of a user of a plain SIP server (<see cref="ContentTypes.Pidf"/>; RFC 3863 §4.1, element <c>presence</c>).</summary>
/// <param name="Entity">Whose it is, a <c>pres:</c> or <c>sip:</c> URI.</param>
public sealed record PidfPresence(string Entity) : DocumentPart
{
    private const string Rule = "RFC 3863 §4.1";

    /// <summary>The ways to reach the user.</summary>
    public ValueList<PidfTuple> Tuples { get; init; } = [];

    /// <summary>What the user does; null when not said.</summary>
    public PidfPerson? Person { get; init; }

    /// <summary>Words for people.</summary>
    public ValueList<PidfNote> Notes { get; init; } = [];

    /// <summary>Whether any way is open; null when no tuple says.</summary>
    public bool? IsOpen
    {
        get
        {
            bool? open = null;
            foreach (var tuple in Tuples)
            {
                open = tuple.IsOpen is { } one ? one || open is true : open;
            }

            return open;
        }
    }

    /// <summary>The activities, of the person or, as early clients wrote, of the status of a tuple.</summary>
    public IEnumerable<string> Activities => Person is { Activities.Count: > 0 } person
        ? person.Activities
        : Tuples.SelectMany(tuple => tuple.StatusExtensions.Concat(tuple.Extensions))
            .Where(extension => extension.Name == "activities")
            .SelectMany(PidfPerson.ReadActivities);

    /// <summary>The first words for people, of the person, the document or a tuple; null when there are none.</summary>
    public string? Note =>
        (Person?.Notes ?? []).Concat(Notes).Concat(Tuples.SelectMany(tuple => tuple.Notes)).FirstOrDefault(note => note.Text.Length > 0)?.Text;

    /// <summary>Reads a document, or an <see cref="ContentTypes.Xpidf"/> one.</summary>
    /// <returns>False when the body is not a <c>presence</c> document that says whose it is, or a part of it has no id.</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out PidfPresence? presence,
        out DocumentError error,
        DocumentLimits? limits = null) =>
        PresenceText.TryRead(body, limits, Rule, "presence", Read, out presence, out error);

    /// <summary>The document as UTF-8.</summary>
    public byte[] ToBytes() => new ElementBuilder(Namespaces.Pidf, "presence")
        .Attribute("entity", Entity)
        .Children(Tuples.Select(tuple => tuple.Write()))
        .Children(Notes.Select(note => note.Write(Namespaces.Pidf)))
        .Child(Person?.Write())
        .Extensions(this)
        .Build()
        .ToBytes();

    /// <summary>How many ways there are; never whose.</summary>
    public override string ToString() => $"presence with {Tuples.Count} tuples";

    private static PidfPresence Read(DocumentElement root, DocumentScope scope)
    {
        if (root.Child("presentity") is { } presentity)
        {
            return XpidfReader.Read(root, presentity, scope);
        }

        var person = root.Child("person");
        return new PidfPresence(scope.RequireAttribute(root, "entity"))
        {
            Tuples = ValueList.From(root.ChildrenNamed("tuple").Select(tuple => PidfTuple.Read(tuple, scope))),
            Person = person is null ? null : PidfPerson.Read(person, scope),
            Notes = ValueList.From(root.ChildrenNamed("note").Select(PidfNote.Read)),
            Extensions = ValueList.From(root.Children.Where(child => child.Name is not ("tuple" or "note") && !ReferenceEquals(child, person))),
            ExtensionAttributes = ElementBuilder.UnknownAttributes(root, "entity"),
        };
    }
}
