using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace UcSdk.Documents;

/// <summary>
/// What clients from Communicator 2007 R2 on write into the <c>externalURI</c> of a group that is more than a name: a small document in the place of a
/// URI, <c>&lt;groupExtension groupType="dg"&gt;&lt;email&gt;…&lt;/email&gt;&lt;/groupExtension&gt;</c>. Not described in [MS-SIP]; unverified.
/// </summary>
/// <param name="Kind">The kind: <see cref="DistributionGroup"/>, <see cref="PinnedGroup"/>, or another.</param>
/// <param name="Email">The e-mail address of a distribution group; empty for none.</param>
public sealed record GroupExtension(string Kind, string Email) : DocumentPart
{
    /// <summary>A distribution group of the directory; its members come from there, not from the list.</summary>
    public const string DistributionGroup = "dg";

    /// <summary>The favourite contacts (<c>Pinned Contacts</c>).</summary>
    public const string PinnedGroup = "pinnedGroup";

    private const string ElementName = "groupExtension";

    /// <summary>Reads the value of an <c>externalURI</c>.</summary>
    /// <returns>False when it holds something else.</returns>
    public static bool TryParse(string externalUri, [NotNullWhen(true)] out GroupExtension? extension)
    {
        extension = null;
        if (!externalUri.AsSpan().TrimStart().StartsWith("<")
            || !DocumentElement.TryRead(Encoding.UTF8.GetBytes(externalUri), out var root, out _)
            || root.Name != ElementName
            || root.Attribute("groupType") is not { Length: > 0 } kind)
        {
            return false;
        }

        extension = new GroupExtension(kind, root.ChildText("email") ?? "")
        {
            Extensions = ElementBuilder.Unknown(root, "email"),
            ExtensionAttributes = ElementBuilder.UnknownAttributes(root, "groupType"),
        };
        return true;
    }

    /// <summary>The value for an <c>externalURI</c>.</summary>
    public string ToExternalUri() => Encoding.UTF8.GetString(new ElementBuilder("", ElementName)
        .Attribute("groupType", Kind)
        .Leaf("email", Email)
        .Extensions(this)
        .Build()
        .ToBytes());

    /// <summary>The kind; never the address.</summary>
    public override string ToString() => $"groupExtension {Kind}";
}
