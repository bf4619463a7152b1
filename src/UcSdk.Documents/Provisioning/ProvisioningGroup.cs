namespace UcSdk.Documents;

/// <summary>
/// A group of settings. Some groups hold an element for each setting, others a list of named properties; both read alike through
/// <see cref="Settings"/>, and what came is kept as it came.
/// </summary>
/// <param name="Name">The name, of <see cref="ProvisioningGroupNames"/>.</param>
public sealed record ProvisioningGroup(string Name) : DocumentPart
{
    /// <summary>The settings by name, in document order, values without white space around them.</summary>
    public IEnumerable<KeyValuePair<string, string>> Settings => Extensions.SelectMany(Flatten);

    /// <summary>The value of the setting, its name compared ignoring case; null when the group has none.</summary>
    public string? this[string setting]
    {
        get
        {
            foreach (var (name, value) in Settings)
            {
                if (name.Equals(setting, StringComparison.OrdinalIgnoreCase))
                {
                    return value;
                }
            }

            return null;
        }
    }

    /// <summary>A group with an element for each setting, as servers write ServerConfiguration and the policies.</summary>
    /// <param name="name">The name of the group.</param>
    /// <param name="settings">The settings; names must be XML names, values are written without white space around them.</param>
    public static ProvisioningGroup OfSettings(string name, IEnumerable<KeyValuePair<string, string>> settings) => new(name)
    {
        Extensions = ValueList.From(settings.Select(setting =>
            new DocumentElement(Namespaces.ProvisioningNotification, setting.Key) { Text = setting.Value.Trim() })),
    };

    /// <summary>A group with named properties inside one element, as servers write the policies and most configurations ([MS-SIPREGE] §2.2.2.5).</summary>
    /// <param name="name">The name of the group.</param>
    /// <param name="list">The element around the properties: <c>instance</c> in the policies, <c>propertyEntryList</c> elsewhere.</param>
    /// <param name="settings">The properties; values are written without white space around them.</param>
    public static ProvisioningGroup OfProperties(string name, string list, IEnumerable<KeyValuePair<string, string>> settings) => new(name)
    {
        Extensions =
        [
            new DocumentElement(Namespaces.ProvisioningNotification, list)
            {
                Children = ValueList.From(settings.Select(setting => new DocumentElement(Namespaces.ProvisioningNotification, "property")
                {
                    Attributes = [new DocumentAttribute("", "name", setting.Key)],
                    Text = setting.Value.Trim(),
                })),
            },
        ],
    };

    /// <summary>The name and how many settings there are; never the settings.</summary>
    public override string ToString() => $"provisionGroup {Name} with {Settings.Count()} settings";

    internal static ProvisioningGroup Read(DocumentElement element, DocumentScope scope) => new(scope.RequireAttribute(element, "name"))
    {
        Extensions = element.Children,
        ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "name"),
    };

    internal DocumentElement Write() => new ElementBuilder(Namespaces.ProvisioningNotification, "provisionGroup")
        .Attribute("name", Name)
        .Extensions(this)
        .Build();

    private static IEnumerable<KeyValuePair<string, string>> Flatten(DocumentElement element) => element.Children.Count > 0
        ? element.Children.SelectMany(Flatten)
        : [new(element.Name == "property" ? element.Attribute("name") ?? "" : element.Name, element.Text.Trim())];
}
