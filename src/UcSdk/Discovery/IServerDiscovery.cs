using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// Finds the servers of a user's domain. On the client's loop only. It knows addresses and no secrets: credentials never reach it.
/// </summary>
internal interface IServerDiscovery : IDisposable
{
    /// <summary>
    /// The servers to try, best first, looked for while they are taken: a later place is not asked while an earlier one gave a server that the
    /// caller connects to. It is empty, or ends, when nothing more is known; it throws nothing but cancellation.
    /// </summary>
    /// <param name="user">Whose domain is looked at.</param>
    /// <param name="report">Gets every question with its outcome, on the loop, before the servers that it gave.</param>
    /// <param name="cancellationToken">Gives up.</param>
    IAsyncEnumerable<DiscoveredServer> FindAsync(SipUri user, Action<DiscoveryAttempt> report, CancellationToken cancellationToken);

    /// <summary>Keeps the server that accepted a sign-in, for the client's life: it comes first from now on, as <see cref="DiscoverySource.Remembered"/>.</summary>
    void Remember(SipUri user, DiscoveredServer server);

    /// <summary>Forgets what was kept, for the reason given, which is logged.</summary>
    void Forget(DiscoveryRenewal why);
}
