using System.Collections.Immutable;

namespace UcSdk;

/// <summary>
/// What an application wants to know of some contacts. All subscriptions of a client and its contact list are merged: the server is asked for each contact once, however
/// many want it. What comes is told by <see cref="Contact.InformationChanges"/>. It outlives connections: after a loss or another sign-in it is made again.
/// </summary>
public sealed class ContactSubscription
{
    private readonly ContactManager _manager;
    private readonly PresenceWish _wish = new();
    private ImmutableHashSet<Contact> _contacts = [];

    internal ContactSubscription(ContactManager manager) => _manager = manager;

    /// <summary>The contacts; those added or removed since the last <see cref="Subscribe"/> have not taken effect.</summary>
    public IReadOnlyCollection<Contact> Contacts => _contacts;

    /// <summary>What was last subscribed to; empty before and after <see cref="Unsubscribe"/>.</summary>
    public ContactInformationTypeSet LastSubscribedContactInformation { get; private set; }

    /// <summary>How often; null before and after <see cref="Unsubscribe"/>.</summary>
    public ContactSubscriptionRefreshRate? LastSubscribedRefreshRate { get; private set; }

    /// <summary>Adds a contact, from the next <see cref="Subscribe"/> on.</summary>
    /// <exception cref="ArgumentException">It belongs to another client, or has no SIP address and so no presence.</exception>
    public void AddContact(Contact contact)
    {
        Require(contact);
        ImmutableInterlocked.Update(ref _contacts, static (contacts, one) => contacts.Add(one), contact);
    }

    /// <summary>Adds contacts, from the next <see cref="Subscribe"/> on.</summary>
    /// <exception cref="ArgumentException">One of them belongs to another client, or has no SIP address; none is added then.</exception>
    public void AddContacts(IEnumerable<Contact> contacts)
    {
        Contact[] added = [.. contacts];
        Array.ForEach(added, Require);
        ImmutableInterlocked.Update(ref _contacts, static (contacts, more) => contacts.Union(more), added);
    }

    /// <summary>Adds those with a SIP address who are in the group now, from the next <see cref="Subscribe"/> on.</summary>
    /// <exception cref="ArgumentException">The group belongs to another client.</exception>
    public void AddGroup(Group group)
    {
        ArgumentNullException.ThrowIfNull(group);
        AddContacts(group.Contacts.Where(contact => contact.IsSip));
    }

    /// <summary>Removes a contact, from the next <see cref="Subscribe"/> on.</summary>
    /// <returns>False when it was not there.</returns>
    public bool RemoveContact(Contact contact) =>
        ImmutableInterlocked.Update(ref _contacts, static (contacts, one) => contacts.Remove(one), contact);

    /// <summary>Asks for the contacts as they are now in <see cref="Contacts"/>, in the place of what was asked for before. Works without a connection too: then it begins with the next.</summary>
    /// <param name="rate">How often they are told anew.</param>
    /// <param name="types">What is wanted. The server tells whole categories, so more may come.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate, or a type, is no member of its enumeration.</exception>
    /// <exception cref="ArgumentException">No type is wanted.</exception>
    public void Subscribe(ContactSubscriptionRefreshRate rate, params IEnumerable<ContactInformationType> types)
    {
        if (!Enum.IsDefined(rate))
        {
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "Not a member of ContactSubscriptionRefreshRate.");
        }

        var wanted = new ContactInformationTypeSet(types);
        if (wanted.IsEmpty)
        {
            throw new ArgumentException("A subscription wants at least one type of information.", nameof(types));
        }

        (LastSubscribedContactInformation, LastSubscribedRefreshRate) = (wanted, rate);
        _manager.Wish(_wish, _contacts, rate, PresenceNeeds.Of(wanted));
    }

    /// <summary>Wants nothing any more. Contacts that nobody else wants are watched no longer.</summary>
    public void Unsubscribe()
    {
        (LastSubscribedContactInformation, LastSubscribedRefreshRate) = (default, null);
        _manager.Wish(_wish, ImmutableHashSet<Contact>.Empty, ContactSubscriptionRefreshRate.High, default);
    }

    private void Require(Contact contact)
    {
        ArgumentNullException.ThrowIfNull(contact);
        if (contact.ContactManager != _manager || !contact.IsSip)
        {
            throw new ArgumentException("A contact of this client with a SIP address is wanted.", nameof(contact));
        }
    }
}
