using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>
/// What a conversation is about, sent as INFO inside the session when it changes (<see cref="ContentTypes.ConversationInfo"/>, element
/// <c>ConversationInfo</c>). The document has no namespace.
/// </summary>
public sealed record ConversationInfo : DocumentPart
{
    internal const string RootName = "ConversationInfo";

    /// <summary>Who says so, an address with scheme; null when not said.</summary>
    public string? From { get; init; }

    /// <summary>The subject; null when not said.</summary>
    public string? Subject { get; init; }

    /// <summary>Reads a document.</summary>
    /// <returns>False when the body is not a <c>ConversationInfo</c> document.</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out ConversationInfo? info,
        out DocumentError error,
        DocumentLimits? limits = null) =>
        PresenceText.TryRead(body, limits, RootName, RootName, Read, out info, out error);

    /// <summary>The document as UTF-8.</summary>
    public byte[] ToBytes() => new ElementBuilder("", RootName)
        .Child(From is null ? null : new ElementBuilder("", "From").Attribute("uri", From).Build())
        .Leaf("Subject", Subject)
        .Extensions(this)
        .Build()
        .ToBytes();

    /// <summary>The name; never the subject or who said it.</summary>
    public override string ToString() => RootName;

    private static ConversationInfo Read(DocumentElement root, DocumentScope scope)
    {
        var from = root.Child("From")?.Attribute("uri");
        return new ConversationInfo
        {
            From = from,
            Subject = root.Child("Subject")?.Text,
            Extensions = ElementBuilder.Unknown(root, "Subject", PresenceText.If(from is not null, "From")),
            ExtensionAttributes = root.Attributes,
        };
    }
}
