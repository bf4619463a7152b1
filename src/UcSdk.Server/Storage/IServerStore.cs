namespace UcSdk.Server;

/// <summary>
/// Keeps what the users of a server have made (contact lists, access levels, lasting publications) over the server's life. The server reads everything when it
/// starts, works on what it has in memory, and writes changes behind the answers to its clients, one batch at a time and never two at once. Whoever made the
/// store disposes it, after the server.
/// </summary>
/// <remarks>
/// Both methods are called on the server's loop and must not keep it: what blocks goes elsewhere. A batch is what changed together, and is to be kept as a
/// whole or not at all. When <see cref="SaveAsync"/> throws, the server logs and counts it (<see cref="UcServerCounts.StoreFailures"/>) and tries again, with what
/// has changed since; what is not written when the server stops is lost.
/// </remarks>
public interface IServerStore
{
    /// <summary>Reads everything that is kept.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The records, in any order, each user, kind and key once.</returns>
    Task<IReadOnlyList<StoreRecord>> LoadAsync(CancellationToken cancellationToken);

    /// <summary>Makes changes, all or none.</summary>
    /// <param name="changes">The changes, each user, kind and key at most once; not empty.</param>
    /// <param name="cancellationToken">The server is stopping and waits no longer.</param>
    Task SaveAsync(IReadOnlyList<StoreChange> changes, CancellationToken cancellationToken);
}
