using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>
/// Who may not reach whom: a user's container 32000 keeps from its members the presence, and "having their calls routed" (Lync 2010 SDK, Blocked Contacts Container).
/// </summary>
internal sealed class BlockedCallers(PresenceStore presence)
{
    /// <summary>Whether the request would begin something between somebody who is blocked and who has blocked them. What has begun goes on.</summary>
    public bool Include(ServerRequest request) =>
        request.Message.To is not { HasTag: true }
        && request.Sender is { } sender
        && presence.TryGet(request.Message.Uri!, out var callee)
        && callee.Memberships.ContainerOf(Watcher.OfEnterprise(sender.Id.User)) == PresenceContainerIds.Blocked;
}
