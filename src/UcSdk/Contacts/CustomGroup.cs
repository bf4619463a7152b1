using UcSdk.Documents;

namespace UcSdk;

/// <summary>A group that the user has made, or the one of contacts that are in no other (<see cref="IsDefault"/>).</summary>
public sealed class CustomGroup : Group
{
    internal CustomGroup(ContactManager manager, ContactListGroup entry)
        : base(manager, entry)
    {
    }

    /// <inheritdoc/>
    public override GroupType Type => GroupType.CustomGroup;

    /// <summary>True for the group of contacts that are in no other; it can be neither renamed nor removed.</summary>
    public bool IsDefault => Entry.IsDefault;

    /// <summary>Gives the group another name. Ends when the list shows it.</summary>
    /// <param name="name">The name, not empty and not <c>~</c>.</param>
    /// <param name="cancellationToken">Stops the waiting, not what has been sent.</param>
    /// <exception cref="ArgumentException">That cannot be a name.</exception>
    /// <exception cref="InvalidStateException">It is the default group or in the list no more, or nobody is signed in.</exception>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task RenameAsync(string name, CancellationToken cancellationToken = default)
    {
        ContactListEditor.RequireName(name);
        Demand(GroupAction.RenameGroup, nameof(RenameAsync));
        return ContactManager.Editor.RenameAsync(this, name, cancellationToken);
    }

    private protected override bool Allows(GroupAction action) => !IsDefault || action is GroupAction.AddContact or GroupAction.RemoveContact;
}
