using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>
/// Who may not reach whom: a user's container 32000 keeps from its members the presence, and "having their calls routed" (Lync 2010 SDK, Blocked Contacts Container).
/// </summary>
internal sealed class BlockedCallers(PresenceStore presence)
{
    /// <summary>Whether the request would begin something between somebody who is blocked and who has blocked them. What has begun goes on.</summary>
    public bool Include(ServerRequest request) =>
        request.Message.To?.Tag is null
        && request.Sender is { } sender
        && Include(sender.Id.User, request.Message.Uri!);

    /// <summary>Whether a user has blocked another.</summary>
    /// <param name="caller">The address of record of the other.</param>
    /// <param name="callee">The user.</param>
    public bool Include(string caller, SipUri callee) =>
        presence.TryGet(callee, out var presentity) && presentity.Memberships.ContainerOf(Watcher.OfEnterprise(caller)) == PresenceContainerIds.Blocked;
}
