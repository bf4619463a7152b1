using UcSdk.Documents;

namespace UcSdk;

/// <summary>Between the kinds of members of the wire and the scopes of the object model.</summary>
internal static class AccessScopes
{
    private static readonly (AccessEntryScope Scope, string Type)[] All =
    [
        (AccessEntryScope.User, ContainerMemberTypes.User),
        (AccessEntryScope.Domain, ContainerMemberTypes.Domain),
        (AccessEntryScope.Enterprise, ContainerMemberTypes.SameEnterprise),
        (AccessEntryScope.Federated, ContainerMemberTypes.Federated),
        (AccessEntryScope.Public, ContainerMemberTypes.PublicCloud),
        (AccessEntryScope.Everyone, ContainerMemberTypes.Everyone),
    ];

    public static AccessEntryScope? Of(string? type)
    {
        foreach (var (scope, name) in All)
        {
            if (name == type)
            {
                return scope;
            }
        }

        return null;
    }

    public static string TypeOf(AccessEntryScope scope) => All.First(one => one.Scope == scope).Type;
}
