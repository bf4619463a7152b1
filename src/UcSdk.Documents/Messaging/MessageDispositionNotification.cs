using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>
/// What became of an instant message, as plain SIP clients say it (<see cref="ContentTypes.MessageDispositionNotification"/>; RFC 5438 §11, element
/// <c>imdn</c>). It travels in a message/cpim body.
/// </summary>
/// <param name="MessageId">The id that the sender gave its message.</param>
/// <param name="Kind">What is told of.</param>
/// <param name="Status">How it is, e.g. <c>delivered</c>, <c>failed</c>, <c>displayed</c>, <c>forbidden</c>, <c>error</c>: the name of the element inside <c>status</c>.</param>
public sealed record MessageDispositionNotification(string MessageId, DispositionKind Kind, string Status) : DocumentPart
{
    private const string Rule = "RFC 5438 §11.1";

    /// <summary>When the sender sent its message; null when not said.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>Who tells, an address; null when not said.</summary>
    public string? RecipientUri { get; init; }

    /// <summary>To whom the message was sent, an address; null when not said.</summary>
    public string? OriginalRecipientUri { get; init; }

    /// <summary>The subject of the message; null when not said.</summary>
    public string? Subject { get; init; }

    /// <summary>Whether it is good news: delivered, displayed, processed or stored.</summary>
    public bool IsPositive => Status is "delivered" or "displayed" or "processed" or "stored";

    /// <summary>Reads a notification.</summary>
    /// <returns>False when the body is not an <c>imdn</c> document with a message id and a status.</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out MessageDispositionNotification? notification,
        out DocumentError error,
        DocumentLimits? limits = null) =>
        PresenceText.TryRead(body, limits, Rule, "imdn", Read, out notification, out error);

    /// <summary>The document as UTF-8.</summary>
    public byte[] ToBytes() => new ElementBuilder(Namespaces.DispositionNotification, "imdn")
        .Leaf("message-id", MessageId)
        .Leaf("datetime", PresenceText.Text(SentAt))
        .Leaf("recipient-uri", RecipientUri)
        .Leaf("original-recipient-uri", OriginalRecipientUri)
        .Leaf("subject", Subject)
        .Child(new ElementBuilder(Namespaces.DispositionNotification, NameOf(Kind))
            .Child(new ElementBuilder(Namespaces.DispositionNotification, "status").Child(new DocumentElement(Namespaces.DispositionNotification, Status)).Build())
            .Build())
        .Extensions(this)
        .Build()
        .ToBytes();

    /// <summary>The status; never who or about what.</summary>
    public override string ToString() => $"imdn {Status}";

    private static MessageDispositionNotification Read(DocumentElement root, DocumentScope scope)
    {
        var id = scope.RequireChild(root, "message-id").Text.Trim();
        var sentAt = DocumentScope.Moment(root.ChildText("datetime"));
        var kind = DispositionKind.Delivery;
        DocumentElement? body = null;
        foreach (var candidate in Enum.GetValues<DispositionKind>())
        {
            if (body is null && root.Child(NameOf(candidate)) is { } found)
            {
                (kind, body) = (candidate, found);
            }
        }

        var status = body?.Child("status") is { Children: { Count: > 0 } told } ? told[0].Name : null;
        if (id.Length == 0 || status is null)
        {
            scope.Fail("imdn", "a message id, and a notification with a status");
        }

        return new MessageDispositionNotification(id, kind, status ?? "")
        {
            SentAt = sentAt,
            RecipientUri = root.ChildText("recipient-uri"),
            OriginalRecipientUri = root.ChildText("original-recipient-uri"),
            Subject = root.ChildText("subject"),
            Extensions = ElementBuilder.Unknown(
                root, "message-id", "recipient-uri", "original-recipient-uri", "subject", NameOf(kind), PresenceText.If(sentAt is not null, "datetime")),
            ExtensionAttributes = root.Attributes,
        };
    }

    private static string NameOf(DispositionKind kind) => kind switch
    {
        DispositionKind.Display => "display-notification",
        DispositionKind.Processing => "processing-notification",
        _ => "delivery-notification",
    };
}
