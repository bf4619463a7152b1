using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>Acknowledges watchers (<see cref="ContentTypes.SetSubscribers"/>; [MS-PRES] §2.2.2, element <c>setSubscribers</c>).</summary>
/// <param name="Subscribers">The watchers.</param>
public sealed record SetSubscribers(ValueList<PresenceSubscriber> Subscribers) : DocumentPart
{
    private const string Rule = "[MS-PRES] §2.2.2 setSubscribers";

    /// <summary>The request that acknowledges the users.</summary>
    /// <param name="users">Their addresses without scheme.</param>
    public static SetSubscribers Acknowledging(params IEnumerable<string> users) =>
        new(ValueList.From(users.Select(user => new PresenceSubscriber(user) { Acknowledged = true })));

    /// <summary>Reads a request.</summary>
    /// <returns>False when the body is not a <c>setSubscribers</c> document, or a subscriber in it has no address.</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out SetSubscribers? request,
        out DocumentError error,
        DocumentLimits? limits = null) =>
        PresenceText.TryRead(body, limits, Rule, "setSubscribers", Read, out request, out error);

    /// <summary>The request as UTF-8.</summary>
    public byte[] ToBytes() => new ElementBuilder(Namespaces.PresenceSubscribers, "setSubscribers")
        .Children(Subscribers.Select(subscriber => subscriber.Write()))
        .Extensions(this)
        .Build()
        .ToBytes();

    private static SetSubscribers Read(DocumentElement root, DocumentScope scope) =>
        new(ValueList.From(root.ChildrenNamed("subscriber").Select(subscriber => PresenceSubscriber.Read(subscriber, scope))))
        {
            Extensions = ElementBuilder.Unknown(root, "subscriber"),
            ExtensionAttributes = ElementBuilder.UnknownAttributes(root),
        };
}
