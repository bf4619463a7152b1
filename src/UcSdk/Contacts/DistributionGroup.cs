using UcSdk.Documents;

namespace UcSdk;

/// <summary>
/// A group of the directory that the user has in the contact list, or has found by a search. Its members are the directory's: they are in <see cref="Group.Contacts"/> once the group is
/// expanded. It can be taken out of the list (<see cref="ContactManager.RemoveGroupAsync"/>), nothing else.
/// </summary>
public sealed class DistributionGroup : Group
{
    /// <summary>How many members <see cref="GetAllMembersAsync"/> takes where its caller does not say.</summary>
    public const int DefaultMaxMembers = 1000;

    private volatile bool _isExpanded;
    private volatile string _description = "";

    internal DistributionGroup(ContactManager manager, ContactListGroup entry)
        : base(manager, entry) => NestedGroups = new(manager.Context.Observers, "NestedGroups");

    /// <inheritdoc/>
    public override GroupType Type => GroupType.DistributionGroup;

    /// <summary>The e-mail address by which the directory knows it; empty when the list does not say.</summary>
    public string EmailAddress => Entry.Extension?.Email ?? "";

    /// <summary>What it is for, in words; empty for nothing, and before it is expanded.</summary>
    public string Description => _description;

    /// <summary>Whether its members are known: <see cref="ExpandAsync"/> has been called.</summary>
    public bool IsExpanded => _isExpanded;

    /// <summary>
    /// The groups in the group, once it is expanded; they are in no list, and can be expanded in turn. Observers get the snapshot first, then what is added and removed; it ends when the group
    /// is gone.
    /// </summary>
    public ObservableList<DistributionGroup> NestedGroups { get; }

    /// <summary>
    /// Asks the directory for the members ([MS-DLX]), one level: people come into <see cref="Group.Contacts"/>, groups into <see cref="NestedGroups"/>. The group stays expanded; called again, it
    /// takes what has changed.
    /// </summary>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="InvalidStateException">The group has no e-mail address.</exception>
    /// <exception cref="NotSignedInException">Nobody is signed in.</exception>
    /// <exception cref="WebServiceException">The server offers no such service, did not answer, or refused.</exception>
    public Task ExpandAsync(CancellationToken cancellationToken = default) => RunAsync(nameof(ExpandAsync), async email =>
    {
        var expansion = ContactManager.Expansion;
        var result = await expansion.QueryAsync(email, nameof(ExpandAsync), cancellationToken);
        _description = result.Description;
        Exchange(Contacts, expansion.PeopleOf(result), contact => contact.Uri);
        Exchange(NestedGroups, expansion.GroupsOf(result), group => group.EmailAddress.ToUpperInvariant());
        _isExpanded = true;
        return true;
    });

    /// <summary>Asks the directory for the members of the group and of all groups in it, however deep. Groups that are in each other are looked at once. Nothing here changes.</summary>
    /// <param name="maxMembers">The most that are wanted; at least 1.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>Everybody once, in the order in which the directory names them.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Nobody is wanted.</exception>
    /// <exception cref="InvalidStateException">The group has no e-mail address.</exception>
    /// <exception cref="NotSignedInException">Nobody is signed in.</exception>
    /// <exception cref="WebServiceException">
    /// The server offers no such service, did not answer, or refused; or there are more members, or more groups (<see cref="WebOptions.MaxExpandedGroups"/>).
    /// </exception>
    public Task<IReadOnlyList<Contact>> GetAllMembersAsync(int maxMembers = DefaultMaxMembers, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxMembers, 1);
        return RunAsync(nameof(GetAllMembersAsync), email => ContactManager.Expansion.FindAllAsync(email, maxMembers, nameof(GetAllMembersAsync), cancellationToken));
    }

    /// <summary>Asks the directory who manages the group.</summary>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>The person; null when nobody does.</returns>
    /// <exception cref="InvalidStateException">The group has no e-mail address.</exception>
    /// <exception cref="NotSignedInException">Nobody is signed in.</exception>
    /// <exception cref="WebServiceException">The server offers no such service, did not answer, or refused.</exception>
    public Task<Contact?> GetOwnerAsync(CancellationToken cancellationToken = default) => RunAsync(
        nameof(GetOwnerAsync), async email => ContactManager.Expansion.OwnerOf(await ContactManager.Expansion.QueryAsync(email, nameof(GetOwnerAsync), cancellationToken)));

    internal override void Complete()
    {
        base.Complete();
        NestedGroups.Complete();
    }

    private protected override bool Allows(GroupAction action) => action == GroupAction.DeleteGroup;

    // What was there and still is keeps its object.
    private static void Exchange<T>(ObservableList<T> list, IReadOnlyList<T> wanted, Func<T, string> keyOf)
        where T : class
    {
        var missing = wanted.ToDictionary(keyOf);
        foreach (var item in list)
        {
            if (!missing.Remove(keyOf(item)))
            {
                list.Remove(item);
            }
        }

        foreach (var item in wanted.Where(item => missing.ContainsKey(keyOf(item))))
        {
            list.Add(item);
        }
    }

    private Task<T> RunAsync<T>(string operation, Func<string, Task<T>> work)
    {
        var email = EmailAddress;
        return email.Length == 0
            ? throw new InvalidStateException(nameof(DistributionGroup), "WithoutAddress", operation)
            : ContactManager.Context.Loop.InvokeAsync(() => work(email));
    }
}
