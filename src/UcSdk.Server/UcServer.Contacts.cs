using UcSdk.Documents;

namespace UcSdk.Server;

/// <content>What whoever runs the server sees of contact lists.</content>
public sealed partial class UcServer
{
    /// <summary>A user's contact list as it is now.</summary>
    /// <param name="user">A name, <c>alice</c>, or an address.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">There is no such user.</exception>
    public Task<ContactList> GetContactListAsync(string user, CancellationToken cancellationToken = default) =>
        OnLoopAsync(() => _contactLists.Get(_directory.AddressOfRecord(_directory.Get(user))), cancellationToken);
}
