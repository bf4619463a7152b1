using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>
/// What an application says of a conversation to those that it invites (<see cref="ContentTypes.ConversationContext"/>; [MS-SIPRE] §2.2.20, element
/// <c>XmlConvContext</c>): a part of the INVITE that those who do not understand it pass over.
/// </summary>
/// <param name="Id">The id of this context.</param>
/// <param name="From">Who invites.</param>
/// <param name="To">Who is invited.</param>
public sealed record ConversationContext(string Id, ConversationContextParticipant From, ConversationContextParticipant To) : DocumentPart
{
    internal const string RootName = "XmlConvContext";
    private const string Rule = "[MS-SIPRE] §8";

    /// <summary>Who takes part.</summary>
    public ValueList<ConversationContextParticipant> Participants { get; init; } = [];

    /// <summary>When; null when not said.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>By what means, e.g. <c>audio</c> or <c>im</c>.</summary>
    public ValueList<string> Modes { get; init; } = [];

    /// <summary>The <c>Ms-Conversation-ID</c> it is about; null when not said.</summary>
    public string? ConversationId { get; init; }

    /// <summary>The media type of <see cref="Data"/>, e.g. <c>text/plain</c>; null when not said.</summary>
    public string? DataFormat { get; init; }

    /// <summary>What the application says; null when it says nothing.</summary>
    public string? Data { get; init; }

    /// <summary>Which application says it; null when not said. An element of our own in the place for additional ones ([MS-SIPRE] §2.2.20.10), which others pass over.</summary>
    public string? ApplicationId { get; init; }

    /// <summary>Reads a document.</summary>
    /// <returns>False when the body is not an <c>XmlConvContext</c> document with an id, or somebody in it has no address.</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out ConversationContext? context,
        out DocumentError error,
        DocumentLimits? limits = null) =>
        PresenceText.TryRead(body, limits, Rule, RootName, Read, out context, out error);

    /// <summary>The document as UTF-8.</summary>
    public byte[] ToBytes() => new ElementBuilder(Namespaces.ConversationContext, RootName)
        .Leaf("id", Id)
        .Child(From.Write("from"))
        .Child(To.Write("to"))
        .Child(new ElementBuilder(Namespaces.ConversationContext, "participants").Children(Participants.Select(participant => participant.Write("participant"))).Build())
        .Leaf("date", PresenceText.Text(Date))
        .Children(Modes.Select(mode => new ElementBuilder(Namespaces.ConversationContext, "mode").Text(mode).Build()))
        .Leaf("conversationId", ConversationId)
        .Leaf("dataFormat", DataFormat)
        .Leaf("contextData", Data)
        .Child(ApplicationId is null ? null : new ElementBuilder(Namespaces.OwnContext, "applicationId").Text(ApplicationId).Build())
        .Extensions(this)
        .Build()
        .ToBytes();

    /// <summary>How many take part; never who, nor what is said.</summary>
    public override string ToString() => $"{RootName} with {Participants.Count} participants";

    private static ConversationContext Read(DocumentElement root, DocumentScope scope)
    {
        var id = scope.RequireChild(root, "id").Text.Trim();
        if (id.Length == 0)
        {
            scope.Fail("XmlConvContext/id", "an id");
        }

        var participants = root.Child("participants");
        var date = DocumentScope.Moment(root.ChildText("date"));
        return new ConversationContext(
            id,
            ConversationContextParticipant.Read(scope.RequireChild(root, "from"), scope),
            ConversationContextParticipant.Read(scope.RequireChild(root, "to"), scope))
        {
            Participants = participants is null ? [] : PresenceText.Each(participants, "participant", scope, ConversationContextParticipant.Read),
            Date = date,
            Modes = ValueList.From(root.ChildrenNamed("mode").Select(mode => mode.Text.Trim())),
            ConversationId = root.ChildText("conversationId"),
            DataFormat = root.ChildText("dataFormat"),
            Data = root.Child("contextData")?.Text,
            ApplicationId = root.ChildText("applicationId"),
            Extensions = ElementBuilder.Unknown(
                root, "id", "from", "to", "participants", "mode", "conversationId", "dataFormat", "contextData", "applicationId", PresenceText.If(date is not null, "date")),
            ExtensionAttributes = root.Attributes,
        };
    }
}
