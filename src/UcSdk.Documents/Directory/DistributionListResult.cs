using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>The answer to a <see cref="DistributionListRequest"/> ([MS-DLX] §3.1.4): what the directory knows of the group, and its members. Unverified, as the request is.</summary>
/// <param name="Group">The group itself.</param>
/// <param name="Members">Its members, one level; the same may come twice.</param>
public sealed record DistributionListResult(DistributionListMember Group, ValueList<DistributionListMember> Members) : DocumentPart
{
    /// <summary>The fault's code of a server that knows no such group. Our own: which code real servers give is not known.</summary>
    public const string GroupNotFound = "Client.GroupNotFound";

    /// <summary>The fault's code of a server to which the group is too big. Our own, as <see cref="GroupNotFound"/>.</summary>
    public const string TooManyMembers = "Client.TooManyMembers";

    private const string Rule = "[MS-DLX] §3.1.4";
    private const string ElementName = "QueryDistributionListResponse";
    private const string ResultName = "QueryDistributionListResult";

    /// <summary>What the group is for, in words; empty for nothing.</summary>
    public string Description { get; init; } = "";

    /// <summary>Who manages the group; null when nobody does.</summary>
    public DistributionListMember? Owner { get; init; }

    /// <summary>Reads an answer.</summary>
    /// <returns>False when the body is not an envelope with a result.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> body, [NotNullWhen(true)] out DistributionListResult? result, out DocumentError error, DocumentLimits? limits = null)
    {
        result = null;
        var scope = new DocumentScope(Rule);
        if (!SoapEnvelope.TryOpen(body, ElementName, scope, out var element, out error, limits))
        {
            return false;
        }

        var found = scope.RequireChild(element, ResultName);
        error = scope.Error;
        result = scope.Failed ? null : new DistributionListResult(
            DistributionListMember.Read(found.Child("Group") ?? DocumentElement.Trusted("", DistributionListMember.GroupName)),
            ValueList.From((found.Child("Members")?.Children ?? []).Select(DistributionListMember.Read)))
        {
            Description = found.ChildText("Description") ?? "",
            Owner = found.Child("Owner")?.Children is { Count: > 0 } owner ? DistributionListMember.Read(owner[0]) : null,
            Extensions = ElementBuilder.Unknown(found, "Group", "Description", "Owner", "Members"),
            ExtensionAttributes = ElementBuilder.UnknownAttributes(found),
        };
        return result is not null;
    }

    /// <summary>The answer as UTF-8, in its envelope.</summary>
    public byte[] ToBytes() => SoapEnvelope.Write(new ElementBuilder(Namespaces.AddressBook, ElementName)
        .Child(new ElementBuilder(Namespaces.AddressBook, ResultName)
            .Child((Group with { IsGroup = true }).Write())
            .Leaf("Description", Description.Length == 0 ? null : Description)
            .Child(Owner is null ? null : new ElementBuilder(Namespaces.AddressBook, "Owner").Child(Owner.Write()).Build())
            .Child(new ElementBuilder(Namespaces.AddressBook, "Members").Children(Members.Select(member => member.Write())).Build())
            .Extensions(this)
            .Build())
        .Build());

    /// <summary>How many members there are; never who.</summary>
    public override string ToString() => $"{ElementName}: {Members.Count} members";
}
