using UcSdk.Core;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>Takes the SERVICE requests of presence: publications, containers, acknowledgements ([MS-PRES] §3.2). Each is for the sender alone.</summary>
internal sealed class PresenceRequests(PresenceStore store, PresenceSessions sessions, SerialLoop loop, PresenceLimits limits)
{
    /// <summary>Answers a request of presence; false for another.</summary>
    public bool Handle(ServerRequest request)
    {
        var type = MediaType.TryParse(request.Message.ContentType, out var media) ? media.Name : "";
        Func<ServerRequest, Presentity, ServerAnswer>? work = type switch
        {
            ContentTypes.CategoryPublish => Publish,
            ContentTypes.SetContainerMembers => SetMembers,
            ContentTypes.SetSubscribers => SetSubscribers,
            _ => null,
        };
        if (work is null)
        {
            return false;
        }

        var user = request.Sender!.Id.User;
        if (!ConferenceChecks.IsUser(request.Message.UriText, user) || !ConferenceChecks.IsUser(request.Message.To!.Uri.Text, user))
        {
            request.Answer(PresenceRefusals.NotOnesOwn);
        }
        else if (request.Message.Body.Length > limits.MaxPublicationBytes)
        {
            request.Answer(PresenceRefusals.TooLarge);
        }
        else
        {
            request.Answer(work(request, store.Get(user)));
        }

        return true;
    }

    // What follows from a request is told after its answer: the loop's next work.
    private ServerAnswer Publish(ServerRequest request, Presentity presentity)
    {
        var party = request.Sender!.Id;
        if (!CategoryPublications.TryRead(request.Message.Body, out var publish, out _))
        {
            return PresenceRefusals.Unreadable;
        }

        if (!ConferenceChecks.IsUser(publish.Uri, party.User))
        {
            return PresenceRefusals.NotOnesOwn;
        }

        var requests = publish.Publications.Select(Read).ToArray();
        var change = new PresenceChange(presentity);
        if (!store.TryPublish(presentity, requests, party.Instance, loop.Now, change, out var refusal))
        {
            return refusal;
        }

        sessions.Apply(change, by: party);
        var accepted = OwnCategories.Of(presentity, change.Categories, loop.Now);
        return new ServerAnswer(StatusCode.Ok) { ContentType = ContentTypes.RoamingSelf, Body = new RoamingSelf { Categories = accepted }.ToBytes() };
    }

    private ServerAnswer SetMembers(ServerRequest request, Presentity presentity)
    {
        if (!SetContainerMembers.TryRead(request.Message.Body, out var set, out _))
        {
            return PresenceRefusals.Unreadable;
        }

        var change = new PresenceChange(presentity);
        if (!presentity.TryChangeMembers(set.Containers, change, out var refusal))
        {
            return refusal;
        }

        sessions.Apply(change);
        return new ServerAnswer(StatusCode.Ok);
    }

    private ServerAnswer SetSubscribers(ServerRequest request, Presentity presentity)
    {
        if (!Documents.SetSubscribers.TryRead(request.Message.Body, out var set, out _))
        {
            return PresenceRefusals.Unreadable;
        }

        var change = new PresenceChange(presentity);
        presentity.SetSubscribers(set.Subscribers, change);
        sessions.Apply(change);
        return new ServerAnswer(StatusCode.Ok);
    }

    private static PublicationRequest Read(CategoryPublication publication) => new(
        new(publication.CategoryName, publication.Instance, publication.Container),
        publication.Version,
        publication.ExpireType ?? PresenceExpireType.Static,
        publication.Expires is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        publication.Content);
}
