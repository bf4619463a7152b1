namespace UcSdk.Documents;

/// <summary>A member of a distribution group, or its owner: a person, or a group. What the directory does not know is empty.</summary>
public sealed record DistributionListMember : DocumentPart
{
    internal const string GroupName = "Group";
    internal const string PersonName = "Contact";

    private static readonly string[] Known = ["SipUri", "Mail", "MailNickname", "DisplayName"];

    /// <summary>Whether it is a group, whose members are asked for in turn.</summary>
    public bool IsGroup { get; init; }

    /// <summary>The SIP address with its scheme; empty for groups, and for people who have none.</summary>
    public string SipUri { get; init; } = "";

    /// <summary>The e-mail address.</summary>
    public string Mail { get; init; } = "";

    /// <summary>The mail system's short name.</summary>
    public string MailNickname { get; init; } = "";

    /// <summary>The name for people.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>Which kind; never who.</summary>
    public override string ToString() => IsGroup ? "group" : "contact";

    internal static DistributionListMember Read(DocumentElement element)
    {
        // Writers disagree about capitals (mail, Mail), so they do not count.
        string Text(string name) => element.Children.FirstOrDefault(child => child.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Text.Trim() ?? "";
        return new()
        {
            IsGroup = element.Name == GroupName,
            SipUri = Text(Known[0]),
            Mail = Text(Known[1]),
            MailNickname = Text(Known[2]),
            DisplayName = Text(Known[3]),
            Extensions = ValueList.From(element.Children.Where(child => !Known.Contains(child.Name, StringComparer.OrdinalIgnoreCase))),
            ExtensionAttributes = element.Attributes,
        };
    }

    internal DocumentElement Write() => new ElementBuilder(Namespaces.AddressBook, IsGroup ? GroupName : PersonName)
        .Leaf(Known[0], SipUri.Length == 0 ? null : SipUri)
        .Leaf(Known[1], Mail)
        .Leaf(Known[2], MailNickname.Length == 0 ? null : MailNickname)
        .Leaf(Known[3], DisplayName)
        .Extensions(this)
        .Build();
}
