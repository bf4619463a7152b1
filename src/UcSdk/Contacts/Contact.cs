using UcSdk.Documents;

namespace UcSdk;

/// <summary>
/// Somebody by an address: in the contact list, found by a search, or just named. The object is the same for everybody in the client who names the address. Members may
/// be called from any thread.
/// </summary>
public sealed class Contact
{
    private volatile ContactListContact? _entry;

    internal Contact(ContactManager manager, string uri)
    {
        ContactManager = manager;
        Uri = uri;
    }

    /// <summary>The address in small letters: <c>sip:user@domain</c>, <c>tel:</c> or <c>mailto:</c>.</summary>
    public string Uri { get; }

    /// <summary>Whose contact it is.</summary>
    public ContactManager ContactManager { get; }

    /// <summary>Whether it is in the user's contact list.</summary>
    public bool IsListed => _entry is not null;

    /// <summary>The groups of the list that it is in.</summary>
    public IReadOnlyList<Group> Groups => [.. ContactManager.Groups.Where(group => group.Contacts.Contains(this))];

    internal ContactListContact? Entry => _entry;

    /// <summary>Takes the contact from one group to another. Ends when the list shows it.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="source">Where from.</param>
    /// <param name="cancellationToken">Stops the waiting, not what has been sent.</param>
    /// <exception cref="InvalidStateException">One of the groups does not allow it, or is not in the list.</exception>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task MoveToGroupAsync(Group target, Group source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(source);
        target.Demand(GroupAction.AddContact, nameof(MoveToGroupAsync));
        source.Demand(GroupAction.RemoveContact, nameof(MoveToGroupAsync));
        return ContactManager.Editor.MoveAsync(this, target, source, cancellationToken);
    }

    /// <summary>Never the address, which is user data.</summary>
    public override string ToString() => IsListed ? "contact in the list" : "contact";

    /// <summary>Takes what the list says of it now; null when it is not in it. On the loop.</summary>
    internal void SetEntry(ContactListContact? entry) => _entry = entry;
}
