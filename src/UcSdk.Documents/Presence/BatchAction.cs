namespace UcSdk.Documents;

/// <summary>Begins or ends watching some users ([MS-PRES] §2.2.2.4.1, element <c>action</c>).</summary>
/// <param name="Name">What is to be done: <see cref="Subscribe"/> or <see cref="Unsubscribe"/>.</param>
/// <param name="Id">A decimal number by which the watcher knows the action.</param>
public sealed record BatchAction(string Name, string Id) : DocumentPart
{
    /// <summary>Watch the resources.</summary>
    public const string Subscribe = "subscribe";

    /// <summary>Watch the resources no more.</summary>
    public const string Unsubscribe = "unsubscribe";

    /// <summary>The users.</summary>
    public ValueList<BatchResource> Resources { get; init; } = [];

    /// <summary>The names of the categories that are wanted, of <see cref="PresenceCategoryNames"/>.</summary>
    public ValueList<string> Categories { get; init; } = [];

    /// <summary>True when the resources are to be watched.</summary>
    public bool Subscribes => Name == Subscribe;

    /// <summary>What is done with how many users; never with whom.</summary>
    public override string ToString() => $"{Name} {Id}, {Resources.Count} resources";

    internal static BatchAction Read(DocumentElement element, DocumentScope scope)
    {
        var name = scope.RequireAttribute(element, "name");
        if (name is not (Subscribe or Unsubscribe))
        {
            scope.Fail("action/@name", "subscribe or unsubscribe");
        }

        return new BatchAction(name, element.Attribute("id") ?? "")
        {
            Resources = element.Child("adhocList") is { } list
                ? ValueList.From(list.ChildrenNamed("resource").Select(resource => BatchResource.Read(resource, scope)))
                : [],
            Categories = element.Child("categoryList") is { } categories
                ? ValueList.From(categories.ChildrenNamed("category").Select(category => scope.RequireAttribute(category, "name")))
                : [],
            Extensions = ElementBuilder.Unknown(element, "adhocList", "categoryList"),
            ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "name", "id"),
        };
    }

    internal DocumentElement Write() => new ElementBuilder(Namespaces.BatchSubscribe, "action")
        .Attribute("name", Name)
        .Attribute("id", Id)
        .Child(new ElementBuilder(Namespaces.BatchSubscribe, "adhocList")
            .Children(Resources.Select(resource => resource.Write(Namespaces.BatchSubscribe)))
            .Build())
        .Child(Categories.Count == 0 ? null : new ElementBuilder(Namespaces.CategoryList, "categoryList")
            .Children(Categories.Select(name => new ElementBuilder(Namespaces.CategoryList, "category").Attribute("name", name).Build()))
            .Build())
        .Extensions(this)
        .Build();
}
