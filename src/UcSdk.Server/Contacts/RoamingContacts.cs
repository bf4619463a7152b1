using System.Diagnostics.CodeAnalysis;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>
/// One user's contact list ([MS-SIP] §3.7): every command that is accepted makes it one version newer, whether it changes anything or not, because clients
/// count along. Commands against another version than the current one are refused.
/// </summary>
internal sealed class RoamingContacts(ContactListLimits limits)
{
    /// <summary>The number of the default group, which is always there under its own name.</summary>
    public const uint DefaultGroup = 1;

    private readonly SortedDictionary<uint, ContactListGroup> _groups = new() { [DefaultGroup] = new ContactListGroup(DefaultGroup, ContactListGroup.DefaultName) };
    private readonly Dictionary<string, ContactListContact> _contacts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The version; clients take 0 for none, so a list begins with 1.</summary>
    public uint Version { get; private set; } = 1;

    public ContactList Snapshot() => new(Version, ValueList.From(_groups.Values), ValueList.From(_contacts.Values.OrderBy(contact => contact.Uri, StringComparer.OrdinalIgnoreCase)));

    public ContactListOutcome Execute(ContactListCommand command)
    {
        if (command.DeltaNumber != Version)
        {
            return ContactListOutcome.Refuse(StatusCode.Conflict, "The list has changed; read it anew.", SoapFault.WrongDelta);
        }

        return command switch
        {
            AddGroupCommand add => Add(add),
            ModifyGroupCommand modify => Modify(modify),
            DeleteGroupCommand delete => Delete(delete),
            SetContactCommand set => Set(set),
            DeleteContactCommand delete => Delete(delete),
            _ => ContactListOutcome.Refuse(StatusCode.BadRequest, "This server does not know the command."),
        };
    }

    /// <summary>Takes back the version from the store.</summary>
    public void Restore(uint version) => Version = Math.Max(version, 1);

    /// <summary>Takes back a group from the store.</summary>
    public void Restore(ContactListGroup group) => _groups[group.Id] = group;

    /// <summary>Takes back a contact from the store.</summary>
    public void Restore(ContactListContact contact) => _contacts[contact.Uri] = contact;

    private ContactListOutcome Add(AddGroupCommand command)
    {
        var group = new ContactListGroup(FreeNumber(), command.GroupName) { ExternalUri = command.ExternalUri };
        if (_groups.Count >= limits.MaxGroups)
        {
            return Exceeded(nameof(limits.MaxGroups));
        }

        if (!IsAcceptable(group, out var refusal))
        {
            return refusal;
        }

        _groups.Add(group.Id, group);
        return Done(delta => delta with { AddedGroups = [group] }) with { AddedGroup = group.Id };
    }

    private ContactListOutcome Modify(ModifyGroupCommand command)
    {
        if (!TryFindOwn(command.GroupId, out var old, out var refusal))
        {
            return refusal;
        }

        var group = old with { Name = command.GroupName, ExternalUri = command.ExternalUri };
        if (!IsAcceptable(group, out refusal))
        {
            return refusal;
        }

        _groups[group.Id] = group;
        return Done(delta => delta with { ModifiedGroups = [group] });
    }

    // The contacts of the group stay: in their other groups, or in the default group ([MS-SIP] §3.7: in at least one).
    private ContactListOutcome Delete(DeleteGroupCommand command)
    {
        if (!TryFindOwn(command.GroupId, out _, out var refusal))
        {
            return refusal;
        }

        var members = _contacts.Values.Where(contact => contact.GroupIds.Contains(command.GroupId))
            .Select(contact => contact with { GroupIds = InSome(contact.GroupIds.Where(id => id != command.GroupId)) })
            .ToArray();
        foreach (var contact in members)
        {
            _contacts[contact.Uri] = contact;
        }

        _groups.Remove(command.GroupId);
        return Done(delta => delta with { ModifiedContacts = ValueList.From(members), DeletedGroups = [command.GroupId] });
    }

