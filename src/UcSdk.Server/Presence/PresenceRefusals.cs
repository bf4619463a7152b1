using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>What presence requests are refused with.</summary>
internal static class PresenceRefusals
{
    public static readonly ServerAnswer Unreadable = new(StatusCode.BadRequest, "Unreadable Presence Document");
    public static readonly ServerAnswer NotOnesOwn = new(StatusCode.Forbidden);
    public static readonly ServerAnswer ServerMade = new(StatusCode.Forbidden, "Made By The Server");
    public static readonly ServerAnswer PublishedTwice = new(StatusCode.BadRequest, "Published Twice");
    public static readonly ServerAnswer TooLarge = new(StatusCode.RequestEntityTooLarge);
    public static readonly ServerAnswer TooManyPublications = new(StatusCode.TemporarilyUnavailable, "Too Many Publications");
    public static readonly ServerAnswer TooManyContainers = new(StatusCode.TemporarilyUnavailable, "Too Many Containers");
    public static readonly ServerAnswer TooManyMembers = new(StatusCode.TemporarilyUnavailable, "Too Many Members");
    public static readonly ServerAnswer TooManyResources = new(StatusCode.TemporarilyUnavailable, "Too Many Resources");
    public static readonly ServerAnswer TooManySubscriptions = new(StatusCode.TemporarilyUnavailable, "Too Many Subscriptions");

    /// <summary>409 with what is wrong with which operation ([MS-PRES] §2.2.2, <c>Fault</c>): the client tries again with the versions it learns by it.</summary>
    public static ServerAnswer Conflict(IEnumerable<PresenceFaultOperation> operations, ServerDiagnostic diagnostic) =>
        ServerAnswer.Refuse(StatusCode.Conflict, diagnostic) with
        {
            ContentType = ContentTypes.PresenceFault,
            Body = new PresenceFault(PresenceFault.WrongDelta) { Operations = ValueList.From(operations) }.ToBytes(),
        };
}
