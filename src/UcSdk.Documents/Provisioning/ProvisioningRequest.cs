using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>Asks the server for groups of settings (<see cref="ContentTypes.Provisioning"/>; [MS-SIPREGE] §2.2.2.4).</summary>
/// <param name="Groups">The names of the groups, of <see cref="ProvisioningGroupNames"/>.</param>
public sealed record ProvisioningRequest(ValueList<string> Groups) : DocumentPart
{
    private const string Rule = "[MS-SIPREGE] §2.2.2.4";

    /// <summary>The subnet the client is in, on which some settings depend; null when not said.</summary>
    public string? Subnet { get; init; }

    /// <summary>Reads a request.</summary>
    /// <returns>False when the body is not a <c>provisioningGroupList</c>, or a group in it has no name.</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out ProvisioningRequest? request,
        out DocumentError error,
        DocumentLimits? limits = null)
    {
        request = null;
        if (!DocumentElement.TryRead(body, out var root, out error, limits))
        {
            return false;
        }

        var scope = new DocumentScope(Rule);
        if (root.Name != "provisioningGroupList")
        {
            scope.Fail(root.Name, "the root element provisioningGroupList");
        }

        var groups = ValueList.From(root.ChildrenNamed("provisioningGroup").Select(group => scope.RequireAttribute(group, "name")));
        error = scope.Error;
        request = scope.Failed ? null : new ProvisioningRequest(groups)
        {
            Subnet = root.Attribute("subnet"),
            Extensions = ElementBuilder.Unknown(root, "provisioningGroup"),
            ExtensionAttributes = ElementBuilder.UnknownAttributes(root, "subnet"),
        };
        return request is not null;
    }

    /// <summary>The request as UTF-8.</summary>
    public byte[] ToBytes() => new ElementBuilder(Namespaces.ProvisioningRequest, "provisioningGroupList")
        .Attribute("subnet", Subnet)
        .Children(Groups.Select(group => new ElementBuilder(Namespaces.ProvisioningRequest, "provisioningGroup").Attribute("name", group).Build()))
        .Extensions(this)
        .Build()
        .ToBytes();
}
