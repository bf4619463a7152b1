using UcSdk.Documents;

namespace UcSdk;

/// <summary>
/// A group of the directory that the user has in the contact list, or has found by a search. Its members are the directory's. It can be taken out of the list
/// (<see cref="ContactManager.RemoveGroupAsync"/>), nothing else.
/// </summary>
public sealed class DistributionGroup : Group
{
    internal DistributionGroup(ContactManager manager, ContactListGroup entry)
        : base(manager, entry)
    {
    }

    /// <inheritdoc/>
    public override GroupType Type => GroupType.DistributionGroup;

    /// <summary>The e-mail address by which the directory knows it; empty when the list does not say.</summary>
    public string EmailAddress => Entry.Extension?.Email ?? "";

    private protected override bool Allows(GroupAction action) => action == GroupAction.DeleteGroup;
}
