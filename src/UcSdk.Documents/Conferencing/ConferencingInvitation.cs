using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace UcSdk.Documents;

/// <summary>
/// The invitation to a conference that one user sends to another (<see cref="ContentTypes.ConferencingInvitation"/>): where the
/// focus is, and what goes on there. The document has no namespace, and only the focus URI is mandatory.
/// </summary>
/// <param name="FocusUri">The focus to join, exactly as the organizer's server wrote it.</param>
public sealed record ConferencingInvitation(string FocusUri) : DocumentPart
{
    private const string Rule = "conf-invite: Conferencing/focus-uri";

    /// <summary>The version of the document; default <c>2.0</c>.</summary>
    public string Version { get; init; } = "2.0";

    /// <summary>The subject of the conference; null when not said.</summary>
    public string? Subject { get; init; }

    /// <summary>Whether there are instant messages; null when not said.</summary>
    public bool? InstantMessaging { get; init; }

    /// <summary>The first instant message in base64, shown with the invitation; empty when the element is there but empty, null when it is not.</summary>
    public string? FirstInstantMessage { get; init; }

    /// <summary>
    /// The first instant message as text; null when there is none or it is no base64. The text is taken for UTF-8, in which it is written.
    /// </summary>
    public string? FirstMessageText
    {
        get => FirstInstantMessage is { } encoded && TransferEncodings.FromBase64(encoded) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
        init => FirstInstantMessage = value is null ? null : FirstMessage.ToBase64(value);
    }

    /// <summary>Whether there is audio; null when not said. It decides whether the invited user is rung.</summary>
    public bool? Audio { get; init; }

    /// <summary>Whether there is video; null when not said.</summary>
    public bool? Video { get; init; }

    /// <summary>Whether applications are shared; null when not said.</summary>
    public bool? ApplicationSharing { get; init; }

    /// <summary>The Ms-Conversation-ID of the conversation that became this conference; null when not said.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Reads an invitation.</summary>
    /// <returns>False when the body is not a <c>Conferencing</c> document with a focus URI.</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out ConferencingInvitation? invitation,
        out DocumentError error,
        DocumentLimits? limits = null)
    {
        invitation = null;
        if (!DocumentElement.TryRead(body, out var root, out error, limits))
        {
            return false;
        }

        var scope = new DocumentScope(Rule);
        var read = Read(root, scope);
        error = scope.Error;
        invitation = scope.Failed ? null : read;
        return invitation is not null;
    }

    /// <summary>The document as UTF-8.</summary>
    public byte[] ToBytes() => new ElementBuilder("", "Conferencing")
        .Attribute("version", Version)
        .Leaf("focus-uri", FocusUri)
        .Leaf("subject", Subject)
        .Child(WriteInstantMessaging())
        .Child(WriteAvailable("audio", Audio))
        .Child(WriteAvailable("video", Video))
        .Child(WriteAvailable("applicationsharing", ApplicationSharing))
        .Leaf("conversation-id", ConversationId)
        .Extensions(this)
        .Build()
        .ToBytes();

    /// <summary>Where the invitation leads; never the subject or the message, which are user data.</summary>
    public override string ToString() => $"Conferencing {FocusUri}";

    private static ConferencingInvitation Read(DocumentElement root, DocumentScope scope)
    {
        if (root.Name != "Conferencing")
        {
            scope.Fail(root.Name, "the root element Conferencing");
        }

        var focusUri = scope.RequireChild(root, "focus-uri").Text.Trim();
        if (focusUri.Length == 0)
        {
            scope.Fail("Conferencing/focus-uri", "a URI");
        }

        var im = root.Child("im");
        return new ConferencingInvitation(focusUri)
        {
            Version = root.Attribute("version") ?? "2.0",
            Subject = root.ChildText("subject"),
            InstantMessaging = ReadAvailable(im),
            FirstInstantMessage = im?.ChildText("first-im"),
            Audio = ReadAvailable(root.Child("audio")),
            Video = ReadAvailable(root.Child("video")),
            ApplicationSharing = ReadAvailable(root.Child("applicationsharing")),
            ConversationId = root.ChildText("conversation-id"),
            Extensions = ElementBuilder.Unknown(root, "focus-uri", "subject", "im", "audio", "video", "applicationsharing", "conversation-id"),
            ExtensionAttributes = ElementBuilder.UnknownAttributes(root, "version"),
        };
    }

    // The attribute is optional: a medium that is named without it is there.
    private static bool? ReadAvailable(DocumentElement? medium) =>
        medium is null ? null : DocumentScope.Boolean(medium.Attribute("available")) ?? true;

    private static DocumentElement? WriteAvailable(string medium, bool? available) =>
        available is null ? null : new ElementBuilder("", medium).Attribute("available", ElementBuilder.Text(available)).Build();

    private DocumentElement? WriteInstantMessaging() => InstantMessaging is null && FirstInstantMessage is null
        ? null
        : new ElementBuilder("", "im").Attribute("available", ElementBuilder.Text(InstantMessaging ?? true)).Leaf("first-im", FirstInstantMessage).Build();
}
