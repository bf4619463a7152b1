namespace UcSdk.Documents;

/// <summary>Names, numbers and addresses: the content of the category contactCard ([MS-PRES] §7.3, element <c>contactCard</c>).</summary>
public sealed record ContactCard : DocumentPart
{
    /// <summary>The name for people; null when not said.</summary>
    public string? DisplayName { get; init; }

    /// <summary>E-mail addresses; the schema has one.</summary>
    public ValueList<string> Emails { get; init; } = [];

    /// <summary>Postal addresses.</summary>
    public ValueList<ContactAddress> Addresses { get; init; } = [];

    /// <summary>The company; null when not said.</summary>
    public string? Company { get; init; }

    /// <summary>The department; null when not said.</summary>
    public string? Department { get; init; }

    /// <summary>The title; null when not said.</summary>
    public string? Title { get; init; }

    /// <summary>The office; null when not said.</summary>
    public string? Office { get; init; }

    /// <summary>Pages.</summary>
    public ValueList<ContactUrl> Urls { get; init; } = [];

    /// <summary>Phones.</summary>
    public ValueList<ContactPhone> Phones { get; init; } = [];

    /// <summary>Whether the contact is a program whose presence does not change; null when not said.</summary>
    public bool? Automaton { get; init; }

    /// <summary>What kind of contact it is; null when not said.</summary>
    public string? Type { get; init; }

    /// <summary>A description, up to 1020 characters; null when not said.</summary>
    public string? Description { get; init; }

    /// <summary>Whether the directory's picture may be shown; null when not said.</summary>
    public bool? DisplayDirectoryPhoto { get; init; }

    /// <summary>Pictures.</summary>
    public ValueList<ContactPhoto> Photos { get; init; } = [];

    /// <summary>Whether the contact has an account on this system; null when not said.</summary>
    public bool? IsUcEnabled { get; init; }

    /// <summary>What the element <c>identity</c> holds that this type does not know.</summary>
    public ValueList<DocumentElement> IdentityExtensions { get; init; } = [];

    /// <summary>What the element <c>identity/name</c> holds that this type does not know, names in further languages among it.</summary>
    public ValueList<DocumentElement> NameExtensions { get; init; } = [];

    /// <summary>The first e-mail address; null when there is none.</summary>
    public string? Email => Emails.Count > 0 ? Emails[0] : null;

    /// <summary>Reads the content of a category.</summary>
    /// <returns>The card; null when the content is none or is something else.</returns>
    public static ContactCard? Of(DocumentElement? content)
    {
        if (content?.Name != "contactCard")
        {
            return null;
        }

        var identity = content.Child("identity");
        var name = identity?.Child("name");
        var displayName = name?.Child("displayName");
        return new ContactCard
        {
            DisplayName = displayName?.Text.Trim(),
            Emails = identity is null ? [] : ValueList.From(identity.ChildrenNamed("email").Select(email => email.Text.Trim())),
            Addresses = ValueList.From(content.ChildrenNamed("address").Select(ContactAddress.Read)),
            Company = content.ChildText("company"),
            Department = content.ChildText("department"),
            Title = content.ChildText("title"),
            Office = content.ChildText("office"),
            Urls = ValueList.From(content.ChildrenNamed("url").Select(url => new ContactUrl(url.Attribute("type"), url.Text.Trim()))),
            Phones = ValueList.From(content.ChildrenNamed("phone").Select(ContactPhone.Read)),
            Automaton = DocumentScope.Boolean(content.ChildText("automaton")),
            Type = content.ChildText("type"),
            Description = content.ChildText("description"),
            DisplayDirectoryPhoto = DocumentScope.Boolean(content.ChildText("displayADPhoto")),
            Photos = ValueList.From(content.ChildrenNamed("photo").Select(ContactPhoto.Read)),
            IsUcEnabled = DocumentScope.Boolean(content.Attribute("isUCEnabled")),
            IdentityExtensions = identity is null ? [] : ElementBuilder.Unknown(identity, "name", "email"),
            NameExtensions = name is null ? [] : ValueList.From(name.Children.Where(child => !ReferenceEquals(child, displayName))),
            Extensions = ElementBuilder.Unknown(
                content,
                "identity", "address", "company", "department", "title", "office", "url", "phone", "automaton", "type", "description", "displayADPhoto", "photo"),
            ExtensionAttributes = ElementBuilder.UnknownAttributes(content, "isUCEnabled"),
        };
    }

    /// <summary>The card as the content of a category.</summary>
    public DocumentElement ToElement() => new ElementBuilder(Namespaces.ContactCard, "contactCard")
        .Attribute("isUCEnabled", ElementBuilder.Text(IsUcEnabled))
        .Child(WriteIdentity())
        .Children(Addresses.Select(address => address.Write()))
        .Leaf("company", Company)
        .Leaf("department", Department)
        .Leaf("title", Title)
        .Leaf("office", Office)
        .Children(Urls.Select(url => new ElementBuilder(Namespaces.ContactCard, "url").Attribute("type", url.Type).Text(url.Url).Build()))
        .Children(Phones.Select(phone => phone.Write()))
        .Leaf("automaton", Automaton)
        .Leaf("type", Type)
        .Leaf("description", Description)
        .Leaf("displayADPhoto", DisplayDirectoryPhoto)
        .Children(Photos.Select(photo => photo.Write()))
        .Extensions(this)
        .Build();

    /// <summary>How much there is; never of whom.</summary>
    public override string ToString() => $"contactCard with {Phones.Count} phones";

    private DocumentElement? WriteIdentity()
    {
        var hasName = DisplayName is not null || NameExtensions.Count > 0;
        if (!hasName && Emails.Count == 0 && IdentityExtensions.Count == 0)
        {
            return null;
        }

        var identity = new ElementBuilder(Namespaces.ContactCard, "identity");
        if (hasName)
        {
            identity.Child(new ElementBuilder(Namespaces.ContactCard, "name").Leaf("displayName", DisplayName).Children(NameExtensions).Build());
        }

        foreach (var email in Emails)
        {
            identity.Leaf("email", email);
        }

        return identity.Children(IdentityExtensions).Build();
    }
}
