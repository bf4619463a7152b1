namespace UcSdk.Documents;

/// <summary>An attribute of an <see cref="AddressBookEntry"/>.</summary>
/// <param name="Name">Its name, of <see cref="DirectoryAttributes"/>; servers spell it in whatever case.</param>
/// <param name="Values">Its values, none of them empty.</param>
public sealed record AddressBookAttribute(string Name, ValueList<string> Values)
{
    /// <summary>The name; never the values.</summary>
    public override string ToString() => Name;

    internal static AddressBookAttribute Read(DocumentElement element)
    {
        var values = element.Child("Values")?.ChildrenNamed("string").Select(value => value.Text.Trim()) ?? [];
        return new AddressBookAttribute(
            element.ChildText("Name") ?? "",
            ValueList.From(values.Prepend(element.ChildText("Value") ?? "").Where(value => value.Length > 0)));
    }

    internal DocumentElement Write()
    {
        var element = new ElementBuilder(Namespaces.AddressBook, "Attribute").Leaf("Name", Name);
        return Values.Count <= 1
            ? element.Leaf("Value", Values.Count == 0 ? "" : Values[0]).Build()
            : element.Child(new ElementBuilder(Namespaces.AddressBook, "Values").Children(Values.Select(value => new DocumentElement(Namespaces.AddressBook, "string") { Text = value })).Build()).Build();
    }
}
