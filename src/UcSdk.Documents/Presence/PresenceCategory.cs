namespace UcSdk.Documents;

/// <summary>
/// One piece of what a user has published: an instance of a category ([MS-PRES] §2.2.2, element <c>category</c>). In a notification to a
/// watcher it has neither container nor version. Without <see cref="Content"/> the watcher may not see any, or the instance is gone; without
/// <see cref="Instance"/> too, all instances of the name (of the container, when it is said) are.
/// </summary>
/// <param name="Name">The name of the category, of <see cref="PresenceCategoryNames"/>.</param>
public sealed record PresenceCategory(string Name) : DocumentPart
{
    /// <summary>Which of the instances with this name; null when all of them are meant.</summary>
    public uint? Instance { get; init; }

    /// <summary>When the server took the publication; null when not said.</summary>
    public DateTimeOffset? PublishTime { get; init; }

    /// <summary>The container it is in, of <see cref="PresenceContainerIds"/>; null when not said.</summary>
    public uint? Container { get; init; }

    /// <summary>The version that the next publication must name; null when not said.</summary>
    public uint? Version { get; init; }

    /// <summary>How long it lives; null when not said.</summary>
    public PresenceExpireType? ExpireType { get; init; }

    /// <summary>The endpoint that published it, for what lives with its endpoint; null when not said.</summary>
    public string? EndpointId { get; init; }

    /// <summary>Seconds until it expires; null when not said.</summary>
    public uint? Expires { get; init; }

    /// <summary>What was published, as it came; null when there is none.</summary>
    public DocumentElement? Content { get; init; }

    /// <summary>The name and the place; never the content, which is user data.</summary>
    public override string ToString() => $"category {Name} instance {Instance} container {Container} version {Version}";

    internal static PresenceCategory Read(DocumentElement element, DocumentScope scope)
    {
        var instance = DocumentScope.Number(element.Attribute("instance"));
        var publishTime = DocumentScope.Moment(element.Attribute("publishTime"));
        var expireType = PresenceText.ExpireType(element.Attribute("expireType"));
        return new PresenceCategory(scope.RequireAttribute(element, "name"))
        {
            Instance = instance,
            PublishTime = publishTime,
            Container = DocumentScope.Number(element.Attribute("container")),
            Version = DocumentScope.Number(element.Attribute("version")),
            ExpireType = expireType,
            EndpointId = element.Attribute("endpointId"),
            Expires = DocumentScope.Number(element.Attribute("expires")),
            Content = element.Children.Count > 0 ? element.Children[0] : null,
            Extensions = element.Children.Count > 1 ? ValueList.From(element.Children.Skip(1)) : [],
            ExtensionAttributes = ElementBuilder.UnknownAttributes(
                element, "name", "instance", PresenceText.If(publishTime is not null, "publishTime"), "container", "version", PresenceText.If(expireType is not null, "expireType"), "endpointId", "expires"),
        };
    }

    internal DocumentElement Write() => new ElementBuilder(Namespaces.Categories, "category")
        .Attribute("name", Name)
        .Attribute("instance", ElementBuilder.Text(Instance))
        .Attribute("publishTime", PresenceText.Text(PublishTime))
        .Attribute("container", ElementBuilder.Text(Container))
        .Attribute("version", ElementBuilder.Text(Version))
        .Attribute("expireType", PresenceText.Text(ExpireType))
        .Attribute("endpointId", EndpointId)
        .Attribute("expires", ElementBuilder.Text(Expires))
        .Child(Content)
        .Extensions(this)
        .Build();
}
