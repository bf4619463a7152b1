using System.Diagnostics.CodeAnalysis;
using UcSdk.Documents;

namespace UcSdk;

/// <summary>
/// A group of the user's contact list, as the server has it. The object stays the same while the group is in the list. Members may be called from any thread.
/// </summary>
public abstract class Group
{
    private readonly ChangeStream<GroupNameChange> _names;
    private volatile ContactListGroup _entry;

    private protected Group(ContactManager manager, ContactListGroup entry)
    {
        ContactManager = manager;
        _entry = entry;
        _names = new(manager.Context.Observers, "GroupName");
        Contacts = new(manager.Context.Observers, "GroupContacts");
    }

    /// <summary>Whose contact list it is in.</summary>
    public ContactManager ContactManager { get; }

    /// <summary>The number of the group in the list ([MS-SIP] §2.2.4.1, attribute <c>id</c>), at least 1; 0 for a group that is in no list.</summary>
    public uint Id => _entry.Id;

    /// <summary>The name; <c>~</c> for the group of contacts that are in no other, which clients show in the user's language.</summary>
    public string Name => _entry.Name;

    /// <summary>What kind it is.</summary>
    public abstract GroupType Type { get; }

    /// <summary>Who is in it. Observers get the snapshot first, then what is added and removed; it ends when the group is gone.</summary>
    public ObservableList<Contact> Contacts { get; }

    /// <summary>Its changes of name. Ends when the group is gone.</summary>
    public IObservable<GroupNameChange> NameChanges => _names;

    /// <summary>False once the group is in the list no more, or not in it yet.</summary>
    public bool IsListed => ContactManager.Groups.Contains(this);

    internal ContactListGroup Entry => _entry;

    /// <summary>Looks for a contact in the group.</summary>
    /// <param name="uri">Its address, with or without <c>sip:</c>; case is not regarded.</param>
    /// <param name="contact">The contact.</param>
    /// <exception cref="ArgumentException">It is no address.</exception>
    public bool TryGetContact(string uri, [NotNullWhen(true)] out Contact? contact)
    {
        var address = ContactUri.Normalize(uri, nameof(uri));
        contact = Contacts.FirstOrDefault(member => member.Uri == address);
        return contact is not null;
    }

    /// <summary>
    /// Whether that can be done now: the list is known, the group is in it, its kind permits the action, and the contact is (or is not yet) in the group.
    /// </summary>
    /// <param name="action">The action.</param>
    /// <param name="contact">Whom it concerns; needed for adding and removing, not regarded otherwise.</param>
    /// <exception cref="ArgumentException">Adding or removing is asked about without a contact.</exception>
    public bool CanInvoke(GroupAction action, Contact? contact = null)
    {
        if (action is GroupAction.AddContact or GroupAction.RemoveContact && contact is null)
        {
            throw new ArgumentException($"Whether {action} is possible depends on the contact.", nameof(contact));
        }

        return Allows(action) && IsListed && ContactManager.ListState == ContactListState.Subscribed && action switch
        {
            GroupAction.AddContact => !Contacts.Contains(contact!),
            GroupAction.RemoveContact => Contacts.Contains(contact!),
            _ => true,
        };
    }

    /// <summary>Puts a contact into the group; nothing to do when it is there. Ends when the list shows it.</summary>
    /// <param name="contact">The contact, of the same client; in the list or not.</param>
    /// <param name="cancellationToken">Stops the waiting, not what has been sent.</param>
    /// <exception cref="ArgumentException">The contact belongs to another client.</exception>
    /// <exception cref="InvalidStateException">The group's kind does not allow it, it is in the list no more, or nobody is signed in.</exception>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task AddContactAsync(Contact contact, CancellationToken cancellationToken = default)
    {
        Demand(GroupAction.AddContact, nameof(AddContactAsync));
        return ContactManager.Editor.AddAsync(contact, this, cancellationToken);
    }

    /// <summary>Takes a contact out of the group; one that was in no other group leaves the list. Nothing to do when it is not there.</summary>
    /// <param name="contact">The contact.</param>
    /// <param name="cancellationToken">Stops the waiting, not what has been sent.</param>
    /// <exception cref="InvalidStateException">The group's kind does not allow it, it is in the list no more, or nobody is signed in.</exception>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task RemoveContactAsync(Contact contact, CancellationToken cancellationToken = default)
    {
        Demand(GroupAction.RemoveContact, nameof(RemoveContactAsync));
        return ContactManager.Editor.RemoveAsync(contact, this, cancellationToken);
    }

    /// <summary>The kind and the number; never the name, which is user data.</summary>
    public override string ToString() => $"{Type} {Id}";

    internal void Demand(GroupAction action, string operation)
    {
        if (!Allows(action) || !IsListed)
        {
            throw new InvalidStateException(Type.ToString(), IsListed ? "Listed" : "NotListed", operation);
        }
    }

    /// <summary>Takes what the server says of the group now. On the loop.</summary>
    internal virtual void Update(ContactListGroup entry)
    {
        var previous = _entry.Name;
        _entry = entry;
        if (previous != entry.Name)
        {
            _names.Publish(new(previous, entry.Name));
        }
    }

    internal virtual void Complete()
    {
        _names.Complete();
        Contacts.Complete();
    }

    private protected abstract bool Allows(GroupAction action);
}
