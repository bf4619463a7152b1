using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>The groups of settings that a server hands out (<see cref="ContentTypes.Provisioning"/>; [MS-SIPREGE] §2.2.2 and §4.2.2).</summary>
/// <param name="Groups">The groups.</param>
public sealed record ProvisioningNotification(ValueList<ProvisioningGroup> Groups) : DocumentPart
{
    private const string Rule = "[MS-SIPREGE] §2.2.2";

    /// <summary>The group ServerConfiguration, read; null when the server sent none.</summary>
    public ServerConfiguration? ServerConfiguration =>
        Group(ProvisioningGroupNames.ServerConfiguration) is { } group ? Documents.ServerConfiguration.Of(group) : null;

    /// <summary>What the user's meetings may have; null when the server sent no such group.</summary>
    public MeetingPolicy? MeetingPolicy => Group(ProvisioningGroupNames.MeetingPolicy) is { } group ? Documents.MeetingPolicy.Of(group) : null;

    /// <summary>What the user may do with calls; null when the server sent no such group.</summary>
    public UcPolicy? UcPolicy => Group(ProvisioningGroupNames.UcPolicy) is { } group ? Documents.UcPolicy.Of(group) : null;

    /// <summary>Settings of the user; null when the server sent no such group.</summary>
    public UserSettings? UserSettings => Group(ProvisioningGroupNames.UserSetting) is { } group ? Documents.UserSettings.Of(group) : null;

    /// <summary>How the client is to behave; null when the server sent no such group.</summary>
    public EndpointConfiguration? EndpointConfiguration =>
        Group(ProvisioningGroupNames.EndpointConfiguration) is { } group ? Documents.EndpointConfiguration.Of(group) : null;

    /// <summary>Where persistent chat is; null when the server sent no such group.</summary>
    public PersistentChatConfiguration? PersistentChatConfiguration =>
        Group(ProvisioningGroupNames.PersistentChatConfiguration) is { } group ? Documents.PersistentChatConfiguration.Of(group) : null;

    /// <summary>The location profile by whose rules the user dials: the user's own, or that of the server; null when neither is named.</summary>
    public string? LocationProfile => UserSettings?.LocationProfile ?? ServerConfiguration?.LocationProfile;

    /// <summary>The first group with the name, compared ignoring case; null when there is none.</summary>
    public ProvisioningGroup? Group(string name) => Groups.FirstOrDefault(group => group.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads a notification.</summary>
    /// <returns>False when the body is not a <c>provisionGroupList</c>, or a group in it has no name.</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out ProvisioningNotification? notification,
        out DocumentError error,
        DocumentLimits? limits = null)
    {
        notification = null;
        if (!DocumentElement.TryRead(body, out var root, out error, limits))
        {
            return false;
        }

        var scope = new DocumentScope(Rule);
        if (root.Name != "provisionGroupList")
        {
            scope.Fail(root.Name, "the root element provisionGroupList");
        }

        var groups = ValueList.From(root.ChildrenNamed("provisionGroup").Select(group => ProvisioningGroup.Read(group, scope)));
        error = scope.Error;
        notification = scope.Failed ? null : new ProvisioningNotification(groups)
        {
            Extensions = ElementBuilder.Unknown(root, "provisionGroup"),
            ExtensionAttributes = ElementBuilder.UnknownAttributes(root),
        };
        return notification is not null;
    }

    /// <summary>The notification as UTF-8.</summary>
    public byte[] ToBytes() => new ElementBuilder(Namespaces.ProvisioningNotification, "provisionGroupList")
        .Children(Groups.Select(group => group.Write()))
        .Extensions(this)
        .Build()
        .ToBytes();
}
