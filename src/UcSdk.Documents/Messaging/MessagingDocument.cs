using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>Finds out which document of a messaging session a body is: by its media type, and where that is <see cref="ContentTypes.Xml"/>, by its root.</summary>
public static class MessagingDocument
{
    private const string Rule = "media type of a messaging document";

    /// <summary>
    /// Reads the body of an INFO, MESSAGE or BENOTIFY of a session: a <see cref="KeyboardActivity"/>, <see cref="IsComposing"/>,
    /// <see cref="InstantMessageDeliveryNotification"/>, <see cref="MessageDispositionNotification"/>, <see cref="ConversationInfo"/>, <see cref="RosterManagerAction"/> or
    /// <see cref="ConversationContext"/>.
    /// </summary>
    /// <param name="contentType">The Content-Type, with or without parameters.</param>
    /// <param name="body">The body.</param>
    /// <param name="document">The document.</param>
    /// <param name="error">Why there is none; its rule says whether the type or the content is to blame.</param>
    /// <param name="limits">What the document may cost; <see cref="DocumentLimits.Default"/> when null.</param>
    /// <returns>False when the type is none of these, or the body is no document of its type.</returns>
    public static bool TryRead(
        string? contentType,
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out DocumentPart? document,
        out DocumentError error,
        DocumentLimits? limits = null)
    {
        var type = MediaTypeText.Parse(contentType).Name;
        if (type == ContentTypes.Xml)
        {
            return TryReadByRoot(body, out document, out error, limits);
        }

        document = type switch
        {
            ContentTypes.IsComposing => IsComposing.TryRead(body, out var composing, out error, limits) ? composing : null,
            ContentTypes.MessageDeliveryNotification => InstantMessageDeliveryNotification.TryRead(body, out var delivery, out error, limits) ? delivery : null,
            ContentTypes.MessageDispositionNotification => MessageDispositionNotification.TryRead(body, out var disposition, out error, limits) ? disposition : null,
            ContentTypes.ConversationInfo => ConversationInfo.TryRead(body, out var info, out error, limits) ? info : null,
            ContentTypes.RosterManager => RosterManagerAction.TryRead(body, out var action, out error, limits) ? action : null,
            ContentTypes.ConversationContext => ConversationContext.TryRead(body, out var context, out error, limits) ? context : null,
            _ => Unknown("", out error),
        };
        return document is not null;
    }

    private static bool TryReadByRoot(ReadOnlyMemory<byte> body, [NotNullWhen(true)] out DocumentPart? document, out DocumentError error, DocumentLimits? limits)
    {
        if (!DocumentElement.TryRead(body, out var root, out error, limits))
        {
            document = null;
            return false;
        }

        document = root.Name switch
        {
            KeyboardActivity.RootName => KeyboardActivity.TryRead(body, out var activity, out error, limits) ? activity : null,
            IsComposing.RootName => IsComposing.TryRead(body, out var composing, out error, limits) ? composing : null,
            ConversationInfo.RootName => ConversationInfo.TryRead(body, out var info, out error, limits) ? info : null,
            InstantMessageDeliveryNotification.RootName => InstantMessageDeliveryNotification.TryRead(body, out var delivery, out error, limits) ? delivery : null,
            _ => Unknown(root.Name, out error),
        };
        return document is not null;
    }

    private static DocumentPart? Unknown(string where, out DocumentError error)
    {
        error = new DocumentError(where, "a document of a messaging session", Rule);
        return null;
    }
}
