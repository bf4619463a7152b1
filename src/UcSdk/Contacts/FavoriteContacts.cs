using UcSdk.Documents;

namespace UcSdk;

/// <summary>Whom the user has pinned: the group <c>Pinned Contacts</c>. It can be neither renamed nor removed.</summary>
public sealed class FavoriteContacts : Group
{
    internal const string ListName = "Pinned Contacts";

    internal FavoriteContacts(ContactManager manager, ContactListGroup entry)
        : base(manager, entry)
    {
    }

    /// <inheritdoc/>
    public override GroupType Type => GroupType.FavoriteContacts;

    private protected override bool Allows(GroupAction action) => action is GroupAction.AddContact or GroupAction.RemoveContact;
}
