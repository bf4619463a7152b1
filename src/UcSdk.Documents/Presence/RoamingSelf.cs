using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>
/// What the server knows of the user's own presence (<see cref="ContentTypes.RoamingSelf"/>; [MS-PRES] §2.2.2, element <c>roamingData</c>).
/// For each category name in it, all instances of that name are in it; what a document does not speak of is unchanged.
/// </summary>
public sealed record RoamingSelf : DocumentPart
{
    private const string Rule = "[MS-PRES] §2.2.2 roamingData";

    /// <summary>What the user has published, and what the server made of it; null when the document does not speak of it.</summary>
    public PresenceCategories? Categories { get; init; }

    /// <summary>The members of containers; null when the document does not speak of them.</summary>
    public ValueList<PresenceContainer>? Containers { get; init; }

    /// <summary>Who watches the user; null when the document does not speak of it.</summary>
    public ValueList<PresenceSubscriber>? Subscribers { get; init; }

    /// <summary>Who may act for the user, and for whom it may; null when the document does not speak of it.</summary>
    public PresenceDelegates? Delegates { get; init; }

    /// <summary>Reads a notification.</summary>
    /// <returns>False when the body is not a <c>roamingData</c> document, or an entry of it lacks its key.</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out RoamingSelf? self,
        out DocumentError error,
        DocumentLimits? limits = null) =>
        PresenceText.TryRead(body, limits, Rule, "roamingData", Read, out self, out error);

    /// <summary>The notification as UTF-8.</summary>
    public byte[] ToBytes() => new ElementBuilder(Namespaces.RoamingSelf, "roamingData")
        .Child(Categories?.Write())
        .Child(Containers is null ? null : new ElementBuilder(Namespaces.Containers, "containers").Children(Containers.Select(container => container.Write())).Build())
        .Child(Subscribers is null
            ? null
            : new ElementBuilder(Namespaces.PresenceSubscribers, "subscribers").Children(Subscribers.Select(subscriber => subscriber.Write())).Build())
        .Child(Delegates?.Write())
        .Extensions(this)
        .Build()
        .ToBytes();

    /// <summary>How much there is of what; never the content.</summary>
    public override string ToString() =>
        $"roamingData with {Categories?.Categories.Count ?? 0} categories, {Containers?.Count ?? 0} containers, {Subscribers?.Count ?? 0} subscribers";

    private static RoamingSelf Read(DocumentElement root, DocumentScope scope) => new()
    {
        Categories = root.Child("categories") is { } categories ? PresenceCategories.Read(categories, scope) : null,
        Containers = root.Child("containers") is { } containers
            ? ValueList.From(containers.ChildrenNamed("container").Select(container => PresenceContainer.Read(container, scope)))
            : null,
        Subscribers = root.Child("subscribers") is { } subscribers
            ? ValueList.From(subscribers.ChildrenNamed("subscriber").Select(subscriber => PresenceSubscriber.Read(subscriber, scope)))
            : null,
        Delegates = root.Child("delegates") is { } delegates ? PresenceDelegates.Read(delegates, scope) : null,
        Extensions = ElementBuilder.Unknown(root, "categories", "containers", "subscribers", "delegates"),
        ExtensionAttributes = ElementBuilder.UnknownAttributes(root),
    };
}
