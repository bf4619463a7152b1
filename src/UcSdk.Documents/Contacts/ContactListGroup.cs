using System.Globalization;

namespace UcSdk.Documents;

/// <summary>A group of a contact list ([MS-SIP] §2.2.4.1, element <c>group</c>).</summary>
/// <param name="Id">Its number, by which contacts name it; another list, or the same list later, may number differently.</param>
/// <param name="Name">Its name for people; <see cref="DefaultName"/> for the default group.</param>
public sealed record ContactListGroup(uint Id, string Name) : DocumentPart
{
    internal const string ElementName = "group";

    /// <summary>The name of the group for contacts that the user has put into none; clients show it in their own language.</summary>
    public const string DefaultName = "~";

    /// <summary>Where more about the group is found, or a <see cref="GroupExtension"/>; empty for nothing.</summary>
    public string ExternalUri { get; init; } = "";

    /// <summary>True for the default group.</summary>
    public bool IsDefault => Name == DefaultName;

    /// <summary>What kind of group it is, for those that are more than a name; null when <see cref="ExternalUri"/> says nothing of that.</summary>
    public GroupExtension? Extension => GroupExtension.TryParse(ExternalUri, out var extension) ? extension : null;

    /// <summary>The number; never the name, which is user data.</summary>
    public override string ToString() => $"group {Id.ToString(CultureInfo.InvariantCulture)}";

    internal static ContactListGroup Read(DocumentElement element, DocumentScope scope)
    {
        var id = DocumentScope.Number(scope.RequireAttribute(element, "id"));
        if (id is null)
        {
            scope.Fail($"{element.Name}/@id", "a number");
        }

        return new ContactListGroup(id ?? 0, element.Attribute("name") ?? "")
        {
            ExternalUri = element.Attribute("externalURI") ?? "",
            Extensions = element.Children,
            ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "id", "name", "externalURI"),
        };
    }

    internal DocumentElement Write(string elementName) => new ElementBuilder("", elementName)
        .Attribute("id", ElementBuilder.Text(Id))
        .Attribute("name", Name)
        .Attribute("externalURI", ExternalUri)
        .Extensions(this)
        .Build();
}