    private ContactListOutcome Set(SetContactCommand command)
    {
        var isKnown = _contacts.TryGetValue(command.Contact.Uri, out var old);
        if (!isKnown && _contacts.Count >= limits.MaxContacts)
        {
            return Exceeded(nameof(limits.MaxContacts));
        }

        var contact = command.Contact with
        {
            Uri = old?.Uri ?? command.Contact.Uri,
            GroupIds = InSome(command.Contact.GroupIds),
            // A client that does not know what others keep with the contact leaves it out, and does not mean to take it away.
            Extension = command.Contact.Extension ?? old?.Extension,
        };
        if (!IsAcceptable(contact, out var refusal))
        {
            return refusal;
        }

        _contacts[contact.Uri] = contact;
        return Done(delta => isKnown ? delta with { ModifiedContacts = [contact] } : delta with { AddedContacts = [contact] });
    }

    private ContactListOutcome Delete(DeleteContactCommand command) => _contacts.Remove(command.Uri, out var contact)
        ? Done(delta => delta with { DeletedContacts = [contact.Uri] })
        : ContactListOutcome.Refuse(StatusCode.NotFound, "The list has no such contact.");

    private ContactListOutcome Done(Func<ContactDelta, ContactDelta> change)
    {
        var previous = Version++;
        return new ContactListOutcome(StatusCode.Ok) { Delta = change(new ContactDelta(Version, previous)) };
    }

    private bool TryFindOwn(uint id, [NotNullWhen(true)] out ContactListGroup? group, [NotNullWhen(false)] out ContactListOutcome? refusal)
    {
        refusal = null;
        if (!_groups.TryGetValue(id, out group))
        {
            refusal = ContactListOutcome.Refuse(StatusCode.NotFound, "The list has no such group.");
        }
        else if (id == DefaultGroup)
        {
            refusal = ContactListOutcome.Refuse(StatusCode.Forbidden, "The default group stays as it is.");
        }

        return refusal is null;
    }

    private bool IsAcceptable(ContactListGroup group, [NotNullWhen(false)] out ContactListOutcome? refusal)
    {
        refusal = group switch
        {
            { Name.Length: 0 } or { IsDefault: true } => ContactListOutcome.Refuse(StatusCode.BadRequest, "A group needs a name of its own."),
            _ when group.Name.Length > limits.MaxNameLength => Exceeded(nameof(limits.MaxNameLength)),
            _ when group.ExternalUri.Length > limits.MaxExternalUriLength => Exceeded(nameof(limits.MaxExternalUriLength)),
            _ => null,
        };
        return refusal is null;
    }

    private bool IsAcceptable(ContactListContact contact, [NotNullWhen(false)] out ContactListOutcome? refusal)
    {
        refusal = contact switch
        {
            _ when contact.Uri.Length > limits.MaxUriLength => Exceeded(nameof(limits.MaxUriLength)),
            _ when !SipUri.TryParse(contact.Uri, out _) => ContactListOutcome.Refuse(StatusCode.BadRequest, "The contact has no address."),
            _ when contact.Name.Length > limits.MaxNameLength => Exceeded(nameof(limits.MaxNameLength)),
            _ when contact.ExternalUri.Length > limits.MaxExternalUriLength => Exceeded(nameof(limits.MaxExternalUriLength)),
            _ when contact.GroupIds.Any(id => !_groups.ContainsKey(id)) => ContactListOutcome.Refuse(StatusCode.NotFound, "The list has no such group."),
            { Extension: { } extension } when extension.ToBytes().Length > limits.MaxExtensionLength => Exceeded(nameof(limits.MaxExtensionLength)),
            _ => null,
        };
        return refusal is null;
    }

    private uint FreeNumber()
    {
        var number = DefaultGroup;
        while (_groups.ContainsKey(number))
        {
            number++;
        }

        return number;
    }

    private static ValueList<uint> InSome(IEnumerable<uint> groups) => ValueList.From(groups.DefaultIfEmpty(DefaultGroup));

    private static ContactListOutcome Exceeded(string limit) => ContactListOutcome.Refuse(StatusCode.Forbidden, $"More than {limit} of this server allows.");
}
