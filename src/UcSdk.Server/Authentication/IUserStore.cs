namespace UcSdk.Server;

/// <summary>
/// Knows with what the users of a server prove who they are; by default the passwords of <see cref="UcServerOptions.Users"/>. Asked on the server's loop, for each step of a handshake and
/// each request with credentials. It must answer at once, and in the same time whether it knows the user or not. It is not asynchronous because what a client sends next
/// on its connection is signed or not, and by whom, as the answer says: nothing of that connection could be looked at meanwhile. A store behind a network keeps its users in memory.
/// </summary>
public interface IUserStore
{
    /// <summary>What a user proves to know; null for a user who is not known, or has nothing to prove.</summary>
    /// <param name="name">The name in the user's address, <see cref="UcServerUser.Name"/>; compare without regard to case.</param>
    UserSecret? FindSecret(string name);

    /// <summary>The <see cref="UcServerUser.Name"/> for whose address somebody may speak who calls themselves so and has proven it; null for nobody's.</summary>
    /// <param name="login">As the client says it.</param>
    string? FindName(UserLogin login);
}
