using System.Globalization;
using System.Text;
using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>The contact lists of all users, and what of them is kept: a record for each contact, each group, and the version. Used on the loop.</summary>
internal sealed class ContactLists(ContactListLimits limits, StoreWriter store) : IStoredState
{
    public const string VersionKind = "contact-list";
    public const string GroupKind = "contact-group";
    public const string ContactKind = "contact";

    private const string Rule = "the server's store";

    private readonly Dictionary<string, RoamingContacts> _lists = [];

    /// <summary>A user's list as it is now; who has changed nothing yet has the default group and no contacts.</summary>
    public ContactList Get(string user) => Of(user).Snapshot();

    /// <summary>Does what a user asks for in their own list.</summary>
    public ContactListOutcome Execute(string user, ContactListCommand command)
    {
        var outcome = Of(user).Execute(command);
        if (outcome.Delta is { } delta)
        {
            Keep(user, delta);
        }

        return outcome;
    }

    public bool Keeps(string kind) => kind is VersionKind or GroupKind or ContactKind;

    public bool TryRestore(StoreRecord record)
    {
        var list = Of(record.User);
        if (record.Kind == VersionKind)
        {
            var isNumber = uint.TryParse(Encoding.UTF8.GetString(record.Content.Span), NumberStyles.None, CultureInfo.InvariantCulture, out var version);
            list.Restore(version);
            return isNumber;
        }

        if (!DocumentElement.TryRead(record.Content, out var element, out _))
        {
            return false;
        }

        var scope = new DocumentScope(Rule);
        if (record.Kind == GroupKind && ContactListGroup.Read(element, scope) is var group && !scope.Failed)
        {
            list.Restore(group);
        }
        else if (record.Kind == ContactKind && ContactListContact.Read(element, scope) is var contact && !scope.Failed)
        {
            list.Restore(contact);
        }

        return !scope.Failed;
    }

    private RoamingContacts Of(string user)
    {
        if (!_lists.TryGetValue(user, out var list))
        {
            list = new RoamingContacts(limits);
            _lists.Add(user, list);
        }

        return list;
    }

    private void Keep(string user, ContactDelta delta)
    {
        store.Put(user, VersionKind, "", Encoding.UTF8.GetBytes(delta.DeltaNumber.ToString(CultureInfo.InvariantCulture)));
        foreach (var group in delta.AddedGroups.Concat(delta.ModifiedGroups))
        {
            store.Put(user, GroupKind, KeyOf(group.Id), group.Write(ContactListGroup.ElementName).ToBytes());
        }

        // A contact keeps the spelling that it came with, whatever later commands write.
        foreach (var contact in delta.AddedContacts.Concat(delta.ModifiedContacts))
        {
            store.Put(user, ContactKind, contact.Uri, contact.Write(ContactListContact.ElementName, withScheme: true).ToBytes());
        }

        foreach (var id in delta.DeletedGroups)
        {
            store.Remove(user, GroupKind, KeyOf(id));
        }

        foreach (var uri in delta.DeletedContacts)
        {
            store.Remove(user, ContactKind, uri);
        }
    }

    private static string KeyOf(uint id) => id.ToString(CultureInfo.InvariantCulture);
}
