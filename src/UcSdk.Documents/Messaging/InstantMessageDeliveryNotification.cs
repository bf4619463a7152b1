using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>
/// Whom an instant message in a conference did not reach (<see cref="ContentTypes.MessageDeliveryNotification"/>; [MS-CONFIM] §2.2.1, element <c>imdn</c>): what
/// the IM MCU tells the sender by BENOTIFY, once it knows of everybody. Whoever is not named has the message.
/// </summary>
/// <param name="MessageId">The <c>Message-Id</c> that the response to the message had.</param>
public sealed record InstantMessageDeliveryNotification(string MessageId) : DocumentPart
{
    internal const string RootName = "imdn";
    private const string Rule = "[MS-CONFIM] §2.2.1";

    /// <summary>What became of the message at those that are named.</summary>
    public ValueList<DeliveryRecipient> Recipients { get; init; } = [];

    /// <summary>Those that do not have the message.</summary>
    public IEnumerable<DeliveryRecipient> Failed => Recipients.Where(recipient => recipient.IsFailed);

    /// <summary>Reads a notification.</summary>
    /// <returns>False when the body is not an <c>imdn</c> document with a message id whose recipients have addresses.</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out InstantMessageDeliveryNotification? notification,
        out DocumentError error,
        DocumentLimits? limits = null) =>
        PresenceText.TryRead(body, limits, Rule, RootName, Read, out notification, out error);

    /// <summary>The document as UTF-8.</summary>
    public byte[] ToBytes() => new ElementBuilder(Namespaces.DeliveryNotification, RootName)
        .Leaf("message-id", MessageId)
        .Children(Recipients.Select(recipient => recipient.Write()))
        .Extensions(this)
        .Build()
        .ToBytes();

    /// <summary>The message id and how many are named; never who.</summary>
    public override string ToString() => $"imdn {MessageId} with {Recipients.Count} recipients";

    private static InstantMessageDeliveryNotification Read(DocumentElement root, DocumentScope scope)
    {
        var id = scope.RequireChild(root, "message-id").Text.Trim();
        if (id.Length == 0)
        {
            scope.Fail("imdn/message-id", "an id");
        }

        return new InstantMessageDeliveryNotification(id)
        {
            Recipients = PresenceText.Each(root, "recipient", scope, DeliveryRecipient.Read),
            Extensions = ElementBuilder.Unknown(root, "message-id", "recipient"),
            ExtensionAttributes = root.Attributes,
        };
    }
}
