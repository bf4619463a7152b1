using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>Reads what a SUBSCRIBE for <c>presence</c> asks for: <c>batchSub</c> ([MS-PRES] §2.2.2), or the <c>adhoclist</c> that was before it ([MS-SIP]).</summary>
internal static class WatchRequests
{
    /// <summary>Whether the request has a body that names whom to watch.</summary>
    public static bool IsList(SipRequest message) => Is(message, ContentTypes.BatchSubscribe) || Is(message, ContentTypes.AdhocList);

    /// <summary>Whether the watcher understands categories.</summary>
    public static bool TakesCategories(SipRequest message) => message.Headers.HasToken(HeaderName.Accept, ContentTypes.Categories);

    /// <summary>Whether the watcher understands PIDF, as all do that do not say otherwise (RFC 3856 §6.7).</summary>
    public static bool TakesPidf(SipRequest message) =>
        !message.Headers.Contains(HeaderName.Accept) || message.Headers.GetList(HeaderName.Accept).Any(range => MediaType.TryParse(range, out var type) && type.Name is ContentTypes.Pidf or "*/*");

    /// <summary>Reads the wishes, in order; false when they cannot be read, or are somebody else's.</summary>
    public static bool TryRead(SipRequest message, string watcher, out IReadOnlyList<WatchWish> wishes)
    {
        wishes = [];
        if (Is(message, ContentTypes.BatchSubscribe) && BatchSubscribe.TryRead(message.Body, out var batch, out _) && ConferenceChecks.IsUser(batch.Uri, watcher))
        {
            wishes = [.. batch.Actions.SelectMany(action => action.Resources.Select(resource =>
                new WatchWish(resource.Uri, action.Subscribes, action.Categories, resource.Context is not null)))];
            return true;
        }

        if (Is(message, ContentTypes.AdhocList) && AdhocList.TryRead(message.Body, out var list, out _) && ConferenceChecks.IsUser(list.Uri, watcher))
        {
            wishes = [.. list.Resources.Select(resource => new WatchWish(resource.Uri, true, [], resource.Context is not null))];
            return true;
        }

        return false;
    }

    private static bool Is(SipRequest message, string contentType) =>
        MediaType.TryParse(message.ContentType, out var type) && type.Name == contentType;
}
