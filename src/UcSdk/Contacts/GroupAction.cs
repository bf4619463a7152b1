namespace UcSdk;

/// <summary>What can be done with a group; the numbers are those of the Lync SDK.</summary>
public enum GroupAction
{
    /// <summary><see cref="Group.AddContactAsync"/>.</summary>
    AddContact = 1,

    /// <summary><see cref="Group.RemoveContactAsync"/>.</summary>
    RemoveContact = 2,

    /// <summary><see cref="ContactManager.RemoveGroupAsync"/>.</summary>
    DeleteGroup = 3,

    /// <summary><see cref="CustomGroup.RenameAsync"/>.</summary>
    RenameGroup = 4,
}
