namespace UcSdk.Documents;

/// <summary>
/// Publishes or removes one instance of a category ([MS-PRES] §2.2.2, element <c>publication</c>). Category, instance and container are its key.
/// </summary>
/// <param name="CategoryName">The category, of <see cref="PresenceCategoryNames"/>.</param>
/// <param name="Instance">Which of the instances with this name.</param>
/// <param name="Container">The container, of <see cref="PresenceContainerIds"/>.</param>
public sealed record CategoryPublication(string CategoryName, uint Instance, uint Container) : DocumentPart
{
    /// <summary>The version as last known; 0 for an instance that is new.</summary>
    public uint Version { get; init; }

    /// <summary>How long it is to live; null when not said.</summary>
    public PresenceExpireType? ExpireType { get; init; }

    /// <summary>Seconds to live with <see cref="PresenceExpireType.Time"/>; 0 removes the instance; null when not said.</summary>
    public uint? Expires { get; init; }

    /// <summary>What is published; null for nothing, which is a value too.</summary>
    public DocumentElement? Content { get; init; }

    /// <summary>True when the instance is to be removed.</summary>
    public bool IsRemoval => Expires == 0;

    /// <summary>The key and the version; never the content, which is user data.</summary>
    public override string ToString() => $"publication {CategoryName} instance {Instance} container {Container} version {Version}";

    internal static CategoryPublication Read(DocumentElement element, DocumentScope scope)
    {
        var expireType = PresenceText.ExpireType(element.Attribute("expireType"));
        return new CategoryPublication(
            scope.RequireAttribute(element, "categoryName"),
            PresenceText.RequireNumber(scope, element, "instance"),
            PresenceText.RequireNumber(scope, element, "container"))
        {
            Version = DocumentScope.Number(element.Attribute("version")) ?? 0,
            ExpireType = expireType,
            Expires = DocumentScope.Number(element.Attribute("expires")),
            Content = element.Children.Count > 0 ? element.Children[0] : null,
            Extensions = element.Children.Count > 1 ? ValueList.From(element.Children.Skip(1)) : [],
            ExtensionAttributes = ElementBuilder.UnknownAttributes(
                element, "categoryName", "instance", "container", "version", PresenceText.If(expireType is not null, "expireType"), "expires"),
        };
    }

    internal DocumentElement Write() => new ElementBuilder(Namespaces.RichPresence, "publication")
        .Attribute("categoryName", CategoryName)
        .Attribute("instance", ElementBuilder.Text(Instance))
        .Attribute("container", ElementBuilder.Text(Container))
        .Attribute("version", ElementBuilder.Text(Version))
        .Attribute("expireType", PresenceText.Text(ExpireType))
        .Attribute("expires", ElementBuilder.Text(Expires))
        .Child(Content)
        .Extensions(this)
        .Build();
}
