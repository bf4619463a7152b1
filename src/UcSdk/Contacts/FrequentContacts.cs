using UcSdk.Documents;

namespace UcSdk;

/// <summary>Whom the user speaks with most, as their other clients have put it down: the group <c>Most Used Contacts</c>. Nothing in it can be changed here.</summary>
public sealed class FrequentContacts : Group
{
    internal const string ListName = "Most Used Contacts";

    internal FrequentContacts(ContactManager manager, ContactListGroup entry)
        : base(manager, entry)
    {
    }

    /// <inheritdoc/>
    public override GroupType Type => GroupType.FrequentContacts;

    private protected override bool Allows(GroupAction action) => false;
}
