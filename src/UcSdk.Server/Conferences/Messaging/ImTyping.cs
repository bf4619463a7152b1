using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>That somebody types, or no longer does, as one participant is told.</summary>
/// <param name="ContentType">
/// <see cref="ContentTypes.Xml"/> for the <see cref="KeyboardActivity"/> that Lync clients say by INFO, <see cref="ContentTypes.IsComposing"/> for what plain SIP clients say by MESSAGE
/// (RFC 3994).
/// </param>
/// <param name="Document">The document.</param>
internal readonly record struct ImTyping(string ContentType, ReadOnlyMemory<byte> Document);
