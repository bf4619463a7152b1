using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>
/// The state of a conference, or a change of it (<see cref="ContentTypes.ConferenceInfo"/>; RFC 4575 §5, [MS-CONFBAS] §2.2.2.2). The
/// commands that make a conference carry the same document ([MS-CONFPRO] §2.2.1).
/// </summary>
/// <param name="Entity">The URI of the focus; empty in a request for a new conference.</param>
public sealed record ConferenceInfo(string Entity) : DocumentPart
{
    private const string Rule = "RFC 4575 §5";

    /// <summary>How the document is to be merged; <see cref="ElementState.Full"/> in snapshots and commands.</summary>
    public ElementState State { get; init; }

    /// <summary>The number of the notification, counted up by one for each subscription of its own; null in commands.</summary>
    public uint? Version { get; init; }

    /// <summary>Whether this is the user's one assigned meeting, which has a fixed id and never expires; null when not said.</summary>
    public bool? IsStatic { get; init; }

    /// <summary>What the conference is; null when not said.</summary>
    public ConferenceDescription? Description { get; init; }

    /// <summary>Its overall state; null when not said.</summary>
    public ConferenceState? ConferenceState { get; init; }

    /// <summary>Its participants; null when not said.</summary>
    public ConferenceUsers? Users { get; init; }

    /// <summary>Its parts; null when not said.</summary>
    public ConferenceView? View { get; init; }

    /// <summary>Reads a notification.</summary>
    /// <returns>False when the body is not a <c>conference-info</c> document, or something in it lacks its key.</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out ConferenceInfo? info,
        out DocumentError error,
        DocumentLimits? limits = null)
    {
        info = null;
        if (!DocumentElement.TryRead(body, out var root, out error, limits))
        {
            return false;
        }

        var scope = new DocumentScope(Rule);
        if (root.Name != "conference-info")
        {
            scope.Fail(root.Name, "the root element conference-info");
        }

        scope.RequireAttribute(root, "entity");
        var read = Read(root, scope);
        error = scope.Error;
        info = scope.Failed ? null : read;
        return info is not null;
    }

    /// <summary>The notification as UTF-8.</summary>
    public byte[] ToBytes() => Write(withState: true).ToBytes();

    /// <summary>The state, the version and how many participants it names; never who they are.</summary>
    public override string ToString() => $"conference-info {State} version {Version} with {Users?.Users.Count ?? 0} users";

    internal static ConferenceInfo Read(DocumentElement element, DocumentScope scope) => new(element.Attribute("entity")?.Trim() ?? "")
    {
        State = DocumentScope.State(element),
        Version = DocumentScope.Number(element.Attribute("version")),
        IsStatic = DocumentScope.Boolean(element.Attribute("static")),
        Description = element.Child("conference-description") is { } description ? ConferenceDescription.Read(description, scope) : null,
        ConferenceState = element.Child("conference-state") is { } state ? Documents.ConferenceState.Read(state) : null,
        Users = element.Child("users") is { } users ? ConferenceUsers.Read(users, scope) : null,
        View = element.Child("conference-view") is { } view ? ConferenceView.Read(view, scope) : null,
        Extensions = ElementBuilder.Unknown(element, "conference-description", "conference-state", "users", "conference-view"),
        ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "entity", "state", "version", "static"),
    };

    /// <param name="withState">Notifications say the state of every element; commands do not know states.</param>
    internal DocumentElement Write(bool withState) => new ElementBuilder(Namespaces.ConferenceInfo, "conference-info")
        .Attribute("entity", Entity)
        .Attribute("state", ElementBuilder.Text(State, always: withState))
        .Attribute("version", ElementBuilder.Text(Version))
        .Attribute("static", ElementBuilder.Text(IsStatic))
        .Child(Description?.Write(withState))
        .Child(ConferenceState?.Write())
        .Child(Users?.Write())
        .Child(View?.Write(withState))
        .Extensions(this)
        .Build();
}
