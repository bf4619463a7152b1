using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>
/// Whether somebody types, sent as INFO inside the session (<see cref="ContentTypes.Xml"/>, element <c>KeyboardActivity</c>): what Lync says instead of
/// <see cref="Documents.IsComposing"/>. The document has no namespace.
/// </summary>
/// <param name="Status">What is said, <see cref="Type"/> or <see cref="Idle"/>.</param>
public sealed record KeyboardActivity(string Status) : DocumentPart
{
    /// <summary>Somebody types.</summary>
    public const string Type = "type";

    /// <summary>Nobody types any more.</summary>
    public const string Idle = "idle";

    internal const string RootName = "KeyboardActivity";
    private const string Rule = "KeyboardActivity/status";

    /// <summary>Whether somebody types; what is unknown counts as not typing.</summary>
    public bool IsTyping => Status.Equals(Type, StringComparison.OrdinalIgnoreCase);

    /// <summary>That somebody types, or no longer does.</summary>
    public static KeyboardActivity Of(bool isTyping) => new(isTyping ? Type : Idle);

    /// <summary>Reads a document.</summary>
    /// <returns>False when the body is not a <c>KeyboardActivity</c> document that has a status.</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out KeyboardActivity? activity,
        out DocumentError error,
        DocumentLimits? limits = null) =>
        PresenceText.TryRead(body, limits, Rule, RootName, Read, out activity, out error);

    /// <summary>The document as UTF-8.</summary>
    public byte[] ToBytes() => new ElementBuilder("", RootName)
        .Child(new ElementBuilder("", "status").Attribute("status", Status).Build())
        .Extensions(this)
        .Build()
        .ToBytes();

    /// <summary>The status.</summary>
    public override string ToString() => $"{RootName} {Status}";

    private static KeyboardActivity Read(DocumentElement root, DocumentScope scope) => new(scope.RequireAttribute(scope.RequireChild(root, "status"), "status"))
    {
        Extensions = ElementBuilder.Unknown(root, "status"),
        ExtensionAttributes = root.Attributes,
    };
}
