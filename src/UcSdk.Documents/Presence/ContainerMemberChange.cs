namespace UcSdk.Documents;

/// <summary>A member that is to come into a container or to go out of it ([MS-PRES] §2.2.2, <c>setContainerMembers/container/member</c>).</summary>
/// <param name="Adds">True when the member comes, false when it goes.</param>
/// <param name="Member">The member.</param>
public sealed record ContainerMemberChange(bool Adds, ContainerMember Member)
{
    /// <summary>What happens to which kind of member; never who.</summary>
    public override string ToString() => $"{(Adds ? "add" : "remove")} {Member}";

    internal static ContainerMemberChange Read(DocumentElement element, DocumentScope scope)
    {
        var action = scope.RequireAttribute(element, "action");
        if (action is not ("add" or "remove"))
        {
            scope.Fail("member/@action", "add or remove");
        }

        return new ContainerMemberChange(action == "add", ContainerMember.Read(element, scope));
    }

    internal DocumentElement Write() => Member.Write(Namespaces.ContainerManagement, Adds ? "add" : "remove");
}
