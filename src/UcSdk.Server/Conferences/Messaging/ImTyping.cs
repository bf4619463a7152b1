using System.Diagnostics.CodeAnalysis;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>That somebody types, or no longer does, as one participant is told.</summary>
/// <param name="ContentType">
/// <see cref="ContentTypes.Xml"/> for the <see cref="KeyboardActivity"/> that Lync clients say by INFO, <see cref="ContentTypes.IsComposing"/> for what plain SIP clients say by MESSAGE
/// (RFC 3994).
/// </param>
/// <param name="Document">The document.</param>
internal readonly record struct ImTyping(string ContentType, ReadOnlyMemory<byte> Document)
{
    private const int MaxBytes = 4096;

    /// <summary>Whether an INFO tells it as Lync clients do.</summary>
    public static bool IsActivity(SipRequest info) =>
        info.ContentType == ContentTypes.Xml && info.Body.Length <= MaxBytes && KeyboardActivity.TryRead(info.Body, out _, out _);

    /// <summary>Reads the MESSAGE that tells it as plain SIP clients do.</summary>
    public static bool TryReadComposing(SipRequest message, [NotNullWhen(true)] out IsComposing? composing, [NotNullWhen(false)] out ServerAnswer? refusal)
    {
        composing = null;
        refusal = message.Body.Length > MaxBytes ? new(StatusCode.RequestEntityTooLarge)
            : !IsComposing.TryRead(message.Body, out composing, out _) ? new(StatusCode.BadRequest)
            : null;
        return refusal is null;
    }
}
